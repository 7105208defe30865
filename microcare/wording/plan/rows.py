"""The rows of a plan: one change on one day, in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from functools import cached_property

from microcare.core.plan.claims import Says
from microcare.core.plan.ledger import Release
from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import End, PlannedInstruction
from microcare.core.plan.transitions import Change, Transition, is_news
from microcare.core.sheet.conditions import Answer
from microcare.core.sheet.points import is_wish
from microcare.core.sheet.vocabulary import Topic, find_groups
from microcare.core.values import replace, value
from microcare.language.messages import mark_as, say, say_as
from microcare.wording.courses import quantities
from microcare.wording.labels import topic_labels
from microcare.wording.persons import ask_words, call_words, lifting_words, told_verb
from microcare.wording.plan.doses import DoseWords
from microcare.wording.plan.footnotes import list_unclear
from microcare.wording.plan.releases import CLOSED, ReleaseWords, has_passed, list_closed
from microcare.wording.plan.words import PlanWords, refer_change, refer_treatment
from microcare.wording.verbs import WORDS, Tone, brief_words, verb_words


@value
class Row:
    """One change: its clock time (empty for a whole day), a verb, a text and details.

    An instruction's own sentence says what it asks: before it stands no verb. `unclear` is what
    the sheet leaves open of it, in sentences.
    """

    time: str
    verb: str
    text: str
    details: tuple[str, ...]
    tone: Tone
    unclear: tuple[str, ...] = ()

    @property
    def lead(self) -> str:
        """What stands before the text."""
        return f"{self.verb}: " if self.verb else ""


class RowWriter:
    """Writes the rows of one plan; with `rules` also in the words by which the sheet counts.

    What is `counted` elsewhere, by the ids of its instructions, is told without amounts, but where
    it stands by itself.
    """

    def __init__(
        self,
        plan: Plan,
        words: PlanWords,
        *,
        rules: bool = True,
        counted: Collection[str] = (),
    ) -> None:
        self._plan = plan
        self._rules = rules
        self._counted = counted
        self._words = words
        self._doses = DoseWords(words)
        self._naming: dict[str, list[PlannedInstruction]] = {}
        for each in plan.instructions:
            if each.applies is not Answer.NO:
                for topic in each.instruction.topics:
                    self._naming.setdefault(topic, []).append(each)
        self._held = ReleaseWords(plan, words)

    @cached_property
    def _beginnings(self) -> Mapping[str, Transition]:
        """The first change by which each instruction begins or happens, by its id."""
        return {
            transition.planned.instruction.id: transition
            for day in reversed(self._plan.days)
            for transition in reversed(day.transitions)
            if transition.change in _BEGINNINGS
        }

    def group_key(self, transition: Transition) -> object:
        """Return what is equal for transitions that one row tells, and unequal for all others."""
        if transition.change in _ENDS and transition.planned.restricts:
            condition = self._words.condition(transition.planned)
            guesses = self._words.guesses_end(transition.planned)
            over = transition.change is Change.ENDS_WITH_TREATMENT
            number = transition.planned.treatment.number if over else 0
            return transition.change, transition.instant, condition, guesses, number
        return id(transition)

    def transition_rows(
        self, transitions: tuple[Transition, ...], freed: Collection[tuple[object, str]] = ()
    ) -> tuple[Row, ...]:
        """Return the row of one change, or of restrictions that end together.

        There is none where a change says nothing to the patient. `freed` are the instants and
        topics of which another row of the day says what is still not free.
        """
        news = tuple(each for each in transitions if is_news(each))
        if not news:
            return ()
        if news[0].change in _ENDS and news[0].planned.restricts:
            return self._release_rows(news)
        rows = self._transition_rows(news[0], freed)
        if not (about := refer_change(news[0], self._plan)):
            return rows
        return tuple(replace(row, details=(*about, *row.details)) for row in rows)

    def _transition_rows(
        self, transition: Transition, freed: Collection[tuple[object, str]]
    ) -> tuple[Row, ...]:
        each = transition.planned
        time = self._words.transition_time(transition)
        if transition.change in _BEGINNINGS:
            details = self._begin_details(transition, freed)
            return (self.planned_row(each, time=time, details=details),)
        labels = self._words.topics(each.instruction, transition.topics)
        match transition.change:
            case Change.OVERRULED:
                return (self.overruled_row(each, transition.instant, time=time),)
            case Change.LAST_FINE_DAY:
                return (self._short_row(each, say_as("brief", "last day"), labels, time),)
            case Change.BEGINS_AT_LATEST:
                verb = told_verb(each.instruction, verb_words(each.instruction.verb))
                due = say("by now {verb}", verb=verb)
                return (self._short_row(each, due, labels, time),)
            case Change.DOSES if transition.run is not None:
                text = self._doses.run(transition.run) + self.area(each)
                return (self._short_row(each, verb_words(each.instruction.verb), text, ""),)
            case Change.AT_LEAST_OVER if each.restricts:
                return self._perhaps_rows(transition, time)
            case Change.AT_LEAST_OVER:
                verb = say_as("row", "maybe over")
                return (self._short_row(each, verb, self._may_last(each, labels), time),)
            case _:
                return self._over_rows(transition, time)

    def _begin_details(
        self,
        transition: Transition,
        freed: Collection[tuple[object, str]],
        *,
        in_full: bool = False,
    ) -> tuple[str, ...]:
        """Return the details of what begins or happens, with what bans forbid then or later."""
        own = self.details(transition.planned, in_full=in_full)
        lost = self._held.list_lost(transition.planned, transition.instant, later=True)
        later = tuple(say("but not {topics}", topics=words) for words in lost)
        return (*own, *self._not_yet(transition, freed), *later)

    def planned_row(
        self, each: PlannedInstruction, *, time: str = "", details: tuple[str, ...] = ()
    ) -> Row:
        """Return the row that tells an instruction in full; the persons who decide come first."""
        lead = [self._words.condition(each), *ask_words(each.instruction)]
        text = ": ".join(_capitalize(words) for words in lead if words)
        text = f"{text}: {each.instruction.text}" if text else each.instruction.text
        persons = (*lifting_words(each.instruction), *call_words(each.instruction))
        told = (*persons, *details)
        unclear = list_unclear(self._plan, each.instruction)
        return Row(time, "", text, told, WORDS[each.instruction.verb].tone, unclear)

    def details(self, each: PlannedInstruction, *, in_full: bool = False) -> tuple[str, ...]:
        """Return when an instruction ends, what else it counts, and its rule."""
        rule = self._words.rule(each) if self._rules or not each.is_dated else None
        counts = in_full or each.instruction.id not in self._counted
        ends = self._rules or each.restricts or each.end is not End.UNSTATED
        found = [
            self._words.start_range(each),
            self._words.end(each) if ends else None,
            *(quantities(each.instruction, self._words.named.topics) if counts else ()),
            say("rule: {rule}", rule=rule) if rule else None,
            *self._list_sources(each),
        ]
        return tuple(text for text in found if text)

    def _list_sources(self, each: PlannedInstruction) -> Iterable[str]:
        """Yield which of several sheets an instruction stands on, and where."""
        if self._plan.has_sheets:
            yield ", ".join(filter(None, [each.treatment.protocol.id, each.instruction.source]))

    def told_row(self, each: PlannedInstruction) -> Row:
        """Return the row of what stands by itself: in full, with what bans forbid of it."""
        begins = self._beginnings.get(each.instruction.id)
        if begins is None:
            return self.standing_row(each, self.details(each, in_full=True))
        return self.planned_row(each, details=self._begin_details(begins, (), in_full=True))

    def may_be_forbidden(self, each: PlannedInstruction) -> bool:
        """Return whether it hangs on an answer that a ban forbids it when it begins."""
        begins = self._beginnings.get(each.instruction.id)
        return begins is not None and any(
            claim.says is Says.FORBIDS and claim.rule.applies is Answer.ASK
            for release in begins.releases
            if not each.is_overruled_for(release.topic, begins.instant)
            for claim in release.held_by
        )

    def standing_row(self, each: PlannedInstruction, details: tuple[str, ...]) -> Row:
        """Return the row of what no day tells: it has no date, or holds already."""
        if each.is_overruled(None):
            return self.overruled_row(each)
        lost = self._held.list_lost(each, None)
        held = tuple(say("but not {topics}", topics=words) for words in lost)
        return self.planned_row(each, details=(*details, *held))

    def closed_rows(self, topics: Mapping[str, Topic] | None = None) -> Iterable[Row]:
        """Yield the row of what was stopped and never freed, none where nothing was.

        It has the names of `topics`, the plan's own if there are none.
        """
        closed = list_closed(self._plan)
        labels = topic_labels(closed, topics or self._words.named.topics)
        rules = (each for name in closed for each in self._naming.get(name, ()))
        persons = dict.fromkeys(words for each in rules for words in ask_words(each.instruction))
        if labels:
            told = f"{labels}: {say(CLOSED)}"
            yield Row("", say_as("brief", "ask"), told, tuple(persons), Tone.STOP)

    def overruled_row(
        self, each: PlannedInstruction, since: datetime | None = None, *, time: str = ""
    ) -> Row:
        """Return what is not to be followed, and the bans that govern instead."""
        row, verb = self.planned_row(each, time=time), brief_words(self.overruled_verb(each))
        details = (*row.details, *self._held.list_lost(each, since))
        return Row(time, verb, row.text, details, Tone.STOP, row.unclear)

    @staticmethod
    def overruled_verb(each: PlannedInstruction) -> str:
        """Return what stands for the verb of what is not to be followed, or only later."""
        until = each.dated.until
        later = (lost.until for lost in each.overruled if lost.until is not None)
        governs = each.instruction.window.at is None and any(
            until is None or end < until for end in later
        )
        return mark_as("brief", "not yet") if governs else mark_as("brief", "do not follow")

    def _short_row(self, each: PlannedInstruction, verb: str, text: str, time: str) -> Row:
        condition = self._words.condition(each)
        return Row(
            time,
            verb,
            f"{text} ({condition})" if condition else text,
            ask_words(each.instruction),
            WORDS[each.instruction.verb].tone,
            list_unclear(self._plan, each.instruction),
        )

    # What may be over

    def _perhaps_rows(self, transition: Transition, time: str) -> tuple[Row, ...]:
        """Return what may be fine again where the shorter of two ends has come, and what not."""
        each = transition.planned
        condition = self._words.condition(each)
        suffix = f" ({condition})" if condition else ""
        unclear = list_unclear(self._plan, each.instruction)
        held = [release for release in transition.releases if release.held_by]
        free = [release for release in transition.releases if not release.held_by]
        rows = []
        if free:
            names = [release.topic for release in free]
            text = f"{self._words.topics(each.instruction, names)}: {self._held.perhaps(each)}"
            text += _but_not(self._held.exceptions(free))
            persons = ask_words(each.instruction)
            verb = say_as("brief", "maybe")
            rows.append(Row(time, verb, text + suffix, persons, Tone.STOP, unclear))
        if held:
            still = self._held.still(held) + suffix
            rows.append(Row(time, say_as("row", "still not"), still, (), Tone.STOP, unclear))
        return tuple(rows)

    def _may_last(self, each: PlannedInstruction, labels: str) -> str:
        if each.dated.until is None or each.end is End.AT_LEAST:
            state = each.instruction.window.until_state
            return f"{labels}: " + say("only once {state}", state=state) if state else labels
        closing = self._words.closing(each)
        if is_wish(each.instruction.window.until):
            return f"{labels}; " + say("if possible {until}", until=closing)
        return f"{labels}; " + say("at most {until}", until=closing)

    # What is over

    def topics_over(self, transition: Transition) -> tuple[str, ...]:
        """Return the topics that an end leaves to no other rule that asks for or permits them.

        What goes on in another part of the body is over in this one.
        """
        each, instant = transition.planned, transition.instant
        if instant is None:
            return ()
        topics, closes = self._plan.protocol.topics, instant + timedelta.resolution
        return tuple(
            name
            for name in transition.topics
            if not any(
                other is not each
                and (
                    other.instruction.verb is each.instruction.verb
                    or other.instruction.verb.traits.permits
                )
                and _same_area(other, each)
                and other.holds_between(instant, closes)
                for group in (name, *find_groups(name, topics))
                for other in self._naming.get(group, ())
            )
        )

    def area(self, each: PlannedInstruction) -> str:
        """Return the part of the body, where another rule on a topic doesn't speak of the same."""
        own = each.instruction.area
        elsewhere = own is not None and any(
            other.instruction.area != own
            for name in each.instruction.topics
            for other in self._naming.get(name, ())
        )
        return f" ({own})" if elsewhere else ""

    def _over_rows(self, transition: Transition, time: str) -> tuple[Row, ...]:
        over = self.topics_over(transition)
        if not over:
            return ()
        labels = topic_labels(over, self._words.named.topics) + self.area(transition.planned)
        row = self._short_row(transition.planned, say_as("row", "over"), labels, time)
        return (Row(time, row.verb, row.text, (), row.tone, row.unclear),)

    def _release_rows(self, transitions: tuple[Transition, ...]) -> tuple[Row, ...]:
        time = self._words.transition_time(transitions[0])
        condition = self._words.condition(transitions[0].planned)
        suffix = f" ({condition})" if condition else ""
        if transitions[0].change is Change.ENDS_WITH_TREATMENT:
            treated = refer_treatment(transitions[0].planned.treatment, self._plan)
            suffix = ", " + say("once {treatment} is over", treatment=treated) + suffix
        elif (guessed := self._words.guessed_end(transitions[0])) is not None:
            asked = say("{time}, perhaps earlier: ask for the time", time=guessed)
            suffix += f" ({asked})"
        releases = {
            release.topic: release for transition in transitions for release in transition.releases
        }
        told = (transition.planned.instruction for transition in transitions)
        unclear = list_unclear(self._plan, *told)
        rows = self._split_releases(releases.values(), time, suffix)
        return tuple(replace(row, unclear=unclear) for row in rows)

    def _split_releases(
        self, releases: Collection[Release], time: str, suffix: str
    ) -> Iterable[Row]:
        """Yield what is fine again, what only a state is awaited for, and what is still not."""
        unheld = [release for release in releases if not release.held_by]
        free = [release for release in unheld if not release.silent]
        awaited: dict[str, list[Release]] = {}
        still = []
        for release in releases:
            if release.awaited is not None:
                awaited.setdefault(release.awaited, []).append(release)
            elif release.held_by:
                still.append(release)
        if free:
            text = ", ".join(self._held.label(release.topic) for release in free)
            exceptions = self._held.exceptions(free)
            if exceptions:
                text += ", " + say("except {topics}", topics=exceptions)
            if still:
                text += "; " + say("still not {topics}", topics=self._held.still(still))
            yield Row(time, say_as("row", "fine again"), f"{text}{suffix}", (), Tone.FREE)
        elif still:
            claims = (claim for release in still for claim in release.held_by)
            passed = all(map(has_passed, claims))
            verb = say_as("brief", "maybe") if passed else say_as("row", "still not")
            yield Row(time, verb, f"{self._held.still(still)}{suffix}", (), Tone.STOP)
        if len(free) < len(unheld):
            asked = self._held.exceptions(each for each in unheld if each.silent)
            yield Row(time, say_as("brief", "maybe"), f"{asked}{suffix}", (), Tone.STOP)
        for state, waiting in awaited.items():
            names = ", ".join(self._held.label(release.topic) for release in waiting)
            text = f"{names}: " + say("only once {state}", state=state)
            text += _but_not(self._held.exceptions(waiting)) + suffix
            yield Row(time, say_as("brief", "maybe"), text, (), Tone.STOP)

    def _not_yet(
        self, transition: Transition, freed: Collection[tuple[object, str]]
    ) -> tuple[str, ...]:
        """Return what a permission or duty that begins does not free, since a rule covers it."""
        if not transition.releases:
            return ()
        releases = [
            each
            for each in transition.releases
            if each.topic in transition.topics and (transition.instant, each.topic) not in freed
        ]
        held = self._held.still(release for release in releases if release.held_by)
        parts = self._held.exceptions(release for release in releases if not release.held_by)
        still = "; ".join(filter(None, [held, parts]))
        return (say("but not {topics}", topics=still),) if still else ()


_BEGINNINGS = (Change.BEGINS, Change.HAPPENS, Change.GOVERNS)
_ENDS = (Change.ENDS, Change.ENDS_WITH_TREATMENT)


def _same_area(one: PlannedInstruction, other: PlannedInstruction) -> bool:
    """Return whether two rules may speak of one part of the body; none named is all of it."""
    areas = {one.instruction.area, other.instruction.area}
    return None in areas or len(areas) == 1


def _but_not(topics: str) -> str:
    """Return what is left out of what stands before it; nothing of nothing."""
    return "; " + say("but not {topics}", topics=topics) if topics else ""


def _capitalize(text: str | None) -> str:
    return text[:1].upper() + text[1:] if text else ""
