"""What the events of a calendar tell: what changes in sentences, what goes on in few words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from enum import IntEnum
from functools import cached_property
from itertools import chain, groupby

from microcare.core.plan.conflicts import Conflict
from microcare.core.plan.days import Day
from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import PlannedInstruction, Standing
from microcare.core.plan.transitions import Change, Transition
from microcare.core.plan.treatments import Treatment
from microcare.core.sheet.conditions import Answer
from microcare.core.sheet.instruction import Strength
from microcare.core.sheet.points import Side
from microcare.core.sheet.protocol import Clinic
from microcare.core.values import replace
from microcare.language.messages import say, say_as
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
from microcare.wording.translated import translation_notices
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
    WITH_ENDS = 2
    WITH_PERMISSIONS = 3


class Descriptions:
    """Writes what the events of one plan tell."""

    def __init__(
        self, plan: Plan, clinic: Clinic, words: PlanWords, brief: BriefWriter, rows: RowWriter
    ) -> None:
        self._plan = plan
        self._words = words
        self._brief = brief
        self._rows = rows
        notices = translation_notices(plan)
        ask = say("With any question: {ask}.", ask=ask_clinic(clinic))
        self._foot = ("", ask, *(("", *notices) if notices else ()))
        # What a day tells is measured, and then written. The key is the identity of what is kept.
        self._texts: dict[int, tuple[Lines, str]] = {}
        self._applicable = [
            each for each in plan.applicable if not each.instruction.verb.traits.screens
        ]

    def finish(self, lines: Sequence[str | Told]) -> str:
        """Return the text of lines, with footnotes, and whom to ask."""
        if id(lines) not in self._texts:
            self._texts[id(lines)] = lines, self._finish(lines)
        return self._texts[id(lines)][1]

    def _finish(self, lines: Lines) -> str:
        footnotes = Footnotes()
        said = [footnotes.write(each) if isinstance(each, Told) else each for each in lines]
        said += ["", *(f"{mark} {text}" for mark, text in footnotes.list())]
        said += self._foot
        # One blank line between two parts; a text of the clinic's own stays as it is.
        kept = [line for line, before in zip(said, ["", *said], strict=False) if line or before]
        return "\n".join(kept)

    def tell_day(
        self, day: Day, conflicts: Iterable[Conflict], reminded: Collection[str]
    ) -> tuple[Lines, ...]:
        """Return what changes on a day, what else holds on it, and where the sheet is at odds.

        Where that is long, what goes on is told in fewer words, and then the instructions
        `reminded` of, by their ids, whose events have their sentences. A treatment day that is too
        long for one event has two, up to the treatment and from it on.
        """
        longest = LONGEST_DAY if day.distance else LONGEST_TREATMENT_DAY
        around = [*self._tell_conflicts(conflicts)]
        if not day.distance:
            around += ["", *self.undated]
        early, news = self._tell_news(day, ())
        late: list[str | Told] = []
        told: tuple[str | Told, ...] = ()
        going_on = tuple(self._list_going_on(day))
        for detail in sorted(_Detail, reverse=True):
            if detail is _Detail.NAMES:
                early, news = self._tell_news(day, reminded)
            late = [*news, *self._tell_still(going_on, detail), *around]
            told = (*early, *late)
            if len(self.finish(told)) <= longest:
                return (told,)
        return (early, late) if not day.distance else (told,)

    def _tell_news(
        self, day: Day, shortened: Collection[str]
    ) -> tuple[list[str | Told], list[str | Told]]:
        """Return what changes before the treatment, if that is on the day, and what after."""
        distance = tell_distance(day, self._plan)
        doubts = dict.fromkeys(doubt_words(each.visit) for each in day.treatments)
        begun: list[Transition] = []
        brief: list[Transition] = []
        for each in day.transitions:
            in_brief = _is_over(each) or each.planned.instruction.id in shortened
            (brief if in_brief else begun).append(each)
        told = replace(day, transitions=tuple(begun))
        rows = list_rows(told, self._plan, self._words, self._rows)
        turn = next((place for place, row in enumerate(rows) if row.tone is Tone.VISIT), 0)
        return (
            [f"{distance[:1].upper()}{distance[1:]}.", *doubts, "", *_tell_rows(rows[:turn])],
            [
                *_tell_rows(rows[turn:]),
                *write_sentences(self._brief.list_entries(brief, day.transitions)),
            ],
        )

    def _tell_conflicts(self, conflicts: Iterable[Conflict]) -> Lines:
        """Yield of what the sheet says two things."""
        if topics := dict.fromkeys(each.topic for each in conflicts):
            labels = topic_labels(topics, self._plan.protocol.topics)
            yield ""
            yield say(
                "The sheet says two things about {topics}: the stricter one stands here; ask.",
                topics=labels,
            )

    def _list_going_on(self, day: Day) -> Iterable[Entry]:
        if abs(day.distance) >= _FAR:
            return
        changes = chain(*self._brief.list_changes(day))
        begun = {each.instruction.id for each in day.begins}
        for each in _drop_weaker(self._brief.list_still(day, changes, ends=True)):
            if not begun.issuperset(each.ids):
                yield each

    def _tell_still(self, going_on: Iterable[Entry], detail: _Detail) -> Lines:
        told = [each for each in going_on if self._is_told(each, detail)]
        if detail < _Detail.WITH_ENDS:
            told = [replace(each, limits=()) for each in told]
        if detail is _Detail.NAMES:
            told = [replace(each, facts=()) if each.asks else each for each in told]
        if lines := tuple(write_sentences(told)):
            yield from ("", f"{say_as('title', 'Still')}:", *lines)

    def _is_told(self, entry: Entry, detail: _Detail) -> bool:
        """Return whether what goes on is told: what may be done is the first to be left out."""
        if entry.tone is Tone.FREE:
            return detail is _Detail.WITH_PERMISSIONS
        if detail > _Detail.NAMES or not entry.asks:
            return True
        rules = (self._plan.protocol.by_id[name] for name in entry.ids)
        return any(rule.strength is not Strength.MAY for rule in rules)

    def tell_visit(
        self, treated: Sequence[Treatment], where: str, replaced: Iterable[str]
    ) -> Lines:
        """Yield what is to be known of an appointment, and of the file that is `replaced`.

        The place is told in `where`, unless that is empty. What forbids a treatment and what holds
        without a date stands in the first appointment.
        """
        visit = treated[0].visit
        if not treated[0].booked:
            yield say("This session is not booked yet; its dates move with it.")
        clock = "" if visit.all_day else f", {self._words.visit_time(visit)}"
        yield f"{full_date(visit.day)}{clock}, {visit.zone.key}"
        if not visit.all_day and not all(each.visit.duration_known for each in treated):
            yield say("How long it takes is not known; this entry shows half an hour.")
        yield from dict.fromkeys(doubt_words(each.visit) for each in treated)
        yield f"{say_as('title', 'Where')}: {where}" if where else ""
        yield ""
        yield from (*replaced, *self.list_screens())
        if visit.start == min(each.visit.start for each in self._plan.treatments):
            yield from (*self.begun, *self.undated)

    def list_screens(self) -> Lines:
        """Yield what forbids the treatment and is to be told before it."""
        screens = [
            Told(f"- {told_text(each.instruction)}", list_unclear(self._plan, each.instruction))
            for each in self._plan.instructions
            if each.instruction.verb.traits.screens and each.applies is Answer.ASK
        ]
        if screens:
            yield say("Tell the clinic before your treatment if one of these is so:")
            yield from screens
            yield ""

    @cached_property
    def begun(self) -> tuple[str | Told, ...]:
        """What had begun before the plan's `now` and goes on."""
        begun = (Standing.BEGUN_BEFORE_BOOKING, Standing.IN_FORCE)
        chosen = [each for each in self._applicable if each.standing in begun]
        return tuple(self._list_lines(say("Already in force:"), chosen))

    def list_over(self) -> Lines:
        """Yield what was over before the plan's `now`, and first what can still be made good."""
        over = [each for each in self._applicable if each.standing is Standing.OVER]
        late = [each for each in over if self._is_late(each)]
        rest = [each for each in over if each not in late]
        yield from self._list_lines(say("Late, do it now if it is not done:"), late)
        yield from self._list_lines(say("Over by now:"), rest)

    def _is_late(self, each: PlannedInstruction) -> bool:
        """Return whether something was to be done once before a treatment that lies ahead."""
        traits = each.instruction.verb.traits
        once = traits.asks and (traits.is_task or traits.needs_notice) and not each.doses
        return once and each.side is Side.BEFORE and self._plan.now < each.visit.start

    def _list_lines(self, title: str, chosen: Collection[PlannedInstruction]) -> Lines:
        if chosen:
            yield title
            yield from (self._since_line(each) for each in chosen)
            yield ""

    def _since_line(self, each: PlannedInstruction) -> Told:
        told = tell_row(self._rows.standing_row(each, self._rows.details(each)))
        goes_on = each.dated.start is not None and each.standing is not Standing.OVER
        since = f" {say('Since {time}.', time=self._words.start(each))}" if goes_on else ""
        return replace(told, tail=f"{told.tail}{since}")

    @cached_property
    def undated(self) -> tuple[str | Told, ...]:
        """What has no date and so stands on every day that may be its."""
        return tuple(self._list_undated())

    def _list_undated(self) -> Lines:
        undated = [each for each in self._applicable if each.standing is Standing.UNDATED]
        if undated:
            yield say("Without a date:")
            for each in undated:
                yield tell_row(self._rows.standing_row(each, self._rows.details(each)))
        yield from map(tell_row, self._rows.closed_rows(self._brief.words.named.topics))


def part_text(text: str) -> Iterable[str]:
    """Yield a text in parts, none of which a calendar cuts off."""
    if len(text) < LONGEST:
        yield text
        return
    part: list[str] = []
    room = LONGEST
    for line in text.split("\n"):
        for piece in _break_line(line):
            if part and room <= len(piece):
                yield "\n".join(part)
                part, room = [], LONGEST
            part.append(piece)
            room -= len(piece) + 1
    yield "\n".join(part)


def _break_line(line: str) -> Iterable[str]:
    """Yield a line in pieces that an event has room for, between words if there are any."""
    while len(line) > LONGEST:
        cut = line.rfind(" ", 1, LONGEST) + 1 or LONGEST
        yield line[:cut]
        line = line[cut:]
    yield line


def _tell_rows(rows: Iterable[Row]) -> Lines:
    """Yield rows as lines, those of one clock time below it."""
    for time, same in groupby(rows, key=lambda row: "" if row.tone is Tone.VISIT else row.time):
        if time:
            yield f"{time}:"
        yield from (tell_row(row, timed=not time) for row in same)


def _is_over(transition: Transition) -> bool:
    return transition.change in _ENDS and transition.planned.restricts


def tell_row(row: Row, *, timed: bool = True) -> Told:
    """Return a row of a plan as a line of a description, unless it is `timed` without its time."""
    if row.tone is Tone.VISIT:
        return Told(f"{row.time} {row.text}".strip())
    details = f" ({' · '.join(row.details)})" if row.details else ""
    lead = f"{row.lead[:1].upper()}{row.lead[1:]}"
    text = f"- {f'{row.time} ' if row.time and timed else ''}{lead}{row.text}"
    return Told(text, row.unclear, details)


def _drop_weaker(entries: Iterable[Entry]) -> Iterable[Entry]:
    """Yield what goes on, each thing once where the longest says all that others do."""
    told = tuple(entries)
    alike: dict[str, list[Entry]] = {}
    for each in told:
        for name in each.labels:
            alike.setdefault(name, []).append(each)
    for each in told:
        labels = tuple(
            name
            for name in each.labels
            if len(alike[name]) == 1 or not any(_outlasts(other, each) for other in alike[name])
        )
        if labels:
            yield each if labels == each.labels else replace(each, labels=labels)


def _outlasts(other: Entry, each: Entry) -> bool:
    """Return whether something holds longer than another on the same thing, for all it is for.

    Of a ban an area or a wish would narrow it; what is to be done may say more.
    """
    if other.verb != each.verb or other is each:
        return False
    longer = each.until is not None and (other.until is None or other.until > each.until)
    if each.tone is Tone.STOP:
        return longer and not (other.condition or other.softened)
    says_all = other.condition in ("", each.condition) and {*each.facts} <= {*other.facts}
    says_more = other.until == each.until and {*each.facts} != {*other.facts}
    return each.asks and says_all and (longer or says_more)
