"""What comes later, and nobody asks about at booking."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from microcare.core.sheet.conditions import FactorRow

SYMPTOMS: tuple[FactorRow, ...] = (
    ("in-sun", "you are in the sun", "you stay out of the sun", "Are you in the sun?"),
    ("outdoors", "you are outdoors", "you stay indoors", "Are you outdoors?"),
    ("discomfort", "you feel discomfort", "you feel no discomfort", "Do you feel discomfort?"),
    ("redness", "your skin is red", "your skin is not red", "Is your skin red?"),
    ("burning", "your skin burns", "your skin does not burn", "Does your skin burn?"),
    ("swelling", "your skin swells", "your skin does not swell", "Does your skin swell?"),
    ("soreness", "you feel sore", "you do not feel sore", "Do you feel sore?"),
    (
        "questions",
        "you have questions or concerns",
        "you have no questions or concerns",
        "Do you have questions or concerns?",
    ),
    # the skin
    ("itching", "your skin itches", "your skin does not itch", "Does your skin itch?"),
    ("blistering", "your skin blisters", "your skin does not blister", "Does your skin blister?"),
    ("crusting", "crusts form", "no crusts form", "Do crusts form?"),
    ("peeling", "your skin peels", "your skin does not peel", "Does your skin peel?"),
    ("dryness", "your skin feels dry", "your skin does not feel dry", "Does your skin feel dry?"),
    (
        "tightness",
        "your skin feels tight",
        "your skin does not feel tight",
        "Does your skin feel tight?",
    ),
    (
        "oozing",
        "the treated area oozes",
        "the treated area does not ooze",
        "Does the treated area ooze?",
    ),
    ("bruising", "you see bruises", "you see no bruises", "Do you see bruises?"),
    (
        "acne-breakout",
        "your skin breaks out",
        "your skin does not break out",
        "Does your skin break out?",
    ),
    (
        "cold-sore-breakout",
        "a cold sore breaks out",
        "no cold sore breaks out",
        "Does a cold sore break out?",
    ),
    (
        "darkening",
        "your skin turns darker",
        "your skin does not turn darker",
        "Does your skin turn darker?",
    ),
    (
        "blanching",
        "your skin turns pale or mottled",
        "your skin does not turn pale or mottled",
        "Does your skin turn pale or mottled?",
    ),
    ("lumps", "you feel lumps", "you feel no lumps", "Do you feel lumps?"),
    ("spreading-redness", "redness spreads", "redness does not spread", "Does redness spread?"),
    ("hives", "you have hives", "you have no hives", "Do you have hives?"),
    ("rash", "you have a rash", "you have no rash", "Do you have a rash?"),
    ("pus", "you see pus", "you see no pus", "Do you see pus?"),
    (
        "infection",
        "you see signs of infection",
        "you see no signs of infection",
        "Do you see signs of infection?",
    ),
    # the whole body
    ("pain", "you have pain", "you have no pain", "Do you have pain?"),
    (
        "worsening-pain",
        "the pain gets worse",
        "the pain does not get worse",
        "Does the pain get worse?",
    ),
    (
        "pain-not-relieved",
        "the pain medicine does not help",
        "the pain medicine helps",
        "Is the pain there in spite of the pain medicine?",
    ),
    ("bleeding", "it bleeds", "it does not bleed", "Does it bleed?"),
    (
        "heavy-bleeding",
        "the bleeding does not stop",
        "the bleeding stops",
        "Does the bleeding go on?",
    ),
    (
        "worsening-swelling",
        "the swelling gets worse",
        "the swelling does not get worse",
        "Does the swelling get worse?",
    ),
    ("fever", "you have a fever", "you have no fever", "Do you have a fever?"),
    ("chills", "you have chills", "you have no chills", "Do you have chills?"),
    ("headache", "you have a headache", "you have no headache", "Do you have a headache?"),
    ("dizziness", "you feel dizzy", "you do not feel dizzy", "Do you feel dizzy?"),
    ("fainting", "you faint", "you do not faint", "Do you faint?"),
    ("drowsiness", "you feel drowsy", "you do not feel drowsy", "Do you feel drowsy?"),
    (
        "trouble-breathing",
        "you have trouble breathing",
        "you have no trouble breathing",
        "Do you have trouble breathing?",
    ),
    ("chest-pain", "you have chest pain", "you have no chest pain", "Do you have chest pain?"),
    (
        "allergic-reaction",
        "you have an allergic reaction",
        "you have no allergic reaction",
        "Do you have an allergic reaction?",
    ),
    (
        "muscle-weakness",
        "your muscles feel weak",
        "your muscles do not feel weak",
        "Do your muscles feel weak?",
    ),
    (
        "low-blood-sugar",
        "your blood sugar is low",
        "your blood sugar is not low",
        "Is your blood sugar low?",
    ),
    # the eyes
    (
        "vision-changes",
        "your vision changes",
        "your vision does not change",
        "Does your vision change?",
    ),
    ("vision-loss", "you lose vision", "you do not lose vision", "Do you lose vision?"),
    ("eye-pain", "your eye hurts", "your eye does not hurt", "Does your eye hurt?"),
    ("dry-eyes", "your eyes feel dry", "your eyes do not feel dry", "Do your eyes feel dry?"),
    (
        "light-sensitivity",
        "light bothers your eyes",
        "light does not bother your eyes",
        "Does light bother your eyes?",
    ),
    (
        "floaters",
        "you see new floaters or flashes",
        "you see no new floaters or flashes",
        "Do you see new floaters or flashes?",
    ),
    ("drooping-eyelid", "an eyelid droops", "no eyelid droops", "Does an eyelid droop?"),
    # the mouth and the belly
    ("nausea", "you feel sick", "you do not feel sick", "Do you feel sick?"),
    ("vomiting", "you vomit", "you do not vomit", "Do you vomit?"),
    (
        "bloating",
        "your belly feels bloated",
        "your belly does not feel bloated",
        "Does your belly feel bloated?",
    ),
    (
        "belly-pain",
        "you have severe belly pain",
        "you have no severe belly pain",
        "Do you have severe belly pain?",
    ),
    (
        "stool-not-clear",
        "your stool is not clear",
        "your stool is clear",
        "Is your stool still not clear?",
    ),
    ("hunger", "you are hungry", "you are not hungry", "Are you hungry?"),
    (
        "trouble-swallowing-now",
        "you can hardly swallow",
        "you can swallow",
        "Can you hardly swallow?",
    ),
    (
        "bad-taste",
        "you have a bad taste in your mouth",
        "you have no bad taste in your mouth",
        "Do you have a bad taste in your mouth?",
    ),
    ("numbness", "you still feel numb", "you no longer feel numb", "Do you still feel numb?"),
    ("loose-stitches", "stitches come loose", "no stitches come loose", "Do stitches come loose?"),
)
"""Here belongs what only the patient can tell afterwards. Every row is a symptom."""
