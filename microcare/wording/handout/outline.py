"""A handout as plain texts: the one order and wording that a PDF and a web page show."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby

from microcare.core.plan.days import Day
from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import PlannedInstruction, Standing
from microcare.core.plan.transitions import Change
from microcare.core.sheet.protocol import Clinic
from microcare.core.time.appointment import Appointment
from microcare.core.values import replace, value
from microcare.language.messages import mark, say, say_as
from microcare.wording.dates import clock_time, full_date, short_date
from microcare.wording.handout.doses import list_doses
from microcare.wording.handout.parts import (
    Box,
    Handout,
    HandoutDay,
    HandoutSection,
    LineList,
    PageLine,
    Sign,
    TimeGroup,
)
from microcare.wording.handout.timeline import draw_timeline
from microcare.wording.handout.words import page_words
from microcare.wording.labels import topic_labels
from microcare.wording.persons import ask_clinic
from microcare.wording.plan.days import list_rows
from microcare.wording.plan.footnotes import UNCLEAR, Footnotes
from microcare.wording.plan.heading import doubt_words
from microcare.wording.plan.phases import Phase, find_phase, split_phases
from microcare.wording.plan.questions import list_questions
from microcare.wording.plan.rows import Row, RowWriter
from microcare.wording.plan.words import NO_END, PlanWords, name_treatments
from microcare.wording.translated import list_originals, translation_notices
from microcare.wording.verbs import Tone

_DAY = timedelta(days=1)
_TELL = mark("Tell the clinic before your treatment if one of these is so:")
_DISPUTED = mark(
    "The sheet says two things about {topics}: the stricter one stands here; ask the clinic."
)


@value
class _Dated:
    """A day with what is told of it."""

    day: Day
    told: HandoutDay


def outline_handout(
    plan: Plan, clinic: Clinic, *, patient: str = "", part: Phase | None = None
) -> Handout:
    """Return the handout of a plan, or with `part` that of one part of its days.

    `patient` is the name to print, and `clinic` whom to ask.
    """
    return _HandoutWriter(plan, clinic, part).write(patient)


class _HandoutWriter:
    """Writes one handout; footnotes are numbered in the order of the page."""

    def __init__(self, plan: Plan, clinic: Clinic, part: Phase | None) -> None:
        self._plan = plan
        self._clinic = clinic
        self._part = part
        self._words = PlanWords(plan)
        self._rows = RowWriter(plan, self._words, rules=False)
        self._footnotes = Footnotes()
        self._today = plan.visit.local_date(plan.now)
        self._days = [day for day in plan.days if part is None or find_phase(day, plan) is part]
        self._asks = part in (None, Phase.BEFORE)

    def write(self, patient: str) -> Handout:
        plan, clinic = self._plan, self._clinic
        treatments = " + ".join(dict.fromkeys(each.protocol.title for each in plan.treatments))
        whole = self._part is None
        first = tuple(self._list_first())
        sections = tuple(self._list_sections())
        expected, call = self._expected(), self._call()
        last = tuple(self._list_last())
        return Handout(
            language=plan.protocol.language,
            originals=list_originals(plan),
            notices=tuple((code, each) for each, code in translation_notices(plan).items()),
            title=say("{treatment}: before and after", treatment=treatments),
            treatments=treatments,
            clinic=tuple(filter(None, [clinic.name, clinic.address, clinic.phone])),
            patient=patient,
            appointments=tuple(self._list_appointments()),
            remarks=tuple(self._list_remarks()),
            timeline=draw_timeline(plan, self._words) if whole else None,
            first=first,
            sections=sections,
            expected=expected,
            call=call,
            last=last,
            doses=list_doses(plan, self._words, self._days),
            unclear=tuple(self._footnotes.list()),
            unclear_title=say(UNCLEAR),
            footer=self._footer(),
            words=page_words(),
        )

    # The head and the foot

    def _list_appointments(self) -> Iterable[str]:
        visits = dict.fromkeys(each.visit for each in self._plan.treatments)
        for visit in visits:
            treated = [each for each in self._plan.treatments if each.visit == visit]
            when = _tell_visit(visit)
            if not treated[0].booked:
                when = f"{when} ({say('not booked yet')})"
            if len(visits) > 1:
                name = name_treatments(treated, self._plan)
                when = f"{name}: {when}"
            yield when

    def _list_remarks(self) -> Iterable[str]:
        visits = [each.visit for each in self._plan.treatments]
        yield from dict.fromkeys(filter(None, map(doubt_words, visits)))
        place = self._plan.visit.zone.key.rpartition("/")[2].replace("_", " ")
        yield say("All times are {place} time.", place=place)

    def _footer(self) -> str:
        sheets = dict.fromkeys(
            say("{id}, version {version}", id=each.protocol.id, version=each.protocol.version)
            for each in self._plan.treatments
        )
        printed = say("printed {date}", date=short_date(self._today))
        return f"{'; '.join(sheets)} · {printed}"

    # The days

    def _list_sections(self) -> Iterable[HandoutSection]:
        days = [_Dated(day, told) for day in self._days if (told := self._write_day(day)).groups]
        for section in split_phases(days, self._plan):
            past = section.phase is Phase.BEFORE
            late = [each.told for each in section.days if past and each.day.date < self._today]
            if late:
                today = short_date(self._today)
                yield HandoutSection(say("By now ({today})", today=today), tuple(late))
            if coming := tuple(each.told for each in section.days[len(late) :]):
                yield HandoutSection(section.title, coming)

    def _write_day(self, day: Day) -> HandoutDay:
        told = tuple(
            each
            for each in day.transitions
            if each.change is not Change.DOSES and not _stands_apart(each.planned)
        )
        rows = list_rows(replace(day, transitions=told), self._plan, self._words, self._rows)
        groups = tuple(
            TimeGroup(time, tuple(_join_notes(map(self._line, same))))
            for time, same in groupby(rows, key=lambda row: row.time)
        )
        return HandoutDay(self._words.short(day.date), groups)

    def _line(self, row: Row) -> PageLine:
        """Return a row as a line; an instruction's own sentence has no verb before it."""
        sign = Sign.NOTE
        if row.tone is Tone.VISIT:
            sign = Sign.VISIT
        elif row.tone is Tone.FREE:
            sign = Sign.FREE
        elif not row.verb:
            sign = Sign.BOX
        text = self._footnotes.mark(row.text, row.unclear)
        lead = f"{row.verb[:1].upper()}{row.verb[1:]}"
        return PageLine(sign, lead, text, " · ".join(row.details))

    # Beside the days

    def _list_first(self) -> Iterable[Box]:
        """Yield what is to be known before the days: what holds already."""
        if self._part in (Phase.DAY, Phase.AFTER):
            yield from self._box(say("Already in force"), self._list_ongoing())
        if self._asks:
            held = [each for each in self._told() if each.holds_already]
            yield from self._box(say("From now on, or to be done by a date"), held)

    def _told(self) -> Iterable[PlannedInstruction]:
        """Yield what applies or may apply and has no part of the page of its own."""
        for each in self._plan.applicable:
            if not each.instruction.verb.traits.screens and not _stands_apart(each):
                yield each

    def _list_ongoing(self) -> Iterable[PlannedInstruction]:
        """Yield what holds in this part of the days and began in another."""
        begun = {each.instruction.id for day in self._days for each in day.begins}
        dates = {day.date for day in self._days}
        if self._part is Phase.AFTER:
            dates |= {each.visit.day + _DAY for each in self._plan.treatments}
        for each in self._told():
            if each.instruction.id not in begun and any(self._holds(each, day) for day in dates):
                yield each

    def _holds(self, each: PlannedInstruction, day: date) -> bool:
        opens, closes = (self._plan.visit.day_start(one) for one in (day, day + _DAY))
        return each.holds_between(opens, closes)

    def _box(self, title: str, chosen: Iterable[PlannedInstruction]) -> Iterable[Box]:
        lines = tuple(self._standing_line(each) for each in chosen)
        if lines:
            yield Box(title, (LineList(lines),))

    def _standing_line(self, each: PlannedInstruction) -> PageLine:
        return self._line(self._rows.standing_row(each, self._rows.details(each)))

    def _expected(self) -> Box | None:
        chosen = [
            each
            for each in self._plan.applicable
            if each.instruction.verb.traits.is_noticed and self._is_shown(each)
        ]
        lines = tuple(replace(self._dated_line(each), sign=Sign.NOTE) for each in chosen)
        return Box(say("What to expect"), (LineList(lines),)) if lines else None

    def _call(self) -> Box:
        chosen = [
            each
            for each in self._plan.applicable
            if each.instruction.verb.traits.needs_cause and self._is_shown(each)
        ]
        lines = tuple(replace(self._dated_line(each), sign=Sign.NOTE) for each in chosen)
        ask = say("With any question: {ask}.", ask=ask_clinic(self._clinic))
        blank = "" if self._clinic.phone else say_as("page", "Phone")
        return Box(say("When to call"), (LineList(lines),) if lines else (), ask, blank)

    def _is_shown(self, each: PlannedInstruction) -> bool:
        """Return whether what has no day of its own stands in this part."""
        if self._part is not Phase.BEFORE or each.dated.start is None:
            return True
        return each.visit.local_date(each.dated.start) < self._plan.visit.day

    def _dated_line(self, each: PlannedInstruction) -> PageLine:
        """Return what is told with the date from which it holds, if it has one."""
        line, start = self._standing_line(each), each.dated.start
        lead = self._words.short(each.visit.local_date(start)) if start is not None else ""
        return replace(line, lead=line.lead or lead)

    def _list_last(self) -> Iterable[Box]:
        """Yield what is to be settled, and what has no date."""
        if self._asks:
            yield from self._list_questions()
        undated = [each for each in self._told() if each.standing is Standing.UNDATED]
        lines = [self._standing_line(each) for each in undated]
        lines += map(self._line, self._rows.closed_rows())
        endless = dict.fromkeys(
            label
            for each in self._told()
            if each.lacks_end and each.standing is not Standing.UNDATED
            for label in self._words.topic_list(each.instruction, each.instruction.topics)
        )
        if endless:
            lead = say(NO_END)
            lead = f"{lead[:1].upper()}{lead[1:]}"
            lines.append(PageLine(Sign.NOTE, lead, ", ".join(endless)))
        if topics := dict.fromkeys(each.topic for each in self._plan.conflicts):
            labels = topic_labels(topics, self._plan.protocol.topics)
            lines.append(PageLine(Sign.NOTE, "", say(_DISPUTED, topics=labels)))
        if lines:
            yield Box(
                say("Without a date, or without a stated end"),
                (LineList(tuple(lines)),),
                framed=True,
            )

    def _list_questions(self) -> Iterable[Box]:
        questions = list_questions(self._plan, self._words)
        lists = tuple(
            LineList(lines, intro, narrow=True)
            for intro, blocks in (
                (say(_TELL), True),
                (say("Talk these over with the clinic:"), False),
            )
            if (
                lines := tuple(
                    PageLine(Sign.BOX, "", self._footnotes.mark(each.text, each.unclear))
                    for each in questions
                    if each.blocks is blocks
                )
            )
        )
        if lists:
            yield Box(say("To settle before your visit"), lists)


def _join_notes(lines: Iterable[PageLine]) -> Iterable[PageLine]:
    """Yield lines, those notes in one that are led by the same words and have no details."""
    for (sign, lead, details), same in groupby(
        lines, key=lambda each: (each.sign, each.lead, each.details)
    ):
        told = tuple(same)
        if sign is Sign.NOTE and lead and not details:
            yield PageLine(sign, lead, "; ".join(each.text for each in told))
        else:
            yield from told


def _tell_visit(visit: Appointment) -> str:
    """Return an appointment in full words: date, time of day, and its end if that is known."""
    if visit.all_day:
        return full_date(visit.day)
    clock = clock_time(visit.local(visit.start))
    if visit.duration_known:
        end = clock_time(visit.local(visit.end))
        clock = say("{first} to {last}", first=clock, last=end)
    return f"{full_date(visit.day)}, {clock}"


def _stands_apart(each: PlannedInstruction) -> bool:
    """Return whether it is what to expect, or when to call: each has a part of the page."""
    traits = each.instruction.verb.traits
    return traits.is_noticed or traits.needs_cause
