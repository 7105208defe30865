"""The interview on a terminal: what is asked, what is taken, and the command that asks nothing."""

from __future__ import annotations

import io
import os
import re
import select
import shlex
import signal
import struct
import sys
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from microcare.cli import run
from tests.commands.running import (
    NOW,
    ZONE,
    Outcome,
    Runner,
    clean_environment,
    put_protocol,
    refused,
    run_process,
    squeeze,
    start_process,
)
from tests.commands.test_terminal import read_block

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

fcntl = pytest.importorskip("fcntl")
termios = pytest.importorskip("termios")

CALL = (*ZONE, *NOW)
PATIENCE = 20
"""Seconds that a question may take before the test gives up on it."""
INTERRUPT, END = "\x03", "\x04"
PROTOCOL, DATE = "Enter for clinic-a:", "When is the appointment?"
SCREENED = ("active-cold-sores", "herpes-simplex", "warts", "open-sores", "sunburned", "pregnancy")
A_DATE = (DATE, "10 Dec 2:30pm\n")


def converse(
    *steps: tuple[str, str],
    arguments: tuple[str, ...],
    home: Path,
    columns: int = 80,
    command: tuple[str, ...] = ("plan",),
    environment: Mapping[str, str] | None = None,
) -> Outcome:
    """Return how `plan` ended on a terminal; each step is what it waits for, then what is typed.

    Only stdin and stderr are the terminal: stdout goes into a file.
    """
    master, terminal = os.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    variables = clean_environment(home, **(environment or {}))
    del variables["COLUMNS"]
    with (home / "out").open("w+b") as out:
        streams = {0: terminal, 1: out.fileno(), 2: terminal}
        process = start_process((*command, *arguments), variables, streams)
        os.close(terminal)
        shown, seen = "", 0
        for awaited, typed in steps:
            while awaited not in squeeze(shown[seen:]):
                has_more = select.select([master], [], [], PATIENCE)[0]
                block = read_block(master) if has_more else b""
                if not block:
                    process.kill()
                    process.wait(timeout=60)
                    pytest.fail(f"{awaited!r} was never asked:\n{shown}")
                shown += block.decode(errors="replace")
            seen = len(shown)
            if typed == INTERRUPT:  # the key sends it to whatever the terminal controls
                process.send_signal(signal.SIGINT)
            else:
                os.write(master, typed.encode(errors="surrogateescape"))
        while block := read_block(master):
            shown += block.decode(errors="replace")
        os.close(master)
        code = process.wait(timeout=60)
        out.seek(0)
        return Outcome(code, out.read().decode(), shown.replace("\r\n", "\n"))


def offered(done: Outcome) -> list[str]:
    """Return the words of the command that is offered at the end, as a shell reads them."""
    command = done.err.partition("The same without questions:\n")[2].replace("\\\n", "")
    return shlex.split(command)


def ran(done: Outcome, home: Path, environment: Mapping[str, str] | None = None) -> bool:
    """Return whether the command that is offered prints the same plan."""
    again = run_process(*offered(done)[1:], home=home, environment=environment)
    return (again.code, again.out) == (done.code, done.out) and again.err == ""


def test_all_is_asked_and_the_plan_follows(tmp_path: Path) -> None:
    """Protocol, date, reasons against, what the plan depends on, last times, in this order."""
    done = converse(
        (PROTOCOL, "\n"),
        A_DATE,
        *((f"{number} of 14", "n\n") for number in range(1, 9)),
        ("9 of 14 Are you prone to cold sores?", "y\n"),
        ("10 of 14", "No\n"),
        ("11 of 14", "YES\n"),
        ("12 of 14 Isotretinoin:", "never\n"),
        ("13 of 14 Medium or deep chemical peel:", "1 Oct\n"),
        ("14 of 14 Laser treatment:", "2025-03-01 9am\n"),
        arguments=CALL,
        home=tmp_path,
    )
    assert done.code == 0
    assert "ASK NOW" not in done.out
    assert "Left out, by the answers" in done.out
    assert "?" not in done.out.partition("\n\n")[0]
    assert offered(done) == [
        *("microcare", "plan", "--date", "2026-12-10 14:30", "--protocol", "clinic-a"),
        *(word for name in SCREENED for word in ("--without", name)),
        *("--without", "dermatitis", "--without", "inflammatory-rosacea"),
        *("--with", "cold-sores", "--without", "numbing-cream", "--with", "sun-unavoidable"),
        *("--last", "isotretinoin=never", "--last", "deep-peel=2026-10-01"),
        *("--last", "laser=2025-03-01 09:00", *CALL),
    ]
    assert ran(done, tmp_path)


def test_enter_everywhere_asks_as_the_plan_does(tmp_path: Path) -> None:
    """What is not known stays a question of the plan, and the default protocol is taken."""
    enters = tuple((f"{number} of 14", "\n") for number in range(1, 15))
    done = converse((PROTOCOL, "\n"), A_DATE, *enters, arguments=CALL, home=tmp_path)
    command = ["plan", "--date", "2026-12-10 14:30", "--protocol", "clinic-a", *CALL]
    assert offered(done)[1:] == command
    assert ran(done, tmp_path)
    assert "ASK NOW" in done.out


def test_what_is_not_understood_is_asked_again(tmp_path: Path) -> None:
    """With the near name, the readings or the answers that it takes; nothing is lost."""
    done = converse(
        (PROTOCOL, "clinic-d\n"),
        ("Did you mean “clinic-b”? Its number or id", "-\n"),
        ("There is no protocol “-”", "7\n"),
        ("There is no protocol “7”", "2\n"),
        (DATE, "\n"),
        ("No date was given", "03/04/2027\n"),
        ("Type one of these: 2027-03-04 2027-04-03", "next thu\n"),
        (DATE, "10 Dec 2:30pm\n"),
        ("1 of 17", "maybe\n"),
        ("Type y for yes, n for no, or only Enter if it is not known.", "\n"),
        *((f"{number} of 17", "?\n") for number in range(2, 17)),
        ("17 of 17 Isotretinoin:", "often\n"),
        ("Type a date, or never, or only Enter if it is not known.", "fri\n"),
        ("Type one of these: 2026-11-20 2026-11-27", "2026-01-05\n"),
        arguments=CALL,
        home=tmp_path,
    )
    words = ("2026-12-10 14:30", "--protocol", "clinic-b", "--last", "isotretinoin=2026-01-05")
    assert offered(done)[3:-4] == list(words)
    assert ran(done, tmp_path)


STEPS = ((PROTOCOL, "\n"), A_DATE, ("1 of 14", "y\n"))


@pytest.mark.parametrize("key", [INTERRUPT, END, f"half{END}{END}"], ids=["C-c", "C-d", "half"])
@pytest.mark.parametrize("number", range(3))
def test_stopping_ends_in_silence(number: int, key: str, tmp_path: Path) -> None:
    """At any question, with the code of Ctrl-C: no plan, no command, no traceback."""
    steps = (*STEPS[:number], (STEPS[number][0], key))
    done = converse(*steps, arguments=CALL, home=tmp_path)
    assert (done.code, done.out) == (130, "")
    assert done.err.endswith("\n")
    assert not done.err.endswith("\n\n")
    assert re.search("Traceback|microcare:|without questions", done.err) is None


@pytest.mark.parametrize(
    "arguments", [("plan",), ("plan", "--no-input"), ("--no-input", "plan"), ("plan", "-p", "-")]
)
def test_without_a_terminal_nothing_is_asked(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """It is an error that names the flags, before anything is read."""
    said = refused(run_process(*arguments, home=tmp_path, stdin=b"clinic-a\n2026-12-10\n"))
    assert "Missing option '--date'; --protocol, --with and --without say the rest." in said
    assert said.endswith('Say when: microcare plan --date "2026-12-10 14:30"')


@pytest.mark.parametrize(
    "arguments", [("plan", "--no-input"), ("--no-input", "plan"), ("plan", "-p", "-")]
)
def test_on_a_terminal_it_can_be_refused_to_answer(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    """A script that runs on a terminal waits for nobody, and a protocol is read from no keys."""
    done = converse(command=arguments, arguments=(), home=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("microcare: Missing option '--date'; --protocol, --with")


@pytest.mark.parametrize("typed", ["2", "clinic-b", "ours/clinic-c.yaml"])
def test_protocol_is_named_by_number_id_or_file(
    typed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is shown with its title, and the one that is typed is taken."""
    put_protocol(tmp_path / "ours", "clinic-c")
    monkeypatch.chdir(tmp_path)
    done = converse(
        ("1 clinic-a: Microneedling 2 clinic-b: Microneedling Its number", f"{typed}\n"),
        A_DATE,
        *((f"{number} of 17", "\n") for number in range(1, 18) if "ours" not in typed),
        arguments=CALL,
        home=tmp_path,
    )
    named = offered(done)[5]
    assert named == typed.replace("2", "clinic-b")
    assert ran(done, tmp_path)


def test_clinics_own_protocols_are_offered(tmp_path: Path) -> None:
    """A file that can't be used among them, which is not taken."""
    folder = put_protocol(tmp_path / "ours", "peel").parent
    (folder / "broken.yaml").write_text("microcare: 1", encoding="utf-8")
    done = converse(
        ("1 broken: can't be used 2 peel: T 3 clinic-a", "1\n"),
        ("the protocol can't be used", "2\n"),
        A_DATE,
        arguments=CALL,
        home=tmp_path,
        environment={"MICROCARE_PROTOCOLS": str(folder)},
    )
    assert ran(done, tmp_path, {"MICROCARE_PROTOCOLS": str(folder)})


@pytest.mark.parametrize("way", ["flag", "environment", "configuration"])
def test_protocol_that_is_named_is_not_asked(way: str, tmp_path: Path) -> None:
    """By a flag, the environment or the configuration, which the offered command goes by too."""
    file = put_protocol(tmp_path, "peel")
    arguments = (*CALL, *(("-p", str(file)) if way == "flag" else ()))
    environment = {"MICROCARE_PROTOCOL": str(file)} if way == "environment" else {}
    if way == "configuration":
        (tmp_path / "microcare").mkdir()
        setting = f'protocol = "{file}"\n'
        (tmp_path / "microcare" / "config.toml").write_text(setting, encoding="utf-8")
    done = converse(A_DATE, arguments=arguments, home=tmp_path, environment=environment)
    assert PROTOCOL not in squeeze(done.err)
    assert offered(done) == ["microcare", "plan", "--date", "2026-12-10 14:30", *arguments]
    assert ran(done, tmp_path, environment)


def test_date_is_that_of_the_treatment_without_one(tmp_path: Path) -> None:
    """Of several protocols with dates of their own it is asked for the other."""
    flags = ("-p", "clinic-a@2026-12-17", "-p", "clinic-b", *CALL)
    done = converse(A_DATE, ("1 of", "y\n"), arguments=flags, home=tmp_path)
    command = ["--date", "2026-12-10 14:30", "--with", "active-cold-sores", *flags]
    assert offered(done)[2:] == command
    assert "clinic-b): Thursday 10 December 2026, 2:30 pm" in squeeze(done.err)
    assert ran(done, tmp_path)


def test_treatments_with_dates_of_their_own_lack_none(microcare: Runner) -> None:
    """Nothing is asked, and no terminal is needed."""
    flags = ("-p", "clinic-a@2026-12-10", "-p", "clinic-b@2026-12-17", *CALL)
    done = microcare("plan", *flags)
    assert (done.code, done.err) == (0, "")
    beside = ("--date", "2026-12-10", "-p", "clinic-a", "-p", "clinic-b@2026-12-17", *CALL)
    assert microcare("plan", *beside).out == done.out
    lost = microcare("plan", "--date", "2027-02-02", *flags)
    assert (lost.code, lost.out) == (2, "")
    assert "--date would be lost" in lost.err


def test_flags_beside_are_kept_and_not_asked(tmp_path: Path) -> None:
    """Each stands in the offered command, quoted, and what it answers is no question."""
    flags = (
        *("-p", "clinic-a", "--with", "cold-sores", "--without=pregnancy", "--full", *CALL),
        *("--last", "laser=1 Oct", "--duration", "45 minutes"),
    )
    enters = tuple((f"{number} of 11", "\n") for number in range(1, 12))
    done = converse(A_DATE, *enters, arguments=flags, home=tmp_path)
    assert re.search("prone to|pregnant|Laser treatment:", done.err) is None
    assert offered(done)[4:] == list(flags)
    assert '"laser=1 Oct"' in done.err
    assert ran(done, tmp_path)


def test_reason_against_ends_the_questions(tmp_path: Path) -> None:
    """What else is not known changes nothing: DO NOT TREAT, with its exit code."""
    steps = ((PROTOCOL, "\n"), A_DATE, ("1 of 14", "n\n"), ("2 of 14", "y\n"))
    done = converse(*steps, arguments=CALL, home=tmp_path)
    assert done.code == 1
    assert done.out.startswith("DO NOT TREAT\n")
    assert ran(done, tmp_path)


def test_last_time_that_is_too_late_bars_the_date(tmp_path: Path) -> None:
    """The others are asked all the same: the earliest date depends on them."""
    enters = tuple((f"{number} of 14", "\n") for number in range(1, 12))
    late = ((f"{number} of 14", "5 Nov 2026\n") for number in range(12, 15))
    done = converse((PROTOCOL, "\n"), A_DATE, *enters, *late, arguments=CALL, home=tmp_path)
    assert done.code == 1
    assert done.out.startswith("DO NOT TREAT ON THIS DATE\n")
    assert ran(done, tmp_path)


def test_quiet_offers_no_command(tmp_path: Path) -> None:
    """That is a remark; the questions are none."""
    steps = ((PROTOCOL, "\n"), A_DATE, ("1 of 14", "y\n"))
    done = converse(*steps, arguments=(*CALL, "--quiet"), home=tmp_path)
    assert done.out.startswith("DO NOT TREAT")
    assert "without questions" not in done.err


def test_wrong_flag_is_told_before_the_patient_is_asked(tmp_path: Path) -> None:
    """Nobody answers twenty questions to be refused then."""
    arguments = (*CALL, "-p", "clinic-a", "--on", "blursday")
    done = converse(A_DATE, arguments=arguments, home=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "blursday" in done.err
    assert "1 of" not in done.err


def test_questions_fit_a_narrow_terminal(tmp_path: Path) -> None:
    """With room for what is typed, and the command folded so that a shell reads one."""
    enters = tuple((f"{number} of 17", "n\n") for number in range(1, 17))
    steps = ((PROTOCOL, "2\n"), A_DATE, *enters, ("17 of 17", "never\n"))
    done = converse(*steps, arguments=CALL, home=tmp_path, columns=40)
    assert [line for line in done.err.split("\n") if cell_len(line) > 40] == []
    assert ran(done, tmp_path, {"COLUMNS": "40"})


def test_bytes_that_are_no_text_are_asked_again(tmp_path: Path) -> None:
    """A terminal may send anything."""
    done = converse(
        (DATE, "\udcff\n"), A_DATE, ("1 of 14", "y\n"), arguments=(*CALL, "-p", "clinic-a"),
        home=tmp_path,
    )  # fmt: skip
    assert done.code == 1


class _Typed(io.StringIO):
    """A terminal on which everything was typed ahead."""

    def isatty(self) -> bool:
        return True


@contextmanager
def typing(text: str) -> Iterator[None]:
    """Let stdin be a terminal with this text."""
    before, sys.stdin = sys.stdin, _Typed(text)
    try:
        yield
    finally:
        sys.stdin = before


def run_typed(arguments: list[str], typed: str = "") -> Outcome:
    """Return how a command line ended for which this was typed."""
    out, err = io.StringIO(), _Typed()
    with typing(typed), redirect_stdout(out), redirect_stderr(err):
        code = run(arguments)
    return Outcome(code, out.getvalue(), err.getvalue())


FEW = settings(max_examples=settings().max_examples // 6)
ANSWERS = st.lists(st.sampled_from(["y", "n", "", "never", "5 Nov 2026", "soon"]), max_size=40)
DATES = ("2026-11-22 9am", "10 Dec 2:30pm", "2026-12-10", "1 Nov 2026 08:00", "2027-02-28 23:59:30")


BESIDE = (
    (),
    ("--full",),
    ("--with", "cold-sores"),
    ("--last", "laser=1 Nov"),
    ("--sessions", "3", "--every", "5 weeks"),
    ("-p", "clinic-a@2026-12-17", "-p", "clinic-b"),
)


@given(
    protocol=st.sampled_from(["1", "2"]),
    date=st.sampled_from(DATES),
    answers=ANSWERS,
    beside=st.sampled_from(BESIDE),
)
@FEW
def test_offered_command_prints_the_same_plan(
    protocol: str, date: str, answers: list[str], beside: tuple[str, ...]
) -> None:
    """Whatever is answered, the plan of the interview is the plan of its command line."""
    typed = "\n".join([protocol, date, *answers, *[""] * 100])
    done = run_typed(["plan", *CALL, *beside], typed)
    assert done.code in (0, 1)
    again = run_typed(offered(done)[1:])
    assert (again.code, again.out) == (done.code, done.out)
