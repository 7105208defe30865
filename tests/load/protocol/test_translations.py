"""Who has checked a translation, and what a variant takes over of its base's."""

from __future__ import annotations

from datetime import date

import pytest

from microcare.core.sheet.protocol import Review, Translation
from microcare.load.variants.parsing import parse_protocol
from tests.load.variants.samples import BASE, finder, variant, wrong
from tests.samples import found_in, protocol

TRANSLATED = BASE.replace("No spas.", "{en: No spas., es: Sin spas.}").replace(
    "say: No sun.", "say: {en: No sun., es: Nada de sol.}"
)
REVIEWED = TRANSLATED.replace("revised:", "reviewed: {es: A. Name 2026-11-20}\nrevised:")
CHECKED = Review("A. Name", date(2026, 11, 20))


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("A. Name 2026-11-20", "A. Name"),
        ("A. Name, 2026-11-20", "A. Name"),
        ("María José  Núñez\n    2026-11-20", "María José Núñez"),
    ],
)
def test_review(written: str, name: str) -> None:
    """A name, of however many words, and a date."""
    found = protocol("- {id: a, avoid: sun}", f"reviewed: {{es: '{written}'}}")
    assert found.translations == {"es": Translation({}, Review(name, date(2026, 11, 20)))}


@pytest.mark.parametrize(
    ("reviewed", "place"),
    [
        ("{es: A. Name}", "1:16 bad-value"),
        ("{es: 2026-11-20}", "1:16 bad-value"),
        ("{es: A. Name 2026-11-31}", "1:16 bad-value"),
        ("{es: A. Name 20.11.2026}", "1:16 bad-value"),
        ("{es: A. Name 2026-11-20 and others}", "1:16 bad-value"),
        ("{es: ''}", "1:16 empty-value"),
        ("{Spanish: A. Name 2026-11-20}", "1:12 bad-value"),
        ("A. Name 2026-11-20", "1:11 wrong-shape"),
        ("{es: {a: b}}", "1:16 wrong-shape"),
    ],
)
def test_reviews_that_are_none(reviewed: str, place: str) -> None:
    """Without a name nobody answers for it; without a date nobody knows for which words."""
    text = f"reviewed: {reviewed}\ninstructions:\n- {{id: a, avoid: sun}}\n"
    assert found_in(text) == [place]


# Variants


def test_variant_takes_over() -> None:
    """Also what stood beside a sentence that it replaces, since it may say the same itself."""
    found = variant(
        "remove: [sauna]\nreplace: [{id: sun, avoid: sun, until: 1 day after, say: No sun.}]",
        REVIEWED,
    )
    texts = {"No spas.": "Sin spas.", "No sun.": "Nada de sol."}
    assert found.translations == {"es": Translation(texts, CHECKED)}


def test_its_own_win_and_are_unchecked() -> None:
    """Whoever checked the base's has not seen what the variant adds or says otherwise."""
    for say in ("{en: No sun., es: Sin sol.}", "{en: Wear a hat., es: Use sombrero.}"):
        found = variant(f"add: [{{id: hat, avoid: sun, on: day 2, say: {say}}}]", REVIEWED)
        (other,) = (each for each in found.instructions if each.id == "hat")
        spanish = found.translations["es"]
        assert spanish.reviewed is None
        assert spanish.texts[other.text] in say
        assert spanish.texts["No spas."] == "Sin spas."


def test_what_says_the_same_stays_checked() -> None:
    """Word for word as in the base, it is no addition; nor is a text in a third language."""
    same = "add: [{id: hat, avoid: sun, on: day 2, say: {en: No sun., es: Nada de sol.}}]"
    assert variant(same, REVIEWED).translations["es"].reviewed == CHECKED
    other = variant("title: {en: T, fr: T}", REVIEWED).translations
    assert (other["es"].reviewed, other["fr"].reviewed) == (CHECKED, None)


def test_its_own_review_counts() -> None:
    """For what it takes over and what it adds; the base needs none."""
    more = "reviewed: {es: B. Name 2026-12-01}\ntitle: {en: T, es: Te}"
    found = variant(more, TRANSLATED).translations["es"]
    assert found.reviewed == Review("B. Name", date(2026, 12, 1))
    assert variant("", TRANSLATED).translations["es"].reviewed is None


def test_chain() -> None:
    """The nearest wins, whatever stands in the file that it was read from."""
    head = "microcare: 1\nid: {}\nextends: {}\nversion: 1\n"
    middle = head.format("middle", "bottom") + (
        "add: [{id: hat, avoid: sun, on: day 2, say: {en: No sun., es: Sin sol.}}]\n"
    )
    find = finder(bottom=REVIEWED, middle=middle)
    top = parse_protocol(head.format("top", "middle") + "title: T\n", "top.yaml", find)
    assert top.translations["es"].texts["No sun."] == "Sin sol."
    assert top.translations["es"].reviewed is None


def test_other_language_than_the_base() -> None:
    """What stands beside a text is its original then, and what has none in it is refused."""
    spanish = TRANSLATED.replace("language: en-GB", "language: en")
    found = variant("language: es", spanish)
    assert found.by_id["sauna"].text == "Sin spas."
    assert found.translations["en"].texts == {"Sin spas.": "No spas.", "Nada de sol.": "No sun."}
    assert "es" not in found.translations
    (problem, _) = wrong("language: fr", spanish)
    assert (problem.file, problem.line) == ("variant.yaml", 5)
    assert "has no text in the protocol's language, “fr”" in problem.message
