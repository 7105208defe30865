"""What the commands print, byte for byte. After a change that is meant: `make golden`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.commands.batches.tables import REPORT
from tests.commands.running import BOOKING, DATE, NOW, ROOT, ZONE, Runner
from tests.commands.test_moved_bookings import MOVES
from tests.conftest import GOLDEN

if TYPE_CHECKING:
    from collections.abc import Callable

_BRIEF_A = ("plan", *BOOKING, "--protocol", "clinic-a")
_BRIEF_B = ("plan", *BOOKING, "--protocol", "clinic-b")
_A = (*_BRIEF_A, "--full")
_B = (*_BRIEF_B, "--full")
_BROKEN = "tests/examples/invalid/many-mistakes.yaml"
_DIFF = ("diff", "clinic-a", "clinic-b")
_COURSES = ("plan", *BOOKING, "--protocol", "tests/examples/valid/courses.yaml", "--full")
_EVENING = (*DATE, *ZONE, "--now", "2026-12-11T20:30-05:00")
_EARLIEST = (
    *("earliest", *ZONE, *NOW, "--last", "Botox=2026-11-20", "--last", "waxing=2026-11-20 15:30"),
    *("--last", "laser=2026-12-20", "--protocol", "tests/examples/valid/ipl-photofacial.yaml"),
)
_SERIES = (*_BRIEF_B, "--sessions", "series", "--session", "2=14 Jan 2027 2:30pm")
_TWO = (*_BRIEF_A, "--protocol", "tests/examples/valid/chemical-peel.yaml@2027-01-20 10:00")
_HAD = ("--last", "isotretinoin=2026-07-01", "--last", "laser=never", "--last", "Botox=2026-12-07")
_LATER = ("--now", "2027-01-15T10:00-05:00", "--quiet")

# The file's name, the command line, the columns. A file a case, a case a file.
CASES: dict[str, tuple[tuple[str, ...], int]] = {
    "brief-a-40.txt": (_BRIEF_A, 40),
    "brief-a-80.txt": (_BRIEF_A, 80),
    "brief-a-120.txt": (_BRIEF_A, 120),
    "brief-a.md": ((*_BRIEF_A, "--format", "markdown", "--brief"), 80),
    "brief-b-40.txt": (_BRIEF_B, 40),
    "brief-b-80.txt": (_BRIEF_B, 80),
    "brief-b-120.txt": (_BRIEF_B, 120),
    "brief-courses-80.txt": (_COURSES[:-1], 80),
    "brief-whole-day.txt": (("plan", "--date", "2026-12-10", *ZONE, *NOW), 80),
    "brief-past.txt": (("plan", *DATE, *ZONE, *_LATER), 80),
    "brief-part.txt": ((*_BRIEF_A, "--part", "after"), 80),
    "day-b.txt": ((*_BRIEF_B, "--on", "10 Dec"), 80),
    "things-b.txt": ((*_BRIEF_B, "--by", "thing"), 80),
    "series-40.txt": (_SERIES, 40),
    "series-80.txt": (_SERIES, 80),
    "series-things.txt": ((*_SERIES, "--by", "thing"), 80),
    "series.json": ((*_SERIES, "--format", "json"), 80),
    "two-80.txt": (_TWO, 80),
    "two-full.txt": ((*_TWO, "--full"), 80),
    "two-visit.txt": ((*_BRIEF_A, "--protocol", "clinic-b"), 80),
    "two.json": ((*_TWO, "--format", "json"), 80),
    "can-40.txt": (("can", "makeup", *_EVENING), 40),
    "can-80.txt": (("can", "makeup", *_EVENING), 80),
    "can-part.txt": (("can", "skin", "products", *_EVENING, "--protocol", "clinic-b"), 80),
    "can.json": (("can", "makeup", *_EVENING, "--at", "2026-12-12", "--format", "json"), 80),
    "plan-a-40.txt": (_A, 40),
    "plan-a-80.txt": (_A, 80),
    "plan-a-120.txt": (_A, 120),
    "plan-a.md": ((*_A, "--format", "markdown", "--notes"), 80),
    "plan-a.json": ((*_BRIEF_A, "--format", "json"), 80),
    "plan-b-40.txt": (_B, 40),
    "plan-b-80.txt": (_B, 80),
    "plan-b-120.txt": (_B, 120),
    "plan-b.md": ((*_B, "--format", "markdown", "--notes"), 80),
    "plan-b.json": ((*_BRIEF_B, "--format", "json"), 80),
    "plan-whole-day.txt": (("plan", "--date", "2026-12-10", *ZONE, *NOW, "--full"), 80),
    "plan-whole-day.json": (
        ("plan", "--date", "2026-12-10", *ZONE, *NOW, "--format", "json"),
        80,
    ),
    "plan-past.txt": (("plan", *DATE, *ZONE, *_LATER, "--full"), 80),
    "plan-pregnancy.txt": ((*_A, "--with", "pregnancy"), 80),
    "plan-answered.txt": ((*_A, "--with", "cold-sores", "--without", "numbing-cream"), 80),
    "plan-duration.txt": ((*_A, "--duration", "45 minutes"), 80),
    "plan-notes.txt": ((*_A, "--notes"), 80),
    "plan-b-peel.txt": ((*_B, "--with", "peel", "--without", "around-eyes"), 80),
    "plan-last.txt": ((*_A, *_HAD), 80),
    "plan-last.md": ((*_A, *_HAD, "--format", "markdown"), 80),
    "plan-last.json": ((*_BRIEF_A, *_HAD, "--format", "json"), 80),
    "brief-last-40.txt": ((*_BRIEF_A, *_HAD), 40),
    "brief-last-80.txt": ((*_BRIEF_A, *_HAD), 80),
    "brief-last.md": ((*_BRIEF_A, *_HAD, "--format", "markdown", "--brief"), 80),
    "earliest-80.txt": (_EARLIEST, 80),
    "earliest-40.txt": (_EARLIEST, 40),
    "earliest-asks.txt": (("earliest", *ZONE, *NOW), 80),
    "earliest.json": ((*_EARLIEST, "--format", "json"), 80),
    "plan-courses-40.txt": (_COURSES, 40),
    "plan-courses-80.txt": (_COURSES, 80),
    "plan-courses.md": ((*_COURSES, "--format", "markdown"), 80),
    "plan-courses.json": ((*_COURSES[:-1], "--format", "json"), 80),
    "handout-a.html": (("handout", *_BRIEF_A[1:], "-o", "-", "--format", "html", "-q"), 80),
    "diff-40.txt": (_DIFF, 40),
    "diff-80.txt": (_DIFF, 80),
    "diff-120.txt": (_DIFF, 120),
    "diff-full.txt": ((*_DIFF, "--full"), 80),
    "diff-topic-40.txt": ((*_DIFF, "--topic", "retinoids"), 40),
    "diff-dated.txt": ((*_DIFF, *BOOKING), 120),
    "diff.json": ((*_DIFF, "--format", "json"), 80),
    "diff.md": ((*_DIFF, "--format", "markdown"), 80),
    "diff-full.md": ((*_DIFF, "--full", "--format", "markdown"), 80),
    "protocols.txt": (("protocols",), 80),
    "protocols.json": (("protocols", "--format", "json"), 80),
    "topics-40.txt": (("topics", "cold sores"), 40),
    "topics.json": (("topics", "cold sores", "--format", "json"), 80),
    "show-a.txt": (("show", "clinic-a"), 80),
    "show-courses.txt": (("show", "./tests/examples/valid/courses.yaml"), 80),
    "show-b.txt": (("show", "clinic-b"), 80),
    "check-40.txt": (("check", _BROKEN), 40),
    "check-80.txt": (("check", _BROKEN), 80),
    "check.json": (("check", _BROKEN, "--format", "json"), 80),
    "check-github.txt": (("check", _BROKEN, "clinic-a", "--format", "github"), 80),
    "check-clinics-80.txt": (("check", "clinic-a", "clinic-b"), 80),
    "schema.json": (("schema",), 80),
    "new.yaml": (("new", "our-clinic", "-o", "-"), 80),
    "config-40.txt": (("config",), 40),
    "config-80.txt": (("config",), 80),
    "config.json": (("config", "--format", "json"), 80),
}

_DESK = {"XDG_CONFIG_HOME": "tests/examples/desk"}
"""Where a configuration lies, for those commands that tell of it."""

_FOUND = {"plan-pregnancy.txt", "check-40.txt", "check-80.txt", "check.json", "check-github.txt"}
_FOUND = {
    *("plan-pregnancy.txt", "check-40.txt", "check-80.txt", "check.json", "check-github.txt"),
    *("plan-last.txt", "plan-last.md", "plan-last.json"),
    *("brief-last-40.txt", "brief-last-80.txt", "brief-last.md"),
}
"""Those that end with 1, because something was found."""


@pytest.mark.parametrize("name", CASES)
def test_output_is_the_golden_one(
    name: str,
    microcare: Runner,
    check_golden: Callable[[str, str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each command prints what it printed when a person last read it, and no remark beside it."""
    monkeypatch.chdir(ROOT)
    arguments, columns = CASES[name]
    environment = _DESK if arguments[0] == "config" else {}
    done = microcare(*arguments, columns=columns, **environment)
    assert (done.code, done.err) == (int(name in _FOUND), "")
    check_golden(name, done.out)


def test_each_golden_file_has_its_case() -> None:
    """No file stays behind that nothing compares any more."""
    assert {each.name for each in GOLDEN.iterdir()} == {*CASES, *MOVES, REPORT}
