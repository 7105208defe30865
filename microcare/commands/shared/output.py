"""The two ways out: data on stdout, remarks on stderr, safe under every encoding."""

from __future__ import annotations

import codecs
import io
import os
import sys
from contextlib import contextmanager, suppress
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO

    from rich.console import Console, RenderableType

_PLAIN = {
    "–": "-", "—": "-", "−": "-", "·": "|", "→": "->", "↔": "<->", "…": "...", "•": "*",
    "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "\u00a0": " ", "\u202f": " ",
    "≥": ">=", "≤": "<=", "≠": "!=", "°": "deg ", "½": "1/2", "×": "x",
    **{raised: f"[{number}]" for number, raised in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")},  # of footnotes
}  # fmt: skip


_NOT_FOUND = 127
"""The exit code by which a shell says that it knows no such command."""


class Color(StrEnum):
    """When output is coloured."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


_COLOR_SYSTEMS: dict[Color, Literal["auto", "standard"] | None] = {
    Color.AUTO: "auto",
    Color.ALWAYS: "standard",
    Color.NEVER: None,
}
"""As Rich names them. With none there are no escape sequences at all, not even bold text."""


def _settle_color(color: Color) -> Color:
    """Return when to colour, after what the environment says where the flag says nothing.

    Empty variables count as unset. NO_COLOR leaves the colours away (no-color.org), and nothing
    is forced beside it. FORCE_COLOR colours, in a pipe and on a dumb terminal too
    (force-color.org), but 0 and false switch it off, as programs of Node have it. Then
    CLICOLOR_FORCE, unless it is 0, and CLICOLOR=0 (bixense.com/clicolors).
    """
    if color is not Color.AUTO or os.environ.get("NO_COLOR"):
        return color
    if force := os.environ.get("FORCE_COLOR"):
        return Color.NEVER if force.lower() in {"0", "false"} else Color.ALWAYS
    if os.environ.get("CLICOLOR_FORCE", "0") not in {"", "0"}:
        return Color.ALWAYS
    return Color.NEVER if os.environ.get("CLICOLOR") == "0" else color


def prepare_streams() -> None:
    """Make both streams write every character: what an encoding lacks is spelt out."""
    codecs.register_error("microcare", _spell_out)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # What waits to be written and can't be is told where the next is written.
            with suppress(OSError):
                stream.reconfigure(errors="microcare")


def say(message: str) -> None:
    """Write one remark to stderr; where that takes nothing, the command goes on without."""
    from microcare.wording.safe import visible  # many commands say nothing: start-up counts

    with suppress(OSError):
        sys.stderr.write(f"{visible(message)}\n")


@contextmanager
def writing() -> Iterator[None]:
    """Let what is inside write to stdout; raises OSError where that takes nothing.

    A reader who has left (`| head`) has seen enough: the command goes on to its own exit code.
    """
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        pass
    except SystemExit as stop:
        # That is how Rich and Typer end on a closed pipe.
        if not isinstance(stop.__context__, BrokenPipeError):
            raise


def write(text: str) -> None:
    """Write data to stdout, unchanged, and before any remark that follows."""
    with writing():
        sys.stdout.write(text)


def write_bytes(data: bytes) -> None:
    """Write a file's bytes to stdout, unchanged; the command ends where its reader has left."""
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def make_console(color: Color, stream: TextIO | None = None) -> Console:
    """Return the console on a stream, without one on stdout.

    Markup is off: a protocol's brackets are text.
    """
    from shutil import get_terminal_size

    from rich.console import Console

    color = _settle_color(color)
    stream = stream or sys.stdout
    console = Console(
        file=stream,
        markup=False,
        emoji=False,
        highlight=False,
        # Whether it is a terminal is never left to Rich, which has its own reading of FORCE_COLOR.
        force_terminal=color is Color.ALWAYS or stream.isatty(),
        no_color=None if color is Color.AUTO else color is Color.NEVER,
        color_system=_COLOR_SYSTEMS[color],
    )
    if console.is_dumb_terminal:
        # Rich takes each for 80 columns wide; colour that is forced may change no width.
        console.size = Console(force_terminal=False).size
    if console.width < 1:
        # Rich prints nothing there.
        console.size = get_terminal_size()
    return console


def say_parts(parts: Iterable[RenderableType]) -> None:
    """Print remarks as renderables to stderr, one below the other, as `say` does."""
    from rich.console import Group

    console = make_console(Color.AUTO, sys.stderr)
    with suppress(OSError):
        # Rich itself would end the command where the reader of stderr has left.
        with console.capture() as capture:
            console.print(Group(*parts), crop=False)
        sys.stderr.write(capture.get())


def print_parts(console: Console, parts: Iterable[RenderableType], *, paged: bool = False) -> None:
    """Print renderables one below the other, whole even where the console is too narrow.

    What is `paged` goes through the user's pager where it is longer than a terminal's screen.
    """
    from rich.console import Group

    told = Group(*parts)
    if not (paged and sys.stdout.isatty() and sys.stdin.isatty()):
        with writing():
            console.print(told, crop=False)
        return
    with console.capture() as capture:
        console.print(told, crop=False)
    text = capture.get()
    if text.count("\n") < console.height or not _page(text):
        write(text)


def _page(text: str) -> bool:
    """Show a text in the user's pager, as git does: PAGER, or `less`; return whether it ran."""
    import shutil
    import subprocess

    command = os.environ.get("PAGER", "less")
    if command in ("", "cat") or (command == "less" and shutil.which(command) is None):
        return False
    # Colours as they are, no waiting where a screen holds it all, and the text stays behind.
    settings = {"LESS": "FRX", **os.environ}
    pager = subprocess.Popen(  # noqa: S602 - PAGER is a command line of the user's own
        command,
        shell=True,
        stdin=subprocess.PIPE,
        env=settings,
        encoding=sys.stdout.encoding,
        errors="microcare",
    )
    try:
        pager.communicate(text)
    except (BrokenPipeError, KeyboardInterrupt):
        # It was left before the end, or handles Ctrl-C itself.
        pager.wait()
    return pager.returncode != _NOT_FOUND


def _spell_out(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    wrong = error.object[error.start : error.end]
    spelt = (
        _PLAIN.get(each) or each.encode("ascii", "backslashreplace").decode() for each in wrong
    )
    return "".join(spelt), error.end
