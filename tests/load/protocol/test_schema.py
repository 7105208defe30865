"""The schema takes every file that the loader takes, and refuses the wrong shapes that it can."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
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
    TIME_KEYS,
    TOPIC_KEYS,
    VERBS,
)
from microcare.load.library.folders import find_built_in_folder
from microcare.load.library.protocols import make_base_finder
from microcare.load.protocol.schema import make_schema
from microcare.load.source.nodes import Mapping, Node, Scalar, Sequence, compose_nodes
from microcare.load.source.refusals import ProtocolError
from microcare.load.variants.parsing import parse_protocol
from tests.load.test_reference import BODIES, FILES, PARTS, with_head, with_instructions
from tests.mutants import EXAMPLES, LONG, mutant
from tests.samples import HEADER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCHEMA = make_schema()
VALIDATOR = Draft202012Validator(SCHEMA)

HEAD = SCHEMA["properties"]
INSTRUCTION = SCHEMA["$defs"]["instruction"]["properties"]
STEP = INSTRUCTION["steps"]["items"]["properties"]
PARTS_OF_DAY = HEAD["times-of-day"]["properties"]

NO_DATA = {Code.UNREADABLE, Code.NOT_TEXT, Code.TOO_LARGE, Code.TOO_DEEP, Code.YAML, Code.ALIAS}
"""Of files of which an editor makes no data either."""

BEYOND = {
    Code.TAG: "what YAML says of a value, not the value",
    Code.DUPLICATE_KEY: "data has each key once",
    Code.DUPLICATE_ID: "two places at once",
    Code.BAD_TIME: "the grammar of times, of which it shows examples",
    Code.UNKNOWN_TOPIC: "a reference",
    Code.UNKNOWN_FACTOR: "a reference",
    Code.UNKNOWN_ANCHOR: "a reference",
    Code.UNKNOWN_INSTRUCTION: "another file",
    Code.UNUSABLE_BASE: "another file",
    Code.CYCLE: "references",
    Code.IMPOSSIBLE_TIME: "two times together",
    Code.BAN_AT_MOMENT: "the grammar of times, and the events that times count from",
    Code.TOO_MANY_DOSES: "a sum over dates",
}
"""What the schema doesn't say, and why."""

BEYOND_EXAMPLES = {
    "impossible-date": "the calendar",
    "long-appointment": "a sum",
    "missing-day-1": "a key at the top, for the sake of a time far below",
    "nothing-left": "another file",
    "open-treatment-day": "the day on which a time of day lies",
    "taken-name": "two places at once",
    "translated-twice": "two places at once",
    "without-original": "the language of the file, at its top",
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
        parse_protocol(text, "example.yaml", make_base_finder(file, ()) if file else None)
    except ProtocolError as error:
        return error.problems
    return ()


def complaints(data: object) -> list[str]:
    """Return what the schema finds wrong with data."""
    return [each.message for each in VALIDATOR.iter_errors(data)]


def assert_taken(text: str) -> None:
    """Assert that the schema finds nothing wrong, whatever types the values have."""
    root, _ = compose_nodes(text, "example.yaml")
    assert complaints(plain(root)) == []
    assert complaints(typed(root)) == []


def test_schema_is_one() -> None:
    """It keeps to the draft that it names, and is plain JSON."""
    Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


def test_every_key_is_described() -> None:
    """An editor shows the words of the loader's own tables beside each key."""
    maps = {
        "": (HEAD, PROTOCOL_KEYS),
        "clinic": (HEAD["clinic"]["properties"], CLINIC_KEYS),
        "times-of-day": (PARTS_OF_DAY, DAY_PART_KEYS),
        "factors": (HEAD["factors"]["additionalProperties"]["properties"], FACTOR_KEYS),
        "topics": (HEAD["topics"]["additionalProperties"]["properties"], TOPIC_KEYS),
        "instruction": (INSTRUCTION, INSTRUCTION_KEYS),
        "amounts": (INSTRUCTION["amounts"]["properties"], AMOUNT_KEYS),
        "steps": (STEP, STEP_KEYS),
    }
    for name, (described, keys) in maps.items():
        found = {key: each["description"] for key, each in described.items()}
        assert found == keys, name


@pytest.mark.parametrize(
    "file",
    [*sorted((EXAMPLES / "valid").glob("*.yaml")), *sorted(find_built_in_folder().glob("*.yaml"))],
    ids=lambda file: file.stem,
)
def test_both_take_the_valid_ones(file: Path) -> None:
    """As texts, and with the types that an editor gives them."""
    text = file.read_text(encoding="utf-8")
    assert problems_of(text, file) == ()
    assert_taken(text)


@pytest.mark.parametrize(
    "text",
    [*FILES, *map(with_instructions, PARTS), *map(with_head, BODIES)],
    ids=[text.splitlines()[0][:40] for text in (*FILES, *PARTS, *BODIES)],
)
def test_it_takes_the_examples_of_the_reference(text: str) -> None:
    """Each in a file of its own, of which another test says that the loader takes it."""
    assert_taken(text)


@pytest.mark.parametrize(
    "file", sorted((EXAMPLES / "invalid").glob("*.yaml")), ids=lambda file: file.stem
)
def test_both_refuse_the_invalid_ones(file: Path) -> None:
    """But for what the schema doesn't say, which it lets pass."""
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


@pytest.mark.parametrize("hundred", range(60 if LONG else 2))
def test_what_the_loader_takes_the_schema_takes(hundred: int) -> None:
    """Mutants by the hundred: an editor never complains of a file that works."""
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


def test_no_pattern_is_a_grammar() -> None:
    """A name, a date, a number: what is longer is for `microcare check` to read."""
    found = list(patterns_in(SCHEMA))
    assert found
    assert max(map(len, found)) <= 60


def patterns_in(data: object) -> Iterator[str]:
    """Yield every pattern of a schema."""
    if isinstance(data, dict):
        for key, each in data.items():
            if key == "pattern" and isinstance(each, str):
                yield each
            yield from patterns_in(each)
    elif isinstance(data, list):
        for each in data:
            yield from patterns_in(each)


@pytest.mark.parametrize("key", [*TIME_KEYS, "every", "daily", "count"])
def test_the_example_of_an_instruction_is_one(key: str) -> None:
    """An editor offers a time that the loader reads, in the words of the key's meaning."""
    (example,) = INSTRUCTION[key]["examples"]
    verb = {"at-least": "wait-since", "once": "may-resume"}.get(key, "take")
    entry = f"{{id: a, {verb}: antibiotics, {key}: {example}}}"
    text = f"{HEADER}day-1: next day\ninstructions: [{entry}]\n"
    assert problems_of(text) == ()
    assert_taken(text)
    assert f"`{example}`" in INSTRUCTION_KEYS["until-state" if key == "once" else key]


def test_the_examples_of_a_step_are_some() -> None:
    """How long it lasts, and either way of saying how often."""
    examples = {key: each["examples"][0] for key, each in STEP.items() if key != "dose"}
    length = examples.pop("for")
    assert set(examples) == {"every", "daily"}
    for key, example in examples.items():
        steps = f"[{{for: {length}, {key}: {example}}}]"
        text = f"{HEADER}instructions: [{{id: a, take: antibiotics, steps: {steps}}}]\n"
        assert problems_of(text) == ()
    assert f"`{length}`" in STEP_KEYS["for"]


def test_the_examples_of_the_head_are_some() -> None:
    """The parts of the day as they are where a protocol doesn't set them, and the duration."""
    (duration,) = HEAD["duration"]["examples"]
    parts = {name: each["examples"][0] for name, each in PARTS_OF_DAY.items()}
    assert list(parts) == list(DAY_PART_KEYS)
    lines = "".join(f"  {name}: {part}\n" for name, part in parts.items())
    entry = "{id: a, avoid: sauna}"
    text = f"{HEADER}duration: {duration}\ntimes-of-day:\n{lines}instructions: [{entry}]\n"
    assert problems_of(text) == ()
    assert_taken(text)
    assert f"`{duration}`" in PROTOCOL_KEYS["duration"]
    for name, part in parts.items():
        assert DAY_PART_KEYS[name].endswith(f"else {part}")
