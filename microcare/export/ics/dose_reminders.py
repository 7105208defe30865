"""Reminders of doses: an event for each sitting, which lists what is taken and when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from microcare.core.plan.claims import Says
from microcare.core.plan.dose_days import find_runs, list_dose_days
from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import PlannedInstruction
from microcare.core.sheet.conditions import Answer
from microcare.core.sheet.instruction import Strength
from microcare.export.ics.course_doses import CourseDose
from microcare.export.ics.descriptions import tell_row
from microcare.export.ics.event_titles import (
    LONGEST_TITLE,
    begin_title,
    lead_words,
    more_words,
    perhaps_words,
)
from microcare.export.ics.events import Category, Draft, Ring
from microcare.export.ics.sittings import BEFORE_DOSE, Sitting, list_sittings
from microcare.export.ics.title_names import TitleNames
from microcare.language.messages import count, say, say_as
from microcare.wording.persons import ask_words
from microcare.wording.plan.doses import DoseWords
from microcare.wording.plan.footnotes import Told
from microcare.wording.plan.rows import RowWriter
from microcare.wording.plan.words import PlanWords

_MOST_LISTED = 4
"""More doses of a course than this are told in one line, with each of their times or how often."""


class DoseReminders:
    """The reminders of a plan's `doses`, all that it has; those before its `now` have none.

    Beside each dose its condition stands in the `short` words.
    """

    def __init__(
        self,
        plan: Plan,
        doses: Sequence[CourseDose],
        words: PlanWords,
        short: PlanWords,
        writer: RowWriter,
    ) -> None:
        self._plan = plan
        self._all = doses
        self._words = words
        self._short = short
        self._said = DoseWords(words)
        self._writer = writer
        self._names = plan.protocol.recall(TitleNames)
        self._rows: dict[str, Told] = {}
        self._forbidden: dict[str, bool] = {}

    def list_drafts(self, others: Callable[[date], int] | None) -> Iterable[Draft]:
        """Yield the events of the sittings, as `list_sittings` makes them, in order."""
        for sitting in list_sittings(self._all, self._plan, others):
            yield Draft(
                key=sitting.key,
                title=self._title(sitting),
                lines=(*self._list_doses(sitting), "", *self._list_rows(sitting)),
                start=sitting.start,
                end=sitting.end,
                ring=self._ring(sitting),
                category=Category.DOSE,
                tentative=not any(each.planned.treatment.booked for each in sitting.doses),
                by_clock=all(each.dose.by_clock for each in sitting.doses),
            )

    def list_past(self) -> Iterable[str]:
        """Yield how many doses of each course lie before `now`, where some do."""
        for each in self._plan.applicable:
            past = sum(dose.instant < self._plan.now for dose in each.doses)
            if past and each.instruction.strength is not Strength.MAY:
                labels = self._words.labels(each.instruction)
                yield say(
                    "Before now, and so without a reminder: {topics}, {past} of {all} times.",
                    topics=labels,
                    past=past,
                    all=len(each.doses),
                )

    def _ring(self, sitting: Sitting) -> Ring | None:
        """Return how a sitting rings: not before the treatment that all of it follows is over."""
        at_once = (each for each in sitting.doses if each.instant == sitting.start)
        if all(each.is_early(BEFORE_DOSE) for each in at_once):
            return None
        return Ring(BEFORE_DOSE, dose=True, at_its_hour=True)

    # What is told inside

    def _list_doses(self, sitting: Sitting) -> Iterable[str]:
        """Yield each dose with its time; many of a course, and those of several days, in a line."""
        day = sitting.doses[0].date
        many = [
            part
            for part in sitting.parts
            if len(part) > _MOST_LISTED or any(each.date != day for each in part)
        ]
        told = {each.planned.instruction.id for part in many for each in part}
        for each in sitting.doses:
            if each.planned.instruction.id not in told:
                suffix = self._suffix(each.planned, [each], suggested=each.dose.suggested)
                yield f"- {self._words.clock(each.instant)}: {self._said.dose(each.dose)}{suffix}"
        for part in sitting.parts:
            if part[0].planned.instruction.id in told:
                suffix = self._suffix(part[0].planned, part)
                dose_days = list_dose_days((each.dose for each in part), self._plan.visit)
                for run in find_runs(dose_days, self._plan.visit):
                    whole = (run.first.date, run.last) == (day, day)
                    date = "" if whole else f"{self._words.short(run.first.date)}: "
                    yield f"- {date}{self._said.run(run)}{suffix}"

    def _list_rows(self, sitting: Sitting) -> Iterable[Told]:
        """Yield each instruction in full, with its amounts and what bans forbid of it."""
        ranked = sorted(sitting.doses, key=self._rank)
        for planned in {each.planned.instruction.id: each.planned for each in ranked}.values():
            name = planned.instruction.id
            if name not in self._rows:
                self._rows[name] = tell_row(self._writer.told_row(planned))
            yield self._rows[name]

    def _suffix(
        self, planned: PlannedInstruction, doses: Sequence[CourseDose], *, suggested: bool = False
    ) -> str:
        """Return what titles call doses, and on what they depend: an answer, a ban's question."""
        topics = {name for each in doses for name in each.dose.topics}
        found = [
            *self._names.list_letters(planned.instruction.verb, topics),
            count("suggested time", "suggested times", 1) if suggested else None,
            *ask_words(planned.instruction),
            self._short.condition(planned),
        ]
        if any(self._may_be_lost(each) for each in doses):
            found.append(say("perhaps not: see below"))
        details = "; ".join(filter(None, found))
        return f" ({details})" if details else ""

    def _may_be_lost(self, each: CourseDose) -> bool:
        """Return whether an answer may forbid a dose, or a part of it."""
        name = each.planned.instruction.id
        if name not in self._forbidden:
            self._forbidden[name] = self._writer.may_be_forbidden(each.planned)
        if any(lost.holds_at(each.instant) for lost in each.planned.doubted):
            return True
        after = each.instant + timedelta.resolution
        return self._forbidden[name] and any(
            claim.says is Says.FORBIDS
            and claim.rule.applies is Answer.ASK
            and claim.meets(each.instant, after)
            for topic in each.dose.topics
            for claim in self._plan.ledger.list_covering(topic)
        )

    def _is_perhaps(self, each: CourseDose) -> bool:
        return each.planned.applies is Answer.ASK or self._may_be_lost(each)

    # What the lock screen shows

    def _title(self, sitting: Sitting) -> str:
        """Return a title: what weighs most, how much more there is, and no medicine's name.

        What depends on an answer is perhaps so; of several such things it may be one or the other.
        It names what is due when it begins, and says how many doses come later.
        """
        due = [each for each in sitting.doses if each.instant == sitting.start]
        ranked = sorted(due, key=self._rank)
        sure = {self._name(each) for each in ranked if not self._is_perhaps(each)}
        names = list(dict.fromkeys(map(self._name, ranked)))
        either = f" {say_as('list', 'or')} " if not sure else ", "
        later = len(sitting.doses) - len(due)
        suffix = f" {say('+ {number} later', number=later)}" if later else ""
        if len({each.date for each in sitting.doses}) > 1:
            suffix = f" ({say('this week')})"
        said, last = "", ""
        for number, (lead, label) in enumerate(names, 1):
            full = lead if (lead, label) in sure else perhaps_words(lead)
            part = f"{either}{label}" if full == last else f"{'; ' if said else ''}{full} {label}"
            rest = len(names) - number
            more = f" {more_words(rest)}" if rest else ""
            if said and len(said + part + more + suffix) > LONGEST_TITLE:
                said += f" {more_words(rest + 1)}"
                break
            said, last = said + part, full
        return begin_title(f"{said}{suffix}")

    def _rank(self, each: CourseDose) -> tuple[bool, bool, bool, bool]:
        instruction = each.planned.instruction
        traits = instruction.verb.traits
        should = instruction.strength is not Strength.MUST
        done = traits.family is instruction.verb and not traits.is_taken
        return not traits.is_taken, done, self._is_perhaps(each), should

    def _name(self, each: CourseDose) -> tuple[str, str]:
        """Return the verb of a title and what it calls what is taken, used or done."""
        instruction = each.planned.instruction
        labels = self._names.list_labels(instruction.verb, each.dose.topics)
        return lead_words(instruction), ", ".join(labels)
