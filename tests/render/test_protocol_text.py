"""A protocol in words: where each instruction stands, and what a variant's file says itself."""

from __future__ import annotations

from rich.console import Group

from microcare.render.protocol_text import protocol_text, variant_text
from tests.load.variants.samples import variant
from tests.render.printing import lines
from tests.samples import protocol


def test_instructions_stand_by_the_side_on_which_they_begin() -> None:
    """Before, the day, after, and what has no time; a side without any is not there."""
    found = lines(
        Group(
            *protocol_text(
                protocol(
                    """
                    - {id: later, avoid: sun, until: 3 days after}
                    - {id: never, avoid: ibuprofen}
                    - {id: early, avoid: waxing, from: 2 days before, until: 1 day after}
                    """
                )
            )
        )
    )
    titles = ("BEFORE", "TREATMENT DAY", "AFTER", "WITHOUT A TIME")
    assert [
        line.split(":")[0].strip() for line in found if line in titles or ": avoid" in line
    ] == [*("BEFORE", "early", "AFTER", "later", "WITHOUT A TIME", "never")]


def test_all_of_an_instruction_is_told() -> None:
    """Its sentence, its time and condition, its source, what is unclear, the note for staff."""
    found = lines(
        Group(
            *protocol_text(
                protocol(
                    "- {id: a, avoid: sauna, except: sun, from: 2 days before, if: peel,"
                    " say: No sauna., source: item 1, unclear: Steam?, note: Read as no.}"
                )
            )
        )
    )
    assert found[-6:] == [
        "  a: avoid sauna, except sun exposure",
        "      No sauna.",
        "      2 days before · if a peel was recommended with the treatment",
        "      item 1 (sample.yaml:8)",
        "      unclear: Steam?",
        "      note: Read as no.",
    ]


def test_variant_tells_what_is_its_own() -> None:
    """Removed, replaced with what was there before, added; and only the keys that it writes."""
    own = variant(
        "title: Ours\nremove: [lenses]\n"
        "replace: [{id: sun, avoid: sun, say: Never.}]\nadd: [{id: hat, may: sun}]\n"
    )
    assert own.extends is not None
    found = lines(Group(*variant_text(own, own.extends)))
    assert found[:2] == ["Ours · variant, version 7", "extends: base, version 3 (base.yaml)"]
    assert not [line for line in found if line.startswith(("procedure:", "language:"))]
    starts = ("REMOVED", "REPLACED", "ADDED", "  lenses:", "  sun:", "  hat:", "      was:")
    assert [line.split(":")[0].strip() for line in found if line.startswith(starts)] == [
        *("REMOVED", "lenses", "REPLACED", "sun", "was", "ADDED", "hat"),
    ]


def test_variant_that_changes_no_instruction_says_so() -> None:
    """Its own words for a topic are all there is to tell."""
    own = variant("topics: {spas: {label: thermal baths}}")
    assert own.extends is not None
    found = lines(Group(*variant_text(own, own.extends)))
    assert "topics: spas" in found
    assert found[-1] == "It changes no instruction."


def test_resolved_variant_says_whose_each_instruction_is() -> None:
    """Behind the place at which it is written."""
    own = variant("replace: [{id: sun, avoid: sun}]\nadd: [{id: hat, may: sun}]\n")
    places = [line.strip() for line in lines(Group(*protocol_text(own))) if ".yaml:" in line]
    assert "variant.yaml:5, replaced" in places
    assert "variant.yaml:6, added" in places
    assert "item 1 (base.yaml:20, inherited)" in places


def test_languages_of_a_file_and_who_has_checked_them() -> None:
    """Beside its own; nothing where there is no other."""
    rule = "- {id: a, avoid: sun, say: {en: No sun., es: Nada de sol., fr: Pas de soleil.}}"
    header = "reviewed: {es: A. Name 2026-11-20}"
    found = lines(Group(*protocol_text(protocol(rule, header))))
    told = "translations: es (checked by A. Name on 2026-11-20), fr (not checked)"
    assert told in found
    plain = lines(Group(*protocol_text(protocol("- {id: a, avoid: sun}"))))
    assert not [line for line in plain if line.startswith("translations")]
