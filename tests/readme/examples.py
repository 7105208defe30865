"""Find the README's examples, run them, and compare what they print.

An example is a line `$ microcare …` in a fenced `console` block, with its output
below it up to the next `$` or the end of the block. Other commands are left alone.
A shown line `...` stands for any number of lines. All examples run in order in one
folder that starts with the built-in protocols, so one may use a file that an earlier
one wrote.

A comment on the line above a block adds words to each command in it that the reader
need not see, since output that depends on today's date cannot be compared:

    <!-- run with: --now 2026-11-21T10:00 -->

A block below a comment with the name of a file is that file, which the examples find:

    <!-- file: bookings.csv -->
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
ELISION = ("...", "…")
HIDDEN_WORDS = re.compile(r"<!-- run with: (?P<words>.+) -->")
FILES = re.compile(r"(?ms)^<!-- file: (?P<name>[\w.]+) -->\n```\w*\n(?P<text>.*?)^```$")
COMMAND = re.compile(r"\bmicrocare [a-z][a-z-]*")
RUNNABLE = re.compile(r"(?:[A-Z_]+=\S+ )*microcare\b")
# microcare ends with 3 when it could not finish; a shell with more than 125
# when it could not start the command. Neither belongs into a README.
CRASHES = {3, *range(126, 256)}


@dataclass(frozen=True, slots=True)
class Example:
    """One command of the README and the output shown below it."""

    line: int  # of the command, counted from 1
    command: str  # as the reader sees it, continuation lines joined
    hidden: str  # words added when it is run
    shown: tuple[str, ...]
    start: int  # the shown lines are lines[start:end] of the README
    end: int

    def runnable(self) -> str:
        """The command with the hidden words after each subcommand."""
        if not self.hidden:
            return self.command
        return COMMAND.sub(lambda found: f"{found[0]} {self.hidden}", self.command)


def find_examples(text: str) -> list[Example]:
    """All examples of a README, in order."""
    lines = text.splitlines()
    examples = []
    start = None
    for number, line in enumerate(lines):
        if start is None and line.strip() == "```console":
            start = number + 1
        elif start is not None and line.strip() == "```":
            above = lines[start - 2] if start > 1 else ""
            hidden = HIDDEN_WORDS.fullmatch(above.strip())
            examples += _block_examples(lines, start, number, hidden["words"] if hidden else "")
            start = None
    return examples


def _block_examples(lines: list[str], start: int, end: int, hidden: str) -> list[Example]:
    prompts = [number for number in range(start, end) if lines[number].startswith("$ ")]
    examples = []
    for prompt, limit in zip(prompts, [*prompts[1:], end], strict=True):
        command, first, stop = lines[prompt][2:], prompt + 1, limit
        while command.endswith("\\") and first < stop:
            command = command[:-1] + lines[first].removeprefix("> ")
            first += 1
        while stop > first and not lines[stop - 1].strip():  # a blank line may part two
            stop -= 1
        if RUNNABLE.match(command):
            shown = tuple(line.rstrip() for line in lines[first:stop])
            examples.append(Example(prompt + 1, command, hidden, shown, first, stop))
    return examples


def run_examples(examples: Sequence[Example], folder: Path) -> list[tuple[str, ...]]:
    """The lines that each example prints, standard error included, as on a terminal.

    Raises RuntimeError for one that crashes.
    """
    shutil.copytree(ROOT / "protocols", folder / "protocols")
    for file in FILES.finditer(README.read_text(encoding="utf-8")):
        (folder / file["name"]).write_text(file["text"], encoding="utf-8")
    environment = {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.defpath]),
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "PYTHONUTF8": "1",
        "COLUMNS": "80",
        "TZ": "America/New_York",
    }
    outputs = []
    for example in examples:
        done = subprocess.run(
            ["sh", "-c", example.runnable()],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        if done.returncode in CRASHES or "Traceback (most recent call last)" in done.stdout:
            message = f"README.md:{example.line}: {example.command}: exit {done.returncode}"
            raise RuntimeError(f"{message}\n{done.stdout}")
        outputs.append(tuple(line.rstrip() for line in done.stdout.rstrip().splitlines()))
    return outputs


def matches(shown: Sequence[str], output: Sequence[str]) -> bool:
    """Whether the shown lines are the output, a line `...` standing for any lines."""
    if not shown:
        return not output
    if shown[0] in ELISION:
        return any(matches(shown[1:], output[skipped:]) for skipped in range(len(output) + 1))
    return bool(output) and shown[0] == output[0] and matches(shown[1:], output[1:])
