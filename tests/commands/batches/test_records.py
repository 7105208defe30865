"""What a folder remembers: names that are safe and differ, records that may be torn."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcare.commands.batches.records import (
    RECORDS,
    Record,
    list_records,
    make_stem,
    read_record,
    write_record,
)

NASTY = (
    *("../../etc/x", "..", ".", "/", "a/b", "a\\b", "C:x", "CON", "con", "con.txt", "nul", "LPT1"),
    *("a.", "a ", " a", "-rf", ".hidden", "x" * 300, "x" * 61, "é", "e\u0301", "a:b", "a*?<>|b"),
    *("\ud800", "日本", "a~1", "A", "a~~b", "AB", "aB", "Ab", "ab", "", "~", "manifest", "\u212a"),
)


@pytest.mark.parametrize("booking", NASTY)
def test_name_is_safe_on_every_system(booking: str) -> None:
    """It stays in its folder, is short, is no device, hidden or an option, and has no blank."""
    stem = make_stem(booking)
    assert re.fullmatch(r"[A-Za-z0-9_~][A-Za-z0-9_.~-]{0,90}(?<!\.)", stem), stem
    assert stem.partition(".")[0].lower() not in {"con", "nul", "lpt1"}


@pytest.mark.parametrize("booking", ["4711", "a-1", "2026_12.3", "3f2a-9b"])
def test_plain_reference_is_its_own_name(booking: str) -> None:
    """So a clinic finds its file."""
    assert make_stem(booking) == booking


def test_no_two_references_have_one_name() -> None:
    """Also where a file system takes capitals for small letters."""
    assert len({make_stem(each).lower() for each in NASTY}) == len(NASTY)


@given(st.text(max_size=12), st.text(max_size=12))
def test_names_differ_as_references_do(one: str, other: str) -> None:
    """Whatever they are."""
    assert (make_stem(one).lower() == make_stem(other).lower()) is (one == other)


@given(st.text("aAbB1.-_", max_size=8), st.text("aAbB1.-_", max_size=8))
def test_capitals_make_another_name(one: str, other: str) -> None:
    """The usual letters of references, which differ in nothing else."""
    assert (make_stem(one).lower() == make_stem(other).lower()) is (one == other)


def test_record_comes_back_and_a_torn_one_is_none(tmp_path: Path) -> None:
    """At any length of what was written of it."""
    record = Record("B1", "d", {"B1~1.ics": "h"}, 3, 7)
    write_record(tmp_path, record)
    stem = make_stem("B1")
    assert read_record(tmp_path, stem) == record
    assert list(list_records(tmp_path)) == [stem]
    file = tmp_path / RECORDS / f"{stem}.json"
    whole = file.read_bytes()
    for length in range(len(whole)):
        file.write_bytes(whole[:length])
        assert read_record(tmp_path, stem) is None


def test_record_of_another_booking_is_none(tmp_path: Path) -> None:
    """A file that was renamed speaks for nobody."""
    write_record(tmp_path, Record("1", "d", {}, 3, 7))
    (tmp_path / RECORDS / "1.json").rename(tmp_path / RECORDS / "2.json")
    assert read_record(tmp_path, "2") is None


@pytest.mark.parametrize(
    "change",
    [
        {"files": {}},
        {"files": {"1.ics": "h", "../1.pdf": "h"}},
        {"files": {"1.ics": "h", "a\0b": "h"}},
        {"files": {"1.ics": 5}},
        {"sequence": "7"},
        {"sequence": 2**31},
        {"events": None},
        {"cancelled": 1},
    ],
)
def test_record_that_somebody_has_changed_is_none(
    change: dict[str, object], tmp_path: Path
) -> None:
    """It names no file but its booking's own, and every field is what it was written as."""
    write_record(tmp_path, Record("1", "d", {"1.ics": "h"}, 3, 7))
    file = tmp_path / RECORDS / "1.json"
    for text in (json.dumps({**json.loads(file.read_bytes()), **change}), "[" * 100_000):
        file.write_text(text, encoding="utf-8")
        assert read_record(tmp_path, "1") is None
