"""Whatever is put in, in files, dates and settings: an answer or a refusal, and no half of a file.

`make fuzz ARGS=tests/commands/test_any_input.py` searches for long; a plain run tries the same few
each time.
"""

from __future__ import annotations

import io
import os
from contextlib import redirect_stderr, redirect_stdout
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from microcare.cli import run
from microcare.core.sheet.problems import Code
from microcare.load.keys import INSTRUCTION_KEYS, PROTOCOL_KEYS
from microcare.load.library.folders import find_built_in_folder
from tests.calendar.lint import lint_calendar
from tests.commands.running import BOOKING, NOW, ZONE, Outcome
from tests.mutants import LONG, mutant

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = timedelta(seconds=20)
"""Far more than any input takes on a busy machine; without a bound one could take hours."""

tries = settings(deadline=PATIENCE, max_examples=settings().max_examples if LONG else 15)
"""Each of them is several commands: a plain run tries fewer than of other properties."""

SHEETS = [
    (find_built_in_folder() / f"{name}.yaml").read_text(encoding="utf-8")
    for name in ("clinic-a", "clinic-b")
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return the working folder of a desk that has nothing configured but what a test writes."""
    home = tmp_path_factory.mktemp("home")
    folder = tmp_path_factory.mktemp("desk")
    (home / "microcare").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "XDG_CONFIG_HOME"):
            patch.setenv(name, str(home))
        for name in [each for each in os.environ if each.startswith("MICROCARE_")]:
            patch.delenv(name)
        patch.chdir(folder)
        yield folder


def answer(*arguments: str) -> Outcome:
    """Run a command line; whatever it is, it ends in an answer or a refusal."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(arguments)
    out.flush()
    assert code in {0, 1, 2}, (code, err.getvalue())
    assert "Traceback" not in err.getvalue()
    assert (code == 2) <= (err.getvalue() != "" or arguments[0] == "check")
    return Outcome(code, out.buffer.getvalue().decode(), err.getvalue())


def write_calendar(folder: Path, *arguments: str) -> None:
    """Export a calendar, which is there whole where it is said to be, and else not at all."""
    done = answer("export-ics", *arguments, "-o", "made.ics")
    left = [each.name for each in folder.iterdir() if each.suffix not in {".yaml", ".yml"}]
    assert left == ([] if done.code else ["made.ics"])
    if done.code == 0:
        assert done.out == "made.ics\n"
        assert lint_calendar((folder / "made.ics").read_bytes()) == []
        (folder / "made.ics").unlink()


# Protocols.

KEYS = (*PROTOCOL_KEYS, *INSTRUCTION_KEYS, "label", "members", "dose", "x")
VALUES = (
    "2 days before", "48 hours after", "day 7", "start", "end", "21:00 the day before", "sauna",
    "heat", "retinoids", "antiviral", "cold-sores", "no", "1", "0", "1e999", "٣ days after", "-1",
    "999999999999 years after", "2026-02-30", "America/New_York", "clinic-a", "./v.yaml", "../x",
    "next day", "appointment before 10:30", "as needed", "3", "5 to 7 days before", "", "~", "~/x",
    "9" * 400, "[[[[", "{}", "*a", "&a b", "!!python/object:os.system x", "\0", "\u2028", "\ud83d",
)  # fmt: skip
SCALARS = st.sampled_from(VALUES) | st.text(max_size=12)
NODES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner),
    max_leaves=24,
)
HEADS = st.fixed_dictionaries(
    {"microcare": st.just("1"), "id": st.just("v")},
    optional={key: NODES for key in PROTOCOL_KEYS if key not in {"microcare", "id"}},
)


def flow(node: object) -> str:
    """Return a node as YAML on one line; its scalars stand there as they are, quoted or not."""
    match node:
        case dict():
            return "{" + ", ".join(f"{key}: {flow(each)}" for key, each in node.items()) + "}"
        case list():
            return "[" + ", ".join(map(flow, node)) + "]"
        case _:
            return str(node)


TEXTS = (
    st.tuples(st.sampled_from(SHEETS), st.integers(0, 10**6)).map(lambda each: mutant(*each))
    | st.builds(lambda head: "\n".join(f"{key}: {flow(each)}" for key, each in head.items()), HEADS)
    | NODES.map(flow)
)
FILES = TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass")) | st.binary(max_size=60)


@tries
@given(data=FILES)
def test_any_protocol_file(data: bytes, desk: Path) -> None:
    """Each command that reads it says what is wrong with it, or does its work."""
    (desk / "v.yaml").write_bytes(data)
    checked = answer("check", "v.yaml", "--format", "github", "--reading-level")
    planned = answer("plan", *BOOKING, "--protocol", "v.yaml", "--format", "json")
    assert (checked.code == 0) == (planned.code == 0)
    assert Code.UNREADABLE.value not in checked.out
    write_calendar(desk, *BOOKING, "--protocol", "v.yaml")
    page = answer("handout", *BOOKING, "--protocol", "v.yaml", "-o", "-", "--format", "html")
    assert (page.code, page.out[:9]) == (planned.code, "" if planned.code else "<!DOCTYPE")
    for arguments in (("show", "v.yaml"), ("diff", "v.yaml", "clinic-a"), ("new", "w", "--from")):
        words = (*arguments, "v.yaml", "-o", "-") if arguments[0] == "new" else arguments
        assert answer(*words).code == (0 if checked.code == 0 else 2)


# Earlier calendars.

CONTENT = (
    "BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VALARM", "END:VALARM",
    "VERSION:2.0", "PRODID:-//microcare//microcare 0.1.0//EN", "PRODID:-//Someone//EN", "STATUS:X",
    "UID:3f2a1c8e-0d4b-5a6f-9c7e-1b2d3e4f5a60", "UID:a@b", "SEQUENCE:3", "SEQUENCE:2147483647",
    "DTSTAMP:20261121T150000Z", "DTSTART:20261210T193000Z", "DTSTART;VALUE=DATE:20261210",
    "DTSTART;VALUE=DATE:99980101", "DTEND:00020101T000000Z", "DTEND;VALUE=DATE:20261211",
    "SUMMARY:\\\\, \x1b[31m \\n", "SUMMARY:" + 9000 * "\\,", "STATUS:CANCELLED", " folded", "", ":",
)  # fmt: skip
EVENT = [CONTENT[each] for each in (2, 10, 12, 14, 15, 20, 3)]
EARLIER = st.lists(st.sampled_from(CONTENT) | st.text(max_size=12), max_size=6).flatmap(
    lambda extra: (
        st.permutations([*extra, *EVENT]).map(lambda mixed: [*EVENT[:-1], *extra, *mixed])
        | st.just([*EVENT[:-1], *extra, EVENT[-1]])
    )
)


@tries
@given(lines=EARLIER, cut=st.integers(0, 400))
def test_any_earlier_calendar(lines: list[str], cut: int, desk: Path) -> None:
    """Whatever is to be replaced or cancelled, the new file is whole, or there is none."""
    text = "\r\n".join((CONTENT[0], CONTENT[7], *lines, CONTENT[1], ""))
    for part in (text, text[: -cut or None]):
        (desk / "old.yaml").write_bytes(part.encode("utf-8", "surrogatepass"))
        write_calendar(desk, *BOOKING, "--replaces", "old.yaml")
        write_calendar(desk, "--cancel", "old.yaml", *NOW)


# Dates.

PARTS = st.sampled_from(
    (
        "10", "12", "31", "0", "2026", "'26", "26", "1930", "9999", "99999", "Dec", "December",
        "thu", "Thursday", "tomorrow", "next", "in", "3", "days", "at", "14:30", "2:30", "2:30pm",
        "24:00", "14.30", "1430", "noon", "am", "pm", "UTC-5", "-05:00", "+14:00", "Z", "T", "EST",
        "–", "-", "/", ",", ".", "10:00-02:00", "2026-12-10", "2026-12-10T14:30",
        "2027-03-14 02:30", "٣", "½", "\0", "\ud83d", "W50", "-1",
    )
)  # fmt: skip
DATES = st.lists(PARTS | st.text(max_size=4), max_size=6).flatmap(
    lambda parts: st.sampled_from([" ".join(parts), "".join(parts)])
)
ZONES = st.sampled_from(
    ("America/New_York", "Pacific/Apia", "Asia/Kathmandu", "UTC", "Africa/Cairo")
)


@tries
@given(date=DATES, now=DATES | st.none(), zone=ZONES | st.text(max_size=8))
def test_any_date(date: str, now: str | None, zone: str, desk: Path) -> None:
    """It is understood or refused, as the appointment's and as the present moment."""
    moment = () if now is None else (f"--now={now}",)
    arguments = (f"--date={date}", *moment, f"--tz={zone}")
    assert answer("plan", *arguments, "--format", "json").code in {0, 2}
    write_calendar(desk, *arguments)


@tries
@given(
    option=st.sampled_from(
        ["--duration", "--alarm", "--booking", "--calendar-name", "--with", "-o"]
    ),
    text=DATES,
)
def test_any_other_option(option: str, text: str, desk: Path) -> None:
    """The same words, where something else is asked for; no file gets an odd name."""
    if option == "-o":
        text = f"none/{text}"
    assert answer("export-ics", *BOOKING, f"{option}={text}", "--dry-run").code in {0, 1, 2}
    assert [each for each in desk.iterdir() if each.suffix != ".yaml"] == []


# Settings.

LINES = st.sampled_from(
    (
        'protocol = "clinic-b"', 'time-zone = "Europe/Berlin"', "[clinic]", 'name = "x"', "[a.b]",
        'protocols = "."', "[[clinic]]", "a.b.c = 1", "x = [1, {y = 2}]", "phone = 1979-05-27",
        'protocol = """', "'''", "x = 0xfffff", "x = inf", "clinic = {}", "clinic.name = 'y'", "=",
        "[" * 3000, "{a=" * 3000, "9" * 5000, "x=" + "9" * 5000, ".".join("a" * 2000) + "=1",
        "\ufeff",
    )
)  # fmt: skip
CONFIGURATIONS = (
    st.lists(LINES | st.text(max_size=12), max_size=6).map(
        lambda lines: "\n".join(lines).encode("utf-8", "surrogatepass")
    )
    | st.binary(max_size=40)
    | st.sampled_from((b"x = [\n" * 20_000, b"[a]\n" * 20_000, b"#" * 70_000))
)


@tries
@example(data=b"x = " + b"[" * 3000, zone="EST5EDT")
@given(data=CONFIGURATIONS, zone=st.sampled_from(("EST5EDT", "", "<-03>3")) | st.text(max_size=8))
def test_any_configuration(data: bytes, zone: str, desk: Path) -> None:
    """Read or refused as a whole, before any work is done; so is what a machine's TZ says."""
    configuration = Path(os.environ["XDG_CONFIG_HOME"], "microcare", "config.toml")
    configuration.write_bytes(data)
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("TZ", zone.replace("\0", "").encode("utf-8", "ignore").decode())
            listed = answer("protocols")
            planned = answer("plan", "--date", "2026-12-10 14:30", *NOW, "--format", "json")
            write_calendar(desk, "--date", "2026-12-10 14:30", *ZONE, *NOW)
            shown = answer("config")
        for arguments in (("set", "tz", "America/Denver"), ("set", "phone", "1"), ("unset", "tz")):
            before = configuration.read_bytes()
            changed = answer("config", *arguments).code == 0
            assert changed or configuration.read_bytes() == before
    finally:
        configuration.unlink()
    assert listed.code == 0 or shown.code != 0
    assert listed.code in {0, 2}
    assert listed.code == 0 or planned.code == 2
