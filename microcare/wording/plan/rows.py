"""The rows of a plan: one change on one day, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from microcare.core.plan.days import Change, Transition
from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import PlannedInstruction
from microcare.core.plan.releases import Release, covers_topic
from microcare.core.sheet.conditions import Answer
from microcare.core.sheet.points import is_wish
from microcare.core.time.appointment import Appointment
from microcare.core.values import value
from microcare.wording.courses import quantities
from microcare.wording.labels import topic_labels
from microcare.wording.persons import ask_words, deciding_words, told_verb
from microcare.wording.plan.doses import DoseWords
from microcare.wording.plan.words import NO_END, PlanWords
from microcare.wording.verbs import WAIT, WORDS, Tone


@value
class Row:
    """One change: its clock time (empty for a whole day), a verb, a text and details."""

    time: str
    verb: str
    text: str
    details: tuple[str, ...]
    tone: Tone

    @property
    def tells_verb(self) -> bool:
        """Whether the text begins with the verb, so that it need not stand twice.

        The text is often the clinic's own sentence, so its words are all there is to go by.
        """
        return self.text.lower().startswith(f"{self.verb} ")


class RowWriter:
    """Writes the rows of one plan."""

    def __init__(self, plan: Plan, words: PlanWords) -> None:
        self._plan = plan
        self._words = words
        self._doses = DoseWords(plan, words)

    def visit_time(self, visit: Appointment) -> str:
        """Return the appointment's time, empty where only its date is known."""
        return "" if visit.all_day else self._words.time(visit.start) or "12:00 am"

    def group_key(self, transition: Transition) -> object:
        """Return what is equal for transitions that one row tells, and unequal for all others."""
        if transition.change is Change.ENDS and transition.planned.restricts:
            return transition.instant, self._words.condition(transition.planned)
        return id(transition)

    def transition_rows(self, transitions: tuple[Transition, ...]) -> tuple[Row, ...]:
        """Return the row of one change, or of restrictions that end together.

        There is none where an end says nothing to the patient.
        """
        transition = transitions[0]
        if transition.change is Change.ENDS and transition.planned.restricts:
            return (self._release_row(transitions),)
        traits = transition.planned.instruction.verb.traits
        if transition.change is Change.ENDS and not traits.runs_out:
            return ()
        return (self._transition_row(transition),)

    def _transition_row(self, transition: Transition) -> Row:
        each = transition.planned
        time = self._words.time(transition.instant) if transition.instant is not None else ""
        match transition.change:
            case Change.BEGINS | Change.HAPPENS:
                details = (*self.details(each), *self._not_yet(transition))
                return self.planned_row(each, time=time, details=details)
            case Change.LAST_FINE_DAY:
                return self._short_row(each, "last day", self._labels(each), time)
            case Change.BEGINS_AT_LATEST:
                verb = told_verb(each.instruction, WORDS[each.instruction.verb].verb)
                return self._short_row(each, f"by now {verb}", self._labels(each), time)
            case Change.DOSES:
                text = (
                    ""
                    if transition.run is None
                    else self._doses.run(transition.run) + self._area(each)
                )
                return self._short_row(each, WORDS[each.instruction.verb].verb, text, "")
            case Change.AT_LEAST_OVER:
                verb = "maybe" if each.restricts else "maybe over"
                return self._short_row(each, verb, self._at_least_over(each), time)
            case Change.ENDS:
                return self._over_row(transition, time)

    def planned_row(
        self, each: PlannedInstruction, *, time: str = "", details: tuple[str, ...] = ()
    ) -> Row:
        """Return the row that tells an instruction in full; the persons who decide come first."""
        words = WORDS[each.instruction.verb]
        # "Avoid: wait 72 hours before you …" would say the opposite.
        verb = WAIT if each.instruction.stated_as is not None else words.sentence or words.verb
        condition = self._words.condition(each)
        text = each.instruction.text
        return Row(
            time,
            told_verb(each.instruction, verb),
            f"{_capitalize(condition)}: {text}" if condition else text,
            (*deciding_words(each.instruction), *details),
            words.tone,
        )

    def details(self, each: PlannedInstruction) -> tuple[str, ...]:
        """Return when an instruction ends, what else it counts, and its rule."""
        rule = self._words.rule(each)
        found = [
            self._words.start_range(each),
            self._words.end(each),
            *quantities(each.instruction, self._plan.protocol.topics),
            f"sheet: {rule}" if rule else None,
        ]
        return tuple(text for text in found if text)

    def _short_row(self, each: PlannedInstruction, verb: str, text: str, time: str) -> Row:
        condition = self._words.condition(each)
        return Row(
            time,
            verb,
            f"{text} ({condition})" if condition else text,
            ask_words(each.instruction),
            WORDS[each.instruction.verb].tone,
        )

    def _labels(self, each: PlannedInstruction) -> str:
        return self._words.labels(each.instruction)

    def _at_least_over(self, each: PlannedInstruction) -> str:
        """Return what changes where the shorter of two readings ends."""
        labels, window, until = self._labels(each), each.instruction.window, each.dated.until
        if window.until_state is not None:
            return f"{labels}: only once {window.until_state}"
        longer = self._words.until(until) if until is not None else "longer"
        wish = is_wish(window.until)
        if each.restricts:
            lead = "if possible" if wish else "better"
            return f"{labels}: the shortest time is over; {lead} avoid it {longer}"
        return f"{labels}; {'if possible' if wish else 'at most'} {longer}"

    def topics_over(self, transition: Transition) -> tuple[str, ...]:
        """Return the topics that an end leaves to no other rule of the same kind.

        What goes on in another part of the body is over in this one.
        """
        each, instant = transition.planned, transition.instant
        others = [
            other
            for other in self._plan.instructions
            if other is not each
            and other.instruction.verb is each.instruction.verb
            and _same_area(other, each)
            and other.applies is not Answer.NO
            and instant is not None
            and other.holds_at(instant)
        ]
        topics = self._plan.protocol.topics
        return tuple(
            name
            for name in each.instruction.topics
            if not any(covers_topic(other.instruction, name, topics) for other in others)
        )

    def _area(self, each: PlannedInstruction) -> str:
        """Return the part of the body, where another rule on a topic doesn't speak of the same."""
        own, topics = each.instruction.area, set(each.instruction.topics)
        elsewhere = own is not None and any(
            other.instruction.area != own and topics.intersection(other.instruction.topics)
            for other in self._plan.instructions
            if other.applies is not Answer.NO
        )
        return f" ({own})" if elsewhere else ""

    def _over_row(self, transition: Transition, time: str) -> Row:
        over = self.topics_over(transition)
        if over:
            labels = topic_labels(over, self._plan.protocol.topics)
            labels += self._area(transition.planned)
            row = self._short_row(transition.planned, "over", labels, time)
            return replace(row, details=())
        return self._short_row(
            transition.planned, "goes on", self._labels(transition.planned), time
        )

    def _release_row(self, transitions: tuple[Transition, ...]) -> Row:
        time = (
            self._words.time(transitions[0].instant) if transitions[0].instant is not None else ""
        )
        condition = self._words.condition(transitions[0].planned)
        suffix = f" ({condition})" if condition else ""
        releases = {
            release.topic: release for transition in transitions for release in transition.releases
        }
        free = [release for release in releases.values() if not release.held_by]
        still = [
            f"{self._label(release.topic)} ({self._holders(release.held_by)})"
            for release in releases.values()
            if release.held_by
        ]
        if not free:
            return Row(time, "still not", f"{'; '.join(still)}{suffix}", (), Tone.STOP)
        text = ", ".join(self._label(release.topic) for release in free)
        exceptions = self._exceptions(free)
        if exceptions:
            text += f", except {exceptions}"
        if still:
            text += f"; still not {'; '.join(still)}"
        return Row(time, "fine again", f"{text}{suffix}", (), Tone.FREE)

    def _not_yet(self, transition: Transition) -> tuple[str, ...]:
        """Return what a permission that begins does not free, because a rule still covers it."""
        held = [
            f"{self._label(release.topic)} ({self._holders(release.held_by)})"
            for release in transition.releases
            if release.held_by
        ]
        parts = self._exceptions(transition.releases)
        still = "; ".join([*held, *([parts] if parts else [])])
        return (f"but still not {still}",) if still else ()

    def _label(self, topic: str) -> str:
        return self._plan.protocol.topics[topic].label

    def _exceptions(self, releases: Iterable[Release]) -> str:
        by_part: dict[str, list[PlannedInstruction]] = {}
        for release in releases:
            for part, holder in release.except_for:
                holders = by_part.setdefault(part, [])
                if holder not in holders:
                    holders.append(holder)
        return ", ".join(
            f"{self._label(part)} ({self._holders(holders)})" for part, holders in by_part.items()
        )

    def _holders(self, holders: Iterable[PlannedInstruction]) -> str:
        ends = []
        for holder in holders:
            condition = self._words.condition(holder)
            end = self._words.end(holder) or NO_END
            end = f"{end} {condition}" if condition else end
            ends.append(", ".join([end, *ask_words(holder.instruction)]))
        return "; ".join(dict.fromkeys(ends))


def _same_area(one: PlannedInstruction, other: PlannedInstruction) -> bool:
    """Return whether two rules may speak of one part of the body; none named is all of it."""
    areas = {one.instruction.area, other.instruction.area}
    return None in areas or len(areas) == 1


def _capitalize(text: str | None) -> str:
    return text[:1].upper() + text[1:] if text else ""
