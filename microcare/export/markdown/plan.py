"""A plan as Markdown: for a message to a colleague or a record in a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from microcare.core.sheet.protocol import Clinic
from microcare.language.messages import say, say_as
from microcare.wording.persons import ask_clinic, clinic_words
from microcare.wording.plan.days import DayOutline
from microcare.wording.plan.footnotes import UNCLEAR, Footnotes
from microcare.wording.plan.heading import Heading
from microcare.wording.plan.outline import Outline, left_out_words
from microcare.wording.plan.questions import Question
from microcare.wording.plan.rows import Row
from microcare.wording.safe import visible
from microcare.wording.verbs import Tone

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&])")
# "1. " or "- " at the beginning of an item would make a list of it.
_LEADING = re.compile(r"^(\d*)([-+.)])")


def plan_markdown(outline: Outline, heading: Heading, clinic: Clinic, *, notes: bool) -> str:
    """Return a plan as Markdown text, ending in a line break."""
    return "\n".join(_lines(outline, heading, clinic, notes=notes)) + "\n"


def _lines(outline: Outline, heading: Heading, clinic: Clinic, *, notes: bool) -> Iterable[str]:
    footnotes = Footnotes()
    if outline.blocked:
        title = say("DO NOT TREAT")
        blocked = (f"- {escape_markdown(footnotes.write(each))}" for each in outline.blocked)
        yield from (f"**{title}**", "", *blocked, "")
    if outline.barred:
        barred = (f"- {escape_markdown(text)}" for text in outline.barred)
        title = say("DO NOT TREAT ON THIS DATE")
        yield from (f"**{title}**", "", *barred, "")
    yield from head(heading, clinic)
    yield from _questions(outline, footnotes)
    yield from _section(say("By the last times"), outline.judged)
    yield from _section(say("Answered no"), outline.settled)
    yield from _rows(say_as("section", "Now"), outline.now, footnotes)
    for section in outline.sections:
        yield from ("", f"## {escape_markdown(section.title)}")
        for day in section.days:
            yield from _day(day, footnotes)
    yield from _rows(say("No date, or no end stated"), outline.undated, footnotes)
    reasons = tuple(map(left_out_words, outline.left_out))
    yield from _section(say_as("section", "Left out"), reasons)
    title = say("Conflicts in the protocol (the strictest rule is followed)")
    yield from _section(title, outline.conflicts)
    marked = tuple(f"{mark} {text}" for mark, text in footnotes.list())
    yield from _section(say(UNCLEAR), marked)
    if notes:
        remarks = (f"{name}: {note}" for name, note in outline.notes)
        yield from _section(say("Notes for staff"), tuple(remarks))
    yield from ("", say("With any question: {ask}.", ask=escape_markdown(ask_clinic(clinic))))


def head(heading: Heading, clinic: Clinic) -> Iterable[str]:
    """Yield a plan's head: protocol, appointment, what to keep in mind, the clinic."""
    yield from (f"# {escape_markdown(each)}" for each in heading.protocols)
    for each in heading.appointments:
        yield from ("", f"**{escape_markdown(each)}**")
    for remark in filter(None, (*heading.remarks, heading.counted)):
        yield from ("", escape_markdown(remark))
    if clinic_words(clinic):
        yield from ("", say("Clinic: {clinic}", clinic=escape_markdown(clinic_words(clinic))))


def _questions(outline: Outline, footnotes: Footnotes) -> Iterable[str]:
    blocking = [question for question in outline.questions if question.blocks]
    other = [question for question in outline.questions if not question.blocks]
    if outline.questions:
        title = say("Ask now")
        yield from ("", f"## {title}")
    if blocking:
        yield from ("", say("Do not treat if one of these is so:"), "")
        yield from (line for question in blocking for line in _question(question, footnotes))
    if other:
        yield from ("", say("Ask too:"), "")
        yield from (line for question in other for line in _question(question, footnotes))


def _question(question: Question, footnotes: Footnotes) -> Iterable[str]:
    names = (*question.factors, *question.lasts)
    name = f" [{', '.join(names)}]" if names else ""
    yield f"- [ ] {escape_markdown(footnotes.mark(question.text, question.unclear) + name)}"
    for consequence in question.consequences:
        yield f"  - {escape_markdown(footnotes.write(consequence))}"


def _section(title: str, texts: Sequence[str]) -> Iterable[str]:
    if not texts:
        return
    yield from ("", f"## {title}", "")
    for text in texts:
        yield f"- {escape_markdown(text)}"


def _rows(title: str, rows: Sequence[Row], footnotes: Footnotes) -> Iterable[str]:
    if rows:
        yield from ("", f"## {title}", "", *(_row(row, footnotes) for row in rows))


def _day(day: DayOutline, footnotes: Footnotes) -> Iterable[str]:
    yield from ("", f"### {escape_markdown(day.label)} ({day.distance})", "")
    yield from (_row(row, footnotes) for row in day.rows)
    if day.still:
        still = escape_markdown("".join(map(footnotes.write, day.still)))
        yield "- " + say("also: {rules}", rules=still)


def _row(row: Row, footnotes: Footnotes) -> str:
    if row.tone is Tone.VISIT:
        return f"- {f'{row.time} ' if row.time else ''}**{escape_markdown(row.text)}**"
    lead = f"{row.time} " if row.time else ""
    lead += f"**{row.verb}:** " if row.verb else ""
    details = f" ({' · '.join(row.details)})" if row.details else ""
    return f"- {lead}{escape_markdown(footnotes.mark(row.text, row.unclear) + details)}"


def escape_markdown(text: str) -> str:
    """Return a text that Markdown shows as it is, on one line."""
    escaped = " ".join(_SPECIAL.sub(r"\\\1", visible(text)).split())
    return _LEADING.sub(r"\1\\\2", escaped)
