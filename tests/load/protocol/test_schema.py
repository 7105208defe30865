"""The schema and the loader take and refuse the same files, but for what no schema can say."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from microcare.core.sheet.problems import Code, Problem
from microcare.load.keys import (
    AMOUNT_KEYS,
    CLINIC_KEYS,
    DAY_PART_KEYS,
    FACTOR_KEYS,
    INSTRUCTION_KEYS,
    PROTOCOL_KEYS,
    STEP_KEYS,
    TOPIC_KEYS,
    VERBS,
)
from microcare.load.library.files import built_in_folder
from microcare.load.library.protocols import base_finder
from microcare.load.protocol.schema import protocol_schema
from microcare.load.source.nodes import Mapping, Node, Scalar, Sequence, compose_nodes
from microcare.load.source.refusals import PhraseError, ProtocolError
from microcare.load.times.offsets import TimeNames
from microcare.load.times.phases import parse_days
from microcare.load.times.points import parse_interval, parse_point
from microcare.load.times.quantities import parse_length
from microcare.load.variants.parsing import parse_protocol
from tests.load.times.test_day_times import CLOCKS as TIMES
from tests.load.times.test_day_times import NO_TIMES
from tests.load.times.test_offsets import (
    DAYS,
    INTERVALS,
    LENGTHS,
    NO_DAYS,
    NO_LENGTHS,
    NO_POINTS,
    NO_QUANTITIES,
    POINTS,
    QUANTITIES,
)
from tests.load.times.test_points import (
    ANCHORED,
    CLOCKS,
    MISREAD,
    NO_MIDNIGHTS,
    NO_PHASES,
    PHASES,
)
from tests.load.times.test_rhythm import DAILY, EVERY, NO_DAILY, NO_EVERY
from tests.mutants import EXAMPLES, mutant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

SCHEMA = protocol_schema()
VALIDATOR = Draft202012Validator(SCHEMA)

NO_DATA = {Code.UNREADABLE, Code.NOT_TEXT, Code.TOO_LARGE, Code.TOO_DEEP, Code.YAML, Code.ALIAS}
"""Of files of which an editor makes no data either."""

BEYOND = {
    Code.TAG: "what YAML says of a value, not the value",
    Code.DUPLICATE_KEY: "data has each key once",
    Code.DUPLICATE_ID: "two places at once",
    Code.UNKNOWN_TOPIC: "a reference",
    Code.UNKNOWN_FACTOR: "a reference",
    Code.UNKNOWN_ANCHOR: "a reference",
    Code.UNKNOWN_INSTRUCTION: "another file",
    Code.UNUSABLE_BASE: "another file",
    Code.CYCLE: "references",
    Code.IMPOSSIBLE_TIME: "two times together",
    Code.TOO_MANY_DOSES: "a sum over dates",
}
"""What no schema can say, and why."""

BEYOND_EXAMPLES = {
    "absurd-times": "sums and comparisons of numbers",
    "appointment-times": "a text that may as well be the name of a factor",
    "day-zero": "a number within a text",
    "impossible-date": "the calendar",
    "long-appointment": "a sum",
    "missing-day-1": "a key at the top, for the sake of a time far below",
    "nothing-left": "another file",
    "open-treatment-day": "the day on which a time of day lies",
    "taken-name": "two places at once",
    "unknown-zone": "the machine's own list of zones",
}
"""Examples whose codes a schema can partly say, but not here."""

_INTEGER = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


def plain(node: Node | None) -> Any:  # noqa: ANN401 - JSON is anything
    """Return a file as the loader sees it: every scalar a text."""
    match node:
        case Mapping(entries=entries):
            return {key: plain(value) for key, (_, value) in entries.items()}
        case Sequence(items=items):
            return [plain(item) for item in items]
        case Scalar(text=text):
            return text
        case None:
            return None


def typed(node: Node | None) -> Any:  # noqa: ANN401
    """Return a file as an editor sees it, which reads YAML 1.2: numbers, truth values, null."""
    match node:
        case Mapping(entries=entries):
            return {key: typed(value) for key, (_, value) in entries.items()}
        case Sequence(items=items):
            return [typed(item) for item in items]
        case Scalar(text=text, quoted=False):
            return _typed_scalar(text)
        case Scalar(text=text):
            return text
        case None:
            return None


def _typed_scalar(text: str) -> object:
    if text in {"", "~", "null", "Null", "NULL"}:
        return None
    if text.lower() in {"true", "false"} and text in {text.lower(), text.upper(), text.title()}:
        return text.lower() == "true"
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def problems_of(text: str, file: Path | None = None) -> tuple[Problem, ...]:
    """Return what the loader finds wrong with a text; a file finds what it extends."""
    try:
        parse_protocol(text, "example.yaml", base_finder(file, ()) if file else None)
    except ProtocolError as error:
        return error.problems
    return ()


def complaints(data: object) -> list[str]:
    """Return what the schema finds wrong with data."""
    return [each.message for each in VALIDATOR.iter_errors(data)]


def test_schema_is_one() -> None:
    """It keeps to the draft that it names, and is plain JSON."""
    Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


def test_every_key_is_described() -> None:
    """An editor shows the words of the loader's own tables beside each key."""
    properties = SCHEMA["properties"]
    maps = {
        "": (properties, PROTOCOL_KEYS),
        "clinic": (properties["clinic"]["properties"], CLINIC_KEYS),
        "times-of-day": (properties["times-of-day"]["properties"], DAY_PART_KEYS),
        "factors": (properties["factors"]["additionalProperties"]["properties"], FACTOR_KEYS),
        "topics": (properties["topics"]["additionalProperties"]["properties"], TOPIC_KEYS),
        "instruction": (SCHEMA["$defs"]["instruction"]["properties"], INSTRUCTION_KEYS),
        "amounts": (
            SCHEMA["$defs"]["instruction"]["properties"]["amounts"]["properties"],
            AMOUNT_KEYS,
        ),
        "steps": (
            SCHEMA["$defs"]["instruction"]["properties"]["steps"]["items"]["properties"],
            STEP_KEYS,
        ),
    }
    for name, (described, keys) in maps.items():
        found = {key: each["description"] for key, each in described.items()}
        assert found == keys, name


@pytest.mark.parametrize(
    "file",
    [*sorted((EXAMPLES / "valid").glob("*.yaml")), *sorted(built_in_folder().glob("*.yaml"))],
    ids=lambda file: file.stem,
)
def test_both_take_the_valid_ones(file: Path) -> None:
    """As texts, and with the types that an editor gives them."""
    text = file.read_text(encoding="utf-8")
    assert problems_of(text, file) == ()
    root, _ = compose_nodes(text, file.name)
    assert complaints(plain(root)) == []
    assert complaints(typed(root)) == []


@pytest.mark.parametrize(
    "file", sorted((EXAMPLES / "invalid").glob("*.yaml")), ids=lambda file: file.stem
)
def test_both_refuse_the_invalid_ones(file: Path) -> None:
    """But for what no schema can say, which it lets pass."""
    text = file.read_text(encoding="utf-8", errors="replace")
    own = (each for each in problems_of(text, file) if each.file == "example.yaml")
    codes = {each.code for each in own}
    if codes & NO_DATA or file.stem == "not-utf8":
        return
    root, _ = compose_nodes(text, file.name)
    refused = file.stem not in BEYOND_EXAMPLES and not codes <= set(BEYOND)
    assert bool(complaints(plain(root))) is refused
    assert bool(complaints(typed(root))) is refused


def test_what_is_beyond_a_schema_has_an_example() -> None:
    """The lists hold nothing that no example shows."""
    stems = {file.stem for file in (EXAMPLES / "invalid").glob("*.yaml")}
    assert set(BEYOND_EXAMPLES) <= stems
    shown = (EXAMPLES / "invalid").glob("*.problems")
    codes = {line.split()[-1] for file in shown for line in file.read_text().splitlines()}
    assert {code.value for code in BEYOND} <= codes


WHOLE = (EXAMPLES / "valid" / "whole-language.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("hundred", range(6))
def test_what_the_loader_takes_the_schema_takes(hundred: int) -> None:
    """Six hundred mutants: an editor never complains of a file that works."""
    for seed in range(hundred * 100, hundred * 100 + 100):
        text = mutant(WHOLE, seed)
        with suppress(ProtocolError):
            parse_protocol(text, "mutant.yaml")
            root, _ = compose_nodes(text, "mutant.yaml")
            assert complaints(plain(root)) == [], seed


@pytest.mark.parametrize(
    "key", [*PROTOCOL_KEYS, *(f"instruction {key}" for key in INSTRUCTION_KEYS)]
)
def test_both_refuse_a_key_of_the_wrong_shape(key: str) -> None:
    """A map where a text belongs, a text where a map does: for every key of the language."""
    for wrong in ("{x: {y: z}}", "[[a]]", "''", "{}" if key == "id" else "[{}]"):
        text = _with_value(key, wrong)
        root, _ = compose_nodes(text, "example.yaml")
        codes = {each.code for each in problems_of(text)}
        if not codes <= set(BEYOND):
            assert complaints(plain(root)), (key, wrong)
        if not codes:
            assert complaints(plain(root)) == [], (key, wrong)


def _with_value(key: str, value: str) -> str:
    """Return a small file in which a key, at the top or of its instruction, has a value."""
    place, _, name = key.rpartition(" ")
    head = {"microcare": "1", "id": "a", "title": "T", "procedure": "p", "version": "1"}
    entry = {"id": "a", **({} if place and name in VERBS else {"avoid": "sauna"})}
    (entry if place else head)[name] = value
    inner = ", ".join(f"{each}: {text}" for each, text in entry.items())
    head.setdefault("instructions", f"[{{{inner}}}]")
    return "".join(f"{each}: {text}\n" for each, text in head.items())


# Times


def matches(definition: str, text: str) -> bool:
    """Return whether a text is what a definition of the schema asks for."""
    return VALIDATOR.evolve(schema={**SCHEMA["$defs"][definition]}).is_valid(text)


@pytest.mark.parametrize(
    ("definition", "texts"),
    [
        *[("length", QUANTITIES), ("time", POINTS), ("days", DAYS), ("days", POINTS)],
        *[("time", CLOCKS), ("time", ANCHORED), ("days", PHASES), ("days", CLOCKS)],
        *[("lasting", LENGTHS), ("lasting", QUANTITIES), ("interval", INTERVALS)],
        *[("time-of-day", TIMES), ("daily", TIMES), ("daily", DAILY), ("every", EVERY)],
    ],
)
def test_patterns_take_every_time_that_the_loader_takes(
    definition: str, texts: Iterable[str]
) -> None:
    """In any case, with any white space."""
    for text in texts:
        for spelt in (text, text.upper(), text.title(), f" {text.replace(' ', '  ')}"):
            assert matches(definition, spelt), spelt
        assert not matches(definition, f"{text[:2]}§{text[2:]}"), text


# Of what the loader refuses, what the patterns let pass: they can't compare or count, they know
# no events, and `on` shares the words of the other times.
LAX = {
    "length": {
        "7 to 5 days", "0 days", "0 to 0 days", "zero days",
        "11 years", "3651 days", "521 weeks", "121 months",
    },
    "time": {
        "day 0", "end of day 3", "end of the day", "the day of the peel",
        "7 to 5 days before", "0 days before", "0 hours after", "11 years before",
        "48 hours before after", "48 hours before and after",
        "3 days before tomorrow", "3 days before the peel", "3 days before 5",
        "3 days after, if possible 2 weeks", "3 days after, if possible 7 to 10",
        "3 to 5 days after, if possible 10", "at least 3 days after, if possible 10",
    },
    "days": {
        "day 0", "days 0 to 3", "days 7 to 2", "start", "end", "48 hours after",
        "3 to 5 days after", "3 days after, if possible 10", "30 minutes before",
        "hours 48 to 24", "hours 24 to 24", "first 0 days", "first 0 nights",
        "21:00 the day before", "noon the day before", "bedtime on day 1", "midnight before",
    },
    "lasting": set(),
    "clocks": {
        "12 am the day before", "21:00 at least 2 days before", "21:00 2 to 3 days before",
        "21:00 48 hours before",
        "9 am the evening before",
    },
    "time-of-day": {"12 am", "12:00 am"},
    "every": {"2 hours as needed as needed"},
    "daily": set(),
}  # fmt: skip


@pytest.mark.parametrize(
    ("definition", "listed", "texts"),
    [
        ("length", "length", NO_QUANTITIES),
        ("time", "time", NO_POINTS),
        ("time", "clocks", (*MISREAD, *NO_MIDNIGHTS)),
        ("days", "days", (*NO_DAYS, *NO_PHASES)),
        ("lasting", "lasting", NO_LENGTHS),
        ("time-of-day", "time-of-day", NO_TIMES),
        ("every", "every", NO_EVERY),
        ("daily", "daily", NO_DAILY),
    ],
)
def test_patterns_refuse_what_has_not_the_form(
    definition: str, listed: str, texts: Iterable[str]
) -> None:
    """Whatever is wrong in its words; the rest is listed, and left to `microcare check`."""
    assert {text for text in texts if matches(definition, text)} == LAX[listed]


NAMES = TimeNames({"last-dose"})
WORDS = (
    *("48", "two", "21:00", "9 pm", "hours", "days", "week", "day", "before", "after", "to", "of"),
    *("at least", "within", "the", "start", "end", "treatment", "treatment day", "day before"),
    *("evening", "morning", "midnight", "bedtime", "on", "not before", "by", "no later than"),
    *(
        "nights",
        "rest of",
        "last-dose",
        "next day",
        "first",
        "hours 2",
        "and",
        "or",
        "up to",
        "2 days before",
        "day 2",
    ),
)


@settings(max_examples=20 * settings().max_examples)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6))
def test_whatever_words_are_a_time_match_its_pattern(words: list[str]) -> None:
    """In any order: what the loader takes the schema takes."""
    text = " ".join(words)
    parsers: dict[str, Callable[[str], object]] = {
        "time": partial(parse_point, names=NAMES),
        "days": partial(parse_days, names=NAMES),
        "interval": partial(parse_interval, names=NAMES),
        "lasting": parse_length,
    }
    for definition, parse in parsers.items():
        with suppress(PhraseError):
            parse(text)
            assert matches(definition, text), (definition, text)
