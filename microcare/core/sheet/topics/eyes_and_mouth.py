"""What is done or left off with the eyes, the mouth and the nose."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from microcare.core.sheet.vocabulary import TopicRow

EYES_AND_MOUTH: tuple[TopicRow, ...] = (
    # the eyes
    ("contact-lenses", "contact lenses", ("contact lens", "contacts"), ()),
    (
        "soft-contact-lenses",
        "soft contact lenses",
        ("soft lenses", "soft contacts", "soft contact lens"),
        ("contact-lenses",),
    ),
    (
        "toric-contact-lenses",
        "toric contact lenses",
        ("toric lenses", "soft toric lenses", "astigmatism lenses"),
        ("contact-lenses",),
    ),
    (
        "hard-contact-lenses",
        "hard contact lenses",
        (
            "hard lenses",
            "rigid lenses",
            "rigid gas permeable lenses",
            "gas permeable lenses",
            "RGP lenses",
            "hard contacts",
            "rigid contact lenses",
        ),
        ("contact-lenses",),
    ),
    ("glasses", "glasses", ("eyeglasses", "spectacles"), ()),
    (
        "rubbing-eyes",
        "rubbing your eyes",
        (
            "eye rubbing",
            "rubbing the eyes",
            "rubbing the eye",
            "rubbing your eye",
            "pressing on the eye",
            "touching the eye",
        ),
        (),
    ),
    ("squeezing-eyes", "squeezing your eyes shut", ("squeezing the eyes",), ()),
    (
        "water-in-eyes",
        "water or soap in the eyes",
        ("water in the eyes", "water in your eyes", "water in the eye", "soap in the eyes"),
        (),
    ),
    ("dust", "dust and smoke", ("dusty places", "dusty environments", "smoky places"), ()),
    ("gardening", "gardening", ("yard work",), ()),
    ("reading", "reading", (), ()),
    (
        "screens",
        "computers and television",
        ("screen time", "computer work", "television", "phone screens", "watching TV"),
        (),
    ),
    # the mouth and the nose
    (
        "straws",
        "drinking through a straw",
        ("straw", "drinking straws", "using a straw", "sucking through a straw"),
        (),
    ),
    ("sucking", "sucking on the wound", ("sucking motions",), ()),
    ("spitting", "spitting", ("spit", "forceful spitting"), ()),
    ("rinsing", "rinsing your mouth", ("mouth rinsing", "rinsing the mouth"), ()),
    (
        "mouthwash",
        "mouthwash",
        ("mouth wash", "mouthwashes", "mouth rinse", "Listerine"),
        ("rinsing",),
    ),
    (
        "salt-water-rinse",
        "salt water rinse",
        ("salt water rinses", "warm salt water rinses", "saline rinse", "salt-water mouth rinse"),
        ("rinsing",),
    ),
    (
        "tooth-brushing",
        "brushing your teeth",
        ("brushing", "toothbrushing", "brushing teeth", "brush your teeth", "teeth brushing"),
        (),
    ),
    (
        "brushing-the-wound",
        "brushing near the wound",
        ("brushing the extraction site", "brushing the surgical site"),
        ("tooth-brushing",),
    ),
    ("electric-toothbrush", "electric toothbrush", ("power toothbrush",), ("tooth-brushing",)),
    ("flossing", "flossing", ("floss", "dental floss"), ()),
    ("water-flosser", "water flosser", ("oral irrigator", "Waterpik"), ()),
    (
        "touching-the-wound",
        "touching the wound with tongue or fingers",
        ("touching the socket", "poking the wound"),
        (),
    ),
    ("chewing", "chewing on the treated side", ("biting on the treated side",), ()),
    ("wearing-dentures", "wearing your denture", ("dentures", "denture", "partial denture"), ()),
    (
        "nose-blowing",
        "blowing your nose",
        ("blowing the nose", "blow your nose"),
        (),
    ),
    ("sneezing", "sneezing with your mouth closed", ("holding back sneezes",), ()),
    ("kissing", "kissing", (), ()),
    ("wind-instruments", "wind instruments", ("playing wind instruments", "wind instrument"), ()),
)
"""Here belongs what eye and dental surgeons forbid, and allow again."""
