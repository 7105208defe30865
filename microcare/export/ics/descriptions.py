"""What the events of a calendar tell: what changes in sentences, what goes on in few words."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from enum import IntEnum
from itertools import groupby

from microcare.core.plan.conflicts import Conflict
from microcare.core.plan.days import Day
from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import PlannedInstruction, Standing
from microcare.core.plan.transitions import Change, Transition
from microcare.core.sheet.conditions import Answer
from microcare.core.sheet.protocol import Clinic
from microcare.wording.dates import full_date
from microcare.wording.labels import topic_labels
from microcare.wording.persons import ask_clinic, told_text
from microcare.wording.plan.brief import BriefWriter
from microcare.wording.plan.days import list_rows
from microcare.wording.plan.footnotes import Footnotes, Told, list_unclear
from microcare.wording.plan.heading import doubt_words
from microcare.wording.plan.lines import Entry
from microcare.wording.plan.one_day import tell_distance, write_sentences
from microcare.wording.plan.rows import Row, RowWriter
from microcare.wording.plan.words import PlanWords
from microcare.wording.verbs import Tone

Lines = Iterable[str | Told]
"""The lines of a description, before its footnotes are numbered."""

LONGEST_DAY = 1200
"""About so many characters are read on an ordinary day."""

LONGEST_TREATMENT_DAY = 4000
"""About so many are read on the day of the treatment."""

LONGEST = 8000
"""No description has more characters: Google cuts one off at 8,192."""

_FAR = 28
"""So many days from the treatment and further off, a day says nothing of what goes on."""

_ENDS = (Change.AT_LEAST_OVER, Change.ENDS, Change.ENDS_WITH_TREATMENT)


class _Detail(IntEnum):
    """How much is told of what goes on."""

    NAMES = 0
    WITHOUT_ENDS = 1
    FULL = 2


class Descriptions:
    """Writes what the events of one plan tell."""

    def __init__(
        self, plan: Plan, clinic: Clinic, words: PlanWords, brief: BriefWriter, rows: RowWriter
    ) -> None:
        self._plan = plan
        self._clinic = clinic
        self._words = words
        self._brief = brief
        self._rows = rows
        self._applicable = [
            each for each in plan.applicable if not each.instruction.verb.traits.screens
        ]

    def finish_parts(self, lines: Lines) -> Iterable[str]:
        """Yield the text of lines in parts, none of which a calendar cuts off."""
        part = ""
        for line in self.finish(lines).split("\n"):
            for start in range(0, max(len(line), 1), LONGEST):
                piece = line[start : start + LONGEST]
                if part and len(part) + 1 + len(piece) > LONGEST:
                    yield part
                    part = piece
                else:
                    part = f"{part}\n{piece}" if part else piece
        yield part

    def finish(self, lines: Lines) -> str:
        """Return the text of lines, with footnotes, and whom to ask."""
        footnotes = Footnotes()
        said = [footnotes.write(each) if isinstance(each, Told) else each for each in lines]
        said += ["", *(f"{mark} {text}" for mark, text in footnotes.list())]
        said += ["", f"With any question: {ask_clinic(self._clinic)}."]
        # One blank line between two parts; a text of the clinic's own stays as it is.
        kept = [line for line, before in zip(said, ["", *said], strict=False) if line or before]
        return "\n".join(kept)

    def tell_day(self, day: Day, conflicts: Iterable[Conflict]) -> tuple[Lines, ...]:
        """Return what changes on a day, what else holds on it, and where the sheet is at odds.

        Where that is long, what goes on is told in fewer words. A treatment day that is too long
        for one event has two, up to the treatment and from it on.
        """
        longest = LONGEST_DAY if day.distance else LONGEST_TREATMENT_DAY
        around = [*self._tell_conflicts(conflicts)]
        if not day.distance:
            around += ["", *self.list_undated()]
        early, news = self._tell_news(day)
        late: list[str | Told] = []
        for detail in sorted(_Detail, reverse=True):
            late = [*news, *self._tell_still(day, detail), *around]
            if len(self.finish([*early, *late])) <= longest:
                return ([*early, *late],)
        return (early, late) if not day.distance else ([*early, *late],)

    def _tell_news(self, day: Day) -> tuple[list[str | Told], list[str | Told]]:
        """Return what changes before the treatment, if that is on the day, and what after."""
        distance = tell_distance(day)
        doubts = [] if day.distance else [doubt_words(self._plan.visit)]
        freed = [each for each in day.transitions if _is_over(each)]
        begun = tuple(each for each in day.transitions if not _is_over(each))
        rows = list_rows(replace(day, transitions=begun), self._plan, self._words, self._rows)
        turn = next((place for place, row in enumerate(rows) if row.tone is Tone.VISIT), 0)
        return (
            [f"{distance[:1].upper()}{distance[1:]}.", *doubts, "", *_tell_rows(rows[:turn])],
            [
                *_tell_rows(rows[turn:]),
                *write_sentences(self._brief.list_entries(freed, day.transitions)),
            ],
        )

    def _tell_conflicts(self, conflicts: Iterable[Conflict]) -> Lines:
        """Yield of what the sheet says two things."""
        if topics := dict.fromkeys(each.topic for each in conflicts):
            labels = topic_labels(topics, self._plan.protocol.topics)
            yield ""
            yield f"The sheet says two things about {labels}: the stricter one stands here; ask."

    def _tell_still(self, day: Day, detail: _Detail) -> Lines:
        if abs(day.distance) >= _FAR:
            return
        early, late = self._brief.list_changes(day)
        ends = detail is _Detail.FULL
        begun = {each.instruction.id for each in day.begins}
        going_on = [
            each
            for each in self._brief.list_still(day, (*early, *late), ends=ends)
            if not begun.issuperset(each.ids)
        ]
        lines = tuple(write_sentences(_drop_weaker(going_on, in_full=detail > _Detail.NAMES)))
        if lines:
            yield from ("", "Still:", *lines)

    def tell_visit(self, where: str, replaced: Iterable[str]) -> Lines:
        """Yield what is to be known of the appointment, and of the file that is `replaced`.

        The place is told in `where`, unless that is empty.
        """
        visit = self._plan.visit
        clock = "" if visit.all_day else f", {self._words.visit_time()}"
        yield f"{full_date(visit.day)}{clock}, {visit.zone.key}"
        if not visit.all_day and not visit.duration_known:
            yield "How long it takes is not known; this entry shows half an hour."
        yield doubt_words(visit)
        yield f"Where: {where}" if where else ""
        yield ""
        yield from (*replaced, *self.list_screens(), *self.list_begun(), *self.list_undated())

    def list_screens(self) -> Lines:
        """Yield what forbids the treatment and is to be told before it."""
        screens = [
            Told(f"- {told_text(each.instruction)}", list_unclear(self._plan, each.instruction))
            for each in self._plan.instructions
            if each.instruction.verb.traits.screens and each.applies is Answer.ASK
        ]
        if screens:
            yield "Tell the clinic before your treatment if one of these is so:"
            yield from screens
            yield ""

    def list_begun(self) -> Lines:
        """Yield what had begun before the plan's `now` and goes on."""
        begun = (Standing.BEGUN_BEFORE_BOOKING, Standing.IN_FORCE)
        yield from self._list_standing("Already in force:", begun)

    def list_over(self) -> Lines:
        """Yield what was over before the plan's `now`."""
        yield from self._list_standing("Over by now:", (Standing.OVER,))

    def _list_standing(self, title: str, standings: Collection[Standing]) -> Lines:
        chosen = [each for each in self._applicable if each.standing in standings]
        if chosen:
            yield title
            yield from (self._since_line(each) for each in chosen)
            yield ""

    def _since_line(self, each: PlannedInstruction) -> Told:
        told = tell_row(self._rows.standing_row(each, self._rows.details(each)))
        goes_on = each.dated.start is not None and each.standing is not Standing.OVER
        since = f" Since {self._words.start(each)}." if goes_on else ""
        return replace(told, tail=f"{told.tail}{since}")

    def list_undated(self) -> Lines:
        """Yield what has no date and so stands on every day that may be its."""
        undated = [each for each in self._applicable if each.standing is Standing.UNDATED]
        if undated:
            yield "Without a date:"
            for each in undated:
                yield tell_row(self._rows.standing_row(each, self._rows.details(each)))
        yield from map(tell_row, self._rows.closed_rows())


def _tell_rows(rows: Iterable[Row]) -> Lines:
    """Yield rows as lines, those of one clock time below it."""
    for time, same in groupby(rows, key=lambda row: "" if row.tone is Tone.VISIT else row.time):
        if time:
            yield f"{time}:"
        yield from (tell_row(replace(row, time="") if time else row) for row in same)


def _is_over(transition: Transition) -> bool:
    return transition.change in _ENDS and transition.planned.restricts


def tell_row(row: Row) -> Told:
    """Return a row of a plan as a line of a description."""
    if row.tone is Tone.VISIT:
        return Told(f"{row.time} {row.text}".strip())
    details = f" ({' · '.join(row.details)})" if row.details else ""
    text = f"- {f'{row.time} ' if row.time else ''}{row.lead}{row.text}"
    return Told(text, row.unclear, details)


def _drop_weaker(entries: Iterable[Entry], *, in_full: bool) -> Iterable[Entry]:
    """Yield what goes on without what is permitted, and each ban of a thing that ends last once.

    If not `in_full`, of what is taken or done its name is enough.
    """
    told = [each for each in entries if each.tone is not Tone.FREE]
    for each in told:
        labels = tuple(
            name
            for name in each.labels
            if not any(_outlasts(other, each) for other in told if name in other.labels)
        )
        facts = each.facts if in_full or each.tone is Tone.STOP else ()
        if labels:
            yield replace(each, labels=labels, facts=facts)


def _outlasts(other: Entry, each: Entry) -> bool:
    """Return whether a ban for all holds longer than another one on the same thing."""
    if other.tone is not Tone.STOP or each.tone is not Tone.STOP or other.until == each.until:
        return False
    if other.condition or other.softened or each.until is None:
        return False
    return other.until is None or other.until > each.until
