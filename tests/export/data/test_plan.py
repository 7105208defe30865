"""The contract `microcare.plan/1`: what a booking system may build on."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from microcare.export.data.plan import plan_json
from microcare.load.source.refusals import DO_NOT_TREAT
from tests.commands.running import BOOKING, DATE, NOW, ZONE, Runner, run_process
from tests.mutants import EXAMPLES
from tests.samples import entry, plan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from microcare.core.plan.plan import Plan

VERBS = {
    "avoid", "wait-since", "take", "use", "do", "may", "expect", "arrive", "tell", "arrange",
    "screen", "call-if", "repeat",
}  # fmt: skip
STATES = {"upcoming", "in force", "over", "undated", "begun before booking"}

COURSES = str(EXAMPLES / "valid" / "courses.yaml")

# Command lines that between them show every kind of instruction and answer.
PLANS: dict[str, tuple[str, ...]] = {
    "clinic-a": (*BOOKING, "--protocol", "clinic-a"),
    "clinic-b": (*BOOKING, "--protocol", "clinic-b"),
    "answered": (
        *(*BOOKING, "--protocol", "clinic-b", "--with", "peel", "--without", "cold-sores"),
        *("--without", "around-eyes", "--with", "pregnancy", "--duration", "45 minutes"),
    ),
    "whole-day": ("--date", "2026-12-10", *ZONE, *NOW, "--protocol", "clinic-a"),
    "summer-time-ends": ("--date", "2026-11-02 09:00", *ZONE, "--now", "2026-10-30T10:00-04:00"),
    "past": (*DATE, *ZONE, "--now=2027-02-01T10:00-05:00", "--protocol", "clinic-b", "-q"),
    "courses": (*BOOKING, "--protocol", COURSES),
    "courses-whole-day": ("--date", "2026-12-10", *ZONE, *NOW, "--protocol", COURSES),
    "half-hour-zone": (*DATE, *NOW, "--tz", "Asia/Kolkata", "--protocol", "clinic-b"),
}


@pytest.fixture(params=PLANS)
def data(request: pytest.FixtureRequest, microcare: Runner) -> dict[str, Any]:
    """Return the data of each of the plans."""
    return read(microcare, *PLANS[request.param])


def read(microcare: Runner, *arguments: str) -> dict[str, Any]:
    """Return the data that `plan --format json` prints; nothing stands beside it."""
    done = microcare("plan", *arguments, "--format", "json")
    found: dict[str, Any] = json.loads(done.out)
    assert (done.code, done.err) == (
        DO_NOT_TREAT if found["blocked_by"] or found["broken"] else 0,
        "",
    )
    return found


def has_offset(value: object) -> bool:
    """Tell whether a value is an ISO 8601 time with its offset from UTC."""
    return isinstance(value, str) and datetime.fromisoformat(value).utcoffset() is not None


def is_date(value: object) -> bool:
    """Tell whether a value is an ISO 8601 date."""
    return isinstance(value, str) and date.fromisoformat(value).isoformat() == value


def is_texts(value: object) -> bool:
    """Tell whether a value is a list of texts."""
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def is_condition(value: object) -> bool:
    """Tell whether a value is a condition of the contract, to any depth."""
    if not isinstance(value, dict) or len(value) != 1:
        return False
    ((key, inside),) = value.items()
    if key == "factor":
        return isinstance(inside, str)
    if key == "not":
        return is_condition(inside)
    return key in {"all", "any"} and bool(inside) and all(is_condition(each) for each in inside)


def is_amounts(value: object) -> bool:
    """Tell whether a value is amounts with known keys only, of all topics or of each."""
    if not isinstance(value, dict) or not value:
        return False
    if value.keys() == {"by_topic"}:
        return bool(value["by_topic"]) and all(map(is_amounts, value["by_topic"].values()))
    return value.keys() <= {"spf_min", "dose", "daily_max", "threshold"}


def is_repeat(value: object) -> bool:
    """Tell whether a value is a repetition with known keys only, or steps of such."""
    if not isinstance(value, dict) or not value:
        return False
    if value.keys() == {"steps"}:
        return all(is_repeat(each) and each.keys() - {"for", "dose"} for each in value["steps"])
    daily = value.get("daily", {"min": 1, "max": 1})
    known = {
        *("every", "daily", "times", "while_awake", "as_needed", "in_turn"),
        *("count_min", "count_max", "for", "dose"),
    }
    return value.keys() <= known and daily.keys() == {"min", "max"}


def is_doses(value: object) -> bool:
    """Tell whether a value is a list of doses, in the order of their times."""
    if not isinstance(value, list):
        return False
    times = [datetime.fromisoformat(each["at"]) for each in value]
    return times == sorted(times) and all(
        list(each) == ["at", "topics", "dose", "suggested"]
        and has_offset(each["at"])
        and is_texts(each["topics"])
        and or_null(is_text)(each["dose"])
        and isinstance(each["suggested"], bool)
        for each in value
    )


def is_overruled(value: object) -> bool:
    """Tell whether a value is a list of times for which other rules govern."""
    return isinstance(value, list) and all(
        list(each) == ["topic", "from", "until", "by"]
        and is_text(each["topic"])
        and or_null(has_offset)(each["from"])
        and or_null(has_offset)(each["until"])
        and is_texts(each["by"])
        and each["by"]
        for each in value
    )


def among(*values: object) -> Callable[[object], bool]:
    """Return the test for one of these values."""
    return lambda value: value in values


def or_null(test: Callable[[object], bool]) -> Callable[[object], bool]:
    """Return the test for null or what passes another one."""
    return lambda value: value is None or test(value)


def is_text(value: object) -> bool:
    """Tell whether a value is a text with something in it."""
    return isinstance(value, str) and bool(value)


INSTRUCTION: dict[str, Callable[[object], bool]] = {
    "id": is_text,
    "treatment": among(1),
    "kind": among("window", "moment", "undated"),
    "verb": among(*VERBS),
    "topics": is_texts,
    "except": is_texts,
    "text": is_text,
    "from": or_null(has_offset),
    "until": or_null(has_offset),
    "from_at_latest": or_null(has_offset),
    "until_at_least": or_null(has_offset),
    "from_otherwise": or_null(has_offset),
    "until_otherwise": or_null(has_offset),
    "ends_with_treatment": lambda value: isinstance(value, bool),
    "last_ok": or_null(is_date),
    "until_state": or_null(is_text),
    "until_rule": or_null(among("later", "earlier", "unstated")),
    "until_words": or_null(is_text),
    "stated_as": or_null(among("may-resume")),
    "if": or_null(is_condition),
    "if_text": or_null(is_text),
    "applies": among("yes", "no", "ask"),
    "reason": or_null(is_text),
    "strength": among("must", "should", "may"),
    "amounts": or_null(is_amounts),
    "repeat": or_null(is_repeat),
    "doses": is_doses,
    "overruled": is_overruled,
    "area": or_null(is_text),
    "ask_first": or_null(is_text),
    "override_by": or_null(is_text),
    "call": or_null(is_text),
    "anchor": is_text,
    "rule": or_null(is_text),
    "source": or_null(is_text),
    "state": among(*STATES),
    "kept": or_null(among("kept", "short", "broken", "unasked")),
    "unclear": is_texts,
    "note": or_null(is_text),
}


def test_top_level_is_the_contract(data: dict[str, Any]) -> None:
    """The parts of a plan, in the order of the contract."""
    assert list(data) == [
        "format", "protocol", "appointment", "treatments", "now",
        "blocked_by", "last", "broken", "earliest",
        "instructions", "days",
        "closed",
        "conflicts",
    ]  # fmt: skip
    assert data["format"] == "microcare.plan/1"
    head = data["protocol"]
    assert list(head) == ["id", "title", "version", "document", "revised", "notes"]
    assert all(is_text(head[key]) for key in ("id", "title", "version"))
    assert or_null(is_text)(head["document"])
    assert or_null(is_date)(head["revised"])
    assert is_texts(head["notes"])
    assert has_offset(data["now"])


def test_appointment_is_the_contract(data: dict[str, Any]) -> None:
    """Start and end have offsets, the zone and where it came from are named."""
    (treatment,) = data["treatments"]
    assert list(treatment) == [
        "number", "protocol", "title", "version", "session", "booked", "appointment",
    ]  # fmt: skip
    assert (treatment["number"], treatment["session"], treatment["booked"]) == (1, None, True)
    assert treatment["protocol"] == data["protocol"]["id"]
    visit = data["appointment"]
    assert treatment["appointment"] == visit
    assert list(visit) == [
        "start", "end", "timezone", "timezone_source", "all_day", "duration_known",
    ]  # fmt: skip
    assert has_offset(visit["start"])
    assert has_offset(visit["end"])
    assert is_text(visit["timezone"])
    assert visit["timezone_source"] == "flag"
    assert isinstance(visit["all_day"], bool)
    assert isinstance(visit["duration_known"], bool)


def test_every_instruction_has_every_key_with_its_type(data: dict[str, Any]) -> None:
    """A reader need not ask whether a key is there, nor what it holds."""
    for each in data["instructions"]:
        assert list(each) == list(INSTRUCTION)
        wrong = {key: each[key] for key, test in INSTRUCTION.items() if not test(each[key])}
        assert wrong == {}, each["id"]


def test_keys_of_an_instruction_agree(data: dict[str, Any]) -> None:
    """A condition has its words, an instruction that doesn't apply its reason, and so on."""
    for each in data["instructions"]:
        assert (each["if"] is None) == (each["if_text"] is None), each["id"]
        assert (each["applies"] == "no") == (each["reason"] is not None), each["id"]
        assert each["applies"] == "yes" or each["if"] is not None, each["id"]
        assert each["until_rule"] is None or each["until_state"] is not None, each["id"]
        undated = each["from"] is each["until"] is each["until_at_least"] is None
        assert (each["state"] == "undated") == undated, each["id"]


def test_bounds_are_in_order(data: dict[str, Any]) -> None:
    """The narrower end of a range lies within the wider one, and no window ends unbegun."""
    for each in data["instructions"]:
        bounds = [each[key] for key in ("from", "from_at_latest", "until_at_least", "until")]
        known = [datetime.fromisoformat(bound) for bound in bounds if bound is not None]
        assert known == sorted(known), each["id"]


def test_times_have_the_offset_of_the_clinic_then(data: dict[str, Any]) -> None:
    """A winter time has the winter's offset and a summer time the summer's."""
    zone = ZoneInfo(data["appointment"]["timezone"])
    for each in data["instructions"]:
        for key in ("from", "until", "from_at_latest", "until_at_least"):
            if each[key] is not None:
                found = datetime.fromisoformat(each[key])
                assert found.isoformat() == found.astimezone(zone).isoformat(), each["id"]


def test_every_id_exists(data: dict[str, Any]) -> None:
    """What the days, the conflicts and the contraindications name is an instruction."""
    ids = [each["id"] for each in data["instructions"]]
    named = [*data["blocked_by"]]
    for day in data["days"]:
        named += [*day["begins"], *day["ends"], *day["in_force"]]
        named += [dose["id"] for dose in day["doses"]]
    for each in data["instructions"]:
        named += [name for lost in each["overruled"] for name in lost["by"]]
    for conflict in data["conflicts"]:
        assert set(conflict["governs"]) <= set(conflict["instructions"])
        named += conflict["instructions"]
    assert len(ids) == len(set(ids))
    assert set(named) <= set(ids)


def test_days_are_those_on_which_something_changes(data: dict[str, Any]) -> None:
    """Counted anew from the instructions: each border, moment, dose and last fine day, and D."""
    visit = data["appointment"]
    treated = datetime.fromisoformat(visit["start"]).date()
    begins: dict[date, set[str]] = {treated: set()}
    ends: dict[date, set[str]] = {treated: set()}
    for each in data["instructions"]:
        if each["applies"] == "no":
            continue
        if each["from"] is not None:
            begins.setdefault(day_of(each["from"]), set()).add(each["id"])
        if each["kind"] == "window" and each["until"] is not None and not closes(each, visit):
            ends.setdefault(day_of(each["until"]), set()).add(each["id"])
    others = {
        day
        for each in data["instructions"]
        if each["applies"] != "no" and each["kind"] == "window"
        for day in borders_within(each)
    }
    doses: dict[date, list[tuple[str, str]]] = {}
    for each in data["instructions"]:
        for dose in each["doses"]:
            doses.setdefault(day_of(dose["at"]), []).append((dose["at"], each["id"]))
    found = {date.fromisoformat(day["date"]): day for day in data["days"]}
    assert list(found) == sorted(begins.keys() | ends.keys() | doses.keys() | others)
    for when, day in found.items():
        assert set(day["begins"]) == begins.get(when, set()), when
        assert set(day["ends"]) == ends.get(when, set()), when
        assert day["day"] == (when - treated).days
        assert day["treatment"] == 1
        told = [(dose["at"], dose["id"]) for dose in day["doses"]]
        assert sorted(told) == sorted(doses.get(when, []))


def test_in_force_is_what_is_open_at_any_instant_of_the_day(data: dict[str, Any]) -> None:
    """Counted anew from the instructions: the windows that overlap the day at the clinic."""
    zone = ZoneInfo(data["appointment"]["timezone"])
    for day in data["days"]:
        midnight = datetime.combine(date.fromisoformat(day["date"]), datetime.min.time())
        opens = midnight.replace(tzinfo=zone)
        closed = (midnight + timedelta(days=1)).replace(tzinfo=zone)
        expected = {
            each["id"]
            for each in data["instructions"]
            if each["kind"] == "window"
            and each["applies"] != "no"
            and (each["from"] is None or datetime.fromisoformat(each["from"]) < closed)
            and (each["until"] is None or datetime.fromisoformat(each["until"]) > opens)
        }
        if day["day"] == 0:
            # "Come without" is a moment that forbids something on the treatment day.
            expected |= {
                each["id"]
                for each in data["instructions"]
                if each["verb"] == "avoid" and each["kind"] == "moment" and each["applies"] != "no"
            }
        assert set(day["in_force"]) == expected, day["date"]


def day_of(instant: str) -> date:
    """Return the clinic's date of a time, which its offset already says."""
    return datetime.fromisoformat(instant).date()


def borders_within(each: dict[str, Any]) -> set[date]:
    """Return the last fine day of a window, and when it may be over or begins to govern."""
    governs = {lost["until"] for lost in each["overruled"] if lost["until"] is not None}
    inside = {until for until in governs if each["until"] is None or until < each["until"]}
    found = {day_of(instant) for instant in inside | ({each["until_at_least"]} - {None})}
    return found | ({date.fromisoformat(each["last_ok"])} if each["last_ok"] else set())


def closes(each: dict[str, Any], visit: dict[str, Any]) -> bool:
    """Tell whether a window closes because the treatment begins, which is no end."""
    begins = each["from"] or each["until_at_least"] or each["until"]
    started = datetime.fromisoformat(visit["start"])
    closed = visit["end"] if visit["all_day"] else visit["start"]
    return bool(each["until"] == closed and datetime.fromisoformat(begins) < started)


def test_conflicts_are_the_contract(microcare: Runner) -> None:
    """A conflict names its topic, the rules and the one that governs, and says it in words."""
    conflicts = read(microcare, *PLANS["clinic-b"])["conflicts"]
    assert conflicts
    for each in conflicts:
        assert list(each) == ["topic", "instructions", "governs", "sentence"]
        assert is_text(each["topic"])
        assert is_text(each["sentence"])
        assert len(each["instructions"]) > 1
        assert each["governs"]


def test_worked_example_of_the_design(microcare: Runner) -> None:
    """The very instruction that the contract is shown with."""
    data = read(microcare, *PLANS["clinic-a"])
    (found,) = (each for each in data["instructions"] if each["id"] == "topical-actives")
    assert {key: found[key] for key in ("kind", "verb", "from", "until", "applies", "rule")} == {
        "kind": "window",
        "verb": "avoid",
        "from": "2026-12-08T14:30:00-05:00",
        "until": "2026-12-10T14:30:00-05:00",
        "applies": "yes",
        "rule": "48 hours before",
    }
    assert found["source"] == "Before your treatment, item 2"
    (day,) = (each for each in data["days"] if each["date"] == "2026-12-08")
    assert day["day"] == -2
    assert "topical-actives" in day["begins"]
    assert day["ends"] == []


def test_sun_ends_on_the_day_of_its_exclusive_end(microcare: Runner) -> None:
    """Ten days after hold through the twentieth, so the end is listed on the twenty-first."""
    data = read(microcare, *PLANS["clinic-a"])
    (day,) = (each for each in data["days"] if each["date"] == "2026-12-21")
    (sun,) = (each for each in data["instructions"] if each["id"] in day["ends"])
    assert sun["until"] == "2026-12-21T00:00:00-05:00"


def test_contraindication_blocks(microcare: Runner) -> None:
    """`blocked_by` is empty until a contraindication is answered yes."""
    assert read(microcare, *BOOKING)["blocked_by"] == []
    assert read(microcare, *BOOKING, "--with", "pregnancy")["blocked_by"] == ["pregnancy"]


def test_last_time_breaks_the_date(microcare: Runner) -> None:
    """What broke the date is named with its rule, beside the earliest one; the rest is marked."""
    had = (
        "--last",
        "isotretinoin=2026-07-01",
        "--last",
        "laser=never",
        "--last",
        "deep-peel=never",
    )
    data = read(microcare, *BOOKING, *had)
    assert data["last"] == [
        {"topic": "isotretinoin", "last": "2026-07-01"},
        {"topic": "laser", "last": "never"},
        {"topic": "deep-peel", "last": "never"},
    ]
    (broken,) = data["broken"]
    assert broken == {
        "topic": "isotretinoin",
        "last": "2026-07-01",
        "instruction": "isotretinoin",
        "rule": "6 months before",
    }
    assert data["earliest"] == "2027-01-02"
    kept = {each["id"]: each["kept"] for each in data["instructions"] if each["kept"]}
    assert kept == {"isotretinoin": "broken", "deep-peels-and-laser": "kept"}


def test_what_has_begun_is_not_asked_yet(microcare: Runner) -> None:
    """Without a last time each ban that has begun is unasked, and nothing is broken."""
    data = read(microcare, *BOOKING)
    kept = {each["id"]: each["kept"] for each in data["instructions"] if each["kept"]}
    assert kept == {"isotretinoin": "unasked", "deep-peels-and-laser": "unasked"}
    assert (data["last"], data["broken"], data["earliest"]) == ([], [], None)


def test_left_out_stays_in_the_data(microcare: Runner) -> None:
    """What an answer settles is marked and says why; it is not dropped."""
    plain = read(microcare, *BOOKING)
    answered = read(microcare, *BOOKING, "--without", "numbing-cream")
    assert [each["id"] for each in plain["instructions"]] == [
        each["id"] for each in answered["instructions"]
    ]
    (arrival,) = (each for each in answered["instructions"] if each["applies"] == "no")
    assert arrival["reason"] == "no numbing cream will be applied"


def test_whole_day_ends_at_the_next_midnight(microcare: Runner) -> None:
    """A date without a time is the whole day, and its end is exclusive."""
    visit = read(microcare, *PLANS["whole-day"])["appointment"]
    assert visit["all_day"] is True
    assert visit["start"] == "2026-12-10T00:00:00-05:00"
    assert visit["end"] == "2026-12-11T00:00:00-05:00"


def test_duration_moves_the_end(microcare: Runner) -> None:
    """With a length the end is known, without one it is the start."""
    timed = read(microcare, *BOOKING, "--duration", "45 minutes")["appointment"]
    assert (timed["end"], timed["duration_known"]) == ("2026-12-10T15:15:00-05:00", True)
    plain = read(microcare, *BOOKING)["appointment"]
    assert (plain["end"], plain["duration_known"]) == (plain["start"], False)


def test_json_is_ascii_and_ends_in_a_line_break(microcare: Runner) -> None:
    """Any program reads it whatever its encoding, and no terminal obeys it."""
    done = microcare("plan", *PLANS["clinic-b"], "--format", "json")
    assert done.out.isascii()
    assert done.out.endswith("}\n")
    assert not done.out.endswith("\n\n")


@pytest.mark.parametrize("output", ["json", "text", "markdown"])
def test_two_runs_give_the_same_bytes(output: str, tmp_path: Path) -> None:
    """The order of hashing, which changes from process to process, changes nothing."""
    outputs = {
        run_process(
            *("plan", *PLANS["clinic-b"], "--format", output),
            home=tmp_path,
            environment={"PYTHONHASHSEED": seed},
        ).out
        for seed in ("0", "1", "4242")
    }
    assert len(outputs) == 1
    assert outputs != {""}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("peel", {"factor": "peel"}),
        ("not peel", {"not": {"factor": "peel"}}),
        ("{all: [peel, warts]}", {"all": [{"factor": "peel"}, {"factor": "warts"}]}),
        ("{any: [peel, not warts]}", {"any": [{"factor": "peel"}, {"not": {"factor": "warts"}}]}),
        (
            "{not: {all: [peel, warts]}}",
            {"not": {"all": [{"factor": "peel"}, {"factor": "warts"}]}},
        ),
    ],
)
def test_condition_is_written_to_any_depth(condition: str, expected: object) -> None:
    """Conditions nest in the data as they do in the file."""
    made = plan(entry(f"avoid: sauna\nuntil: 1 day after\nif: {condition}"))
    (found,) = json.loads(plan_json(made))["instructions"]
    assert found["if"] == expected
    assert is_condition(found["if"])


def test_amounts_and_repetition_hold_what_is_stated() -> None:
    """Keys that say nothing are left out, and without any the value is null."""
    fields = "use: sunscreen\namounts: {spf-min: 30, dose: two fingers}\nevery: 2 hours\ncount: 3"
    (full,) = json.loads(plan_json(plan(entry(fields))))["instructions"]
    assert full["amounts"] == {"spf_min": 30, "dose": "two fingers"}
    assert full["repeat"] == {"every": "2 hours", "count_min": 3, "count_max": 3}
    (bare,) = json.loads(plan_json(plan(entry("use: sunscreen"))))["instructions"]
    assert bare["amounts"] is bare["repeat"] is None


def test_a_course_in_json(microcare: Runner) -> None:
    """How often and how much, as the file says it, and each dose with its own."""
    found = {
        each["id"]: each
        for each in read(microcare, *BOOKING, "--protocol", COURSES)["instructions"]
    }
    drops, pain, shield = (found[name] for name in ("steroid-drops", "pain-relief", "shield"))
    assert drops["repeat"] == {
        "steps": [
            {"for": "1 week", "daily": {"min": 4, "max": 4}, "dose": "1 drop"},
            {"for": "1 week", "daily": {"min": 3, "max": 3}},
            {"for": "1 week", "daily": {"min": 1, "max": 1}},
        ]
    }
    assert drops["until"] == "2027-01-01T00:00:00-05:00"
    assert [dose["at"][5:16] for dose in drops["doses"][:5]] == [
        "12-11T08:00", "12-11T12:45", "12-11T17:15", "12-11T22:00", "12-12T08:00",
    ]  # fmt: skip
    assert pain["repeat"] == {"every": "6 hours", "in_turn": True}
    assert pain["amounts"]["by_topic"]["acetaminophen"] == {"dose": "500 mg", "daily_max": "3 g"}
    assert pain["doses"][:2] == [
        {
            "at": "2026-12-10T16:30:00-05:00",
            "topics": ["ibuprofen"],
            "dose": "400 mg",
            "suggested": False,
        },
        {
            "at": "2026-12-10T22:30:00-05:00",
            "topics": ["acetaminophen"],
            "dose": "500 mg",
            "suggested": False,
        },
    ]
    assert shield["repeat"] == {"times": ["bedtime"], "count_min": 3, "count_max": 3}
    assert found["more-pain"]["repeat"] == {"every": "4 to 6 hours", "as_needed": True}
    assert found["more-pain"]["doses"] == []


def read_plan(made: Plan) -> dict[str, Any]:
    """Return the data of a plan, its instructions by their ids."""
    data: dict[str, Any] = json.loads(plan_json(made))
    data["by_id"] = {each["id"]: each for each in data["instructions"]}
    return data


def test_what_a_ban_forbids_is_marked() -> None:
    """A permission within a ban says for what, until when and by which rule it is overruled."""
    data = read_plan(
        plan(
            entry("may: swimming\nfrom: 2 days after", "permission")
            + entry("avoid: swimming\nuntil: 2 weeks after", "ban")
        )
    )
    assert data["by_id"]["permission"]["overruled"] == [
        {
            "topic": "swimming",
            "from": "2026-12-13T00:00:00-05:00",
            "until": "2026-12-25T00:00:00-05:00",
            "by": ["ban"],
        }
    ]
    assert data["by_id"]["ban"]["overruled"] == []


def test_no_dose_is_listed_that_is_forbidden() -> None:
    """Neither with its course nor with its day; the times of the course stay as stated."""
    course = "take: acetaminophen\nfrom: next day\nfor: 2 days\ndaily: 2"
    ban = entry("avoid: acetaminophen\nuntil: 1 day after", "ban")
    data = read_plan(plan(entry(course, "course") + ban))
    listed = [dose["at"] for dose in data["by_id"]["course"]["doses"]]
    assert [at[:10] for at in listed] == ["2026-12-12", "2026-12-12"]
    assert [dose["at"] for day in data["days"] for dose in day["doses"]] == listed
    assert data["by_id"]["course"]["from"] == "2026-12-11T00:00:00-05:00"


def test_a_shortest_time_sets_both_ends() -> None:
    """“At least 10 days” is `until` and `until_at_least` alike, and an end of its date."""
    data = read_plan(plan(entry("avoid: sun\nuntil: at least 10 days after")))
    sun = data["by_id"]["it"]
    assert sun["until"] == sun["until_at_least"] == "2026-12-21T00:00:00-05:00"
    assert [day["date"] for day in data["days"] if "it" in day["ends"]] == ["2026-12-21"]


def test_what_the_patient_comes_without_is_in_force_on_the_day() -> None:
    """A ban at the start is one on the treatment day, and on no other."""
    data = read_plan(
        plan(
            entry("avoid: makeup\nat: start", "clean")
            + entry("avoid: sun\nfrom: 2 days before\nuntil: 2 days after", "other")
        )
    )
    assert [day["day"] for day in data["days"] if "clean" in day["in_force"]] == [0]


def test_a_last_fine_day_and_the_end_of_a_must_are_days() -> None:
    """A date on which something may be done for the last time, or must no longer be left."""
    data = read_plan(
        plan(
            entry("wait-since: laser\nat-least: 5 days before", "interval")
            + entry("avoid: sun\nuntil: 3 days after, if possible 10", "wish")
        )
    )
    assert [day["day"] for day in data["days"]] == [-5, -4, 0, 4, 11]


def test_an_overruled_rule_is_in_force_still() -> None:
    """What a ban forbids is open by its own times, and marked as overruled beside them."""
    data = read_plan(
        plan(
            entry("may: swimming\nfrom: 2 days after\nuntil: 6 days after", "permission")
            + entry("avoid: swimming\nuntil: 2 weeks after", "ban")
        )
    )
    assert [day["day"] for day in data["days"] if "permission" in day["in_force"]] == [3]


def test_what_is_unclear_is_told_in_sentences(microcare: Runner) -> None:
    """Which date Day 1 is, and what the file says of the instruction, as the plan tells it."""
    found = read(microcare, *PLANS["clinic-a"])
    unclear = {each["id"]: each["unclear"] for each in found["instructions"]}
    assert unclear["shaving"] == []
    (day_one,) = unclear["day-1-products"]
    assert "Day 1 is Thu 10 Dec or Fri 11 Dec" in day_one
    assert [day_one] == unclear["days-2-to-7-products"][:1]
    (second,) = unclear["days-2-to-7-products"][1:]
    assert "retinol" in second
