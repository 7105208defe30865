"""What a patient does, wears, brings, arranges, tells and asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microcare.core.sheet.vocabulary import MEDICINE

if TYPE_CHECKING:
    from microcare.core.sheet.vocabulary import MarkedRow, TopicRow

TASKS: tuple[TopicRow | MarkedRow, ...] = (
    (
        "cool-compress",
        "cool compress",
        (
            "cold compress",
            "ice pack",
            "cool compresses",
            "cold compresses",
            "ice packs",
            "cold packs",
            "cold pack",
            "cooling packs",
        ),
        (),
    ),
    ("warm-compress", "warm compress", ("warm compresses", "moist heat", "warm packs"), ()),
    ("early-arrival", "arriving early", ("early",), ()),
    ("medical-history", "changes in your medical history", ("medical history",), ()),
    ("medicines-taken", "all medicines you take", ("medications",), ()),
    ("questions", "questions or concerns", ("questions or concerns",), ()),
    (
        "follow-up",
        "follow-up visit",
        (
            "follow-up appointment",
            "follow-up visits",
            "follow-up appointments",
            "check-up",
            "post-operative visit",
        ),
        (),
    ),
    ("provider-advice", "your provider's own instructions", (), ()),
    # worn
    ("sunglasses", "sunglasses", ("dark glasses", "UV sunglasses"), ()),
    ("eye-shield", "eye shield", ("eye shields", "plastic eye shield", "protective shield"), ()),
    ("eye-patch", "eye patch", ("eye patches", "eye pad"), ()),
    ("bandage-lens", "bandage contact lens", ("bandage lenses",), ()),
    ("goggles", "goggles", ("swim goggles", "swimming goggles", "safety goggles"), ()),
    (
        "protective-eyewear",
        "protective glasses",
        ("safety glasses", "eye protection"),
        (),
    ),
    (
        "comfortable-clothes",
        "comfortable, loose clothes",
        ("comfortable clothing", "loose clothing", "loose clothes"),
        (),
    ),
    (
        "button-shirt",
        "a shirt that opens in front",
        ("button-down shirt", "front-opening shirt"),
        (),
    ),
    ("short-sleeves", "short sleeves", ("short-sleeved shirt",), ()),
    ("jewelry", "jewelry", ("jewellery", "jewelry and valuables", "valuables"), ()),
    ("clean-pillowcase", "a clean pillowcase", ("clean pillowcases", "clean bedding"), ()),
    # arranged and brought
    (
        "escort",
        "an adult to take you home",
        (
            "driver",
            "ride home",
            "a ride home",
            "escorts",
            "responsible adult",
            "accompanying adult",
            "someone to drive you home",
            "adult driver",
        ),
        (),
    ),
    (
        "adult-at-home",
        "an adult to stay with you",
        ("someone to stay with you", "overnight companion"),
        (),
    ),
    (
        "time-off-work",
        "time off work",
        ("days off work", "a day off work", "day off"),
        (),
    ),
    (
        "medicine-list",
        "a list of your medicines",
        ("list of medicines", "list of medications", "medication list", "medicines list"),
        (),
    ),
    (
        "id-and-insurance",
        "your ID and insurance card",
        ("photo ID", "ID", "insurance card", "identification", "insurance cards"),
        (),
    ),
    ("glasses-case", "a case for your glasses", ("lens case",), ()),
    ("soft-food-at-home", "soft food at home", ("soft foods at home",), ()),
    ("supplies", "what you need at home", ("aftercare supplies", "aftercare kit"), ()),
    ("prescriptions", "your prescriptions", ("filled prescriptions",), (), MEDICINE),
    ("wet-wipes", "wet wipes", ("baby wipes", "soft toilet paper"), ()),
    ("toilet-nearby", "staying near a toilet", ("bathroom nearby",), ()),
    ("consent-form", "consent form", ("consent", "consent forms", "informed consent"), ()),
    ("photographs", "photographs", ("photos", "photo", "before photos", "progress photos"), ()),
    ("test-spot", "test spot", ("patch test", "test patch", "test spots"), ()),
    ("consultation", "consultation", ("consultations", "consult"), ()),
    (
        "health-changes",
        "changes in your health",
        ("change in health", "changes in health", "new medical conditions"),
        (),
    ),
    ("allergies", "your allergies", ("allergy",), ()),
    (
        "pregnancy-status",
        "whether you may be pregnant",
        ("possible pregnancy", "pregnancy"),
        (),
        MEDICINE,
    ),
    (
        "implants-and-devices",
        "implants and pacemakers",
        ("pacemaker", "implanted device"),
        (),
        MEDICINE,
    ),
    ("anesthesia-problems", "problems with anesthesia", ("anaesthesia problems",), ()),
    ("stitch-removal", "removal of stitches", ("stitches out", "suture removal"), ()),
    ("test-results", "test results", ("biopsy results",), ()),
    # done at home
    (
        "gauze",
        "biting on gauze",
        ("gauze pad", "gauze pads", "gauze pressure", "gauze packs"),
        (),
    ),
    ("tea-bag", "biting on a moist tea bag", ("tea bags", "moist tea bag"), ()),
    ("gentle-pressure", "gentle pressure", ("firm pressure", "direct pressure"), ()),
    (
        "dressing",
        "dressing",
        ("dressings", "bandage", "bandages", "wound dressing"),
        (),
    ),
    ("wound-cleaning", "cleaning the wound", ("wound care", "cleaning the treated area"), ()),
    ("vinegar-soaks", "vinegar soaks", ("dilute vinegar soaks", "vinegar compresses"), ()),
    ("saline-spray", "saline spray", ("thermal water", "thermal spring water", "saline mist"), ()),
    (
        "lid-hygiene",
        "cleaning your eyelids",
        ("lid scrubs", "eyelid scrubs", "eyelid hygiene"),
        (),
    ),
    ("hand-washing", "washing your hands", ("wash hands", "clean hands"), ()),
    ("jaw-exercises", "jaw exercises", ("opening exercises",), ()),
    ("temperature-check", "taking your temperature", ("checking your temperature",), ()),
    ("blood-sugar-check", "checking your blood sugar", ("blood sugar checks",), (), MEDICINE),
    ("staying-upright", "staying upright", ("remain upright", "sitting upright"), ()),
)
"""Here belongs what is done for the treatment, rather than left off because of it."""
