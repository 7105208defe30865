"""One entry under `instructions`: its verb, its words, its amounts, its condition."""

from __future__ import annotations

import pytest

from microcare.core.sheet.instruction import Repetition, Strength
from microcare.core.sheet.points import Quantity, Unit
from microcare.core.sheet.verbs import Verb
from microcare.load.keys import VERBS
from tests.samples import entry, found_in, instruction


@pytest.mark.parametrize("verb", sorted(set(VERBS) - {"screen", "may-resume"}))
def test_verbs(verb: str) -> None:
    """Each word of the language is a verb of the core."""
    times = {
        "wait-since": "\nat-least: 2 weeks before",
        "arrive": "\nat: 20 minutes before",
    }
    found = instruction(f"{verb}: sauna{times.get(verb, '')}")
    assert (found.verb, found.topics, found.stated_as) == (Verb(verb), ("sauna",), None)


def test_one_topic_or_several() -> None:
    """A list keeps its order, a topic named twice stands once."""
    assert instruction("avoid: sauna").topics == ("sauna",)
    assert instruction("avoid: [sun, sauna, sun]").topics == ("sun", "sauna")


@pytest.mark.parametrize(
    ("name", "topic"),
    [
        ("retinoids", "retinoids"),
        ("Accutane", "isotretinoin"),
        ("ACCUTANE", "isotretinoin"),
        ("Retin-A", "prescription-retinoids"),
        ("retin a", "prescription-retinoids"),
        ("hot shower", "hot-showers"),
        ("Hot  Showers", "hot-showers"),
        ("laser treatments", "laser"),
        ("beta hydroxy acids (BHA)", "bha"),
    ],
)
def test_topics_by_any_of_their_names(name: str, topic: str) -> None:
    """By id, label, synonym or brand, whatever the case."""
    assert instruction(f'avoid: "{name}"').topics == (topic,)


def test_exceptions() -> None:
    """Topics that a group leaves out."""
    found = instruction("avoid: skin-products\nexcept: [sunscreen, moisturiser]")
    assert found.exceptions == ("sunscreen", "moisturizer")


@pytest.mark.parametrize(
    "text",
    [
        "[red]Stop.[/]",
        "[if pregnant] Ask.",
        "\u202eStop.",
        "38 °C → call",
        "x" * 100_000,
    ],
    ids=["markup", "brackets", "right-to-left", "signs", "long"],
)
def test_sentences_are_kept_unchanged(text: str) -> None:
    """What the terminal might make of them is not the file's affair."""
    assert instruction(f"avoid: sauna\nsay: '{text}'\nnote: '{text}'").text == text
    found = instruction(f"avoid: sauna\nsay: '{text}'\nnote: '{text}'\nunclear: '{text}'")
    assert (found.note, found.unclear) == (text, text)


def test_escape_sequences_are_kept_unchanged() -> None:
    """An ESC written in quotes is an ESC in the text."""
    found = instruction('avoid: sauna\nsay: "\\e[31mStop.\\e[0m"')
    assert found.text == "\x1b[31mStop.\x1b[0m"


def test_an_instruction_without_a_sentence_has_one() -> None:
    """Its verb and its topics' labels."""
    assert instruction("avoid: [sauna, sun]").text == "Avoid: sauna, sun exposure."
    assert instruction("may-resume: makeup\nfrom: 3 days after").text == "May resume: makeup."
    assert instruction("screen: [pregnancy, warts]").text == (
        "Not done if you are pregnant or you have warts."
    )


@pytest.mark.parametrize(
    ("fields", "strength"),
    [
        ("avoid: sauna", Strength.MUST),
        ("may: sauna", Strength.MAY),
        ("use: sunscreen\nstrength: should", Strength.SHOULD),
        ("use: sunscreen\nstrength: may", Strength.MAY),
    ],
)
def test_strength(fields: str, strength: Strength) -> None:
    """Must, unless the sheet says less; a permission is a may."""
    assert instruction(fields).strength is strength


@pytest.mark.parametrize(
    ("fields", "repetition"),
    [
        ("every: 2 hours", Repetition("2 hours", interval=Quantity(2, 2, Unit.HOUR))),
        ("every: two hours", Repetition("two hours", interval=Quantity(2, 2, Unit.HOUR))),
        ("every: 4 to 6 hours", Repetition("4 to 6 hours", interval=Quantity(4, 6, Unit.HOUR))),
        ("every: day", Repetition("day", interval=Quantity(1, 1, Unit.DAY))),
        ("count: 3", Repetition(count_min=3, count_max=3)),
        ("count: 3 to 5", Repetition(count_min=3, count_max=5)),
        ("count: 3–5", Repetition(count_min=3, count_max=5)),
        (
            "every: 4 weeks\ncount: 3-5",
            Repetition("4 weeks", 3, 5, interval=Quantity(4, 4, Unit.WEEK)),
        ),
    ],
)
def test_repetition(fields: str, repetition: Repetition) -> None:
    """How often and how many times, both ends kept."""
    assert instruction(f"use: sunscreen\n{fields}").repetition == repetition


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("every: often", "bad-time"),
        ("every: 2", "bad-time"),
        ("every: 2 hours after", "bad-time"),
        ("count: several", "bad-value"),
        ("count: 0", "bad-value"),
        ("count: 5 to 3", "bad-value"),
        ("count: -1", "bad-value"),
        ("count: 1.5", "bad-value"),
        ("strength: always", "bad-value"),
        ("strength: Must", "bad-value"),
    ],
)
def test_values_that_are_refused(field: str, code: str) -> None:
    """A number is a number, a choice one of its words."""
    (found,) = found_in(f"instructions:\n  - {{id: a, use: sunscreen, {field}}}\n")
    assert found.endswith(f" {code}")


@pytest.mark.parametrize(
    "key", ["id", "avoid", "from", "say", "if", "source", "note", "area", "unclear"]
)
def test_empty_values(key: str) -> None:
    """A key without a value says nothing, and that is said."""
    fields = {"id": "a", "avoid": "sauna", key: ""}
    lines = "".join(f"    {name}: {value}\n" for name, value in fields.items())
    found = found_in(f"instructions:\n  -\n{lines}")
    assert len(found) == 1
    assert found[0].split()[1] in {"empty-value", "unknown-factor"}


def test_an_id_is_used_once() -> None:
    """The second says where the first is."""
    found = found_in(
        """
        instructions:
          - id: sun
            avoid: sun
          - id: heat
            avoid: heat
          - id: sun
            avoid: tanning-beds
        """
    )
    assert found == ["6:9 duplicate-id"]


def test_where_a_time_is_counted_from() -> None:
    """The appointment, or an event of the protocol."""
    header = "anchors: {peel: the peel}"
    assert instruction("avoid: retinoids\nfrom: 4 days before", header).anchor == "appointment"
    assert instruction("avoid: retinoids\nfrom: 4 days before the peel", header).anchor == "peel"


def test_persons() -> None:
    """Whom to ask, who may lift it and whom to call, as the sheet says it."""
    found = instruction("avoid: aspirin\nask-first: your doctor\nunless-told-by: your surgeon")
    assert (found.ask_first, found.override_by, found.call) == ("your doctor", "your surgeon", None)
    assert instruction("call-if: questions\ncall: 112").call == "112"


def test_only_call_if_says_whom_to_call() -> None:
    """Elsewhere nobody is called, and the key would be lost."""
    wrong = entry("avoid: aspirin\ncall: 112")
    assert found_in(f"instructions:\n{wrong}") == ["4:9 misplaced-key"]
