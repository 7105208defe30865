"""The JSON Schemas of the contracts: what every `--format json` prints, and no key more."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from microcare.core.compare.comparison import Verdict
from microcare.core.plan.last_times import Keeping
from microcare.core.plan.planned import Kind, Standing
from microcare.core.sheet.conditions import Answer, FactorKind
from microcare.core.sheet.instruction import StateRule, Strength
from microcare.core.sheet.points import TIMES_OF_DAY, Side
from microcare.core.sheet.problems import Severity
from microcare.core.sheet.verbs import Verb
from microcare.export import data
from tests.commands.running import BOOKING, DATE, NOW, ZONE, Runner
from tests.mutants import EXAMPLES

(FOLDER,) = (Path(each) for each in data.__path__)
SCHEMAS = {
    path.name.removesuffix(".schema.json"): json.loads(path.read_text("utf-8"))
    for path in sorted(FOLDER.glob("*.schema.json"))
}
SHEETS = {path.stem: str(path) for path in sorted((EXAMPLES / "valid").glob("*.yaml"))}
PEEL = SHEETS["chemical-peel"]
SERIES = ("--sessions", "3", "--every", "4 weeks")
BOTH = ("-p", "clinic-b", "-p", f"{PEEL}@2026-12-17")

PLANS: dict[str, tuple[str, ...]] = {
    **{name: (*BOOKING, "-p", path) for name, path in SHEETS.items()},
    **{f"{name}, whole day": ("--date", "2026-12-10", *ZONE, *NOW, "-p", path)
       for name, path in SHEETS.items()},
    "clinic-a": BOOKING,
    "past": (*DATE, *ZONE, "--now", "2027-02-01T10:00-05:00", "-p", "clinic-b", "-q"),
    "duration": (*BOOKING, "-p", "clinic-b", "--duration", "45 minutes"),
    "contraindicated": (*BOOKING, "--with", "pregnancy", "--without", "cold-sores"),
    "broken": (*BOOKING, "--last", "Accutane=1 July", "--last", "laser=never"),
    "kept": (*BOOKING, "--last", "laser=2026-10-01 9am", "-p", "clinic-b"),
    "second too close": (*BOOKING, "--last", "Botox=2026-12-09"),
    "sessions": (*BOOKING, "-p", "clinic-b", "--sessions", "series"),
    "sessions elsewhere": (*BOOKING, *SERIES, "--session", "2=2027-01-14 9am"),
    "sessions of whole days": ("--date", "2026-12-10", *ZONE, *NOW, *SERIES),
    "joint": (*BOOKING, *BOTH),
    "joint on one date": (*BOOKING, "-p", "clinic-a", "-p", "clinic-b", "--with", "peel"),
    "joint and broken": (*BOOKING, *BOTH, "--last", "laser=2026-12-06"),
}  # fmt: skip
OTHERS: dict[str, tuple[str, ...]] = {
    "can": ("can", "makeup", *BOOKING, "--at", "2026-12-12"),
    "can, a group": ("can", "skin products", *BOOKING, "--at", "2026-12-12 9am"),
    "can, unknown": ("can", "makup", *BOOKING),
    "can, sessions": ("can", "sun", *BOOKING, *SERIES, "--at", "2027-01-09"),
    "can, joint": ("can", "retinol", *BOOKING, *BOTH, "--at", "2026-12-15 9am"),
    "earliest": ("earliest", *ZONE, *NOW),
    "earliest, range": ("earliest", *ZONE, *NOW, "-p", "clinic-b", "--last", "waxing=20 Nov"),
    "earliest, moment": (
        *("earliest", *ZONE, *NOW, "--last", "waxing=2026-11-20 15:30", "--count", "5"),
        *("--between", "9:00-17:00"),
    ),
    "earliest, planned": ("earliest", *ZONE, *NOW, "--last", "Botox=2026-12-20"),
    "earliest, blocked": ("earliest", *ZONE, *NOW, "--with", "pregnancy", "--last", "sun=20 Nov"),
    "config": ("config",),
    "diff": ("diff", "clinic-a", "clinic-b"),
    "diff, dated": ("diff", "clinic-b", PEEL, *BOOKING),
    "diff, conditions": ("diff", SHEETS["whole-language"], SHEETS["appointment-branches"]),
    "check": ("check", *map(str, sorted((EXAMPLES / "invalid").glob("*.yaml")))),
    "check, warnings": ("check", *SHEETS.values(), "--reading-level"),
    "protocols": ("protocols",),
    "topics": ("topics",),
    "topics, one": ("topics", "Advil"),
}


SPANISH = (
    *(PLANS[each] for each in ("chemical-peel", "eye-surgery", "injectables", "broken", "joint")),
    *(PLANS[each] for each in ("appointment-branches", "bowel-prep", "translated", "sessions")),
)
TEXTS = {
    "plan": {
        *("title", "text", "rule", "sentence", "if_text", "reason", "unclear", "until_state"),
        *("until_words", "dose", "daily_max", "threshold", "area", "ask_first", "override_by"),
        "call",
    },
    "can": {"sentence", "words"},
    "move": {"title", "file", "added"},
}
"""What is for patients to read, and so in their language. More notices may take more entries."""


def list_objects(schema: object) -> Iterator[dict[str, Any]]:
    """Yield every part of a schema that describes the keys of an object."""
    if isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict):
            yield schema
        schema = list(schema.values())
    if isinstance(schema, list):
        for each in schema:
            yield from list_objects(each)


def list_dicts(value: object) -> Iterator[dict[str, Any]]:
    """Yield every object of some data."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from list_dicts(each)


def read(microcare: Runner, *arguments: str) -> dict[str, Any]:
    """Return what a command prints as JSON, and whether it keeps to its contract's schema."""
    done = microcare(*arguments, "--format", "json")
    assert done.code in {0, 1}, done.err
    found: dict[str, Any] = json.loads(done.out)
    name = found["format"].removeprefix("microcare.").removesuffix("/1")
    Draft202012Validator(SCHEMAS[name]).validate(found)
    return found


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_describes_one_contract_strictly(name: str) -> None:
    """It is named after its format, and no object takes a key that it doesn't describe."""
    schema = SCHEMAS[name]
    Draft202012Validator.check_schema(schema)
    assert schema["title"] == schema["properties"]["format"]["const"] == f"microcare.{name}/1"
    assert schema["description"]
    for each in list_objects(schema):
        # A rhythm is closed where it is used, since a step of a course has two keys more.
        closed = each.get("additionalProperties", each.get("unevaluatedProperties"))
        assert closed is False or each is schema["$defs"]["rhythm"]
        assert set(each.get("required", ())) <= set(each["properties"])


@pytest.mark.parametrize("name", PLANS)
def test_plan_keeps_to_its_schema(name: str, microcare: Runner) -> None:
    """Each example sheet, each kind of answer, several treatments and sessions."""
    assert read(microcare, "plan", *PLANS[name])["format"] == "microcare.plan/1"


@pytest.mark.parametrize("name", OTHERS)
def test_data_keep_to_their_schema(name: str, microcare: Runner) -> None:
    """Every contract has one, named after it."""
    assert read(microcare, *OTHERS[name])["format"] == f"microcare.{name.partition(',')[0]}/1"


def test_moved_session_keeps_to_its_schema(microcare: Runner, tmp_path: Path) -> None:
    """A calendar file in place of an earlier one, of a series and of two protocols."""
    first, second, third = (str(tmp_path / f"{number}.ics") for number in range(3))
    booked = ("export-ics", *BOOKING, "-q", "--booking", "1", "-p", "clinic-b")
    assert microcare(*booked, "--sessions", "3", "-o", first).code == 0
    moved = (*booked, "--session", "2=2027-01-14 9am", "--replaces", first, "-o", second)
    found = read(microcare, *moved)
    assert [each["number"] for each in found["move"]["treatments"]] == [2, 3]
    joint = ("-p", f"{PEEL}@2026-12-17", "--replaces", second, "-o", third)
    assert read(microcare, *booked, *joint)["format"] == "microcare.move/1"


def list_changes(one: object, other: object, key: str = "") -> Iterator[str]:
    """Yield the keys under which two data differ; "" is no key that is known."""
    if isinstance(one, dict) and isinstance(other, dict) and list(one) == list(other):
        for name, value in one.items():
            yield from list_changes(value, other[name], name)
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for first, second in zip(one, other, strict=True):
            yield from list_changes(first, second, key)
    elif one != other:
        yield "" if isinstance(one, dict | list) else key


@pytest.mark.parametrize("arguments", [*(("plan", *each) for each in SPANISH), *(
    OTHERS[each] for each in ("can", "can, a group", "can, unknown", "can, sessions", "can, joint")
)])  # fmt: skip
def test_data_are_the_same_in_spanish(arguments: tuple[str, ...], microcare: Runner) -> None:
    """The contract holds, and a script finds what it found: texts alone are in the language."""
    spanish = read(microcare, *arguments, "--language", "es")
    changed = {*list_changes(read(microcare, *arguments), spanish)}
    assert changed <= TEXTS[arguments[0]]
    assert changed or arguments == OTHERS["can, unknown"]


def test_a_move_is_the_same_in_spanish(microcare: Runner, tmp_path: Path) -> None:
    """Of a calendar in place of an earlier one that is in another language."""
    first, *later = (str(tmp_path / f"{number}.ics") for number in range(3))
    booked = ("export-ics", *BOOKING, "-q", "--booking", "1", "-p", "clinic-b", "--sessions", "3")
    assert microcare(*booked, "-o", first).code == 0
    moved = (*booked, "--session", "2=2027-01-14 9am", "--replaces", first, "-o")
    english = read(microcare, *moved, later[0])
    spanish = read(microcare, *moved, later[1], "--language", "es")
    assert {*list_changes(english, spanish)} <= TEXTS["move"]


def test_key_that_is_no_part_of_the_schema_is_refused(microcare: Runner) -> None:
    """Wherever it is added, so that nobody adds one without the contract."""
    found = read(microcare, "plan", *BOOKING, "-p", SHEETS["courses"], "--last", "laser=never")
    validator = Draft202012Validator(SCHEMAS["plan"])
    count = sum(1 for _ in list_dicts(found))
    assert count > 100
    for number in range(0, count, count // 60):
        changed = deepcopy(found)
        touched = list(list_dicts(changed))[number]
        if isinstance(touched.get("format"), str) or not is_mapping_of_topics(touched):
            touched["surplus"] = 1
            assert not validator.is_valid(changed), touched


def is_mapping_of_topics(value: dict[str, Any]) -> bool:
    """Tell whether the keys of an object are topics rather than words of the contract."""
    return all(isinstance(each, dict) and "dose" in each for each in value.values())


@pytest.mark.parametrize(
    ("contract", "path", "kinds"),
    [
        ("plan", ("instruction", "verb"), Verb),
        ("plan", ("instruction", "kind"), Kind),
        ("plan", ("instruction", "strength"), Strength),
        ("plan", ("instruction", "applies"), Answer),
        ("plan", ("instruction", "state"), Standing),
        ("plan", ("instruction", "until_rule"), StateRule),
        ("plan", ("instruction", "kept"), Keeping),
        ("diff", ("verdict",), Verdict),
    ],
)
def test_schema_knows_every_choice(contract: str, path: tuple[str, ...], kinds: type[Enum]) -> None:
    """What the code can say is what the contract lists, whether or not an output shows it."""
    found = SCHEMAS[contract]["$defs"][path[0]]
    if len(path) > 1:
        found = found["properties"][path[1]]
    assert {each for each in found["enum"] if each is not None} == {each.value for each in kinds}


def test_schema_knows_the_choices_of_lists() -> None:
    """Those that stand within an array, and the parts of the day."""
    change = SCHEMAS["diff"]["properties"]["changes"]["items"]["properties"]
    assert set(change["verb"]["enum"]) == {each.value for each in Verb}
    assert set(change["side"]["enum"]) == {each.value for each in Side}
    problem = SCHEMAS["check"]["properties"]["problems"]["items"]["properties"]
    assert set(problem["severity"]["enum"]) == {each.value for each in Severity}
    factor = SCHEMAS["topics"]["properties"]["factors"]["items"]["properties"]
    assert set(factor["kind"]["enum"]) == {each.value for each in FactorKind}
    times = SCHEMAS["plan"]["$defs"]["rhythm"]["properties"]["times"]["items"]["anyOf"][0]
    assert set(times["enum"]) == set(TIMES_OF_DAY)
