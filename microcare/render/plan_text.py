"""A plan for the terminal and for pipes: Rich renderables that lose no fact at 40 columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.text import Text

from microcare.core.sheet.protocol import Clinic
from microcare.language.messages import count, say, say_as
from microcare.render.layout.hanging import Hanging, bullet, paragraph
from microcare.wording.dates import clock_words
from microcare.wording.persons import ask_clinic, clinic_words
from microcare.wording.plan.days import DayOutline
from microcare.wording.plan.footnotes import UNCLEAR, Footnotes
from microcare.wording.plan.heading import Heading
from microcare.wording.plan.outline import Outline, left_out_words
from microcare.wording.plan.questions import Question
from microcare.wording.plan.rows import Row
from microcare.wording.safe import visible
from microcare.wording.verbs import Tone

if TYPE_CHECKING:
    from rich.console import ConsoleOptions, RenderableType

NARROW_PLAN = 60
"""Below this many columns a day's entries stand under its date instead of beside it."""

_LATE = 23 * 60 + 59
STYLES = {
    Tone.STOP: "red",
    Tone.DO: "cyan",
    Tone.FREE: "green",
    Tone.INFO: "magenta",
    Tone.VISIT: "bold",
}


def plan_text(
    outline: Outline, heading: Heading, clinic: Clinic, *, options: ConsoleOptions, notes: bool
) -> Iterable[RenderableType]:
    """Return a plan's parts from top to bottom; `notes` adds the remarks for staff.

    Of the options its width counts, and its encoding: a mark that is spelt out needs more room.
    """
    footnotes = Footnotes(options.encoding)
    yield from blocked(map(footnotes.write, outline.blocked))
    yield from blocked(outline.barred, say("DO NOT TREAT ON THIS DATE"))
    yield from head(heading, clinic)
    if outline.questions:
        yield from _questions(outline, footnotes)
    if outline.judged:
        yield from section(say("BY THE LAST TIMES"), outline.judged)
    if outline.settled:
        yield from section(say("ANSWERED NO"), outline.settled)
    yield from _rows(say_as("section", "NOW"), outline.now, footnotes)
    for part in outline.sections:
        yield from _quiet(part.days[0])
        yield from section(visible(part.title.upper()))
        for number, day in enumerate(part.days):
            yield from _quiet(day) if number else ()
            if options.max_width < NARROW_PLAN:
                yield from _day_below(day, footnotes)
            else:
                yield from _day_beside(day, outline.label_width, footnotes)
    yield from _rows(say("NO DATE, OR NO END STATED"), outline.undated, footnotes)
    if outline.left_out:
        yield from section(say_as("section", "LEFT OUT"), map(left_out_words, outline.left_out))
    if outline.conflicts:
        title = say("CONFLICTS IN THE PROTOCOL (the strictest rule is followed)")
        yield from section(title, outline.conflicts)
    for number, (mark, text) in enumerate(footnotes.list()):
        yield from () if number else section(say(UNCLEAR).upper())
        yield bullet(Text(visible(text)), mark)
    yield from _notes(outline, notes=notes)
    yield Text()
    yield paragraph(Text(visible(say("With any question: {ask}.", ask=ask_clinic(clinic)))))


def blocked(reasons: Iterable[str], title: str = "") -> Iterable[RenderableType]:
    """Return the reasons not to treat, with which everything begins; by default at all."""
    told = tuple(reasons)
    if told:
        yield Text(title or say("DO NOT TREAT"), style="bold reverse red")
        yield from _bullets(told)
        yield Text()


def head(heading: Heading, clinic: Clinic, *, brief: bool = False) -> Iterable[RenderableType]:
    """Return a plan's head: protocol, appointment, what to keep in mind, the clinic."""
    told = " " + say("(brief; all: --full)") if brief else ""
    for number, each in enumerate(heading.protocols):
        yield paragraph(Text.assemble((visible(each), "bold"), ("" if number else told, "dim")))
    for each in heading.booked if brief else heading.appointments:
        yield paragraph(Text(visible(each), "bold"))
    counted = () if brief else (heading.counted,)
    for remark in filter(None, (*heading.remarks, *counted)):
        yield paragraph(Text(visible(remark)))
    if clinic_words(clinic):
        told = say("Clinic: {clinic}", clinic=clinic_words(clinic))
        yield paragraph(Text(visible(told)))


def section(title: str, texts: Iterable[str] = ()) -> Iterable[RenderableType]:
    """Return a title behind a blank line, and texts below it."""
    yield Text()
    yield paragraph(Text(title, "bold"))
    yield from _bullets(texts)


def _bullets(texts: Iterable[str]) -> Iterable[RenderableType]:
    for text in texts:
        yield bullet(Text(visible(text)))


def _rows(title: str, rows: Iterable[Row], footnotes: Footnotes) -> Iterable[RenderableType]:
    for number, row in enumerate(rows):
        yield from () if number else section(title)
        yield bullet(_row_text(row, footnotes))


def _questions(outline: Outline, footnotes: Footnotes) -> Iterable[RenderableType]:
    blocking = [question for question in outline.questions if question.blocks]
    other = [question for question in outline.questions if not question.blocks]
    yield from section(say("ASK NOW"))
    if blocking:
        yield paragraph(Text(say("Do not treat if one of these is so:"), "red"), 2)
        yield from (line for question in blocking for line in _question(question, footnotes))
    if other:
        yield Text("  " + say("Ask too:"))
        yield from (line for question in other for line in _question(question, footnotes))
    if any(question.factors for question in outline.questions):
        hint = say("Answer with --with NAME (yes) or --without NAME (no), the name in brackets.")
        yield paragraph(Text(hint, "dim"), 2)
    if any(question.lasts for question in outline.questions):
        hint = say("When it was last: --last NAME=DATE, or NAME=never, the name in brackets.")
        yield paragraph(Text(hint, "dim"), 2)


def _question(question: Question, footnotes: Footnotes) -> Iterable[RenderableType]:
    text = Text(visible(footnotes.mark(question.text, question.unclear)))
    if names := (*question.factors, *question.lasts):
        text.append(visible(f" [{', '.join(names)}]"), style="dim")
    yield bullet(text, mark="[ ]")
    for consequence in question.consequences:
        yield paragraph(Text(visible(footnotes.write(consequence)), "dim"), 8)


def _day_beside(
    day: DayOutline, label_width: int, footnotes: Footnotes
) -> Iterable[RenderableType]:
    date_width = label_width + 8
    # No clock time of the language is longer.
    time_width = len(clock_words(_LATE))
    indent = date_width + time_width + 1
    date = Text(visible(f"  {day.label:<{label_width}} {day.distance:>4} "), style="bold")
    for row in day.rows:
        lead = date.append(f"{row.time:>{time_width}} ", style="not bold")
        yield Hanging(lead, _row_text(row, footnotes), indent)
        date = Text(" " * date_width)
    yield from _still(day, indent, footnotes)


def _day_below(day: DayOutline, footnotes: Footnotes) -> Iterable[RenderableType]:
    yield Text(visible(f"{day.label}  {day.distance}"), style="bold")
    for row in day.rows:
        time = Text(f"{row.time} " if row.time else "")
        yield paragraph(time.append_text(_row_text(row, footnotes)), 3)
    yield from _still(day, 3, footnotes)


def _still(day: DayOutline, indent: int, footnotes: Footnotes) -> Iterable[RenderableType]:
    if day.still:
        text = say("also: {rules}", rules="".join(map(footnotes.write, day.still)))
        yield paragraph(Text(visible(text), "dim"), indent)


def _row_text(row: Row, footnotes: Footnotes) -> Text:
    if row.tone is Tone.VISIT:
        return Text(visible(row.text.upper()), style="bold")
    style = STYLES[row.tone]
    marked = footnotes.mark(row.text, row.unclear)
    text = Text.assemble((visible(row.lead), style), visible(marked))
    if row.details:
        text.append(visible(f" ({' · '.join(row.details)})"), style="dim")
    return text


def _quiet(day: DayOutline) -> Iterable[RenderableType]:
    """Return the line that closes the gap before a day."""
    if day.quiet_days:
        told = count(
            "{number} day without a change", "{number} days without a change", day.quiet_days
        )
        if day.going_on:
            told += "; " + say("as before: {topics}", topics=day.going_on)
        yield Hanging(Text("  "), Text(visible(f"… {told}"), style="dim"), 2)


def _notes(outline: Outline, *, notes: bool) -> Iterable[RenderableType]:
    if not outline.notes:
        return
    if notes:
        yield from section(
            say("NOTES FOR STAFF"), (f"{name}: {text}" for name, text in outline.notes)
        )
        return
    yield Text()
    unread = count(
        "{number} remark for staff: add --notes to read them.",
        "{number} remarks for staff: add --notes to read them.",
        len(outline.notes),
    )
    yield paragraph(Text(unread, "dim"))
