"""What holds of every command line: no option twice, help that fits, a shell that is named."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import pytest
import typer.main
from typer._completion_shared import get_completion_script
from typer.core import TyperArgument, TyperOption

from microcare.cli import make_app
from microcare.commands.shared.command import fold_command
from tests.commands.running import BOOKING, Runner, refused, run_process

if TYPE_CHECKING:
    from pathlib import Path

COMMANDS = typer.main.get_group(make_app()).commands
OPTIONS = [
    (name, each)
    for name, command in COMMANDS.items()
    for each in command.params
    if isinstance(each, TyperOption)
]


def spell(option: TyperOption) -> list[str]:
    """Return an option as it is typed, with a value that it takes."""
    if option.is_flag:
        return [option.opts[0]]
    return [option.opts[0], *getattr(option.type, "choices", ["1"])[:1]]


def complete(name: str, option: TyperOption) -> list[str]:
    """Return what else a command needs to be understood."""
    others = [each for each in COMMANDS[name].params if each.required and each is not option]
    values = {"--date": "2026-12-10", "--out": "."}
    return [
        word
        for each in others
        for word in (
            ["clinic-a"]
            if isinstance(each, TyperArgument)
            else [each.opts[0], values[each.opts[0]]]
        )
    ]


@pytest.mark.parametrize(
    ("name", "option"),
    [
        (name, each)
        for name, each in OPTIONS
        if not each.multiple and (not each.is_flag or each.secondary_opts)
    ],
    ids=lambda value: value if isinstance(value, str) else value.opts[0],
)
def test_option_that_takes_one_value_is_refused_twice(
    name: str, option: TyperOption, microcare: Runner
) -> None:
    """Of two protocols, dates or zones the first would be lost in silence."""
    spelt = spell(option)
    done = microcare(name, *complete(name, option), *spelt, *spelt)
    assert f"{option.opts[0]}" in refused(done)
    assert "stands here 2 times, and only one can count. Leave one of them" in refused(done)


def test_two_protocols_are_refused_however_they_are_spelt(microcare: Runner) -> None:
    """A short name, a long one and `=` are one option."""
    for words in (("-p", "clinic-a", "-p", "clinic-b"), ("--protocol=clinic-a", "-pclinic-b")):
        assert "--protocol stands here 2 times" in refused(microcare("earliest", *words))


def test_opposites_are_refused(microcare: Runner) -> None:
    """The last of them would win."""
    done = microcare("plan", *BOOKING, "--full", "--brief")
    assert "--full/--brief stands here 2 times" in refused(done)


def test_what_can_be_repeated_or_says_the_same_twice_is_taken(microcare: Runner) -> None:
    """Nothing is lost of several answers, nor of a switch that says what it said."""
    answers = ("--with", "cold-sores", "--with", "numbing-cream")
    for words in (answers, ("-q", "-q"), ("--notes", "--notes")):
        assert microcare("plan", *BOOKING, *words).code == 0


def test_help_is_there_beside_a_mistake(microcare: Runner) -> None:
    """Who asks for it wants to mend the line."""
    done = microcare("plan", "-p", "a", "-p", "b", "--help")
    assert (done.code, done.err) == (0, "")


@pytest.mark.parametrize("name", COMMANDS)
def test_no_input_is_taken_everywhere(name: str, microcare: Runner) -> None:
    """With the switch a command that lacks nothing does what it does without."""
    words = {
        "plan": BOOKING,
        "export-ics": (*BOOKING, "-o", "-"),
        "diff": ("clinic-a", "clinic-b"),
        "show": ("clinic-a",),
        "check": ("clinic-a",),
        "new": ("ours", "-o", "-"),
    }.get(name, ())
    plain = microcare(name, *words)
    assert microcare(name, *words, "--no-input") == plain
    assert microcare("--no-input", name, *words) == plain
    assert "--no-input" in microcare(name, "--help").out


@pytest.mark.parametrize("columns", [40, 50, 60, 80, 120])
@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_is_no_wider_than_the_terminal(name: str, columns: int, microcare: Runner) -> None:
    """Its examples too, which stay commands to copy."""
    out = microcare(*filter(None, [name]), "--help", columns=columns).out
    assert [line for line in out.splitlines() if len(line) > columns] == []
    wide = microcare(*filter(None, [name]), "--help", columns=120).out
    assert find_examples(out) == find_examples(wide) != []


def find_examples(text: str) -> list[list[str]]:
    """Return the commands of a help's head, as a shell reads them."""
    head = text.partition("\nOptions:\n")[0].replace("\\\n", "")
    lines = re.findall(r"^  (?:[A-Z_]+=\S+ +)?microcare .*$", head, re.MULTILINE)
    return [shlex.split(line) for line in lines]


def test_folded_command_keeps_an_option_beside_its_value() -> None:
    """A line that fits stays as it is; a break is one that the shell ignores."""
    line = 'microcare plan --date "10 Dec 2:30pm" --full'
    assert fold_command(line, 44) == line
    assert fold_command(line, 36).splitlines() == [
        "microcare plan \\",
        '  --date "10 Dec 2:30pm" --full',
    ]


def test_folded_command_breaks_no_word() -> None:
    """Quotes of both kinds, and what stands beside them, are one word of a shell."""
    words = ["microcare", "plan", "--with=it's a 'b'", "--on", 'a "b" c', "-p", "x y/z", "--full"]
    for width in range(1, 60):
        folded = fold_command(shlex.join(words), width)
        assert shlex.split(folded.replace("\\\n", "")) == words
        assert "--on 'a \"b\" c'" in folded


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell", "pwsh"])
@pytest.mark.parametrize("spelling", ["--show-completion {}", "--show-completion={}"])
def test_script_is_that_of_the_shell_that_is_named(
    shell: str, spelling: str, tmp_path: Path
) -> None:
    """Whatever shell the command runs in."""
    done = run_process(*spelling.format(shell).split(), "--no-input", home=tmp_path)
    script = get_completion_script(
        prog_name="microcare", complete_var="_MICROCARE_COMPLETE", shell=shell
    )
    assert (done.code, done.out, done.err) == (0, f"{script}\n", "")


def test_completion_is_installed_for_the_shell_that_is_named(tmp_path: Path) -> None:
    """It writes that shell's file."""
    done = run_process("--install-completion", "fish", home=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert (tmp_path / ".config/fish/completions/microcare.fish").exists()


@pytest.mark.parametrize("words", [("tcsh",), ("zsh", "bash"), ("Zsh",)])
def test_shell_without_completion_is_refused(words: tuple[str, ...], microcare: Runner) -> None:
    """One that is known is named, and no other's script is printed."""
    said = refused(microcare("--show-completion", *words))
    assert f"“{' '.join(words)}” is no shell that can be completed for." in said
    assert "--show-completion takes one of bash, zsh, fish" in said


def test_line_that_is_being_typed_is_completed_in_spite_of_a_repetition(tmp_path: Path) -> None:
    """The shell shows what is offered, and no complaint."""
    asked = {
        "_MICROCARE_COMPLETE": "complete_fish",
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        "_TYPER_COMPLETE_ARGS": "microcare plan -p clinic-a -p clinic-b --no-i",
    }
    done = run_process(home=tmp_path, environment=asked)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("--no-input\t")
