"""A plan in brief for the terminal and for pipes: a line a change, in columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.text import Text

from microcare.core.sheet.protocol import Clinic
from microcare.render.layout.hanging import Hanging, bullet, paragraph
from microcare.render.plan_text import NARROW_PLAN, STYLES, TITLES, blocked, head, section
from microcare.wording.persons import ask_clinic, clinic_words
from microcare.wording.plan.brief import Brief, BriefDay
from microcare.wording.plan.heading import Heading
from microcare.wording.plan.lines import Line
from microcare.wording.safe import visible
from microcare.wording.verbs import Tone

if TYPE_CHECKING:
    from rich.console import RenderableType

_VERB_WIDTH = 9


def brief_text(
    brief: Brief, heading: Heading, clinic: Clinic, *, width: int
) -> Iterable[RenderableType]:
    """Return a plan's parts from top to bottom."""
    yield from blocked([line.text for line in brief.blocked])
    yield from head(heading, clinic)
    yield from _ask(brief)
    yield from _table("NOW", brief.now)
    days = [day for _, days in brief.phases for day in days]
    widths = max(len(day.label) for day in days), max(len(day.distance) for day in days)
    for phase, told in brief.phases:
        yield from section(TITLES[phase])
        for day in told:
            if day.year:
                yield Text(f"  {day.year}", "bold")
            yield from _day_below(day) if width < NARROW_PLAN else _day_beside(day, *widths)
    yield from _table("NO DATE, OR NO END STATED: ASK", brief.undated)
    yield from _expected(brief.expected)
    yield from _remarks(brief, clinic)


def _expected(lines: Iterable[Line]) -> Iterable[RenderableType]:
    for number, line in enumerate(lines):
        yield from () if number else section("EXPECT")
        when = f"{line.time}: " if line.time else ""
        yield Hanging(None, Text.assemble("  ", (visible(when), "bold"), visible(line.text)), 4)


def _remarks(brief: Brief, clinic: Clinic) -> Iterable[RenderableType]:
    yield Text()
    if brief.conflicts:
        text = f"{brief.conflicts}: the sheet contradicts itself; the strictest rule stands here."
        yield paragraph(Text(visible(text[:1].upper() + text[1:])))
    if brief.left_out:
        yield paragraph(Text(f"Left out, by the answers: {brief.left_out} (--full lists them)."))
    if clinic_words(clinic):
        yield paragraph(Text(visible(f"With any question: {ask_clinic(clinic)}.")))
    asks = brief.screens or any(question.factors for question in brief.questions)
    answers = "--with NAME yes, --without NAME no · " if asks else ""
    yield paragraph(Text(f"{answers}--full sentences and sources · --notes for staff", "dim"))


def _ask(brief: Brief) -> Iterable[RenderableType]:
    if not (brief.screens or brief.questions):
        return
    yield from section("ASK NOW")
    if brief.screens:
        reasons = "; ".join(line.text for line in brief.screens)
        yield Hanging(None, Text.assemble(("  DO NOT TREAT if ", "red"), visible(reasons)), 4)
    for question in brief.questions:
        names = f" [{', '.join(question.factors)}]" if question.factors else ""
        yield bullet(Text(visible(f"{question.text}{names}")), mark="[ ]")


def _table(title: str, lines: Iterable[Line]) -> Iterable[RenderableType]:
    for number, line in enumerate(lines):
        yield from () if number else section(title)
        lead = Text(f"  {line.verb:<{_VERB_WIDTH}}" if line.verb else "  ", STYLES[line.tone])
        yield Hanging(lead, Text(visible(line.text)), lead.cell_len)


def _day_beside(day: BriefDay, label_width: int, distance_width: int) -> Iterable[RenderableType]:
    lead = Text(visible(f"  {day.label:<{label_width}} {day.distance:>{distance_width}} "), "bold")
    date_width = lead.cell_len
    for line, text in _told(day):
        if line.tone is Tone.VISIT:
            yield lead.append_text(text)
        else:
            lead.append(f"{line.verb:<{_VERB_WIDTH}}", style=f"not bold {STYLES[line.tone]}")
            yield Hanging(lead, text, date_width + _VERB_WIDTH)
        lead = Text(" " * date_width, style="bold")


def _day_below(day: BriefDay) -> Iterable[RenderableType]:
    yield Text(visible(f"{day.label}  {day.distance}"), style="bold")
    for line, text in _told(day):
        lead = Text("  ") if line.tone is Tone.VISIT else Text(f"  {line.verb} ", STYLES[line.tone])
        yield Hanging(None, lead.append_text(text), 4)


def _told(day: BriefDay) -> Iterable[tuple[Line, Text]]:
    """Yield the lines of a day with their texts; the treatment's own time stands once."""
    visit = ""
    for line in day.lines:
        if line.tone is Tone.VISIT:
            visit = line.time
            yield line, Text(visible(f"{line.time} {line.text.upper()}".strip()), "bold")
        else:
            time = f"{line.time}: " if line.time not in ("", visit) else ""
            yield line, Text.assemble((time, "bold"), visible(line.text))
