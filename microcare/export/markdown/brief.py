"""A plan in brief as Markdown: a list item a change."""

from __future__ import annotations

from collections.abc import Iterable

from microcare.core.sheet.protocol import Clinic
from microcare.export.markdown.plan import escape_markdown, head
from microcare.language.messages import say, say_as
from microcare.wording.plan.brief import Brief
from microcare.wording.plan.footnotes import UNCLEAR
from microcare.wording.plan.heading import Heading
from microcare.wording.plan.lines import Line
from microcare.wording.verbs import Tone


def brief_markdown(brief: Brief, heading: Heading, clinic: Clinic) -> str:
    """Return a plan in brief as Markdown text, ending in a line break."""
    return "\n".join(_lines(brief, heading, clinic)) + "\n"


def _lines(brief: Brief, heading: Heading, clinic: Clinic) -> Iterable[str]:
    if brief.blocked:
        blocked = (f"- {escape_markdown(text)}" for text in brief.blocked)
        yield from ("**" + say("DO NOT TREAT") + "**", "", *blocked, "")
    if brief.barred:
        barred = (f"- {escape_markdown(text)}" for text in brief.barred)
        yield from ("**" + say("DO NOT TREAT ON THIS DATE") + "**", "", *barred, "")
    yield from head(heading, clinic)
    if brief.today is not None:
        today = say_as("section", "Today")
        yield from _section(f"{today}, {brief.today.label}", brief.today.lines)
    yield from _questions(brief)
    if brief.judged:
        judged = (f"- {escape_markdown(text)}" for text in brief.judged)
        yield from ("", "## " + say("By the last times"), "", *judged)
    yield from _section(say_as("section", "Now"), brief.now)
    yield from _section(say_as("section", "Holds already"), brief.going_on)
    for section in brief.sections:
        yield from ("", f"## {escape_markdown(section.title)}")
        for day in section.days:
            date = " ".join(filter(None, [day.label, day.year]))
            yield from ("", f"### {escape_markdown(date)} ({day.distance})", "")
            yield from map(_item, day.lines)
    yield from _section(say("No date, or no end stated"), brief.undated)
    yield from _section(say_as("section", "Expect"), brief.expected)
    yield from _remarks(brief)


def _questions(brief: Brief) -> Iterable[str]:
    if brief.screens or brief.questions:
        yield from ("", "## " + say("Ask now"))
    if brief.screens:
        yield from ("", say("Do not treat if one of these is so:"), "")
        yield from (f"- [ ] {escape_markdown(line.text)}" for line in brief.screens)
    if brief.questions:
        yield from ("", say("Ask too:"), "")
    for question in brief.questions:
        name = f" [{', '.join(question.factors)}]" if question.factors else ""
        yield f"- [ ] {escape_markdown(question.text + name)}"


def _remarks(brief: Brief) -> Iterable[str]:
    if brief.footnotes:
        yield from ("", f"## {say(UNCLEAR)}", "")
        yield from (f"- {mark} {escape_markdown(text)}" for mark, text in brief.footnotes)
    if brief.conflicts:
        text = say(
            "{topics}: the sheet contradicts itself; the strictest rule stands.",
            topics=brief.conflicts,
        )
        yield from ("", escape_markdown(text[:1].upper() + text[1:]))
    if brief.left_out:
        yield from ("", say("Left out, by the answers: {number}.", number=brief.left_out))


def _section(title: str, lines: tuple[Line, ...]) -> Iterable[str]:
    if lines:
        yield from ("", f"## {title}", "", *map(_item, lines))


def _item(line: Line) -> str:
    time = f"{line.time}: " if line.time else ""
    if line.tone is Tone.VISIT:
        return f"- {f'{line.time} ' if line.time else ''}**{escape_markdown(line.text)}**"
    verb = f"**{line.verb}** " if line.verb else ""
    return f"- {verb}{escape_markdown(time + line.text)}"
