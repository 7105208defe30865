"""Every word of the program on what patients read is a message of the catalogues."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from microcare.core.plan.joint_plan import plan_treatments
from microcare.core.plan.plan import build_plan
from microcare.core.plan.replies import find_day_reply, find_reply
from microcare.core.plan.treatments import Treatment
from microcare.export.handout.html import handout_html
from microcare.export.handout.page import Layout
from microcare.export.ics.builder import build_events
from microcare.export.ics.event_titles import LONGEST_TITLE
from microcare.export.ics.events import CalendarOptions
from microcare.export.markdown.brief import brief_markdown
from microcare.export.markdown.plan import plan_markdown
from microcare.language.messages import speak
from microcare.load.library.protocols import read_protocol
from microcare.render.brief_text import brief_text
from microcare.render.chart import Glyphs, plan_chart
from microcare.render.day_text import day_text
from microcare.render.plan_text import plan_text
from microcare.render.reply_text import reply_text
from microcare.render.things_text import things_text
from microcare.wording.handout.outline import outline_handout
from microcare.wording.plan.brief import brief_plan
from microcare.wording.plan.heading import plan_heading
from microcare.wording.plan.one_day import tell_day
from microcare.wording.plan.outline import outline_plan
from microcare.wording.plan.replies import tell_reply, tell_unknown
from microcare.wording.plan.things import list_things
from tests.mutants import EXAMPLES
from tests.pseudo import PSEUDO, disguise_protocol, list_left, print_text
from tests.samples import at, visit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from microcare.core.plan.plan import Plan

ROOT = Path(__file__).parents[1]

FILES = {
    each.stem: each
    for folder in (ROOT / "protocols", EXAMPLES / "valid")
    for each in sorted(folder.glob("*.yaml"))
}
# Between them they say what all of the files say; a tenth of the time.
SHORT = [
    *("bowel-prep", "chemical-peel", "contradicted-may", "courses", "dental-extraction"),
    *("injectables", "time-phrases", "translated", "variant-of-a-variant", "whole-day"),
    "whole-language",
]
PLANS = [*SHORT, "past", "sessions", "several"]


@cache
def made(name: str) -> Plan:
    """Return the plan of a file, or one of several treatments or of another kind."""
    first, second = (disguise_protocol(read_protocol(FILES[f"clinic-{each}"])) for each in "ab")
    now = at("2026-12-01 10:00")
    match name:
        case "sessions":
            dates = ("2026-12-10 14:30", "2027-01-07 14:30", "2027-02-04 14:30")
            treated = [
                Treatment(second, visit(date), number, booked=number == 1, repeats=number > 1)
                for number, date in enumerate(dates, 1)
            ]
            return plan_treatments(treated, now=now, answers={})
        case "several":
            treated = [Treatment(first, visit()), Treatment(second, visit("2026-12-16 09:00"))]
            return plan_treatments(treated, now=now, answers={})
        case "whole-day":
            return build_plan(first, visit("2026-12-10"), now=now, answers={})
        case "past":
            return build_plan(second, visit(), now=at("2026-12-12 08:00"), answers={})
        case _:
            protocol = disguise_protocol(read_protocol(FILES[name]))
            return build_plan(protocol, visit(), now=now, answers={})


def tell_brief(plan: Plan) -> str:
    """Return a plan in brief as a terminal shows it, with its chart."""
    clinic, heading = plan.protocol.clinic, plan_heading(plan, chosen_by="")
    chart = plan_chart(plan, width=100, glyphs=Glyphs.for_encoding("utf-8"))
    return print_text((*brief_text(brief_plan(plan), heading, clinic, width=100), *chart))


def tell_full(plan: Plan) -> str:
    """Return a whole plan as a terminal shows it."""
    from rich.console import Console

    clinic, heading = plan.protocol.clinic, plan_heading(plan, chosen_by="")
    options = Console(width=100).options
    outline = outline_plan(plan, clinic)
    return print_text(plan_text(outline, heading, clinic, options=options, notes=False))


def tell_markdown(plan: Plan) -> str:
    """Return a whole plan and one in brief in Markdown."""
    clinic, heading = plan.protocol.clinic, plan_heading(plan, chosen_by="")
    whole = plan_markdown(outline_plan(plan, clinic), heading, clinic, notes=False)
    return whole + brief_markdown(brief_plan(plan), heading, clinic)


def tell_days(plan: Plan) -> str:
    """Return each day on which something changes, and one on which nothing does."""
    dates = [each.date for each in plan.days]
    dates.append(dates[0] - timedelta(days=1))
    return print_text(part for date in dates for part in day_text(tell_day(plan, date)))


def tell_things(plan: Plan) -> str:
    """Return the tables by thing."""
    return print_text(things_text(list_things(plan), width=100))


def tell_replies(plan: Plan) -> str:
    """Return the answers to what a sheet names, at several moments and on whole days."""
    ruled: dict[str, list[str]] = {}
    for each in plan.protocol.instructions:
        if not each.verb.traits.screens:
            for name in each.topics:
                ruled.setdefault(name, []).append(each.id)
    # What the same instructions rule is told alike.
    names = {tuple(ids): name for name, ids in ruled.items()}.values()
    clinic, told = plan.protocol.clinic, [tell_unknown("xx", None, plan, plan.protocol.clinic)]
    for name in names:
        for hours in (-200, -30, -1, 1, 30, 100, 400):
            moment = plan.visit.start + timedelta(hours=hours)
            told.append(tell_reply(find_reply(plan, name, moment), plan, clinic, moment))
            day = plan.visit.local_date(moment)
            told.append(tell_reply(find_day_reply(plan, name, day), plan, clinic, day))
    return print_text(part for each in told for part in reply_text(each))


def tell_calendar(plan: Plan) -> str:
    """Return all that the events of calendars of several kinds say."""
    kinds = (
        CalendarOptions(booking="1", spans=True, every_dose=True),
        CalendarOptions(booking="1", discreet=True, doses=False),
        CalendarOptions(booking="1"),
    )
    told = [each for kind in kinds for each in build_events(plan, plan.protocol.clinic, kind)]
    return "\n".join(
        part
        for each in told
        for part in (each.summary, each.description, each.content.location or "")
        if part
    )


def tell_handout(plan: Plan) -> str:
    """Return the words of a handout's page."""
    page = handout_html(outline_handout(plan, plan.protocol.clinic), Layout()).decode()
    page = re.sub(r"<(style|svg)[^>]*>.*?</\1>", " ", page, flags=re.DOTALL)
    labels = re.findall(r'(?:aria-label|alt|title)="([^"]*)"', page)
    return unescape("\n".join((re.sub(r"<[^>]*>", " ", page), *labels)))


OUTPUTS: dict[str, Callable[[Plan], str]] = {
    "brief": tell_brief,
    "full": tell_full,
    "markdown": tell_markdown,
    "days": tell_days,
    "things": tell_things,
    "replies": tell_replies,
    "calendar": tell_calendar,
    "handout": tell_handout,
}


@pytest.mark.parametrize(
    ("output", "name"),
    # Each thing is asked about at seven moments: what that takes is told of the shorter sheets.
    [(each, name) for each in OUTPUTS for name in (SHORT if each == "replies" else PLANS)],
)
def test_no_word_is_left_in_english(output: str, name: str) -> None:
    """In a language without ASCII letters no output has a word of them, but for ids and zones."""
    with speak(PSEUDO):
        plan = made(name)
        text = OUTPUTS[output](plan)
    known = list(_list_known(plan))
    assert {word: _around(text, word) for word in list_left(text, *known)} == {}


@pytest.mark.parametrize("name", PLANS)
def test_no_title_is_too_long_in_a_longer_language(name: str) -> None:
    """A lock screen shows sixty characters of any language; what doesn't fit is told inside."""
    kinds = (
        CalendarOptions(booking="1", spans=True, every_dose=True),
        CalendarOptions(booking="1", discreet=True),
    )
    with speak(PSEUDO):
        plan = made(name)
        told = [each for kind in kinds for each in build_events(plan, plan.protocol.clinic, kind)]
    assert [each.summary for each in told if len(each.summary) > LONGEST_TITLE] == []


def _list_known(plan: Plan) -> Iterable[str]:
    """Yield the ids that a text may have."""
    for each in plan.treatments:
        yield from (each.protocol.id, each.protocol.id.upper())
        yield each.protocol.version
    yield from plan.protocol.factors
    yield from (each.topic for each in plan.judged)
    yield from (each.instruction.id.partition("@")[0] for each in plan.instructions)


def _around(text: str, word: str) -> str:
    place = re.search(rf"\b{word}\b", text)
    return " ".join(text[max(place.start() - 60, 0) : place.end() + 40].split()) if place else ""
