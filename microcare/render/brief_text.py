"""A plan in brief for the terminal and for pipes: a line a change, in columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from microcare.core.sheet.protocol import Clinic
from microcare.language.messages import count, mark, say, say_as
from microcare.render.layout.hanging import Hanging, paragraph
from microcare.render.plan_text import NARROW_PLAN, STYLES, blocked, head, section
from microcare.wording.plan.brief import Brief, BriefDay
from microcare.wording.plan.entries import LAST_DAY, STILL
from microcare.wording.plan.heading import Heading
from microcare.wording.plan.lines import Line
from microcare.wording.plan.phases import Phase
from microcare.wording.safe import visible
from microcare.wording.verbs import WORDS, Tone, brief_words

if TYPE_CHECKING:
    from rich.console import RenderableType

_VERBS = {words.brief for words in WORDS.values()}
_BOX = "[ ] "
_COUNTED = mark("(times after it count from its start; later if it ends later)")


def brief_text(
    brief: Brief, heading: Heading, clinic: Clinic, *, width: int
) -> Iterable[RenderableType]:
    """Return a plan's parts from top to bottom."""
    yield from blocked(brief.blocked)
    yield from blocked(brief.barred, say("DO NOT TREAT ON THIS DATE"))
    yield from head(heading, clinic, brief=True)
    yield from _today(brief, width=width)
    yield from _ask(brief, width=width)
    yield from section(say("BY THE LAST TIMES"), brief.judged) if brief.judged else ()
    yield from _table(say_as("section", "NOW"), brief.now, width=width)
    yield from _table(say_as("section", "HOLDS ALREADY"), brief.going_on, width=width)
    told = [day for part in brief.sections for day in part.days]
    for part in brief.sections:
        counted = f" {say(_COUNTED)}" if heading.counted and part.phase is Phase.DAY else ""
        yield from section(f"{visible(part.title.upper())}{counted}")
        for day in part.days:
            yield from (Text(day.year, "bold"),) if day.year else ()
            yield from _day(day, beside=told, width=width)
    yield from _table(say("NO DATE, OR NO END STATED: ASK"), brief.undated, width=width)
    yield from _expected(brief.expected)
    yield from _remarks(brief)


def _today(brief: Brief, *, width: int) -> Iterable[RenderableType]:
    """Return the day of asking, and how much was to be asked before the treatment."""
    if brief.today is not None:
        today = say_as("section", "TODAY")
        yield from section(f"{today}, {brief.today.label}, {brief.today.distance}")
        yield from _lines(brief.today.lines, width=width)
        if not brief.today.lines:
            yield paragraph(Text(say("Nothing with a date holds today.")))
    if brief.asked:
        told = count(
            "{number} question was to be asked before the treatment (see --part before).",
            "{number} questions were to be asked before the treatment (see --part before).",
            brief.asked,
        )
        yield paragraph(Text(told))


def _day(day: BriefDay, *, beside: list[BriefDay], width: int) -> Iterable[RenderableType]:
    if width < NARROW_PLAN:
        return _day_inline(day)
    label = max(len(each.label) for each in beside)
    return _day_beside(day, label, max(len(each.distance) for each in beside))


def _expected(lines: Iterable[Line]) -> Iterable[RenderableType]:
    for number, line in enumerate(lines):
        yield from () if number else section(say_as("section", "EXPECT"))
        when = f"{line.time}: " if line.time else ""
        yield Hanging(None, Text.assemble((visible(when), "bold"), visible(line.text)), 2)


def _remarks(brief: Brief) -> Iterable[RenderableType]:
    yield Text()
    notes = [f"{mark} {text}" for mark, text in brief.footnotes]
    if brief.conflicts:
        notes.append(
            say("Contradictory, the strictest rule stands: {topics}.", topics=brief.conflicts)
        )
    if notes:
        told = say("Unclear, ask the clinic: {notes}", notes=" ".join(notes))
        yield paragraph(Text(visible(told)))
    if brief.left_out:
        told = say("Left out, by the answers: {number} (--full lists them).", number=brief.left_out)
        yield paragraph(Text(told))


def _ask(brief: Brief, *, width: int) -> Iterable[RenderableType]:
    if not (brief.screens or brief.questions):
        return
    answered = brief.screens or any(each.factors for each in brief.questions)
    timed = any(each.lasts for each in brief.questions)
    ways = [say("--with NAME or --without NAME")] if answered else []
    ways += [say("--last NAME=DATE or NAME=never")] if timed else []
    told = (
        say("--with, --without, --last NAME")
        if len(ways) > 1 and width < NARROW_PLAN
        else "; ".join(ways)
    )
    title = say("ASK NOW")
    yield from section(f"{title} ({told})" if told else title)
    if brief.screens:
        reasons = visible("; ".join(line.text for line in brief.screens))
        text = Text(say("DO NOT TREAT if {reasons}", reasons=reasons))
        text.stylize("red", 0, text.plain.index(reasons))
        yield Hanging(None, text, 2)
    named = (
        f"{each.text} [{', '.join(each.factors)}]" if each.factors else each.text
        for each in brief.questions
    )
    for packed in _pack(named, width):
        yield Hanging(Text(_BOX), Text(visible(packed)), len(_BOX))


def _pack(texts: Iterable[str], width: int) -> Iterable[str]:
    """Yield lines of as many texts as go beside each other behind the box of the first."""
    line = ""
    for each in texts:
        longer = f"{line}  {_BOX}{each}" if line else each
        if line and cell_len(longer) + len(_BOX) > width:
            yield line
            longer = each
        line = longer
    if line:
        yield line


def _table(title: str, lines: tuple[Line, ...], *, width: int) -> Iterable[RenderableType]:
    if lines:
        yield from section(title)
        yield from _lines(lines, width=width)


def _lines(lines: Iterable[Line], *, width: int) -> Iterable[RenderableType]:
    """Yield lines without a date, their verbs in a column where there is room for one."""
    verb_width = 0 if width < NARROW_PLAN else _find_verb_width()
    for line in lines:
        time = f"{line.time}: " if line.time else ""
        verb = f"{line.verb} ".ljust(verb_width) if line.verb else ""
        lead = Text.assemble((verb, STYLES[line.tone]))
        body = Text.assemble((visible(time), "bold"), visible(line.text))
        if verb_width:
            yield Hanging(lead, body, max(verb_width, lead.cell_len))
        else:
            yield Hanging(None, lead.append_text(body), 2)


def _find_verb_width() -> int:
    """Return the width of the column of the verbs; a verb with a person in it may be wider."""
    return 1 + max(cell_len(brief_words(each)) for each in (LAST_DAY, STILL, *_VERBS))


def _day_beside(day: BriefDay, label_width: int, distance_width: int) -> Iterable[RenderableType]:
    date = f"{day.label:<{label_width}} {day.distance:>{distance_width}} "
    lead = Text.assemble((visible(date), "bold"))
    date_width, verb_width = lead.cell_len, _find_verb_width()
    for line, text in _told(day):
        if line.tone is Tone.VISIT:
            yield lead.append_text(text)
        else:
            lead.append(f"{line.verb} ".ljust(verb_width), style=STYLES[line.tone])
            yield Hanging(lead, text, max(date_width + verb_width, lead.cell_len))
        lead = Text(" " * date_width)


def _day_inline(day: BriefDay) -> Iterable[RenderableType]:
    """Yield a day whose date stands before its first line, for narrow screens."""
    lead = Text.assemble((visible(f"{day.label} {day.distance} "), "bold"))
    for line, text in _told(day):
        if line.tone is not Tone.VISIT:
            lead.append(f"{line.verb} ", style=STYLES[line.tone])
        yield Hanging(None, lead.append_text(text), 2)
        lead = Text(" ")


def _told(day: BriefDay) -> Iterable[tuple[Line, Text]]:
    """Yield the lines of a day with their texts; the treatment's own time stands once."""
    visit = next((line.time for line in day.lines if line.tone is Tone.VISIT), "")
    for line in day.lines:
        if line.tone is Tone.VISIT:
            yield line, Text(visible(f"{line.time} {line.text.upper()}".strip()), "bold")
        else:
            time = f"{line.time}: " if line.time not in ("", visit) else ""
            yield line, Text.assemble((time, "bold"), visible(line.text))
