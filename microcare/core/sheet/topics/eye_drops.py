"""Medicines for the eyes. Every row here is a medicine: none is marked by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from microcare.core.sheet.vocabulary import TopicRow

EYE_DROPS: tuple[TopicRow, ...] = (
    ("eye-drops", "eye drops", ("eyedrops", "eye drop"), ()),
    (
        "prescribed-eye-drops",
        "your prescribed eye drops",
        ("prescription eye drops", "prescribed drops", "medicated eye drops"),
        ("eye-drops",),
    ),
    (
        "antibiotic-eye-drops",
        "antibiotic eye drops",
        ("antibiotic drops", "antibiotic eye drop", "Polytrim"),
        ("eye-drops",),
    ),
    (
        "moxifloxacin-eye-drops",
        "moxifloxacin eye drops",
        ("Vigamox", "Moxeza"),
        ("antibiotic-eye-drops",),
    ),
    ("ofloxacin-eye-drops", "ofloxacin eye drops", ("Ocuflox",), ("antibiotic-eye-drops",)),
    ("gatifloxacin-eye-drops", "gatifloxacin eye drops", ("Zymaxid",), ("antibiotic-eye-drops",)),
    ("besifloxacin", "besifloxacin eye drops", ("Besivance",), ("antibiotic-eye-drops",)),
    ("ciprofloxacin-eye-drops", "ciprofloxacin eye drops", ("Ciloxan",), ("antibiotic-eye-drops",)),
    ("tobramycin-eye-drops", "tobramycin eye drops", ("Tobrex",), ("antibiotic-eye-drops",)),
    ("chloramphenicol-eye-drops", "chloramphenicol eye drops", (), ("antibiotic-eye-drops",)),
    (
        "steroid-eye-drops",
        "steroid eye drops",
        ("steroid drops", "steroid eye drop", "corticosteroid eye drops"),
        ("eye-drops",),
    ),
    (
        "prednisolone-eye-drops",
        "prednisolone eye drops",
        ("prednisolone acetate", "Pred Forte"),
        ("steroid-eye-drops",),
    ),
    ("dexamethasone-eye-drops", "dexamethasone eye drops", ("Maxidex",), ("steroid-eye-drops",)),
    ("loteprednol", "loteprednol eye drops", ("Lotemax",), ("steroid-eye-drops",)),
    ("difluprednate", "difluprednate eye drops", ("Durezol",), ("steroid-eye-drops",)),
    ("fluorometholone", "fluorometholone eye drops", ("FML drops",), ("steroid-eye-drops",)),
    (
        "antibiotic-steroid-eye-drops",
        "antibiotic and steroid eye drops",
        ("TobraDex", "Maxitrol", "Zylet"),
        ("antibiotic-eye-drops", "steroid-eye-drops"),
    ),
    (
        "nsaid-eye-drops",
        "anti-inflammatory eye drops",
        ("NSAID drops", "NSAID eye drop", "non-steroidal eye drops"),
        ("eye-drops",),
    ),
    ("ketorolac-eye-drops", "ketorolac eye drops", ("Acular", "Acuvail"), ("nsaid-eye-drops",)),
    (
        "bromfenac",
        "bromfenac eye drops",
        ("Prolensa", "Xibrom", "BromSite"),
        ("nsaid-eye-drops",),
    ),
    ("nepafenac", "nepafenac eye drops", ("Nevanac", "Ilevro"), ("nsaid-eye-drops",)),
    ("diclofenac-eye-drops", "diclofenac eye drops", (), ("nsaid-eye-drops",)),
    (
        "artificial-tears",
        "artificial tears",
        (
            "lubricating eye drops",
            "lubricant eye drops",
            "lubricating drops",
            "artificial tear",
            "Refresh Tears",
            "Systane",
            "TheraTears",
            "hypromellose",
        ),
        ("eye-drops",),
    ),
    (
        "preservative-free-artificial-tears",
        "artificial tears without preservative",
        ("preservative-free tears", "preservative-free eye drops", "Refresh Plus"),
        ("artificial-tears",),
    ),
    (
        "glaucoma-drops",
        "glaucoma eye drops",
        ("glaucoma drop", "eye pressure drops"),
        ("eye-drops",),
    ),
    ("timolol-eye-drops", "timolol eye drops", ("Timoptic",), ("glaucoma-drops",)),
    ("latanoprost", "latanoprost eye drops", ("Xalatan",), ("glaucoma-drops",)),
    ("bimatoprost-eye-drops", "bimatoprost eye drops", ("Lumigan",), ("glaucoma-drops",)),
    ("travoprost", "travoprost eye drops", ("Travatan",), ("glaucoma-drops",)),
    ("dorzolamide", "dorzolamide eye drops", ("Trusopt",), ("glaucoma-drops",)),
    ("brimonidine-eye-drops", "brimonidine eye drops", ("Alphagan",), ("glaucoma-drops",)),
    (
        "dry-eye-drops",
        "prescription dry eye drops",
        ("prescription drops for dry eye",),
        ("eye-drops",),
    ),
    (
        "cyclosporine-eye-drops",
        "cyclosporine eye drops",
        ("Restasis", "ciclosporin eye drops"),
        ("dry-eye-drops",),
    ),
    ("lifitegrast", "lifitegrast eye drops", ("Xiidra",), ("dry-eye-drops",)),
    (
        "dilating-drops",
        "drops that widen the pupil",
        ("dilating eye drops", "dilation drops", "tropicamide", "cyclopentolate"),
        ("eye-drops",),
    ),
    (
        "numbing-eye-drops",
        "numbing eye drops",
        ("anesthetic eye drops", "anaesthetic eye drops", "proparacaine", "proxymetacaine"),
        ("eye-drops",),
    ),
    (
        "redness-relief-drops",
        "eye drops against redness",
        ("redness relief eye drops", "Visine", "Clear Eyes", "Lumify"),
        ("eye-drops",),
    ),
    (
        "apraclonidine-drops",
        "apraclonidine eye drops",
        ("apraclonidine", "Iopidine"),
        ("eye-drops",),
    ),
    ("eye-ointment", "eye ointment", ("eye ointments", "eye gel"), ()),
)
"""Drops and ointments. The drops of one kind are a group, so that a ban on it covers each."""
