"""What `plan` tells the front desk, in which order, in which words."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.commands.running import BOOKING, DATE, NOW, ZONE, Runner, refused, run_process, squeeze

UNCLEAR = "UNCLEAR IN THE SHEET (ASK THE CLINIC)"

if TYPE_CHECKING:
    from pathlib import Path


def section(text: str, title: str) -> str:
    """Return the lines below a title of the text plan, up to the next blank line."""
    assert f"\n{title}\n" in text, text
    return text.partition(f"\n{title}\n")[2].partition("\n\n")[0]


def test_head_says_which_protocol_and_why(microcare: Runner) -> None:
    """With nothing configured a plan is made at once, and says on what."""
    head = microcare("plan", "--full", *BOOKING).out.splitlines()[0]
    assert head == "Microneedling · clinic-a, version 1 (by default)"


def test_head_echoes_the_date_in_full_words(microcare: Runner) -> None:
    """Weekday, date, time, zone and distance: what the desk reads back to the patient."""
    line = microcare("plan", "--full", *BOOKING).out.splitlines()[1]
    assert line == ("Thursday 10 December 2026, 2:30 pm, America/New_York (UTC−05:00) · in 19 days")


@pytest.mark.parametrize(
    ("now", "distance"),
    [
        ("2026-12-10T09:00-05:00", "today"),
        ("2026-12-09T23:59-05:00", "tomorrow"),
        ("2026-12-08T09:00-05:00", "in 2 days"),
        ("2026-12-11T00:00-05:00", "yesterday"),
        ("2027-01-15T10:00-05:00", "36 days ago"),
    ],
)
def test_head_counts_calendar_days(now: str, distance: str, microcare: Runner) -> None:
    """A day's distance goes by the calendar at the clinic, not by hours."""
    head = microcare("plan", "--full", *DATE, *ZONE, "--now", now).out.splitlines()[1]
    assert head.endswith(f" · {distance}")


def test_past_appointment_is_planned_and_marked(microcare: Runner) -> None:
    """Someone may ask the day after; the dates are the same."""
    done = microcare("plan", "--full", *DATE, *ZONE, "--now", "2027-01-15T10:00-05:00")
    assert done.code == 0
    assert "This appointment is in the past." in done.out
    before = microcare("plan", "--full", *BOOKING).out
    assert "This appointment is in the past." not in before
    assert section(done.out, "AFTER") == section(before, "AFTER")


def test_do_not_treat_leads_the_plan(microcare: Runner) -> None:
    """A contraindication answered yes stands above all else, in every format for people."""
    text = microcare("plan", "--full", *BOOKING, "--with", "pregnancy").out
    assert text.startswith("DO NOT TREAT\n  - You cannot be treated if you are pregnant.\n\n")
    assert "[pregnancy]" not in text
    markdown = microcare(
        "plan", "--full", *BOOKING, "--with", "pregnancy", "--format", "markdown"
    ).out
    assert markdown.startswith("**DO NOT TREAT**\n")
    assert "DO NOT TREAT" not in microcare("plan", "--full", *BOOKING).out


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_do_not_treat_ends_with_1(microcare: Runner, form: str) -> None:
    """A script sees it without reading; an answer that rules nothing out changes no exit code."""
    arguments = ("plan", "--full", *BOOKING, "--format", form)
    assert microcare(*arguments, "--with", "pregnancy").code == 1
    assert microcare(*arguments, "--with", "cold-sores").code == 0


@pytest.mark.parametrize(
    "view",
    [
        *((), ("--full",), ("--part", "after"), ("--on", "12 Dec"), ("--by", "thing")),
        *(("--full", "--part", "day"), ("--notes",), ("--format", "markdown")),
        *(("--format", "markdown", "--brief"), ("--format", "markdown", "--part", "day")),
    ],
    ids=" ".join,
)
def test_do_not_treat_stands_first_in_every_view(view: tuple[str, ...], microcare: Runner) -> None:
    """Whichever part of the plan is asked for, and the exit code says it too."""
    plain = microcare("plan", *BOOKING, *view)
    done = microcare("plan", *BOOKING, *view, "--with", "pregnancy")
    assert (plain.code, done.code) == (0, 1)
    assert done.out.strip("*").startswith("DO NOT TREAT")
    assert "You cannot be treated if you are pregnant." in done.out
    assert not plain.out.strip("*").startswith("DO NOT TREAT")


@pytest.mark.parametrize("target", [(), ("-o", "-"), ("--dry-run",)], ids=" ".join)
def test_calendar_that_must_not_be_ends_with_1(target: tuple[str, ...], microcare: Runner) -> None:
    """Nothing is written, and stderr says why."""
    done = microcare("export-ics", *BOOKING, *target, "--with", "pregnancy", "--force")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("microcare: DO NOT TREAT")


def test_contraindication_answered_no_is_settled(microcare: Runner) -> None:
    """What was asked is not asked again, and stays on record."""
    text = microcare("plan", "--full", *BOOKING, "--without", "pregnancy").out
    assert section(text, "ANSWERED NO") == "  - You cannot be treated if you are pregnant."
    assert "[pregnancy]" not in text


def test_answer_yes_takes_the_condition_away(microcare: Runner) -> None:
    """A patient prone to cold sores reads no “if”."""
    plain = squeeze(microcare("plan", "--full", *BOOKING).out)
    assert "If you are prone to cold sores: Take the medicine" in plain
    text = squeeze(microcare("plan", "--full", *BOOKING, "--with", "cold-sores").out)
    assert "prone to cold sores" not in text
    assert "Take the medicine against cold sores" in text


def test_answer_no_leaves_out_with_the_reason(microcare: Runner) -> None:
    """Nothing disappears: what does not apply is listed with the reason."""
    text = microcare("plan", "--full", *BOOKING, "--without", "numbing-cream").out
    left_out = squeeze(section(text, "LEFT OUT"))
    assert left_out.startswith("- Arrive 20 to 30 minutes before")
    assert left_out.endswith("(because no numbing cream will be applied)")


def test_windows_that_have_begun_are_asked_about(microcare: Runner) -> None:
    """What the patient should have stopped before booking is for the desk to ask now."""
    asked = squeeze(section(microcare("plan", "--full", *BOOKING).out, "ASK NOW"))
    assert "No isotretinoin since Wed 10 Jun? (6 months before)" in asked
    early = microcare("plan", "--full", *DATE, *ZONE, "--now", "2026-01-05T10:00-05:00").out
    assert "No isotretinoin since" not in section(early, "ASK NOW")


def test_time_range_keeps_both_ends(microcare: Runner) -> None:
    """“20 to 30 minutes before” is 2:00 at the earliest and 2:10 at the latest."""
    found = squeeze(microcare("plan", "--full", *BOOKING).out)
    assert "2:00 pm If a numbing cream will be applied:" in found
    assert "(by Thu 10 Dec, 2:10 pm" in found


def test_whole_day_says_how_hours_are_counted(microcare: Runner) -> None:
    """Without a time of day the careful reading is taken, and told."""
    done = microcare("plan", "--full", "--date", "2026-12-10", *ZONE, *NOW)
    assert "No time of day is known: hours before count from 00:00, hours after from 24:00." in (
        done.out
    )
    assert "pm" not in section(done.out, "TREATMENT DAY")


def test_duration_moves_what_comes_after(microcare: Runner) -> None:
    """With a known end no caveat is needed, and hours after count from it."""
    text = microcare("plan", "--full", *BOOKING, "--duration", "45 minutes").out
    assert "2:30 pm to 3:15 pm" in text
    assert "they move if it ends later" not in text
    assert "3:15 pm Stay away from heat" in section(text, "TREATMENT DAY")
    assert "they move if it ends later" in microcare("plan", "--full", *BOOKING).out


def test_notes_are_counted_or_printed(microcare: Runner) -> None:
    """Remarks for staff are a switch away, and the plan says how many there are."""
    assert (
        "43 remarks for staff: add --notes to read them."
        in microcare("plan", "--full", *BOOKING).out
    )
    text = microcare("plan", "--full", *BOOKING, "--notes").out
    assert "remarks for staff" not in text
    assert len(section(text, "NOTES FOR STAFF").split("\n  - ")) == 43


def test_gaps_between_days_are_closed(microcare: Runner) -> None:
    """Days without a change are counted, so that none seems missing."""
    text = microcare("plan", "--full", *BOOKING).out
    assert "  Wed 10 Jun −183 " in text
    assert "  … 151 days without a change\n  Mon  9 Nov  −31 " in text


def test_dates_of_another_year_say_so(microcare: Runner) -> None:
    """A follow-up in January has its year."""
    text = microcare("plan", "--full", *BOOKING, "--protocol", "clinic-b").out
    assert "Thu  7 Jan 2027" in text


def test_unstated_end_asks_the_clinic(microcare: Runner) -> None:
    """No end is made up for ibuprofen; whom to ask is said instead."""
    found = squeeze(section(microcare("plan", "--full", *BOOKING).out, "NO DATE, OR NO END STATED"))
    assert "Do not take ibuprofen, Motrin or Advil. (from Thu 10 Dec, 2:30 pm, no end" in found
    assert "ask the clinic)" in found


def test_time_that_comes_twice_is_told_apart(microcare: Runner) -> None:
    """Where the clock shows a time twice, the plan says which one is meant."""
    now = ("--now", "2026-10-01T10:00-04:00")
    done = microcare("plan", "--full", "--date", "2026-11-01T01:30-05:00", *ZONE, *now)
    assert "1:30 am (UTC−05:00)" in done.out


def test_relative_date_counts_from_now(microcare: Runner) -> None:
    """`tomorrow` is the day after `--now` at the clinic, whatever the machine's clock says."""
    now = ("--now", "2026-11-21T23:30-05:00")
    done = microcare("plan", "--full", "--date", "tomorrow 9am", "--tz", "America/New_York", *now)
    assert done.out.splitlines()[1].startswith("Sunday 22 November 2026, 9:00 am, ")


def test_variant_is_planned_exported_and_compared(microcare: Runner, tmp_path: Path) -> None:
    """Every command takes one, by its id or its file; a comparison names the right files."""
    text = "microcare: 1\nid: north\nextends: clinic-a\nversion: 2\nremove: [laser-rule]\n"
    text = text.replace("laser-rule", "deep-peels-and-laser")
    text += "replace: [{id: isotretinoin, avoid: isotretinoin, from: 2 months before}]\n"
    file = tmp_path / "north.yaml"
    file.write_text(text, encoding="utf-8")
    folder = {"MICROCARE_PROTOCOLS": str(tmp_path)}
    by_id = microcare(
        "plan", "--full", *BOOKING, "--protocol", "north", "--format", "json", **folder
    )
    by_file = microcare("plan", "--full", *BOOKING, "--protocol", str(file), "--format", "json")
    assert (by_id.code, by_id.out) == (0, by_file.out)
    assert json.loads(by_id.out)["protocol"]["id"] == "north"
    assert microcare("export-ics", *BOOKING, "-p", "north", "-o", "-", **folder).code == 0
    done = microcare("diff", "clinic-a", str(file), "--format", "json")
    changes = [each for each in json.loads(done.out)["changes"] if each["verdict"] != "same"]
    assert {(each["left_source"], each["right_source"]) for each in changes} == {
        ("protocols/clinic-a.yaml:43", f"{file}:6"),
        ("protocols/clinic-a.yaml:66", None),
    }


@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.parametrize("protocol", ["clinic-a", "clinic-b"])
def test_what_is_unclear_is_marked_wherever_it_is_told(
    protocol: str, columns: int, microcare: Runner
) -> None:
    """Each sentence of an unclear rule has its marks, each mark one footnote, in their order."""
    chosen = (*BOOKING, "--protocol", protocol)
    shown, title, below = microcare("plan", "--full", *chosen, columns=columns).out.partition(
        UNCLEAR
    )
    assert title
    notes = re.split(r"\n  ([¹²³⁴⁵⁶⁷⁸⁹]) ", below.partition("\n\n")[0])
    sentences = dict(zip(notes[1::2], map(squeeze, notes[2::2]), strict=True))
    assert list(dict.fromkeys(re.findall("[¹²³⁴⁵⁶⁷⁸⁹]", shown))) == list(sentences)
    assert list(sentences) == list("¹²³⁴⁵⁶⁷⁸⁹"[: len(sentences)])
    data = json.loads(microcare("plan", "--full", *chosen, "--format", "json").out)
    for each in data["instructions"]:
        for after in squeeze(shown).split(squeeze(each["text"]))[1:]:
            marks = re.findall("[¹²³⁴⁵⁶⁷⁸⁹]", after.partition(" ")[0])
            assert {sentences[mark] for mark in marks} == set(each["unclear"]), each["id"]


def test_marks_are_spelt_out_where_an_encoding_lacks_them(tmp_path: Path) -> None:
    """In brackets, on lines that fit all the same; in Markdown too."""
    for choice in ((), ("--format", "markdown")):
        done = run_process(
            *("plan", "--full", *BOOKING, *choice),
            home=tmp_path,
            environment={"PYTHONIOENCODING": "ascii", "COLUMNS": "40"},
        )
        assert done.out.isascii()
        assert "[1]" in done.out
        assert "[7] Day 1 is Thu 10 Dec" in squeeze(done.out).replace("\\", "")


def test_unclear_key_comes_with_a_variant(microcare: Runner, tmp_path: Path) -> None:
    """What it inherits keeps its footnote; what it replaces has its own, or none."""
    head = "microcare: 1\nid: north\nextends: clinic-a\nversion: 2\nreplace:\n"
    own = "  - {id: injections, may-resume: injections, from: 72 hours after, say: Wait%s}\n"
    file = tmp_path / "north.yaml"
    for unclear, expected in ((", unclear: Fillers too?", ["Fillers too?"]), ("", [])):
        file.write_text(head + own % unclear, encoding="utf-8")
        done = microcare("plan", "--full", *BOOKING, "--protocol", str(file), "--format", "json")
        found = {each["id"]: each["unclear"] for each in json.loads(done.out)["instructions"]}
        assert found["injections"] == expected
        assert found["open-sores"] == ["Perhaps only in the area."]


@pytest.mark.parametrize(
    ("protocol", "columns", "most"),
    [
        *[("clinic-a", 40, 100), ("clinic-a", 80, 62), ("clinic-a", 120, 50)],
        *[("clinic-b", 40, 150), ("clinic-b", 80, 92), ("clinic-b", 120, 68)],
    ],
)
def test_a_plan_in_brief_is_short(
    protocol: str, columns: int, most: int, microcare: Runner
) -> None:
    """It is read in ten seconds, and no line is wider than the terminal."""
    text = microcare("plan", *BOOKING, "--protocol", protocol, columns=columns).out
    lines = [line for line in text.split("\n") if line]
    assert len(lines) <= most
    assert max(map(len, lines)) <= columns


@pytest.mark.parametrize("protocol", ["clinic-a", "clinic-b"])
def test_one_day_is_at_most_25_lines(protocol: str, microcare: Runner) -> None:
    """Every day from the first that counts to the last, also one without a change."""
    days = ["2026-06-08", "2026-11-30", "2026-12-09", "2026-12-10", "2026-12-11", "2027-03-01"]
    for day in days:
        text = microcare("plan", *BOOKING, "--protocol", protocol, "--on", day).out
        assert 0 < sum(map(bool, text.split("\n"))) <= 25, text


def test_one_day_is_counted_from_now(microcare: Runner) -> None:
    """As on the phone: "today", "tomorrow", a weekday."""
    for day, title in {
        "today": "Saturday 21 November 2026 · today · 19 days before the treatment",
        "tomorrow": "Sunday 22 November 2026 · tomorrow · 18 days before the treatment",
        "10 Dec": "Thursday 10 December 2026 · in 19 days · the day of the treatment",
    }.items():
        assert microcare("plan", *BOOKING, "--on", day).out.splitlines()[0] == title


@pytest.mark.parametrize("view", [(), ("--full",)])
def test_a_part_has_its_days_and_what_has_none(view: tuple[str, ...], microcare: Runner) -> None:
    """The questions stand before the treatment."""
    titles = {"before": "BEFORE", "day": "TREATMENT DAY", "after": "AFTER"}
    for part, title in titles.items():
        text = microcare("plan", *BOOKING, *view, "--part", part).out
        heads = [line.partition(" (")[0] for line in text.split("\n")]
        assert [each for each in titles.values() if each in heads] == [title]
        assert ("ASK NOW" in heads) == (part == "before")
        assert "NO DATE, OR NO END STATED" in text


def test_a_part_in_markdown_has_its_days(microcare: Runner) -> None:
    """In brief or in full."""
    for view in ((), ("--brief",)):
        text = microcare("plan", *BOOKING, "--format", "markdown", *view, "--part", "day").out
        assert re.findall("## (Before|Treatment day|After)\n", text) == ["Treatment day"]


@pytest.mark.parametrize(
    "options",
    [
        ("--on", "10 Dec", "--part", "day"),
        ("--by", "thing", "--format", "json"),
        ("--brief", "--notes"),
        ("--full", "--on", "10 Dec"),
        ("--part", "day", "--format", "json"),
        ("--brief", "--format", "json"),
        ("--on", "10 Dec", "--by", "thing"),
    ],
)
def test_options_of_which_one_would_be_ignored_are_refused(
    options: tuple[str, ...], microcare: Runner
) -> None:
    """The sentence names both."""
    said = refused(microcare("plan", *BOOKING, *options))
    assert "don't go together" in said
    assert options[0] in said


def test_after_the_treatment_today_comes_first(microcare: Runner) -> None:
    """The questions that came before are a line; `--part before` still has them."""
    arguments = ("plan", *DATE, *ZONE, "--now", "2026-12-12T10:00-05:00", "--quiet")
    text = microcare(*arguments).out
    today = section(text, "TODAY, Sat 12 Dec, +2")
    assert "fine 2:30 pm: heat, hot showers" in squeeze(today)
    assert "not prolonged sun, sunbathing" in squeeze(today)
    assert "11 questions were to be asked before the treatment (see --part before)." in today
    assert "ASK NOW" not in text
    assert "ASK NOW" in microcare(*arguments, "--part", "before").out


def test_things_say_until_and_from_when(microcare: Runner) -> None:
    """Two tables by date, a line a thing, and what must be asked for."""
    text = microcare("plan", *BOOKING, "--by", "thing").out
    assert "Tue  9 Jun          isotretinoin" in section(text, "LAST FINE")
    again = section(text, "FINE AGAIN")
    assert "Sat 12 Dec 2:30 pm  heat" in again
    assert "makeup⁵ (perhaps; once your skin is intact again)" in re.sub("[¹²³⁴⁶⁷⁸⁹]", "⁵", again)
    assert "ibuprofen (no end stated)" in section(text, "ASK THE CLINIC")
