"""One map of a file, key by key: what is unknown, missing, empty or of another shape is told."""

from __future__ import annotations

import pytest

from tests.samples import found_in


@pytest.mark.parametrize("key", ["anchors", "factors", "topics", "times-of-day", "clinic"])
def test_a_map_left_empty(key: str) -> None:
    """A key with nothing behind it has no value, whatever shape that would have."""
    found = found_in(f"{key}:\ninstructions:\n  - {{id: a, avoid: sauna}}\n")
    assert found == [f"1:{len(key) + 2} empty-value"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("colour: red", "1:1"),
        ("clinic:\n  fax: 1", "2:3"),
        ("factors:\n  a: {yes: a, no: b, ask: c, colour: d}", "2:30"),
        ("topics:\n  spas: {colour: red}", "2:10"),
        ("instructions:\n  - {id: a, avoid: sauna, colour: red}", "2:27"),
        ("instructions:\n  - {id: a, use: sunscreen, amounts: {ml: 5}}", "2:39"),
        ("instructions:\n  - {id: a, avoid: sauna, if: {none: [peel]}}", "2:32"),
        ("instructions:\n  - {id: a, avoid: sauna, if: {not: {most: [peel]}}}", "2:38"),
        ("<<: {colour: red}", "1:1"),
        ("'': red", "1:1"),
        ("Id: a", "1:1"),
        ("instructions:\n  - {id: a, avoid: sauna, From: end}", "2:27"),
    ],
)
def test_unknown_keys_at_every_level(text: str, place: str) -> None:
    """Nothing that a writer meant is passed over."""
    whole_file = (
        text if "instructions" in text else f"{text}\ninstructions:\n- {{id: a, avoid: sun}}"
    )
    assert found_in(f"{whole_file}\n") == [f"{place} unknown-key"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("clinic: Our Clinic", "1:9"),
        ("clinic: {name: {first: Our}}", "1:16"),
        ("notes: {a: b}", "1:8"),
        ("notes: [[a]]", "1:9"),
        ("anchors: [peel]", "1:10"),
        ("anchors: peel", "1:10"),
        ("anchors: {peel: {a: b}}", "1:17"),
        ("factors: [a]", "1:10"),
        ("factors: {a: b}", "1:14"),
        ("topics: spas", "1:9"),
        ("topics: {spas: [sauna]}", "1:16"),
        ("topics: {spas: {label: [a]}}", "1:24"),
        ("topics: {spas: {part-of: {a: b}}}", "1:26"),
        ("duration: [45 minutes]", "1:11"),
        ("time-zone: {a: b}", "1:12"),
    ],
)
def test_wrong_shapes_in_the_head(text: str, place: str) -> None:
    """A text, a list or a map where another is meant."""
    found = found_in(f"{text}\ninstructions:\n  - {{id: a, avoid: sauna}}\n")
    assert found == [f"{place} wrong-shape"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("instructions: sauna", "1:15"),
        ("instructions: {a: b}", "1:15"),
        ("instructions:\n  - sauna", "2:5"),
        ("instructions:\n  - [sauna]", "2:5"),
        ("instructions:\n  - {id: [a], avoid: sauna}", "2:10"),
        ("instructions:\n  - {id: a, avoid: {sauna: x}}", "2:20"),
        ("instructions:\n  - {id: a, avoid: [sauna, [sun]]}", "2:28"),
        ("instructions:\n  - {id: a, avoid: sauna, from: [end]}", "2:33"),
        ("instructions:\n  - {id: a, avoid: sauna, say: {text: x}}", "2:32"),
        ("instructions:\n  - {id: a, use: sunscreen, amounts: 30}", "2:38"),
        ("instructions:\n  - {id: a, avoid: sauna, if: [peel]}", "2:31"),
        ("instructions:\n  - {id: a, avoid: sauna, if: {all: peel}}", "2:37"),
        ("instructions:\n  - {id: a, avoid: sauna, if: {any: []}}", "2:37"),
        ("instructions:\n  - {id: a, avoid: sauna, if: {all: [peel], any: [peel]}}", "2:31"),
        ("instructions:\n  - {id: a, avoid: sauna, if: {}}", "2:31"),
    ],
)
def test_wrong_shapes_in_instructions(text: str, place: str) -> None:
    """The same among the instructions."""
    assert found_in(f"{text}\n") == [f"{place} wrong-shape"]


def test_an_unknown_verb_hides_no_other_problem() -> None:
    """What else is wrong with the instruction is told in the same go."""
    assert found_in(
        """
        instructions:
          - id: a
            avoyd: sauna
            if: dragons
            strength: rather
            count: some
        """
    ) == [
        "3:5 unknown-verb",
        "4:9 unknown-factor",
        "5:15 bad-value",
        "6:12 bad-value",
    ]


def test_a_second_verb_hides_no_problem_of_its_own() -> None:
    """Both verbs' topics are looked up."""
    found = found_in("instructions:\n  - {id: a, avoid: unicorns, use: dragons}\n")
    assert found == ["2:20 unknown-topic", "2:35 several-verbs", "2:35 unknown-topic"]
