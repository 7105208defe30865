"""A protocol whose text attacks the terminal: nothing obeyed, nothing deleted, no traceback."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from microcare.load.source.refusals import DO_NOT_TREAT
from tests.commands.running import BOOKING, Outcome, Runner, run_process, squeeze

if TYPE_CHECKING:
    from pathlib import Path

ATTACKS = (
    r"[red] [/] [bold]x[/bold] [link=https://evil.example] \e[31m \x9b31m \a \b\b\b \x7f "
    r"\u202e rtl \u2066 iso \u061c alm \u200f rlm \u2028 \u2029 \x85 \ufeff \u200b zero :smile: "
    r"\e]8;;https://evil.example\e\\ \e]0;title\a \eP \x90 \x00 <b> *md* `code` | ![i](j) &amp;"
)
"""In YAML's spelling, for double quotes."""

WIDE = "日本語のテキスト 😀👩‍👩‍👧 ﷽ é e\u0301 안녕"
SURVIVE = (
    "[red]", "[/]", "[bold]x[/bold]", "[link=https://evil.example]", "[31m", "31m", "rtl", "iso",
    "alm", "rlm", "zero", ":smile:", "]8;;https://evil.example", "]0;title", "<b>", "*md*",
    "`code`", "|", "![i](j)", "&amp;",
)  # fmt: skip
"""What a reader must find, every piece of it, in this order."""

MOST_LINES = 102
"""Fifty problems with a hint each, how many more there are, and the sum."""

FORMATS = ("text", "markdown", "json")
FORBIDDEN = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]"
)
"""Controls but the line break, separators of lines, and all that reorders text."""


def hostile(say: str) -> str:
    """Return a protocol every one of whose free texts is the YAML scalar `say`."""
    return f"""\
microcare: 1
id: hostile
title: {say}
procedure: {say}
version: {say}
document: {say}
day-1: unstated
notes: [{say}]
clinic: {{name: {say}, phone: {say}, address: {say}}}
anchors: {{peel: {say}}}
topics:
  thing: {{label: {say}}}
factors:
  trait: {{yes: {say}, no: {say}, ask: {say}}}
  ailment: {{yes: {say}, no: {say}, ask: {say}}}
instructions:
  - {{id: screened, screen: ailment, say: {say}, area: {say}, source: {say}}}
  - {{id: avoided, avoid: thing, from: 3 days before, until: 3 days after, say: {say}, note: {say}}}
  - {{id: used, use: thing, if: trait, from: 2 days before, until-state: {say}, say: {say},
     area: {say}, amounts: {{dose: {say}}}}}
  - {{id: allowed, may: thing, from: 1 day after, until-words: {say}, say: {say}}}
  - {{id: expected, expect: thing, say: {say}}}
"""


@pytest.fixture
def attack(tmp_path: Path) -> Path:
    """Return the file that holds every attack in every place."""
    file = tmp_path / "hostile.yaml"
    file.write_text(hostile(f'"{ATTACKS} {WIDE}"'), encoding="utf-8")
    return file


def pieces_lost(output: str, pieces: tuple[str, ...]) -> list[str]:
    """Return the pieces that an output lacks after those before them."""
    place, lost = 0, []
    for piece in pieces:
        found = output.find(piece, place)
        if found < 0:
            lost.append(piece)
        else:
            place = found + len(piece)
    return lost


@pytest.mark.parametrize("output", FORMATS)
@pytest.mark.parametrize("answers", [(), ("--with", "trait", "--with", "ailment")])
def test_plan_obeys_and_deletes_nothing(
    output: str, answers: tuple[str, ...], attack: Path, microcare: Runner
) -> None:
    """No control leaves the program in any format, and every visible piece does."""
    done = plan(microcare, attack, "--format", output, "--notes", *answers)
    assert (done.code, done.err) == (DO_NOT_TREAT if answers else 0, "")
    assert FORBIDDEN.findall(done.out) == []
    if output == "json":
        texts = [each["text"] for each in json.loads(done.out)["instructions"]]
        assert len(set(texts)) == 1
        assert pieces_lost(texts[0], SURVIVE) == []
    else:
        plain = (
            done.out.replace("\\[", "[").replace("\\]", "]") if output == "markdown" else done.out
        )
        assert pieces_lost(squeeze(re.sub(r"\\([*`|&<>_])", r"\1", plain)), SURVIVE) == []


def plan(microcare: Runner, file: Path, *more: str, columns: int = 80) -> Outcome:
    """Run `plan` on a file."""
    return microcare("plan", "--full", *BOOKING, "--protocol", str(file), *more, columns=columns)


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_wide_characters_fit(columns: int, attack: Path, microcare: Runner) -> None:
    """Wide, joined and composed characters are measured as a terminal shows them."""
    from rich.cells import cell_len

    done = plan(microcare, attack, columns=columns)
    assert [line for line in done.out.split("\n") if cell_len(line) > columns] == []
    assert "日本語のテキスト" in done.out


@pytest.mark.parametrize("output", FORMATS)
def test_diff_obeys_and_deletes_nothing(output: str, attack: Path, microcare: Runner) -> None:
    """Labels, conditions, areas, titles and states of two protocols are texts as well."""
    done = microcare("diff", str(attack), "clinic-a", "--full", *BOOKING, "--format", output)
    assert (done.code, done.err) == (0, "")
    assert FORBIDDEN.findall(done.out) == []
    if output == "text":
        assert pieces_lost(squeeze(done.out), SURVIVE) == []


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_wide_characters_fit_a_table(columns: int, attack: Path, microcare: Runner) -> None:
    """Cells of wide characters keep to their columns."""
    from rich.cells import cell_len

    done = microcare("diff", str(attack), "clinic-a", columns=columns)
    assert [line for line in done.out.split("\n") if cell_len(line) > columns] == []


def test_show_obeys_and_deletes_nothing(attack: Path, microcare: Runner) -> None:
    """A protocol in words keeps the same manners."""
    done = microcare("show", str(attack))
    assert (done.code, done.err) == (0, "")
    assert FORBIDDEN.findall(done.out) == []
    assert pieces_lost(squeeze(done.out), SURVIVE) == []


def test_list_obeys_and_deletes_nothing(attack: Path, microcare: Runner) -> None:
    """A title in the list of protocols is text too."""
    done = microcare("protocols", MICROCARE_PROTOCOLS=str(attack.parent))
    assert (done.code, done.err) == (0, "")
    assert FORBIDDEN.findall(done.out) == []
    assert pieces_lost(squeeze(done.out), SURVIVE) == []


def test_colour_leaves_only_our_own_escapes(attack: Path, microcare: Runner) -> None:
    """On a coloured terminal the only sequences are colours, and the only ones are ours."""
    done = plan(microcare, attack, "--color", "always")
    assert FORBIDDEN.findall(re.sub(r"\x1b\[[0-9;]*m", "", done.out)) == []
    assert "\\x1b[31m" in done.out


def test_attack_survives_in_ascii(attack: Path, tmp_path: Path) -> None:
    """Spelt-out letters and spelt-out controls go together into a stream of bytes."""
    environment = {"PYTHONIOENCODING": "ascii"}
    arguments = ("plan", "--full", *BOOKING, "--protocol", str(attack))
    done = run_process(*arguments, home=tmp_path, environment=environment)
    assert (done.code, done.err) == (0, "")
    assert done.out.isascii()
    assert "\\u65e5\\u672c" in done.out


def test_errors_obey_nothing(tmp_path: Path, microcare: Runner) -> None:
    """What a message quotes from a file is made visible as well, file name and keys included."""
    file = tmp_path / "e\x1b[31m\u202e[red].yaml"
    text = hostile('"x"') + f'"{ATTACKS}": "{ATTACKS}"\n"a\\nb": 1\n'
    file.write_text(text, encoding="utf-8")
    done = plan(microcare, file)
    assert (done.code, done.out) == (2, "")
    assert FORBIDDEN.findall(done.err) == []
    assert "[red]" in done.err


def test_arguments_obey_nothing(microcare: Runner) -> None:
    """What a message quotes from the command line is made visible."""
    for arguments in (
        ("plan", "--date", "\x1b[31m\u202e", "--tz", "UTC"),
        ("plan", *BOOKING, "--with", "\x1b[31m\u202e"),
        ("plan", "--date", "2026-12-10", "--tz", "\x1b[31m\u202e"),
        ("show", "\x1b[31m\u202e"),
        ("\x1b[31m\u202e",),
        ("plan", "--\x1b[31m\u202e"),
    ):
        done = microcare(*arguments)
        assert (done.code, done.out) == (2, ""), arguments
        assert FORBIDDEN.findall(done.err) == [], arguments


@pytest.mark.parametrize("output", FORMATS)
@pytest.mark.parametrize("filler", ["x", "wide 日本 ", "[/]", "\u202e"], ids=ascii)
def test_line_of_100_kilobytes_is_printed_whole(
    output: str, filler: str, microcare: Runner, tmp_path: Path
) -> None:
    """Length is no attack either: all of it comes out, in any format."""
    say = filler * (100_000 // len(filler))
    file = tmp_path / "long.yaml"
    text = "microcare: 1\nid: long\ntitle: T\nprocedure: p\nversion: 1\ninstructions:\n"
    file.write_text(f"{text}  - {{id: a, do: washing, say: '{say}'}}\n", encoding="utf-8")
    done = plan(microcare, file, "--format", output, columns=40)
    assert (done.code, done.err) == (0, "")
    written = json.loads(done.out)["instructions"][0]["text"] if output == "json" else done.out
    spelt = written.replace("\\\\u202e", "\u202e").replace("\\u202e", "\u202e").replace("\\", "")
    assert "".join(spelt.split()).count(filler.strip().replace(" ", "")) == 100_000 // len(filler)


BAD_FILES = {
    "brackets": "a: " + "[" * 20_000 + "]" * 20_000,
    "open brackets": "a: " + "[" * 20_000,
    "braces": "a: " + "{a: " * 20_000,
    "dashes": "- " * 20_000,
    "bomb": "a0: &a0 [x]\n"
    + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30)),
    "alias of itself": "a: &a [*a]",
    "merge": "a: &a {b: c}\n<<: *a",
    "python tag": "a: !!python/object/apply:os.system ['true']",
    "two documents": "a: 1\n---\na: 2",
    "empty": "",
    "comment": "# nothing",
    "scalar": "hello",
    "tab": "a:\n\t- b",
    "five megabytes": "x" * 5_000_000,
    "many keys": "a: 1\n" * 200_000,
    "null": "a: \0",
    "control": "a: \x1b[31m",
    "surrogate": 'a: "\\ud800"',
}


@pytest.mark.parametrize("content", BAD_FILES.values(), ids=BAD_FILES)
def test_file_that_is_no_protocol_is_refused(
    content: str, microcare: Runner, tmp_path: Path
) -> None:
    """Each is refused with its place and a sentence, in fifty problems at most."""
    file = tmp_path / "bad.yaml"
    file.write_text(content, encoding="utf-8")
    done = plan(microcare, file)
    assert (done.code, done.out) == (2, "")
    assert "bad.yaml:" in done.err
    assert len(done.err.splitlines()) <= MOST_LINES
    assert "Traceback" not in done.err
    assert FORBIDDEN.findall(done.err) == []


def test_text_of_other_encodings_is_refused(microcare: Runner, tmp_path: Path) -> None:
    """UTF-16, Latin-1 and plain binary data are not guessed at."""
    for content in ("a: ü".encode("utf-16"), "a: ü".encode("latin-1"), bytes(range(256))):
        file = tmp_path / "bad.yaml"
        file.write_bytes(content)
        done = plan(microcare, file)
        assert (done.code, done.out) == (2, "")
        assert "not UTF-8 text" in done.err


def test_byte_order_mark_and_windows_line_ends_are_fine(microcare: Runner, tmp_path: Path) -> None:
    """A file saved by a Windows editor is a protocol like any other."""
    text = hostile("plain").replace("\n", "\r\n")
    file = tmp_path / "windows.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + text.encode())
    done = plan(microcare, file)
    assert (done.code, done.err) == (0, "")
