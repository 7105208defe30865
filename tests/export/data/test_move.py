"""The contract `microcare.move/1`: what a booking system may build on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from microcare.core.plan.transitions import Change
from microcare.export.data import move
from tests.commands.running import ZONE, Runner

SCHEMA = json.loads(Path(move.__file__).with_name("move.schema.json").read_text("utf-8"))
FIRST = ("export-ics", *ZONE, "--now", "2026-11-21T10:00-05:00", "-q", "--force")
CALLED = ("--now", "2026-12-08T16:00-05:00")
ANSWERED = ("--last", "waxing=2026-12-01")

# The protocol, the old date, the new one, and more of the second command line.
MOVES: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    "earlier": ("clinic-a", "2026-12-17 14:30", "2026-12-10 14:30", ANSWERED),
    "later": ("clinic-b", "2026-12-10 14:30", "2026-12-17 14:30", ()),
    "to today": ("clinic-b", "2026-12-10 14:30", "2026-12-08 18:00", ()),
    "past": ("clinic-a", "2026-12-10 14:30", "2026-12-07 14:30", ()),
    "hour": ("clinic-a", "2026-12-10", "2026-12-10 14:30", ()),
    "month": ("clinic-a", "2027-03-31 14:30", "2027-03-10 14:30", ()),
    "none": ("clinic-a", "2026-12-10 14:30", "2026-12-17 14:30", ("--booking", "other")),
}


def read(microcare: Runner, folder: Path, name: str, *more: str) -> dict[str, Any]:
    """Return the data on a booking that moves; nothing stands beside them."""
    protocol, old, new, own = MOVES[name]
    before, after = str(folder / "old.ics"), str(folder / "new.ics")
    known = ("-p", protocol, "--booking", "1")
    assert microcare(*FIRST, *known, "--date", old, "-o", before).code == 0
    moved = ("export-ics", *ZONE, *CALLED, "-q", "--force", *known, "--date", new, *own, *more)
    if "--booking" in own:
        moved = tuple(each for each in moved if each not in {"--booking", "1", "other"})
    done = microcare(*moved, "--replaces", before, "-o", after, "--format", "json")
    assert (done.code, done.err, done.out.isascii()) == (0, "", True)
    found: dict[str, Any] = json.loads(done.out)
    assert found["file"] == after
    return found


@pytest.mark.parametrize("name", MOVES)
def test_data_are_as_the_schema_has_them(name: str, microcare: Runner, tmp_path: Path) -> None:
    """Every key, every kind of value, and no key more."""
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(SCHEMA).validate(read(microcare, tmp_path, name))


def test_schema_knows_every_change() -> None:
    """One that is added must be added to the contract."""
    assert set(SCHEMA["$defs"]["change"]["enum"]) == {each.value for each in Change}


def test_what_has_begun_has_its_new_dates(microcare: Runner, tmp_path: Path) -> None:
    """With the topics whose last time is still to be asked for."""
    found = read(microcare, tmp_path, "earlier")["move"]
    assert (found["days"], found["was"]["start"]) == (-7, "2026-12-17T14:30:00-05:00")
    begun = {each["instruction"]: each for each in found["begun"]}
    assert [*begun] == [
        *("topical-actives", "hair-removal-before", "antiviral", "neurotoxin-interval")
    ]
    waxing = begun["hair-removal-before"]
    assert (waxing["from"], waxing["unasked"]) == ("2026-12-07T14:30:00-05:00", ["depilatories"])


def test_file_that_was_not_written_is_told(microcare: Runner, tmp_path: Path) -> None:
    """And what became of the events is counted all the same."""
    found = read(microcare, tmp_path, "earlier", "--dry-run")
    assert (found["written"], (tmp_path / "new.ics").exists()) == (False, False)
    assert found["events"]["moved"] > 0


def test_another_booking_moves_nothing(microcare: Runner, tmp_path: Path) -> None:
    """Then only the events are counted."""
    found = read(microcare, tmp_path, "none")
    assert found["move"] is None
    assert found["events"]["cancelled"] > 0
