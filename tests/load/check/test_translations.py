"""What a translated file leaves untranslated, and what nobody has checked."""

from __future__ import annotations

import pytest

from microcare.load.check.checked_files import check_text
from tests.load.variants.samples import BASE, warnings
from tests.samples import HEADER

ES = "title: {en: T, es: T}\nreviewed: {es: A. Name 2026-11-20}\n"
HEAD = HEADER.replace("title: Microneedling\n", ES)


def doubts(text: str) -> list[str]:
    """Return what `check` says of translations in a file."""
    found = check_text(text, "sample.yaml")
    return [
        f"{each.line}:{each.column} {each.message}"
        for each in found
        if each.code.value in ("untranslated", "unreviewed")
    ]


def of_rule(rule: str, head: str = "") -> list[str]:
    """Return the same of one instruction, without the line."""
    text = f"{HEAD}{head}instructions:\n- {{id: a, {rule}}}\n"
    return [each.partition(" ")[2] for each in doubts(text)]


def test_file_that_is_not_translated_lacks_nothing() -> None:
    """Nobody asks for a second language."""
    assert doubts(f"{HEADER}instructions:\n- {{id: a, avoid: sun, say: No sun.}}\n") == []
    alone = "instructions:\n- {id: a, avoid: sun, say: {en: No sun.}}\n"
    assert doubts(f"{HEADER}reviewed: {{es: A. Name 2026-11-20}}\n{alone}") == []


@pytest.mark.parametrize(
    ("rule", "keys"),
    [
        ("avoid: sun, say: No sun.", "“say”"),
        ("avoid: sun, say: No sun., unclear: Shade?, area: the face", "“say”, “area”, “unclear”"),
        ("avoid: sun, until-state: you are well", "“until-state”"),
        ("avoid: sun, until-words: a few days", "“until-words”"),
        ("may-resume: sun, once: you are well", "“once”"),
        ("take: ibuprofen, amounts: {dose: 1 tablet}", "“amounts”"),
        ("take: ibuprofen, amounts: {ibuprofen: {daily-max: 3 tablets}}", "“amounts”"),
        ("take: ibuprofen, steps: [{daily: 2, dose: 1 tablet}]", "“steps”"),
        (
            "avoid: sun, ask-first: your doctor, unless-told-by: she",
            "“ask-first”, “unless-told-by”",
        ),
        ("call-if: fever, call: your mother", "“call”"),
    ],
)
def test_what_an_instruction_lacks(rule: str, keys: str) -> None:
    """One warning, with all of its keys."""
    assert of_rule(rule) == [f"“a” lacks {keys} in “es”."]


@pytest.mark.parametrize(
    "rule",
    [
        "avoid: sun",
        "avoid: sun, say: {en: No sun., es: Nada de sol.}",
        "avoid: sun, say: T",
        "take: ibuprofen, amounts: {dose: 400 mg}",
        "avoid: sun, until: 2 days after, note: Ask., source: item 1",
    ],
)
def test_what_lacks_nothing(rule: str) -> None:
    """What is translated, here or elsewhere, made anew, written alike, or for staff."""
    assert of_rule(rule) == []


def test_what_the_head_lacks() -> None:
    """The title, the events, the factors and the topics of the file's own."""
    text = f"""{HEADER}anchors: {{peel: {{en: the peel, es: el peeling}}, mask: the mask}}
factors:
  glasses: {{yes: {{en: a, es: b}}, no: c, ask: d}}
topics:
  my-baths: {{label: my baths}}
  my-spas: {{}}
  sun: {{synonyms: [noonday]}}
  sauna: {{label: our sauna}}
instructions:
- {{id: a, avoid: [my-baths, my-spas], from: 1 day before the peel, if: glasses}}
- {{id: b, avoid: [sun, sauna], from: 1 day before the mask}}
"""
    assert doubts(text) == [
        "1:1 Nobody has checked the translation into “es”.",
        "3:8 The protocol lacks “title” in “es”.",
        "6:49 “anchors” lacks “mask” in “es”.",
        "8:3 The factor “glasses” lacks “no”, “ask” in “es”.",
        "10:3 The topic “my-baths” lacks “label” in “es”.",
        "11:3 The topic “my-spas” lacks “label” in “es”.",
        "13:3 The topic “sauna” lacks “label” in “es”.",
    ]


def test_each_language_is_told() -> None:
    """A region is not where its language has the words; its review is its own."""
    head = "anchors: {peel: {en: the peel, es-MX: la exfoliación, fr: le peeling}}\n"
    found = of_rule("avoid: sun, from: 1 day before the peel, say: No sun.", head)
    assert found == [
        "Nobody has checked the translation into “es-MX”.",
        "Nobody has checked the translation into “fr”.",
        "The protocol lacks “title” in “fr”.",
        "“anchors” lacks “peel” in “es”.",
        "“a” lacks “say” in “es”.",
        "“a” lacks “say” in “fr”.",
    ]


def test_variant_is_told_of_its_own() -> None:
    """What its base lacks, and that nobody has checked that, is told of the base."""
    base = BASE.replace("No spas.", "{en: No spas., es: Sin spas.}")
    assert [each.code.value for each in check_text(base, "base.yaml")].count("untranslated") > 1
    assert warnings("", base) == []
    hat = "add:\n  - {id: hat, use: sunscreen, on: day 2, source: item 9, say: "
    assert warnings(f"{hat}Wear a hat.}}\n", base) == ["6:63 untranslated"]
    own = warnings(f"{hat}{{en: Wear a hat., es: Use sombrero.}}}}\n", base)
    assert own == ["1:1 unreviewed"]
    reviewed = "reviewed: {es: A. Name 2026-11-20}\n"
    assert warnings(f"{reviewed}{hat}{{en: Hat., es: Sombrero.}}}}\n", base) == []
