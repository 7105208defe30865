"""The contract `microcare.earliest/1`, as its schema says it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from microcare.export.data import earliest
from tests.commands.running import NOW, ZONE, Runner

SCHEMA = json.loads(Path(earliest.__file__).with_name("earliest.schema.json").read_text("utf-8"))
CASES = {
    "nothing": (),
    "date": ("--last", "Botox=2026-11-20", "--last", "laser=never", "--count", "3"),
    "time": ("--last", "waxing=2026-11-20 15:30", "--between", "9:00-17:00"),
    "range": ("-p", "clinic-b", "--last", "waxing=2026-11-20", "--last", "retinol=2026-11-20"),
    "planned": ("--last", "Botox=2026-12-20"),
    "silent": ("--last", "sauna=2026-11-20"),
}


def read(microcare: Runner, *arguments: str) -> dict[str, Any]:
    """Return what is printed; nothing stands beside it."""
    done = microcare("earliest", *ZONE, *NOW, *arguments, "--format", "json")
    assert (done.code, done.err, done.out.isascii()) == (0, "", True)
    found: dict[str, Any] = json.loads(done.out)
    return found


@pytest.mark.parametrize("name", CASES)
def test_data_keep_to_the_schema(name: str, microcare: Runner) -> None:
    """Every key is there, with a value of its type, and no other."""
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(SCHEMA).validate(read(microcare, *CASES[name]))


def test_range_has_two_dates(microcare: Runner) -> None:
    """5 to 7 days: the near end is the earliest date, the far one is recommended."""
    data = read(microcare, *CASES["range"])
    assert (data["earliest"], data["recommended"]) == ("2026-11-26", "2026-11-28")
    waxing = data["because"][0]
    assert (waxing["topic"], waxing["binds"]) == ("waxing", True)
    assert (waxing["earliest"], waxing["recommended"]) == ("2026-11-26", "2026-11-28")


def test_hours_bind_to_the_minute(microcare: Runner) -> None:
    """A moment has the clinic's offset from UTC."""
    assert read(microcare, *CASES["time"])["earliest"] == "2026-11-23T15:30:00-05:00"


def test_nothing_binds(microcare: Runner) -> None:
    """The date of now, for no reason, and all that there is to ask."""
    data = read(microcare)
    assert (data["earliest"], data["because"]) == ("2026-11-21", [])
    assert "isotretinoin" in data["unasked"]
    assert "pregnancy" in data["contraindications"]
