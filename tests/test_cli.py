"""The command line as a whole: help, exit codes, the error boundary, completion by the shell."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
from importlib import import_module
from inspect import get_annotations
from typing import TYPE_CHECKING

import pytest
import typer.main

from microcare.cli import COMMANDS, make_app, start
from microcare.version import __version__
from tests.commands.running import (
    BOOKING,
    COMMAND,
    Outcome,
    Runner,
    clean_environment,
    make_runner,  # noqa: F401 - the fixture `microcare`
    run_process,
    squeeze,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAMES = sorted(typer.main.get_group(make_app()).commands)
PROGRAM_SHELLS = {"bash": "COMPREPLY", "zsh": "#compdef microcare", "fish": "complete --command"}
DEFECT = """
import sys
class Failing:
    def find_spec(self, name, path=None, target=None):
        if name == "microcare.core.plan.plan":
            raise RuntimeError("Jane Doe")
sys.meta_path.insert(0, Failing())
from microcare.__main__ import main
sys.exit(main())
"""
CRASHING = (sys.executable, "-c", DEFECT)
"""The command with a defect, at a place where each plan comes by."""


def refused(done: Outcome) -> str:
    """Return what stderr says of a command line that is not understood."""
    assert (done.code, done.out) == (2, "")
    assert "Traceback" not in done.err
    assert len(done.err.splitlines()) == 2
    return squeeze(done.err)


# Help.


MODULES = {
    name: vars(import_module(f"microcare.commands.{name.replace('-', '_')}")) for name in NAMES
}
FUNCTIONS = {name: module[name.replace("-", "_")] for name, module in MODULES.items()}


def test_options_are_described_without_texts_to_evaluate() -> None:
    """Typer evaluates each annotation that is a text four times, on every start."""
    parts = [part for module in MODULES.values() for part in module.get("PARTS", {}).values()]
    for each in (start, *FUNCTIONS.values(), *parts):
        assert not [told for told in get_annotations(each).values() if isinstance(told, str)]


def test_the_list_of_commands_has_the_first_line_of_each() -> None:
    """It stands there too, so that the list loads none of them."""
    lines = {name: each.__doc__.partition("\n")[0] for name, each in FUNCTIONS.items()}
    assert lines == COMMANDS


@pytest.mark.parametrize("arguments", [(), ("--help",), ("-h",)], ids=" ".join)
def test_help_names_every_command(arguments: tuple[str, ...], microcare: Runner) -> None:
    """The bare command helps as much as the one that asks for it."""
    done = microcare(*arguments)
    assert (done.code, done.err) == (0, "")
    assert 'microcare plan --date "2026-12-10 14:30"' in done.out
    assert [name for name in NAMES if f"\n  {name}" not in done.out] == []


@pytest.mark.parametrize("name", NAMES)
def test_help_of_a_command_leads_with_an_example(name: str, microcare: Runner) -> None:
    """Examples stand above the options, each on one line to copy."""
    done = microcare(name, "--help")
    assert (done.code, done.err) == (0, "")
    head, _, options = done.out.partition("\nOptions:\n")
    assert re.search(rf"^  (?:[A-Z_]+=\S+ )?microcare {name}\b", head, re.MULTILINE)
    assert "--help" in options


@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.parametrize("name", ["", *NAMES])
def test_help_is_never_cut(name: str, columns: int, microcare: Runner) -> None:
    """Every word of the help is there at any width, without colour or frames in a pipe."""
    done = microcare(*filter(None, [name]), "--help", columns=columns)
    assert "…" not in done.out
    assert "..." not in done.out.partition("\n\n")[2]  # the usage has [ARGS]...
    assert "\x1b" not in done.out
    if name == "plan":
        words = "".join(done.out.split())
        assert all(
            word in words for word in ("America/New_York", "MICROCARE_PROTOCOL", "MICROCARE_TZ")
        )


def test_examples_of_the_help_work(
    microcare: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the help shows can be run as it stands, seen from the day of the worked example."""
    monkeypatch.chdir(tmp_path)
    now = ("--now", "2026-11-21T10:00-05:00")
    dated = {"plan", "can", "earliest", "export-ics"}
    for name in ("", "protocols", *sorted(dated), "config"):
        shown = microcare(*filter(None, [name]), "--help").out.replace("\\\n", "")
        for line in re.findall(r"^  (microcare .+)$", shown, re.MULTILINE):
            words = shlex.split(line)[1:]
            beside = now if words[0] in dated else ()
            done = microcare(*words, *beside, MICROCARE_TZ="America/New_York")
            assert done.code == 0, (line, done.err)
            for made in tmp_path.glob("clinic-*.ics"):  # two examples write the same name
                made.unlink()


# What is not understood.


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("paln",), "Did you mean 'plan'? Try: microcare --help"),
        (("protocol",), "Did you mean 'protocols'? Try: microcare --help"),
        (("xyz",), "No such command 'xyz'. Try: microcare --help"),
        (("plan", "--dat", "x"), "--date"),
        (("plan", "--protcol", "x"), "--protocol"),
        (("plan", "--xyz"), "No such option: --xyz"),
        (("--versoin",), "--version"),
        (("-x",), "No such option: -x"),
        (("plan",), 'Say when: microcare plan --date "2026-12-10 14:30"'),
        (("can", "makeup"), 'Say when: microcare can --date "2026-12-10 14:30"'),
        (("plan", "--date"), "'--date' requires an argument"),
        (("plan", "--date", "2026-12-10", "14:30"), 'needs quotes: microcare plan --date "2026'),
        (("plan", *BOOKING, "--format", "xml"), "'text', 'json', 'markdown'"),
        (("plan", *BOOKING, "--color", "pink"), "'auto', 'always', 'never'"),
        (("plan", *BOOKING, "--quiet=yes"), "does not take a value"),
        (("show",), "Missing argument 'ID|FILE'. Try: microcare show --help"),
        (("show", "clinic-a", "clinic-b"), "unexpected extra argument"),
        (("protocols", "x"), "unexpected extra argument"),
    ],
    ids=lambda value: " ".join(value[:3]) if isinstance(value, tuple) else "",
)
def test_what_is_not_understood_comes_with_the_next_step(
    arguments: tuple[str, ...], said: str, microcare: Runner
) -> None:
    """One line says what is wrong, one what to do, and both are right."""
    assert said in refused(microcare(*arguments))


# Exit codes and crashes.


def test_version_is_printed_beside_other_options(microcare: Runner) -> None:
    """`--version` is answered wherever it stands before a command."""
    done = microcare("--debug", "--version")
    assert (done.code, done.out, done.err) == (0, f"microcare {__version__}\n", "")


@pytest.mark.parametrize("output", ["text", "json", "markdown"])
def test_crash_ends_with_3_and_no_traceback(output: str, tmp_path: Path) -> None:
    """What should not happen is said in two lines; the user is not to blame."""
    arguments = ("plan", *BOOKING, "--format", output)
    done = run_process(*arguments, home=tmp_path, command=CRASHING)
    assert done.code == 3
    assert "Traceback" not in done.err
    assert re.fullmatch(
        r"microcare: something went wrong that should not have \(\w+\)\.\n"
        r"  Run the command again with --debug to see where\.\n",
        done.err,
    )


def test_debug_shows_where_a_crash_arose(tmp_path: Path) -> None:
    """With `--debug` in any place the traceback precedes the sentence, and the code stays."""
    plan = ("plan", *BOOKING, "--format", "json")
    for arguments in (("--debug", *plan), (*plan, "--debug"), (plan[0], "--debug", *plan[1:])):
        done = run_process(*arguments, home=tmp_path, command=CRASHING)
        assert done.code == 3
        assert done.err.startswith("Traceback (most recent call last):")
        assert "RuntimeError" in done.err


def test_debug_shows_where_bad_input_was_found(microcare: Runner) -> None:
    """The traceback comes before the sentence, and bad input stays bad input."""
    done = microcare("plan", "--date", "soon?", "--tz", "UTC", "--debug")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("Traceback (most recent call last):")
    assert done.err.splitlines()[-1].startswith("microcare: ")


def test_debug_changes_nothing_where_all_is_well(microcare: Runner) -> None:
    """The switch adds nothing to a plan."""
    assert microcare("plan", *BOOKING, "--debug") == microcare("plan", *BOOKING)


def test_debug_is_not_offered_again(microcare: Runner) -> None:
    """The commands to paste are those that the user meant to run."""
    done = microcare("plan", "--debug", "--date", "03/04/2026", "--tz", "UTC")
    offered = [line for line in done.err.splitlines() if line.startswith("    microcare ")]
    assert len(offered) == 2
    assert not any("--debug" in line for line in offered)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")  # noqa: PTH110
@pytest.mark.parametrize("output", ["text", "json", "markdown"])
def test_full_disk_ends_with_3_and_its_reason(output: str, tmp_path: Path) -> None:
    """A plan that could not be written whole is no success, and no mystery."""
    command = ("sh", "-c", 'exec "$0" "$@" >/dev/full', *COMMAND)
    done = run_process("plan", *BOOKING, "--format", output, home=tmp_path, command=command)
    assert (done.code, done.err) == (3, "microcare: could not finish: No space left on device.\n")


# Pipes and signals.


@pytest.mark.parametrize(
    "arguments",
    [
        ("plan", *BOOKING),
        ("plan", *BOOKING, "--format", "json"),
        ("plan", *BOOKING, "--format", "markdown"),
        ("plan", *BOOKING, "--color", "always"),
        ("show", "clinic-b"),
        ("protocols",),
        ("--help",),
        ("--version",),
    ],
    ids=lambda value: " ".join(value[:1] + value[-1:]),
)
def test_closed_pipe_ends_cleanly(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """A reader that has gone (`| head -1`) is no error, and gets no noise."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        done = subprocess.run(
            [*COMMAND, *arguments],
            env=clean_environment(tmp_path),
            stdin=subprocess.DEVNULL,
            stdout=pipe,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    assert (done.returncode, done.stderr) == (0, b"")


def test_head_gets_its_line(tmp_path: Path) -> None:
    """The first line comes through before the pipe closes."""
    script = '"$0" "$@" | head -1; test "$?" = 0'
    arguments = ("plan", *BOOKING, "--protocol", "clinic-b")
    done = run_process(*arguments, home=tmp_path, command=("sh", "-c", script, *COMMAND))
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Microneedling · clinic-b")
    assert done.out.count("\n") == 1


@pytest.fixture
def waiting(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Return a process that has begun to read its protocol and waits for the rest of it."""
    process = subprocess.Popen(
        [*COMMAND, "plan", *BOOKING, "--protocol", "-"],
        env=clean_environment(tmp_path),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin is not None
    process.stdin.write(b"#" * 1_000_000)  # more than a pipe holds: it waits until somebody reads
    process.stdin.flush()
    yield process
    process.kill()
    process.wait()


def test_interrupt_ends_with_130_and_silence(waiting: subprocess.Popen[bytes]) -> None:
    """Ctrl-C is what the user wanted: no traceback, no sentence, the code of the signal."""
    waiting.send_signal(signal.SIGINT)
    out, err = waiting.communicate(timeout=60)
    assert (waiting.returncode, out, err) == (130, b"", b"")


def test_interrupt_of_the_start_is_as_silent(tmp_path: Path) -> None:
    """Ctrl-C while the modules are being loaded shows no traceback either."""
    script = """
import signal, sys
class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == "typer":
            signal.raise_signal(signal.SIGINT)
sys.meta_path.insert(0, Interrupting())
from microcare.__main__ import main
sys.exit(main())
"""
    done = run_process("protocols", home=tmp_path, command=(sys.executable, "-c", script))
    assert done == Outcome(130, "", "")


def test_stdin_is_a_protocol(tmp_path: Path) -> None:
    """`-` reads the protocol from stdin, and names it so in errors."""
    protocol = b"microcare: 1\nid: piped\ntitle: T\nprocedure: p\nversion: 1\ninstructions:\n"
    fine = protocol + b"  - {id: a, avoid: sauna, until: 2 days after}\n"
    done = run_process("plan", *BOOKING, "-p", "-", home=tmp_path, stdin=fine)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("T · piped, version 1")
    wrong = run_process("show", "-", home=tmp_path, stdin=protocol + b"  - {id: a, avid: x}\n")
    assert (wrong.code, wrong.out) == (2, "")
    assert wrong.err.startswith("<stdin>:7:")


# Completion.


@pytest.mark.parametrize("shell", PROGRAM_SHELLS)
def test_completion_script_is_printed(shell: str, tmp_path: Path) -> None:
    """Each of the three shells gets a script of its own."""
    done = run_process(home=tmp_path, environment={"_MICROCARE_COMPLETE": f"source_{shell}"})
    assert (done.code, done.err) == (0, "")
    assert PROGRAM_SHELLS[shell] in done.out
    assert "_MICROCARE_COMPLETE" in done.out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shell_accepts_its_script(shell: str, tmp_path: Path) -> None:
    """Where the shell is installed, it finds no fault with the script."""
    done = run_process(home=tmp_path, environment={"_MICROCARE_COMPLETE": f"source_{shell}"})
    checker = next((each for each in shell_paths(shell) if os.access(each, os.X_OK)), None)
    if checker is None:
        pytest.skip(f"no {shell} here")
    checked = subprocess.run([checker, "-n"], input=done.out.encode(), check=False, timeout=60)
    assert checked.returncode == 0


def shell_paths(shell: str) -> list[str]:
    """Return where a shell may be."""
    return [os.path.join(folder, shell) for folder in os.defpath.split(os.pathsep) if folder]  # noqa: PTH118


def complete(line: str, home: Path, **environment: str) -> Outcome:
    """Return what fish is offered at the end of a line that is being typed."""
    asked = {
        "_MICROCARE_COMPLETE": "complete_fish",
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        "_TYPER_COMPLETE_ARGS": f"microcare {line}",
    }
    return run_process(home=home, environment={**asked, **environment})


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("pl", {"plan"}),
        ("show ", {"clinic-a", "clinic-b"}),
        ("plan --protocol clinic", {"clinic-a", "clinic-b"}),
        ("plan -p clinic-b", {"clinic-b"}),
        ("plan --format ", {"text", "json", "markdown"}),
        ("plan --color a", {"auto", "always"}),
        ("can mak", {"makeup"}),
        ("can -p clinic-b mineral", {"mineral-makeup"}),
        ("can --format ", {"text", "json"}),
    ],
)
def test_shell_is_offered_what_fits(line: str, offered: set[str], tmp_path: Path) -> None:
    """Commands, protocols and values are completed, and nothing else is printed."""
    done = complete(line, tmp_path)
    assert (done.code, done.err) == (0, "")
    assert {row.split("\t")[0] for row in done.out.splitlines()} == offered


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("plan --with sun-un", ["sun-unavoidable"]),
        ("plan --protocol clinic-b --with sun-un", []),
        ("plan --protocol clinic-b --without p", ["peel", "pregnancy"]),
        ("export-ics -p clinic-b --with arou", ["around-eyes"]),
        ("plan --protocol nowhere --with p", []),
        ("plan --protocol - --with p", []),
        ("can --protocol clinic-a mineral", []),
        ("can --protocol - mak", []),
        ("earliest --last botu", ["botulinum-toxin="]),
        ("plan --protocol clinic-b --last ip", ["ipl="]),
        ("plan --protocol nowhere --last ip", []),
        ("plan --protocol - --last ip", []),
        ("plan -p clinic-a -p clinic-b --with sun-un", ["sun-unavoidable"]),
        ("plan -p clinic-a -p clinic-b@2026-12-17 --without arou", ["around-eyes"]),
        ("plan -p clinic-a -p clinic-b@ --with sun-un", ["sun-unavoidable"]),
        ("export-ics -p nowhere -p clinic-b --with arou", ["around-eyes"]),
        ("can -p clinic-a -p clinic-b mineral", ["mineral-makeup"]),
        ("plan -p clinic-a@2026-12-10 -p clinic-b --last ip", ["ipl="]),
        ("plan -p clinic-b -p clinic-b --last ip", ["ipl="]),
    ],
)
def test_shell_is_offered_the_names_of_the_protocol(
    line: str, offered: list[str], tmp_path: Path
) -> None:
    """Any other would be refused."""
    done = complete(line, tmp_path)
    assert (done.code, done.err) == (0, "")
    assert done.out.split() == offered


def test_shell_is_offered_the_factors_of_the_usual_protocol(tmp_path: Path) -> None:
    """The environment chooses it, and a clinic's own factors are among them."""
    (tmp_path / "ours.yaml").write_text(
        "microcare: 1\nid: ours\ntitle: T\nprocedure: p\nversion: 1\n"
        "factors: {glasses: {yes: you wear glasses, no: you wear none, ask: Glasses?}}\n"
        "instructions:\n  - {id: a, avoid: sauna, if: glasses, say: No.}\n"
        "  - {id: b, avoid: food, if: appointment before 10:30, say: No.}\n",
        encoding="utf-8",
    )
    environment = {"MICROCARE_PROTOCOLS": str(tmp_path), "MICROCARE_PROTOCOL": "ours"}
    assert complete("plan --with ", tmp_path, **environment).out.split() == ["glasses"]


def test_shell_is_offered_a_clinic_s_own_protocols(tmp_path: Path) -> None:
    """The folder of the environment counts here too."""
    (tmp_path / "ours.yaml").touch()
    done = complete("show ", tmp_path, MICROCARE_PROTOCOLS=str(tmp_path))
    assert done.out.split() == ["ours", "clinic-a", "clinic-b"]


@pytest.mark.parametrize("broken", ["environment", "configuration"])
def test_shell_is_not_disturbed_by_a_mistake(broken: str, tmp_path: Path) -> None:
    """A wrong setting offers nothing and writes nothing into the line that is being typed."""
    environment = {"MICROCARE_PROTOCOLS": "/nowhere"} if broken == "environment" else {}
    if broken == "configuration":
        (tmp_path / "microcare").mkdir()
        (tmp_path / "microcare" / "config.toml").write_text("protocol =", encoding="utf-8")
    done = complete("show c", tmp_path, **environment)
    assert (done.code, done.out.strip(), done.err) == (0, "", "")
