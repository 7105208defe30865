"""A text in several languages: the file's own is read, the others are kept, nonsense is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from microcare.load.source.languages import Translations, read_tag
from microcare.load.source.refusals import ProtocolError
from microcare.load.variants.parsing import parse_protocol
from tests.samples import HEADER, found_in, pointed, protocol

if TYPE_CHECKING:
    from microcare.core.sheet.problems import Problem


def refused(text: str) -> tuple[Problem, ...]:
    """Return what is wrong with a file."""
    with pytest.raises(ProtocolError) as caught:
        parse_protocol(text, "sample.yaml")
    return caught.value.problems


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("es", "es"),
        ("ES", "es"),
        ("es-MX", "es-MX"),
        ("es-mx", "es-MX"),
        ("es-419", "es-419"),
        (" fil ", "fil"),
        ("no", "no"),
        ("e", None),
        ("español", None),
        ("es_MX", "es-MX"),
        ("es-Latn-MX", None),
        ("es-", None),
        ("", None),
    ],
)
def test_tags(text: str, tag: str | None) -> None:
    """A code of two or three letters, with or without a region, written as it is kept."""
    assert read_tag(text) == tag


def test_what_is_written_in_the_file_wins() -> None:
    """What a base says otherwise is no second way, since a variant may change it."""
    kept = Translations()
    assert kept.add("es", "No sun.", "Nada de sol.", own=False) is None
    assert kept.add("es", "No sun.", "Sin sol.", own=True) is None
    assert kept.add("es", "No sun.", "Sin sol.", own=True) is None
    assert kept.add("es", "No sun.", "Evite el sol.", own=True) == "Sin sol."
    assert kept.texts("es") == {"No sun.": "Sin sol."}
    assert kept.texts("fr") == {}


def test_own_language_is_read() -> None:
    """Whatever its region, and wherever it stands; in a file that names none it is English."""
    rule = "- {id: a, avoid: sun, say: {es: Nada de sol., en: No sun.}}"
    for header in ("", "language: en", "language: en-GB", "language: EN"):
        found = protocol(rule, header)
        assert found.instructions[0].text == "No sun."
        assert found.translations["es"].texts == {"No sun.": "Nada de sol."}
    spanish = protocol(rule, "language: es-MX")
    assert spanish.instructions[0].text == "Nada de sol."
    assert spanish.translations["en"].texts == {"Nada de sol.": "No sun."}


def test_a_map_of_the_own_language_alone_is_a_text() -> None:
    """It waits for others."""
    found = protocol("- {id: a, avoid: sun, say: {en: No sun.}}")
    assert found.instructions[0].text == "No sun."
    assert not any(each.texts for each in found.translations.values())


def test_one_text_is_translated_once() -> None:
    """Where it stands again, it needs no second translation, and may say the same."""
    found = protocol(
        """
        - {id: a, avoid: sun, until-state: {en: you are well, es: esté bien}}
        - {id: b, avoid: sauna, until-state: you are well}
        - {id: c, avoid: makeup, until-state: {en: you are well, es: esté bien}}
        """
    )
    assert found.translations["es"].texts == {"you are well": "esté bien"}
    assert {each.window.until_state for each in found.instructions} == {"you are well"}


@pytest.mark.parametrize(
    ("say", "code", "message"),
    [
        ("{en: No., es: ‸''}", "empty-value", "“es” has no value."),
        ("{en: ‸'', es: No.}", "empty-value", "“en” has no value."),
        (
            "‸{es: No.}",
            "missing-key",
            "“say” has no text in the protocol's language, “en”.",
        ),
        ("{en: No., ‸español: No.}", "bad-value", "“español” is no language."),
        (
            "{en: No., ‸en-GB: No.}",
            "duplicate-key",
            "“say” has two texts in one language, “en-GB”.",
        ),
        (
            "{en: No., es: No., ‸ES: No.}",
            "duplicate-key",
            "“say” has two texts in one language, “es”.",
        ),
        ("{en: No., es: ‸[No.]}", "wrong-shape", "“es” takes a text, but here stands a list."),
        ("{en: No., es: ‸{a: b}}", "wrong-shape", "“es” takes a text, but here stands a map."),
        ("‸{}", "wrong-shape", "“say” takes a text, but here stands a map."),
        ("‸{text: No.}", "wrong-shape", "“say” takes a text, but here stands a map."),
    ],
)
def test_what_is_refused(say: str, code: str, message: str) -> None:
    """At its place, in a sentence."""
    text, place = pointed(f"{HEADER}instructions:\n- {{id: a, avoid: sun, say: {say}}}\n")
    assert [(each.message, each.code.value) for each in refused(text)] == [(message, code)]
    assert [f"{each.line}:{each.column}" for each in refused(text)] == [place]


def test_two_translations_are_refused() -> None:
    """Whichever a patient read, somebody would have meant the other."""
    text, place = pointed(
        f"{HEADER}instructions:\n"
        "- {id: a, avoid: sun, say: {en: Not yet., es: Aún no.}}\n"
        "- {id: b, avoid: sauna, say: {en: Not yet., ‸es: Todavía no.}}\n"
    )
    (found,) = refused(text)
    assert f"{found.line}:{found.column}" == place
    assert found.message == "“Not yet.” is translated in two ways, as “Aún no.” too."


def test_own_language_must_be_one() -> None:
    """“English” is no code by which a map, or a screen reader, could tell what is in it."""
    for given in ("English", "e", "xx-yyy-z", "español", "en-", "en-USA", "[en]"):
        for rule in (
            "avoid: sun",
            "avoid: sun, say: {en: No., es: No.}",
            "avoid: sun, say: {fr: N}",
        ):
            file, place = pointed(f"language: ‸{given}\n")
            text = f"{file}{HEADER}instructions:\n- {{id: a, {rule}}}\n"
            (found,) = refused(text)
            assert f"{found.line}:{found.column}" == place
            if given != "[en]":
                assert found.message == f"“{given}” is no language."
                assert found.hint == "write it like “en” or “es-MX”"


@pytest.mark.parametrize(
    ("given", "tag"),
    [("en_US", "en-US"), ("EN", "en"), ("es-mx", "es-MX"), ("es_419", "es-419"), ("no", "no")],
)
def test_own_language_is_kept_as_a_tag(given: str, tag: str) -> None:
    """However its letters are written, so that nothing else has to know of it."""
    assert protocol("- {id: a, avoid: sun}", f"language: {given}").language == tag


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ("avoid: sun, until: {en: 2 days after, es: 2 días después}", "2:30"),
        ("avoid: sun, note: {en: Ask., es: Pregunte.}", "2:29"),
        ("avoid: sun, source: {en: item 1, es: punto 1}", "2:31"),
        ("take: ibuprofen, every: {en: 2 hours, es: 2 horas}", "2:35"),
        ("avoid: {en: sun, es: sol}", "2:18"),
    ],
)
def test_what_is_no_text_for_patients(fields: str, place: str) -> None:
    """Times are said in any language by the program, and staff read the file's own."""
    assert found_in(f"instructions:\n- {{id: a, {fields}}}\n") == [f"{place} wrong-shape"]
