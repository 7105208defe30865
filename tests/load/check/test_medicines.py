"""Medicines that a sentence names and its topics don't."""

from __future__ import annotations

import pytest

from tests.load.check.doubted import doubts

_TYLENOL = "may: acetaminophen, from: end, say: Tylenol is fine."
_NO_ADVIL = "avoid: ibuprofen, from: end, say: Take no ibuprofen."
_FOREIGN = [
    ("avoid: ibuprofen, until: 3 days after", "Take no aspirin.", ()),
    ("avoid: ibuprofen, until: 3 days after", "Take no ibuprofen, Advil or Aleve.", ()),
    ("take: acetaminophen, until: 3 days after", "Take Advil for pain.", (_NO_ADVIL,)),
    ("may: acetaminophen, from: end", "You may take ADVIL.", (_NO_ADVIL,)),
    ("avoid: ibuprofen, until: 3 days after", "No ibuprofen; Tylenol is fine.", ()),
    ("avoid: ibuprofen, until: 3 days after", "No ibuprofen or Tylenol.", (_TYLENOL,)),
    ("avoid: blood-thinners, from: 5 days before", "Stop warfarin and ibuprofen.", ()),
    ("avoid: retinoids, from: 5 days before", "Stop Accutane.", ()),
    ("avoid: alcohol, until: 3 days after", "No alcohol and no ibuprofen.", ()),
]
_FOREIGN += [
    ("avoid: ibuprofen, until: 3 days after", "You must not take aspirin.", ()),
    ("avoid: blood-thinners, from: 5 days before", "Stop any, such as warfarin or Motrin.", ()),
    ("take: acetaminophen, until: 3 days after", "After your treatment take Advil.", ()),
    ("take: acetaminophen, until: 3 days after", "Take nothing else but Advil.", ()),
]
_KNOWN = [
    ("avoid: ibuprofen, until: 3 days after", "Take no Motrin, Advil or Nurofen.", ()),
    ("avoid: anti-inflammatories, until: 3 days after", "Take no aspirin and no Aleve.", ()),
    ("avoid: low-dose-aspirin, until: 3 days after", "Take no aspirin of 81 mg.", ()),
    ("take: acetaminophen, until: 3 days after", "Take Tylenol instead of ibuprofen.", ()),
    ("take: acetaminophen, until: 3 days after", "Take paracetamol, not aspirin.", ()),
    ("avoid: alcohol, until: 3 days after", "No alcohol with ibuprofen.", ()),
    ("avoid: ibuprofen, until: 3 days after", "No ibuprofen. Tylenol is fine.", (_TYLENOL,)),
    ("take: prescribed-medicines, from: end", "Take your amoxicillin.", ()),
    ("avoid: food, until: 2 hours after", "Eat nothing for 2 hours after you take metformin.", ()),
    ("avoid: driving, until: 1 day after", "Do not drive while you take tramadol.", ()),
    ("avoid: alcohol, until: 3 days after", "Not until 24 hours after your last Tylenol.", ()),
    ("avoid: fish-oil, if: aspirin-taken, from: end", "You take aspirin: no fish oil.", ()),
    ("tell: medicines-taken", "Tell us if you take aspirin or warfarin.", ()),
    ("avoid: topical-antibiotics, from: 2 days before", "No antibiotic skin creams.", ()),
    (
        "avoid: food, until: 2 hours after i1",
        "Eat nothing for 2 hours once the bisacodyl worked.",
        ("take: bisacodyl, at: 15:00 the day before, say: Take bisacodyl.",),
    ),
]


@pytest.mark.parametrize(("rule", "say", "more"), _FOREIGN, ids=lambda each: str(each)[:48])
def test_foreign_medicine_is_told(rule: str, say: str, more: tuple[str, ...]) -> None:
    """By its name or a brand; that another rule is about it is no excuse in one clause."""
    assert "other-medicine" in doubts(rule, say, *more)


@pytest.mark.parametrize(("rule", "say", "more"), _KNOWN, ids=lambda each: str(each)[:48])
def test_medicine_of_the_rule_is_not(rule: str, say: str, more: tuple[str, ...]) -> None:
    """Nor one that only stands beside it, nor a mere kind of medicines."""
    assert "other-medicine" not in doubts(rule, say, *more)
