"""On a real terminal: the chart, the colours, the width; skipped where there are no terminals."""

from __future__ import annotations

import os
import re
import struct
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from tests.commands.forks import STREAMS
from tests.commands.running import (
    BOOKING,
    COMMAND,
    clean_environment,
    run_process,
    start_process,
)

if TYPE_CHECKING:
    from pathlib import Path

fcntl = pytest.importorskip("fcntl")
termios = pytest.importorskip("termios")

ANSI = re.compile(r"\x1b\[[0-9;]*m")
LEGEND = "depends on an answer"


def on_terminal(*arguments: str, columns: int, home: Path, **environment: str) -> str:
    """Return what `microcare` shows on a terminal of so many columns; it must end well."""
    return run_on_terminal((*COMMAND, *arguments), columns=columns, home=home, **environment)


def run_on_terminal(
    command: tuple[str, ...], *, columns: int, home: Path, **environment: str
) -> str:
    """Return what any command shows on a terminal of so many columns; it must end well."""
    master, terminal = os.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    variables = clean_environment(home, **{"TERM": "xterm-256color", "PAGER": "cat", **environment})
    if "COLUMNS" not in environment:
        del variables["COLUMNS"]
    program, arguments = command[: len(COMMAND)], command[len(COMMAND) :]
    process = start_process(arguments, variables, dict.fromkeys(STREAMS, terminal), command=program)
    os.close(terminal)
    shown = b""
    while block := read_block(master):
        shown += block
    os.close(master)
    assert process.wait(timeout=60) == 0
    return shown.decode().replace("\r\n", "\n")


def read_block(master: int) -> bytes:
    """Return what a terminal shows next, nothing at its end, which Linux tells by an error."""
    try:
        return os.read(master, 65_536)
    except OSError:
        return b""


@pytest.mark.parametrize("columns", [40, 60, 80, 120, 200])
@pytest.mark.parametrize("protocol", ["clinic-a", "clinic-b"])
def test_plan_fits_the_terminal(columns: int, protocol: str, tmp_path: Path) -> None:
    """No line is wider than the terminal, the chart's included, which needs 60 columns."""
    arguments = ("plan", *BOOKING, "--protocol", protocol)
    shown = ANSI.sub("", on_terminal(*arguments, columns=columns, home=tmp_path))
    assert [line for line in shown.split("\n") if cell_len(line) > columns] == []
    assert (LEGEND in shown) == (columns >= 60)


def test_terminal_shows_what_a_pipe_gets(tmp_path: Path) -> None:
    """The chart and the colours come on top; the words are the same."""
    shown = on_terminal("plan", *BOOKING, columns=80, home=tmp_path)
    piped = run_process("plan", *BOOKING, home=tmp_path).out
    assert ANSI.sub("", shown).startswith(piped)
    assert "\x1b[31m" in shown


def test_chart_shows_which_window_is_open_when(tmp_path: Path) -> None:
    """A row a window: its bar stands below the days that it covers, which the axis names."""
    chart = read_chart(on_terminal("plan", *BOOKING, "--full", columns=80, home=tmp_path))
    numbers = next(line for line in chart if re.fullmatch(r"[\d ]+", line))
    visit = next(line for line in chart if line.strip() == "▼").index("▼")
    assert numbers[visit - 1 : visit + 1] == "10"
    botox = next(line for line in chart if line.startswith("no botulinum toxin"))
    assert botox.index("█") > numbers.index("6 ")
    assert botox.rstrip().endswith("█")
    assert len(botox.rstrip()) - 1 <= visit
    antiviral = next(line for line in chart if line.startswith("take antiviral"))
    assert "░" in antiviral
    assert "█" not in antiviral


def read_chart(shown: str) -> list[str]:
    """Return the lines of the chart, which follow the last sentence of the plan."""
    return ANSI.sub("", shown).partition("With any question: ask the clinic.\n")[2].split("\n")


def test_chart_in_ascii(tmp_path: Path) -> None:
    """A terminal without blocks gets plain marks."""
    shown = on_terminal(
        *("plan", "--full", *BOOKING),
        columns=80,
        home=tmp_path,
        PYTHONIOENCODING="ascii",
        TERM="vt100",
    )
    chart = "\n".join(read_chart(shown))
    assert chart.isascii()
    assert "# holds   ? depends on an answer   V treatment" in chart


@pytest.mark.parametrize("variable", ["NO_COLOR", "TERM"])
def test_terminal_without_colour_shows_the_same(variable: str, tmp_path: Path) -> None:
    """`NO_COLOR` takes the colours away, a dumb terminal every escape sequence, neither a word."""
    painted = on_terminal("plan", *BOOKING, columns=80, home=tmp_path)
    setting = {"NO_COLOR": "1"} if variable == "NO_COLOR" else {"TERM": "dumb"}
    plain = on_terminal("plan", *BOOKING, columns=80, home=tmp_path, **setting)
    assert ANSI.sub("", plain) == ANSI.sub("", painted)
    assert re.findall(r"\x1b\[[0-9;]*3[0-9]m", plain) == []
    assert variable == "NO_COLOR" or "\x1b" not in plain


@pytest.mark.parametrize("setting", [{"FORCE_COLOR": "0"}, {"CLICOLOR": "0"}], ids=str)
def test_terminal_on_which_colour_is_switched_off(setting: dict[str, str], tmp_path: Path) -> None:
    """0 means no colour where there would be some; the chart is there as ever."""
    shown = on_terminal("plan", *BOOKING, columns=80, home=tmp_path, **setting)
    assert "\x1b" not in shown
    assert LEGEND in shown


@pytest.mark.parametrize("variable", ["FORCE_COLOR", "CLICOLOR_FORCE"])
def test_dumb_terminal_is_coloured_by_force_alone(variable: str, tmp_path: Path) -> None:
    """Who forces colours knows the terminal better than its name does."""
    setting = {"TERM": "dumb", variable: "1"}
    assert "\x1b[" in on_terminal("plan", *BOOKING, columns=80, home=tmp_path, **setting)


def test_color_never_leaves_no_escape_sequence(tmp_path: Path) -> None:
    """`--color never` means none, not even bold."""
    shown = on_terminal("plan", *BOOKING, "--color", "never", columns=80, home=tmp_path)
    assert "\x1b" not in shown
    assert LEGEND in shown


@pytest.mark.parametrize("term", ["xterm-256color", "dumb"])
def test_forced_colour_changes_no_word_on_a_terminal(term: str, tmp_path: Path) -> None:
    """Nor a width, also where a terminal is dumb or the plan goes to a pipe from one."""
    arguments = ("plan", *BOOKING, "--no-pager")
    plain = on_terminal(*arguments, "--color", "never", columns=100, home=tmp_path, TERM=term)
    painted = on_terminal(*arguments, "--color", "always", columns=100, home=tmp_path, TERM=term)
    assert ANSI.sub("", painted) == plain
    assert "\x1b[31m" in painted


@pytest.mark.parametrize("color", ["always", "never"])
def test_pipe_from_a_dumb_terminal_has_its_width(color: str, tmp_path: Path) -> None:
    """Whether it is coloured or not."""
    script = ("sh", "-c", '"$0" "$@" | cat', *COMMAND, "plan", *BOOKING, "--color", color)
    shown = run_on_terminal(script, columns=50, home=tmp_path, TERM="dumb")
    assert 45 < max(map(cell_len, ANSI.sub("", shown).split("\n"))) <= 50
    assert LEGEND not in shown


@pytest.mark.parametrize("environment", [{}, {"COLUMNS": "50"}], ids=["terminal", "COLUMNS"])
def test_dumb_terminal_keeps_its_width(environment: dict[str, str], tmp_path: Path) -> None:
    """Emacs and the like are dumb, but not 80 columns wide."""
    shown = on_terminal(
        "plan", *BOOKING, columns=50, home=tmp_path, **{"TERM": "dumb", **environment}
    )
    assert max(map(cell_len, shown.split("\n"))) <= 50


def test_hostile_text_reaches_no_terminal(tmp_path: Path) -> None:
    """Where it would matter: what a protocol says is shown, and the terminal obeys none of it."""
    file = tmp_path / "hostile.yaml"
    header = "microcare: 1\nid: h\ntitle: T\nprocedure: p\nversion: 1\ninstructions:\n"
    say = r"[red] \e[2J \x9b2J \a \u202e \e]0;title\a"
    file.write_text(
        f'{header}  - {{id: a, avoid: sauna, until: 2 days after, say: "{say}"}}\n',
        encoding="utf-8",
    )
    arguments = ("plan", *BOOKING, "--full", "--protocol", str(file))
    shown = on_terminal(*arguments, columns=120, home=tmp_path)
    assert re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", ANSI.sub("", shown)) == []
    assert r"[red] \x1b[2J \x9b2J \x07 \u202e \x1b]0;title\x07" in ANSI.sub("", shown)


@pytest.mark.parametrize("view", [(), ("--full",), ("--by", "thing")])
def test_what_is_longer_than_the_screen_goes_through_the_pager(
    view: tuple[str, ...], tmp_path: Path
) -> None:
    """The user's own one, with its arguments, which gets every line once."""
    arguments = ("plan", *BOOKING, "--quiet", *view)
    plain = on_terminal(*arguments, "--no-pager", columns=80, home=tmp_path)
    paged = on_terminal(*arguments, columns=80, home=tmp_path, PAGER="sed 's/^/> /'")
    assert [line.removeprefix("> ") for line in paged.split("\n")] == plain.split("\n")
    assert paged.startswith("> ")


def test_what_fits_the_screen_needs_no_pager(tmp_path: Path) -> None:
    """It stands there at once."""
    arguments = ("plan", *BOOKING, "--quiet", "--on", "1 Dec")
    shown = on_terminal(*arguments, columns=80, home=tmp_path, PAGER="sed 's/^/> /'")
    assert "> " not in shown


@pytest.mark.parametrize("pager", ["", "cat", "no-such-pager-anywhere"])
def test_without_a_pager_the_output_stands_there(pager: str, tmp_path: Path) -> None:
    """Whether the user wants none or has none."""
    shown = on_terminal("plan", *BOOKING, "--full", columns=80, home=tmp_path, PAGER=pager)
    assert "With any question: ask the clinic." in shown


def test_a_pager_that_is_left_early_is_no_error(tmp_path: Path) -> None:
    """Who has seen enough has seen enough."""
    shown = on_terminal("plan", *BOOKING, "--full", columns=80, home=tmp_path, PAGER="head -n 1")
    assert shown.count("\n") == 1


@pytest.mark.parametrize(
    "arguments", [("diff", "clinic-a", "clinic-b"), ("show", "clinic-a"), ("topics", "eye")]
)
def test_other_long_output_is_paged_too(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """With the same option against it."""
    paged = on_terminal(*arguments, columns=80, home=tmp_path, PAGER="sed 's/^/> /'")
    assert paged.startswith("> ")
    plain = on_terminal(*arguments, "--no-pager", columns=80, home=tmp_path, PAGER="sed 's/^/> /'")
    assert not plain.startswith("> ")
