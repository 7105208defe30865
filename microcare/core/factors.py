"""The built-in patient factors: what sheets make their instructions depend on."""

from __future__ import annotations

from microcare.core.conditions import Factor, FactorKind

_TRAIT, _OPTION, _SYMPTOM = FactorKind.TRAIT, FactorKind.OPTION, FactorKind.SYMPTOM

# id, "if" it is so, "if" it is not so, the front desk's question, kind
_ROWS: tuple[tuple[str, str, str, str, FactorKind], ...] = (
    (
        "cold-sores",
        "you are prone to cold sores",
        "you are not prone to cold sores",
        "Are you prone to cold sores?",
        _TRAIT,
    ),
    ("pregnancy", "you are pregnant", "you are not pregnant", "Are you pregnant?", _TRAIT),
    (
        "breastfeeding",
        "you are breastfeeding",
        "you are not breastfeeding",
        "Are you breastfeeding?",
        _TRAIT,
    ),
    (
        "active-cold-sores",
        "you have active cold sores",
        "you have no active cold sores",
        "Do you have active cold sores?",
        _TRAIT,
    ),
    (
        "herpes-simplex",
        "you have herpes simplex",
        "you have no herpes simplex",
        "Do you have herpes simplex?",
        _TRAIT,
    ),
    ("warts", "you have warts", "you have no warts", "Do you have warts?", _TRAIT),
    (
        "open-sores",
        "you have open sores",
        "you have no open sores",
        "Do you have open sores?",
        _TRAIT,
    ),
    (
        "sunburned",
        "you are sunburned",
        "you are not sunburned",
        "Are you sunburned?",
        _TRAIT,
    ),
    (
        "recent-sunburn",
        "you had a sunburn recently",
        "you had no sunburn recently",
        "Did you have a sunburn recently?",
        _TRAIT,
    ),
    (
        "sensitive-skin",
        "your skin is excessively sensitive",
        "your skin is not excessively sensitive",
        "Is your skin excessively sensitive?",
        _TRAIT,
    ),
    (
        "dermatitis",
        "you have dermatitis",
        "you have no dermatitis",
        "Do you have dermatitis?",
        _TRAIT,
    ),
    (
        "inflammatory-rosacea",
        "you have inflammatory rosacea",
        "you have no inflammatory rosacea",
        "Do you have inflammatory rosacea?",
        _TRAIT,
    ),
    (
        "skin-breakdown",
        "your skin has broken down recently",
        "your skin has not broken down recently",
        "Has your skin broken down recently?",
        _TRAIT,
    ),
    (
        "excessive-dryness",
        "your skin has become excessively dry recently",
        "your skin has not become excessively dry recently",
        "Has your skin become excessively dry recently?",
        _TRAIT,
    ),
    (
        "recent-skin-changes",
        "your skin has changed significantly recently",
        "your skin has not changed significantly recently",
        "Has your skin changed significantly recently?",
        _TRAIT,
    ),
    (
        "sun-unavoidable",
        "you absolutely cannot avoid the sun",
        "you can avoid the sun",
        "Is it impossible for you to avoid the sun?",
        _TRAIT,
    ),
    (
        "numbing-cream",
        "a numbing cream will be applied",
        "no numbing cream will be applied",
        "Will a numbing cream be applied?",
        _OPTION,
    ),
    (
        "peel",
        "a peel was recommended with the treatment",
        "no peel was recommended with the treatment",
        "Was a peel recommended with the treatment?",
        _OPTION,
    ),
    (
        "around-eyes",
        "the treatment goes around the eyes",
        "the treatment does not go around the eyes",
        "Will the skin around the eyes be treated?",
        _OPTION,
    ),
    (
        "in-sun",
        "you are in the sun",
        "you stay out of the sun",
        "Are you in the sun?",
        _SYMPTOM,
    ),
    ("outdoors", "you are outdoors", "you stay indoors", "Are you outdoors?", _SYMPTOM),
    (
        "discomfort",
        "you feel discomfort",
        "you feel no discomfort",
        "Do you feel discomfort?",
        _SYMPTOM,
    ),
    ("redness", "your skin is red", "your skin is not red", "Is your skin red?", _SYMPTOM),
    ("burning", "your skin burns", "your skin does not burn", "Does your skin burn?", _SYMPTOM),
    ("swelling", "your skin swells", "your skin does not swell", "Does your skin swell?", _SYMPTOM),
    ("soreness", "you feel sore", "you do not feel sore", "Do you feel sore?", _SYMPTOM),
    (
        "questions",
        "you have questions or concerns",
        "you have no questions or concerns",
        "Do you have questions or concerns?",
        _SYMPTOM,
    ),
)

BUILT_IN_FACTORS: dict[str, Factor] = {row[0]: Factor(*row) for row in _ROWS}
"""Every built-in factor by its id; a protocol file adds its own beside them."""
