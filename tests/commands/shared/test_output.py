"""Every fact survives: any width, any encoding, with and without colour, in a pipe."""

from __future__ import annotations

import io
import json
import re
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from microcare.cli import run
from microcare.commands.shared.output import prepare_streams
from microcare.load.source.refusals import DO_NOT_TREAT
from tests.commands.running import BOOKING, Runner, clean_environment, run_process, squeeze

if TYPE_CHECKING:
    from pathlib import Path

ANSI = re.compile(r"\x1b\[[0-9;]*m")
PLANS = {
    "clinic-a": (*BOOKING, "--protocol", "clinic-a"),
    "clinic-b": (*BOOKING, "--protocol", "clinic-b"),
    "answered": (
        *(*BOOKING, "--protocol", "clinic-b", "--with", "peel", "--with", "pregnancy"),
        *("--without", "cold-sores", "--without", "warts"),
    ),
}
WIDTHS = (40, 80, 120)
ENVIRONMENTS = {
    "plain": {},
    "no-color": {"NO_COLOR": "1"},
    "dumb": {"TERM": "dumb"},
}

plans = pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
widths = pytest.mark.parametrize("columns", WIDTHS)


def lost_sentences(data: dict[str, Any], output: str) -> list[str]:
    """Return the sentences that an output does not hold whole, whatever its encoding spells out.

    A screening that was not answered is asked as a question, in other words.
    """
    found = squeeze(output)
    return [
        each["text"]
        for each in data["instructions"]
        if (each["verb"], each["applies"]) != ("screen", "ask")
        and re.search(pattern(each["text"]), found) is None
    ]


def pattern(text: str) -> str:
    """Return what a text looks like in any encoding: each character of it, or a spelling of it."""
    return "".join(
        re.escape(each) if each.isascii() else rf"(?:{re.escape(each)}|[ -~]{{1,10}}?)"
        for each in squeeze(text)
    )


def read_data(microcare: Runner, plan: tuple[str, ...]) -> dict[str, Any]:
    """Return a plan's data, to hold its other outputs against; it is made once."""
    if plan not in _DATA:
        _DATA[plan] = json.loads(microcare("plan", "--full", *plan, "--format", "json").out)
    return _DATA[plan]


_DATA: dict[tuple[str, ...], dict[str, Any]] = {}


def exit_code(plan: tuple[str, ...]) -> int:
    """Return how a plan ends: the treatment of a pregnant patient must not be done."""
    return DO_NOT_TREAT if "pregnancy" in plan else 0


@plans
@widths
@pytest.mark.parametrize("environment", ENVIRONMENTS.values(), ids=ENVIRONMENTS)
def test_no_sentence_is_lost_in_a_pipe(
    plan: tuple[str, ...], columns: int, environment: dict[str, str], microcare: Runner
) -> None:
    """Every sentence stands there whole, what is left out with its reason."""
    data = read_data(microcare, plan)
    done = microcare("plan", "--full", *plan, columns=columns, **environment)
    assert (done.code, done.err) == (exit_code(plan), "")
    assert lost_sentences(data, done.out) == []


@plans
@widths
@pytest.mark.parametrize("environment", ENVIRONMENTS.values(), ids=ENVIRONMENTS)
def test_pipe_gets_plain_lines_that_fit(
    plan: tuple[str, ...], columns: int, environment: dict[str, str], microcare: Runner
) -> None:
    """No escape sequence, no line wider than asked, none cut, none ending in spaces."""
    lines = microcare("plan", "--full", *plan, "--notes", columns=columns, **environment).out.split(
        "\n"
    )
    assert [line for line in lines if "\x1b" in line] == []
    assert [line for line in lines if cell_len(line) > columns] == []
    assert [line for line in lines if line != line.rstrip() or line.endswith("…")] == []


@widths
@pytest.mark.parametrize("arguments", [("protocols",), ("show", "clinic-a"), ("show", "clinic-b")])
def test_other_lists_fit_too(arguments: tuple[str, ...], columns: int, microcare: Runner) -> None:
    """The list of protocols and a protocol in words keep the same manners."""
    lines = microcare(*arguments, columns=columns).out.split("\n")
    assert [line for line in lines if cell_len(line) > columns or "\x1b" in line] == []
    assert [line for line in lines if line != line.rstrip() or line.endswith("…")] == []


@plans
@widths
def test_contraindications_are_asked(
    plan: tuple[str, ...], columns: int, microcare: Runner
) -> None:
    """Each screening without an answer is asked about, with the name to answer it by."""
    data = read_data(microcare, plan)
    found = squeeze(microcare("plan", "--full", *plan, columns=columns).out)
    asked = [
        each
        for each in data["instructions"]
        if (each["verb"], each["applies"]) == ("screen", "ask")
    ]
    assert asked
    for each in asked:
        assert all(f" [{name}]" in found for name in each["topics"])


@plans
def test_markdown_loses_no_sentence(plan: tuple[str, ...], microcare: Runner) -> None:
    """Markdown holds what the text holds."""
    data = read_data(microcare, plan)
    done = microcare("plan", "--full", *plan, "--format", "markdown")
    assert lost_sentences(data, done.out.replace("\\", "")) == []


@plans
@pytest.mark.parametrize("color", ["always", "never"])
def test_colour_changes_no_word(plan: tuple[str, ...], color: str, microcare: Runner) -> None:
    """State is in words: without its escape sequences a coloured plan holds the plain one."""
    plain = microcare("plan", "--full", *plan).out
    painted = microcare("plan", "--full", *plan, "--color", color, TERM="xterm").out
    assert ANSI.sub("", painted) == plain
    assert ("\x1b" in painted) == (color == "always")


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "yes"}, True),
        ({"FORCE_COLOR": "0"}, False),
        ({"FORCE_COLOR": "false"}, False),
        ({"FORCE_COLOR": ""}, False),
        ({"CLICOLOR_FORCE": "1"}, True),
        ({"CLICOLOR_FORCE": "0"}, False),
        ({"CLICOLOR_FORCE": ""}, False),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, True),
        ({"CLICOLOR_FORCE": "1", "TERM": "dumb"}, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "0"}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": ""}, True),
        ({"CLICOLOR_FORCE": "1", "NO_COLOR": "1"}, False),
        ({"CLICOLOR_FORCE": "1", "FORCE_COLOR": "0"}, False),
        ({"CLICOLOR_FORCE": "1", "CLICOLOR": "0"}, True),
        ({"CLICOLOR": "1"}, False),
    ],
    ids=str,
)
def test_colour_in_a_pipe_is_what_the_environment_forces(
    environment: dict[str, str], coloured: bool, microcare: Runner
) -> None:
    """NO_COLOR before FORCE_COLOR before CLICOLOR_FORCE; 0 forces nothing; not a word changes."""
    plain = microcare("plan", "--full", *BOOKING).out
    found = microcare("plan", "--full", *BOOKING, **environment).out
    assert ("\x1b[" in found) == coloured
    assert ANSI.sub("", found) == plain


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("term", ["xterm", "dumb"])
@pytest.mark.parametrize(
    "arguments",
    [
        ("plan", *BOOKING),
        ("plan", *BOOKING, "--with", "pregnancy"),
        ("plan", *BOOKING, "--by", "thing"),
        ("plan", *BOOKING, "--on", "Sat 12 Dec"),
        ("plan", *BOOKING, "--full", "--notes", "-p", "clinic-b"),
        ("plan", *BOOKING, "--format", "json"),
        ("diff", "clinic-a", "clinic-b", "--all"),
        ("protocols",),
        ("show", "clinic-a"),
        ("check", "./none.yaml"),
    ],
    ids=" ".join,
)
def test_forced_colour_changes_colours_only(
    arguments: tuple[str, ...], term: str, columns: int, microcare: Runner
) -> None:
    """In a pipe no chart, no other width and no other word comes with them."""
    plain = microcare(*arguments, columns=columns)
    painted = microcare(*arguments, "--color", "always", columns=columns, TERM=term)
    assert ANSI.sub("", painted.out) == plain.out
    assert (painted.code, painted.err) == (plain.code, plain.err)


@pytest.mark.parametrize("variable", ["FORCE_COLOR", "CLICOLOR_FORCE"])
def test_colour_flag_beats_what_is_forced(variable: str, microcare: Runner) -> None:
    """`--color never` leaves no escape sequence, and in a pipe no chart either."""
    plain = microcare("plan", "--full", *BOOKING).out
    assert microcare("plan", "--full", *BOOKING, "--color", "never", **{variable: "1"}).out == plain
    assert (
        "\x1b[" in microcare("plan", "--full", *BOOKING, "--color", "always", **{variable: "0"}).out
    )


def test_colour_flag_beats_no_color(microcare: Runner) -> None:
    """What is typed counts more than what is set."""
    painted = microcare("plan", "--full", *BOOKING, "--color", "always", NO_COLOR="1").out
    assert "\x1b[31m" in painted


def test_width_of_zero_is_taken_for_unknown(microcare: Runner) -> None:
    """A terminal that reports no width gets a plan, not an empty page."""
    done = microcare("plan", "--full", *BOOKING, columns=0)
    assert (done.code, done.err) == (0, "")
    assert done.out == microcare("plan", "--full", *BOOKING, columns=80).out


@plans
@pytest.mark.parametrize("columns", [1, 10, 20, 27, 30])
def test_widths_too_small_to_be_true_lose_nothing(
    plan: tuple[str, ...], columns: int, microcare: Runner
) -> None:
    """Below 40 columns the plan may look odd, but every letter of it is there."""
    wide = microcare("plan", "--full", *plan, columns=59).out
    narrow = microcare("plan", "--full", *plan, columns=columns).out
    assert "".join(narrow.split()) == "".join(wide.split())


@plans
@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1", "utf-8", "utf-16"])
@pytest.mark.parametrize("output", ["text", "markdown"])
def test_encoding_loses_no_sentence(
    plan: tuple[str, ...],
    encoding: str,
    output: str,
    microcare: Runner,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What an encoding lacks is spelt out, in place."""
    data = read_data(microcare, plan)
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="\n")
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", stream)
        assert run(["plan", "--full", *plan, "--format", output]) == exit_code(plan)
    written = stream.buffer.getvalue().decode(encoding)
    assert (
        lost_sentences(data, written.replace("\\", "") if output == "markdown" else written) == []
    )


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_process_takes_the_encoding_of_its_streams(encoding: str, tmp_path: Path) -> None:
    """`PYTHONIOENCODING` holds for stdout and stderr, and nothing fails in either."""
    environment = {"PYTHONIOENCODING": encoding}
    done = run_process("plan", "--full", *BOOKING, home=tmp_path, environment=environment)
    assert (done.code, done.err) == (0, "")
    assert done.out.isascii() == (encoding == "ascii")
    wrong = run_process("show", "clinic–ü→日本", home=tmp_path, environment=environment)
    assert (wrong.code, wrong.out) == (2, "")
    assert "There is no protocol" in wrong.err


def test_ascii_widths_still_fit(microcare: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    """The plain spellings of dashes, dots and quotation marks need no more room at 40 columns."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii", newline="\n")
    assert microcare("plan", "--full", *BOOKING).code == 0
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", stream)
        patch.setenv("COLUMNS", "40")
        run(["plan", "--full", *BOOKING])
    lines = stream.buffer.getvalue().decode().split("\n")
    assert [line for line in lines if len(line) > 40 or line != line.rstrip()] == []


@given(st.text())
def test_any_text_can_be_written_to_an_ascii_stream(text: str) -> None:
    """What an encoding lacks is spelt out; what it has stays."""
    prepare_streams()
    written = text.encode("ascii", "microcare")
    if text.isascii():
        assert written == text.encode()
    kept = "".join(each for each in text if each.isascii())
    remaining = iter(written.decode())
    assert all(each in remaining for each in kept)


def test_bytes_that_are_no_text_are_refused_as_ever() -> None:
    """The spelling holds for writing; reading wrong bytes stays an error."""
    prepare_streams()
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("ascii", "microcare")


def test_json_is_the_same_in_every_encoding(tmp_path: Path) -> None:
    """A program reads the same bytes wherever the command runs."""
    outputs = {
        run_process(
            *("plan", "--full", *BOOKING, "--format", "json"),
            home=tmp_path,
            environment={"PYTHONIOENCODING": encoding, "COLUMNS": columns},
        ).out
        for encoding, columns in (("ascii", "40"), ("cp1252", "80"), ("utf-8", "120"))
    }
    assert len(outputs) == 1


def test_clean_environment_keeps_coverage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process of its own is measured too, but a developer's settings don't reach it."""
    monkeypatch.setenv("COVERAGE_PROCESS_CONFIG", "x")
    monkeypatch.setenv("MICROCARE_PROTOCOL", "clinic-b")
    environment = clean_environment(tmp_path)
    assert environment["COVERAGE_PROCESS_CONFIG"] == "x"
    assert "MICROCARE_PROTOCOL" not in environment
