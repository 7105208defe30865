"""A plan as an outline of plain texts: the one order and wording that every format shows."""

from __future__ import annotations

from collections.abc import Iterable

from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import Standing
from microcare.core.sheet.conditions import Answer
from microcare.core.sheet.protocol import Clinic
from microcare.core.values import replace, value
from microcare.language.messages import say, say_as
from microcare.wording.conditions import reason_text
from microcare.wording.persons import ask_clinic, told_text
from microcare.wording.plan.conflicts import conflict_sentences
from microcare.wording.plan.days import DayOutline, outline_days
from microcare.wording.plan.footnotes import Told, list_unclear
from microcare.wording.plan.last_times import list_barred, list_judged
from microcare.wording.plan.phases import Phase, Section, split_phases
from microcare.wording.plan.questions import Question, list_questions
from microcare.wording.plan.rows import Row, RowWriter
from microcare.wording.plan.words import NO_END, PlanWords


@value
class Outline:
    """A whole plan in texts. `blocked` are the reasons not to treat, empty where there is none.

    `barred` are those not to treat on this date, `judged` says how what has begun by now was kept.
    `label_width` is that of the longest day label, in characters.
    """

    blocked: tuple[Told, ...]
    questions: tuple[Question, ...]
    settled: tuple[str, ...]
    now: tuple[Row, ...]
    sections: tuple[Section[DayOutline], ...]
    label_width: int
    undated: tuple[Row, ...]
    left_out: tuple[tuple[str, str], ...]
    conflicts: tuple[str, ...]
    notes: tuple[tuple[str, str], ...]
    barred: tuple[str, ...] = ()
    judged: tuple[str, ...] = ()


def outline_plan(plan: Plan, clinic: Clinic, part: Phase | None = None) -> Outline:
    """Return a plan's outline; `clinic` is whom to ask.

    With `part` the days of that phase alone; the questions stand before the treatment.
    """
    asked = part in (None, Phase.BEFORE)
    words = PlanWords(plan)
    writer = RowWriter(plan, words)
    days = tuple(outline_days(plan, words, writer))
    protocol = plan.protocol
    return Outline(
        blocked=tuple(
            Told(told_text(each.instruction), list_unclear(plan, each.instruction))
            for each in plan.blocked_by
        ),
        barred=list_barred(plan, plan.protocol),
        judged=list_judged(plan, plan.protocol) if asked else (),
        questions=list_questions(plan, words) if asked else (),
        settled=tuple(
            each.instruction.text
            for each in plan.instructions
            if asked and each.instruction.verb.traits.screens and each.applies is Answer.NO
        ),
        now=tuple(_now_rows(plan, writer)) if asked else (),
        sections=split_phases(days, plan, part),
        label_width=max(len(day.label) for day in days),
        undated=tuple(_undated_rows(plan, words, writer, clinic)),
        left_out=tuple(
            (told_text(each.instruction), reason_text(each.reason, protocol.factors))
            for each in plan.instructions
            if each.applies is Answer.NO and not each.instruction.verb.traits.screens
        ),
        conflicts=conflict_sentences(plan),
        notes=(
            *((protocol.id, note) for note in protocol.notes),
            *((each.id, each.note) for each in protocol.instructions if each.note is not None),
        ),
    )


def left_out_words(left_out: tuple[str, str]) -> str:
    """Return what an answer left out, and why."""
    text, reason = left_out
    return f"{text} (" + say("because {reason}", reason=reason) + ")"


def _now_rows(plan: Plan, writer: RowWriter) -> Iterable[Row]:
    for each in plan.instructions:
        if each.holds_already and each.applies is not Answer.NO:
            row = writer.standing_row(each, writer.details(each))
            over = each.standing is Standing.OVER
            yield replace(row, verb=say_as("row", "over by now")) if over else row


def _undated_rows(plan: Plan, words: PlanWords, writer: RowWriter, clinic: Clinic) -> Iterable[Row]:
    for each in plan.instructions:
        instruction = each.instruction
        if each.applies is Answer.NO or instruction.verb.traits.screens:
            continue
        if each.standing is Standing.UNDATED:
            yield writer.standing_row(each, writer.details(each))
        elif each.lacks_end:
            start = each.dated.start
            since = say("from {time}", time=words.start(each)) + ", " if start else ""
            end = f"{since}{say(NO_END)}; {ask_clinic(clinic)}"
            yield writer.standing_row(each, (end,))
    yield from writer.closed_rows()
