"""The README shows what the commands print: make readme."""

from pathlib import Path

import pytest

from microcare.load.keys import (
    CLINIC_KEYS,
    FACTOR_KEYS,
    INSTRUCTION_KEYS,
    PROTOCOL_KEYS,
    TOPIC_KEYS,
)
from tests.readme.examples import README, Example, find_examples, matches, run_examples
from tests.readme.record import record_examples
from tests.readme.reference import REFERENCE, fill_tables

EXAMPLES = find_examples(README.read_text(encoding="utf-8"))

SAMPLE = """\
<!-- run with: --debug -->
```console
$ make test
all passed
$ microcare nonsense | sed 's/.*/one/' \\
> | head -n 1
...

$ FORMAT=json microcare --version > version.txt && echo kept
two
```
"""


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[int, tuple[str, ...]]:
    """What each example prints, by its line in the README."""
    printed = run_examples(EXAMPLES, tmp_path_factory.mktemp("readme"))
    return dict(zip((example.line for example in EXAMPLES), printed, strict=True))


def test_readme_has_examples() -> None:
    """A README whose examples are not found must not pass as one without drift."""
    assert EXAMPLES


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"line-{example.line}")
def test_example_prints_what_is_shown(
    example: Example, outputs: dict[int, tuple[str, ...]]
) -> None:
    """After a change that is meant: make readme-record, and read the diff."""
    output = outputs[example.line]
    if not matches(example.shown, output):
        assert "\n".join(output) == "\n".join(example.shown), f"README.md:{example.line}"


def test_first_screen_shows_what_it_does_and_how_to_start() -> None:
    """A plan, a calendar, a comparison; a clinic has neither make nor Python."""
    screen = "\n".join(README.read_text(encoding="utf-8").splitlines()[:60])
    steps = ("plan --date", "export-ics --date", "diff clinic-a clinic-b")
    wanted = [f"\n$ microcare {each}" for each in steps]
    wanted += ["\n$ uv tool install .", "\n$ pipx install .", "\n$ make plan DATE="]
    places = [screen.find(each) for each in wanted]
    assert -1 not in places
    assert places == sorted(places)


def test_finder_reads_commands_with_their_output() -> None:
    """Continuation lines join, blank lines part, other programs are left alone."""
    first, second = find_examples(SAMPLE)
    assert first.command == "microcare nonsense | sed 's/.*/one/' | head -n 1"
    assert first.runnable() == "microcare nonsense --debug | sed 's/.*/one/' | head -n 1"
    assert (first.line, first.shown, first.hidden) == (5, ("...",), "--debug")
    assert (second.line, second.shown) == (9, ("two",))


def test_recorder_replaces_only_what_differs(tmp_path: Path) -> None:
    """An elision that still holds stays; a wrong output is replaced."""
    text = SAMPLE.replace("<!-- run with: --debug -->\n", "")
    recorded, changed = record_examples(text, tmp_path)
    assert recorded == text.replace("two", "kept")
    assert changed == [8]


@pytest.mark.parametrize(
    ("shown", "output", "expected"),
    [
        (("a", "b"), ("a", "b"), True),
        (("a", "..."), ("a",), True),
        (("a", "…", "d"), ("a", "b", "c", "d"), True),
        (("a", "...", "c"), ("a", "b", "d"), False),
        (("...", "b"), ("a", "b", "c"), False),
        (("a",), ("a", "b"), False),
        ((), ("a",), False),
    ],
)
def test_elision_stands_for_any_lines(
    shown: tuple[str, ...], output: tuple[str, ...], expected: bool
) -> None:
    """Only a line of its own elides, and what is around it must match."""
    assert matches(shown, output) is expected


def test_reference_has_the_loaders_tables() -> None:
    """The tables of the format reference are those of the code: `make readme-record`."""
    text = REFERENCE.read_text(encoding="utf-8")
    assert "`wait-since`" in text
    assert fill_tables(text) == text


def test_every_key_is_explained() -> None:
    """A key that the loader takes stands in the reference, and a table can't be left out."""
    text = REFERENCE.read_text(encoding="utf-8")
    keys = {*PROTOCOL_KEYS, *INSTRUCTION_KEYS, *CLINIC_KEYS, *FACTOR_KEYS, *TOPIC_KEYS}
    assert [key for key in sorted(keys) if f"`{key}`" not in text] == []
