"""Options of the treatment: what is chosen, done or prescribed this time."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from microcare.core.sheet.conditions import FactorRow

OPTIONS: tuple[FactorRow, ...] = (
    (
        "numbing-cream",
        "a numbing cream will be applied",
        "no numbing cream will be applied",
        "Will a numbing cream be applied?",
    ),
    (
        "peel",
        "a peel was recommended with the treatment",
        "no peel was recommended with the treatment",
        "Was a peel recommended with the treatment?",
    ),
    (
        "around-eyes",
        "the treatment goes around the eyes",
        "the treatment does not go around the eyes",
        "Will the skin around the eyes be treated?",
    ),
    # anesthesia
    ("sedation", "you will have sedation", "you will have no sedation", "Will you have sedation?"),
    (
        "general-anesthesia",
        "you will have general anesthesia",
        "you will have no general anesthesia",
        "Will you have general anesthesia?",
    ),
    (
        "numbing-injections",
        "you will have numbing injections",
        "you will have no numbing injections",
        "Will you have numbing injections?",
    ),
    (
        "anxiety-medicine",
        "you were prescribed a medicine against anxiety",
        "you were prescribed no medicine against anxiety",
        "Were you prescribed a medicine against anxiety?",
    ),
    # areas
    (
        "face-treated",
        "your face is treated",
        "your face is not treated",
        "Will the face be treated?",
    ),
    (
        "lips-treated",
        "your lips are treated",
        "your lips are not treated",
        "Will the lips be treated?",
    ),
    (
        "neck-treated",
        "your neck or chest is treated",
        "your neck and chest are not treated",
        "Will the neck or chest be treated?",
    ),
    (
        "body-treated",
        "your body is treated",
        "your body is not treated",
        "Will the body be treated?",
    ),
    (
        "underarms-treated",
        "your underarms are treated",
        "your underarms are not treated",
        "Will the underarms be treated?",
    ),
    (
        "bikini-treated",
        "your bikini area is treated",
        "your bikini area is not treated",
        "Will the bikini area be treated?",
    ),
    (
        "legs-treated",
        "your legs are treated",
        "your legs are not treated",
        "Will the legs be treated?",
    ),
    (
        "upper-eyelids",
        "your upper eyelids are treated",
        "your upper eyelids are not treated",
        "Will the upper eyelids be treated?",
    ),
    (
        "forehead-treated",
        "your forehead is treated",
        "your forehead is not treated",
        "Will the forehead be treated?",
    ),
    ("both-eyes", "both eyes are treated", "only one eye is treated", "Will both eyes be treated?"),
    # skin treatments
    (
        "first-treatment",
        "this is your first treatment",
        "this is not your first treatment",
        "Is this the first treatment?",
    ),
    (
        "ablative-laser",
        "the laser is ablative",
        "the laser is not ablative",
        "Is the laser ablative?",
    ),
    (
        "deep-treatment",
        "the treatment goes deep",
        "the treatment does not go deep",
        "Will the treatment go deep?",
    ),
    (
        "medium-peel",
        "the peel is of medium depth",
        "the peel is not of medium depth",
        "Is the peel of medium depth?",
    ),
    ("deep-peel", "the peel is deep", "the peel is not deep", "Is the peel deep?"),
    ("light-peel", "the peel is light", "the peel is not light", "Is the peel light?"),
    (
        "hyaluronic-filler",
        "the filler is hyaluronic acid",
        "the filler is not hyaluronic acid",
        "Is the filler hyaluronic acid?",
    ),
    (
        "prp",
        "platelet-rich plasma is used",
        "no platelet-rich plasma is used",
        "Will platelet-rich plasma be used?",
    ),
    (
        "dressing-applied",
        "a dressing was applied",
        "no dressing was applied",
        "Was a dressing applied?",
    ),
    (
        "antiviral-prescribed",
        "an antiviral medicine was prescribed for you",
        "no antiviral medicine was prescribed for you",
        "Was an antiviral medicine prescribed?",
    ),
    (
        "antibiotics-prescribed",
        "antibiotics were prescribed for you",
        "no antibiotics were prescribed for you",
        "Were antibiotics prescribed?",
    ),
    (
        "pain-medicine-prescribed",
        "pain medicine was prescribed for you",
        "no pain medicine was prescribed for you",
        "Was pain medicine prescribed?",
    ),
    (
        "pretreatment-prescribed",
        "a pretreatment cream was prescribed for you",
        "no pretreatment cream was prescribed for you",
        "Was a pretreatment cream prescribed?",
    ),
    # eyes, mouth, bowel
    ("prk", "you have PRK", "you do not have PRK", "Is the treatment PRK?"),
    ("lasik", "you have LASIK", "you do not have LASIK", "Is the treatment LASIK?"),
    (
        "bandage-lens",
        "a bandage contact lens was placed",
        "no bandage contact lens was placed",
        "Was a bandage contact lens placed?",
    ),
    (
        "toric-implant",
        "a toric lens was implanted",
        "no toric lens was implanted",
        "Was a toric lens implanted?",
    ),
    ("stitches", "stitches were placed", "no stitches were placed", "Were stitches placed?"),
    (
        "dissolving-stitches",
        "the stitches dissolve by themselves",
        "the stitches do not dissolve by themselves",
        "Do the stitches dissolve by themselves?",
    ),
    ("implant-placed", "an implant was placed", "no implant was placed", "Was an implant placed?"),
    ("bone-graft", "bone was grafted", "no bone was grafted", "Was bone grafted?"),
    ("sinus-lift", "a sinus lift was done", "no sinus lift was done", "Was a sinus lift done?"),
    (
        "several-teeth",
        "several teeth were removed",
        "only one tooth was removed",
        "Were several teeth removed?",
    ),
    (
        "wisdom-tooth",
        "a wisdom tooth was removed",
        "no wisdom tooth was removed",
        "Was a wisdom tooth removed?",
    ),
    (
        "temporary-tooth",
        "you have a temporary tooth",
        "you have no temporary tooth",
        "Was a temporary tooth placed?",
    ),
    (
        "split-dose",
        "the preparation is taken in two parts",
        "the preparation is not taken in two parts",
        "Is the preparation taken in two parts?",
    ),
    ("polyp-removed", "a polyp was removed", "no polyp was removed", "Was a polyp removed?"),
    (
        "biopsy-taken",
        "a tissue sample was taken",
        "no tissue sample was taken",
        "Was a tissue sample taken?",
    ),
)
"""Here belongs what the clinic decides. Every row is an option."""
