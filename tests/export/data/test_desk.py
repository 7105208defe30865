"""The contract `microcare.config/1`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from microcare.export.data import desk
from tests.commands.running import Outcome, Runner

SCHEMA = json.loads(Path(desk.__file__).with_name("config.schema.json").read_text("utf-8"))
NAMES = [
    "protocol", "tz", "protocols", "clinic-name", "phone", "address", "hours", "holidays",
]  # fmt: skip


def read(done: Outcome) -> dict[str, Any]:
    """Return the data, after holding it against the schema."""
    data: dict[str, Any] = json.loads(done.out)
    Draft202012Validator(SCHEMA).validate(data)
    assert done.out.isascii()
    assert [each["name"] for each in data["settings"]] == NAMES
    return data


def sources(data: dict[str, Any]) -> list[str | None]:
    """Return where each setting came from."""
    return [each["source"] for each in data["settings"]]


def test_schema_is_one() -> None:
    """And it refuses what is not described."""
    Draft202012Validator.check_schema(SCHEMA)
    assert not Draft202012Validator(SCHEMA).is_valid({"format": "microcare.config/1"})


def test_nothing_set(microcare: Runner) -> None:
    """Each setting is listed all the same."""
    data = read(microcare("config", "--format", "json"))
    assert (data["file"], data["exists"]) == (str(microcare.configuration), False)
    assert sources(data) == ["default", "machine", "default", *[None] * 5]


def test_everything_set(microcare: Runner) -> None:
    """Hours are spans of a weekday, closed dates are dates."""
    microcare.configure(
        'protocol = "clinic-b"\ntime-zone = "America/Denver"\nprotocols = "."\n'
        'hours = "fri-sat 9:00-24:00"\nholidays = [2026-12-25, "2026-12-24"]\n'
        '[clinic]\nname = "N"\nphone = "1"\naddress = "Älter Weg"\n'
    )
    data = read(microcare("config", "--format", "json"))
    assert sources(data) == ["configuration"] * 8
    values = {each["name"]: each["value"] for each in data["settings"]}
    assert values["protocols"] == [str(microcare.configuration.parent)]
    assert values["holidays"] == ["2026-12-24", "2026-12-25"]
    assert values["address"] == "Älter Weg"
    assert values["hours"] == [
        {"weekday": "friday", "opens": "09:00", "closes": "24:00"},
        {"weekday": "saturday", "opens": "09:00", "closes": "24:00"},
    ]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("protocol = 3", ["protocol"]),
        ('protocol = "nope"', ["protocol"]),
        ('time-zone = "EST"', ["tz"]),
        ('protocols = "nowhere"', ["protocols"]),
        ("clinic = 3", ["clinic-name", "phone", "address"]),
        ("[clinic]\nphone = 3", ["phone"]),
        ('hours = "mon 9-5"', ["hours"]),
        ("hours = 3", ["hours"]),
        ('holidays = ["2026-02-30"]', ["holidays"]),
        ('holidays = "2026-12-24"', ["holidays"]),
    ],
)
def test_what_can_not_be_used_says_why(text: str, wrong: list[str], microcare: Runner) -> None:
    """The others are told as they are, and the command ends with 1."""
    microcare.configure(text)
    done = microcare("config", "--format", "json")
    data = read(done)
    assert done.code == 1
    assert [each["name"] for each in data["settings"] if each["problem"]] == wrong


def test_unknown_keys_are_listed(microcare: Runner) -> None:
    """Those of the clinic with its table."""
    microcare.configure('colour = 1\nprotocol = "clinic-b"\n[clinic]\nfone = "1"\n')
    done = microcare("config", "--format", "json")
    assert (done.code, read(done)["unknown"]) == (1, ["colour", "clinic.fone"])
