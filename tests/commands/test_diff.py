"""`microcare diff`: in short, in full, the formats, the dates and the exit codes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.commands.running import (
    COMMAND,
    DATE,
    NOW,
    ROOT,
    ZONE,
    Runner,
    read_comparison,
    run_process,
    squeeze,
)
from tests.samples import HEADER

if TYPE_CHECKING:
    from pathlib import Path

CLINICS = ("diff", "clinic-a", "clinic-b")
FULL = (*CLINICS, "--full")


@pytest.fixture(autouse=True)
def in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths are shown as seen from the checkout."""
    monkeypatch.chdir(ROOT)


def write(folder: Path, name: str, instructions: str, header: str = "") -> str:
    """Write a protocol of instructions on a line each; return its path."""
    lines = "".join(
        f"  - {{id: i{place}, {line.strip()}}}\n"
        for place, line in enumerate(instructions.strip().splitlines())
    )
    file = folder / f"{name}.yaml"
    text = HEADER.replace("sample", name) + header + "instructions:\n" + lines
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_group_is_named(microcare: Runner, tmp_path: Path) -> None:
    """Where one says heat and the other sauna, the cell says so."""
    heat = write(
        tmp_path, "left", "avoid: heat, until: 2 days after", "topics: {heat: {members: [sauna]}}\n"
    )
    sauna = write(tmp_path, "right", "avoid: sauna, until: 1 day after")
    changes = {each["topic"]: each for each in read_comparison(microcare, heat, sauna)["changes"]}
    assert changes["sauna"]["left"] == "until 2 days after (said of heat)"
    assert changes["heat"]["sentence"] == (
        "Only left says it: until 2 days after. right says nothing of just this, but: avoid sauna "
        "(until 1 day after)."
    )


def test_weaker_rules_are_mentioned(microcare: Runner, tmp_path: Path) -> None:
    """Of several rules of one protocol the strictest is shown, the others in the sentence."""
    two = "avoid: sauna, until: 1 day after\navoid: sauna, until: 3 days after"
    files = (
        write(tmp_path, "left", two),
        write(tmp_path, "right", "avoid: sauna, until: 2 days after"),
    )
    (change,) = read_comparison(microcare, *files)["changes"]
    assert change["left"] == "until 3 days after"
    assert "left also says: until 1 day after; the strictest governs." in change["sentence"]


def test_full_text_tells_what_is_the_same(microcare: Runner) -> None:
    """The short one names it with its time; in full both rules and their places are shown."""
    short, whole = microcare(*CLINICS).out, microcare(*FULL).out
    assert "= before: no isotretinoin 6 months;" in short
    assert re.search(r"avoid: isotretinoin +6 months before +6 months before +=", whole)


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_text_has_every_fact_at_any_width(columns: int, microcare: Runner) -> None:
    """No line is too long, none is cut, and every place and verdict is told."""
    from rich.cells import cell_len

    done = microcare(*FULL, columns=columns)
    assert [line for line in done.out.split("\n") if cell_len(line) > columns] == []
    assert "…" not in done.out
    squeezed = "".join(done.out.split())
    for change in read_comparison(microcare, "clinic-a", "clinic-b")["changes"]:
        for key in ("left_source", "right_source"):
            if change[key]:
                assert change[key] in squeezed
    titles = ("BEFORE", "DAY OF TREATMENT", "AFTER", "AT ANY TIME")
    places = [done.out.index(title) for title in titles]
    assert places == sorted(places)


def test_narrow_text_is_a_list(microcare: Runner) -> None:
    """At 40 columns the two clinics stand below each other, the verdict in words above them."""
    found = squeeze(microcare(*FULL, columns=40).out)
    assert (
        "avoid: laser treatment < clinic-a is stricter clinic-a: 1 month before clinic-b: 7 days "
        "before 1 month is 28 to 31 days." in found
    )


@pytest.mark.parametrize("words", [CLINICS, FULL])
def test_colour_adds_nothing_but_colour(words: tuple[str, ...], microcare: Runner) -> None:
    """What a colour says the words say too."""
    painted = microcare(*words, "--color", "always").out
    assert "\x1b[" in painted
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == microcare(*words).out


@pytest.mark.parametrize(("columns", "most"), [(40, 125), (80, 60), (120, 50)])
def test_clinics_are_compared_on_a_screen(columns: int, most: int, microcare: Runner) -> None:
    """Blank lines are not counted, no line is too long, and none is cut."""
    from rich.cells import cell_len

    lines = [line for line in microcare(*CLINICS, columns=columns).out.split("\n") if line]
    assert len(lines) <= most
    assert [line for line in lines if cell_len(line) > columns or "…" in line] == []


@pytest.mark.parametrize("name", ["retinoids", "Retin-A", "antibiotic skin creams", "AHA"])
def test_one_topic_is_told_in_full(name: str, microcare: Runner) -> None:
    """By any of its names: what is said of it, its parts, and of its groups what forbids it."""
    found = microcare(*CLINICS, "--topic", name)
    assert (found.code, found.err) == (0, "")
    assert "BEFORE\n" in found.out
    assert "protocols/clinic-a.yaml:53" in found.out
    assert "laser" not in found.out


def test_one_topic_decides_what_scripts_are_told(microcare: Runner) -> None:
    """Its changes alone are in the JSON, and the exit code is of them."""
    changes = read_comparison(microcare, "clinic-a", "clinic-b", "--topic", "shaving")["changes"]
    assert [each["topic"] for each in changes] == ["shaving"]
    assert microcare(*CLINICS, "--topic", "shaving", "--exit-code").code == 0
    assert microcare(*CLINICS, "--topic", "laser", "--exit-code").code == 1
    assert microcare(*CLINICS, "--topic", "pregnancy", "--exit-code").code == 0


def test_date_adds_what_the_rules_mean(microcare: Runner) -> None:
    """For one appointment each rule has its dates, a waiting time its last fine day."""
    done = microcare(*CLINICS, *DATE, *ZONE, *NOW, columns=120)
    assert (done.code, done.err) == (0, "")
    assert "Thursday 10 December 2026, 2:30 pm, America/New_York" in squeeze(done.out)
    changes = read_comparison(microcare, "clinic-a", "clinic-b", *DATE, *ZONE, *NOW)["changes"]
    dates = {
        (each["side"], each["topic"]): (each["left_dates"], each["right_dates"])
        for each in changes if each["if"] is None
    }  # fmt: skip
    assert dates["before", "retinoids"] == ("from Tue 8 Dec, 2:30 pm", "from Mon 7 Dec")
    assert dates["before", "dermal-filler"] == ("last day Thu 26 Nov, from Fri 27 Nov", None)
    assert dates["after", "sun"] == (
        None,
        "at least through Sun 13 Dec, if possible through Sun 20 Dec",
    )


def test_zones_of_two_clinics_are_not_mixed(microcare: Runner, tmp_path: Path) -> None:
    """One appointment has one zone: that of the only protocol that names one, or --tz."""
    rule = "avoid: sun, from: 3 days before"
    berlin = write(tmp_path, "left", rule, "time-zone: Europe/Berlin\n")
    tokyo = write(tmp_path, "right", rule, "time-zone: Asia/Tokyo\n")
    plain = write(tmp_path, "plain", rule)
    refused = microcare("diff", berlin, tokyo, *DATE, *NOW)
    assert (refused.code, refused.out) == (2, "")
    assert "two time zones, Europe/Berlin and Asia/Tokyo" in refused.err
    assert microcare("diff", berlin, tokyo, *DATE, *NOW, *ZONE).code == 0
    done = microcare("diff", plain, tokyo, *DATE, *NOW)
    assert (done.code, done.err) == (0, "")
    assert "Asia/Tokyo" in done.out


@pytest.mark.parametrize("output", ["text", "json", "markdown"])
def test_exit_code_tells_of_differences(output: str, microcare: Runner) -> None:
    """1 where they differ, 0 where not, and always 0 without the option."""
    form = ("--format", output)
    assert microcare(*CLINICS, *form).code == 0
    assert microcare(*CLINICS, *form, "--exit-code").code == 1
    assert microcare("diff", "clinic-a", "clinic-a", *form, "--exit-code").code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("clinic-a", "clinic-c"), "There is no protocol “clinic-c”."),
        (("clinic-a", "./missing.yaml"), "There is no such file."),
        (("clinic-a", "tests/sheets/clinic-a.toml"), "clinic-a.toml:"),
        (("clinic-a", "CHANGELOG.md"), "There is no protocol"),
        (("-", "-"), "Only one of the two protocols can come from stdin."),
        (("clinic-a",), "Missing argument 'B'"),
        (("clinic-a", "clinic-b", "--date", "03/04/2027"), "03/04/2027"),
        (("clinic-a", "clinic-b", "--topic", "retinods"), "Did you mean “retinoids”?"),
        (("clinic-a", "clinic-b", "--topic", "tooth-whitening"), "Neither protocol says anything"),
    ],
)
def test_what_cannot_be_compared_is_never_without_differences(
    arguments: tuple[str, ...], said: str, microcare: Runner
) -> None:
    """Bad input ends with 2, a sentence and nothing on stdout, whatever --exit-code says."""
    done = microcare("diff", *arguments, "--exit-code")
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_crash_is_not_taken_for_a_result(tmp_path: Path) -> None:
    """What could not be finished ends with 3, neither with 0 nor with 1."""
    closed = ("sh", "-c", 'exec "$0" "$@" >&-', *COMMAND)
    done = run_process("diff", "clinic-a", "clinic-b", "--exit-code", home=tmp_path, command=closed)
    assert (done.code, done.out) == (3, "")


def test_stdin_can_be_one_of_the_two(tmp_path: Path) -> None:
    """A protocol in a pipe is compared with a named one."""
    text = (ROOT / "protocols" / "clinic-a.yaml").read_bytes()
    done = run_process("diff", "-", "clinic-a", "--full", "--exit-code", home=tmp_path, stdin=text)
    assert (done.code, done.err) == (0, "")
    assert "54 same" in done.out


def test_ascii_spells_the_symbols_out(tmp_path: Path) -> None:
    """The verdicts can be read where the encoding knows no signs."""
    environment = {"PYTHONIOENCODING": "ascii"}
    done = run_process(*FULL, home=tmp_path, environment=environment)
    assert done.code == 0
    assert done.out.isascii()
    assert "!= differs" in done.out
    assert "|> only clinic-b" in done.out


def test_versions_of_one_protocol_are_told_apart(microcare: Runner, tmp_path: Path) -> None:
    """Two files with one id are named by version, and by their places where that is equal too."""
    rule = "avoid: sun, from: 3 days before"
    one = write(tmp_path, "left", rule)
    two = tmp_path / "two.yaml"
    text = (tmp_path / "left.yaml").read_text(encoding="utf-8")
    two.write_text(text.replace("version: 1", "version: 2"), encoding="utf-8")
    assert microcare("diff", one, str(two)).out.startswith("left v1 ↔ left v2\n")
    assert microcare("diff", one, one).out.startswith("left (A) ↔ left (B)\n")
