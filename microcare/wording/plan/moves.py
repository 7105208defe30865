"""A booking that moves, as it is read aloud: what has begun, what is for today, what moved."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from microcare.core.plan.last_times import Keeping
from microcare.core.plan.moves import Move
from microcare.core.plan.planned import Kind, PlannedInstruction, Standing
from microcare.core.plan.replies import find_reply
from microcare.core.plan.spells import Ruling
from microcare.core.plan.treatments import Treatment
from microcare.core.sheet.verbs import Verb
from microcare.core.time.appointment import Appointment
from microcare.core.values import value
from microcare.wording.courses import quantities
from microcare.wording.dates import clock_time, full_date
from microcare.wording.labels import about_words
from microcare.wording.persons import person_words
from microcare.wording.plan.brief import BriefWriter
from microcare.wording.plan.entries import TIMES
from microcare.wording.plan.freed import find_condition
from microcare.wording.plan.last_times import KEEPING
from microcare.wording.plan.lines import Entry
from microcare.wording.plan.one_day import write_sentences
from microcare.wording.plan.words import name_treatments
from microcare.wording.rules import rule_text
from microcare.wording.verbs import WORDS


@value
class Passage:
    """A part of what is said: its title, and lines, each with the words that stand before it."""

    title: str
    lines: tuple[tuple[str, str], ...]


def tell_move(move: Move) -> tuple[Passage, ...]:
    """Return what is to be said: what has begun first, then what is for today, then what moved."""
    return tuple(_MoveWriter(move).list_sections())


class _MoveWriter:
    """Writes the sections of one move; topics go by their short names."""

    def __init__(self, move: Move) -> None:
        self._move = move
        self._writer = BriefWriter(move.after)
        self._plan = move.after
        self._words = self._writer.words

    def list_sections(self) -> Iterator[Passage]:
        move = self._move
        if not move.moved:
            kept = move.after.treatments[: len(move.before.treatments)]
            still = (("still", self._name_visit(each)) for each in kept)
            yield Passage("NOT MOVED", (*still, *self._list_changed()))
            return
        if move.before.is_past:
            yield Passage("THE OLD DATE IS PAST: FIRST ASK WHETHER THE TREATMENT WAS DONE", _PAST)
        if not move.after.is_past:
            yield self._tell_begun()
            if put_off := tuple(self._list_put_off()):
                yield Passage("BEGUN WITH THE OLD DATE, NOT YET WITH THE NEW", put_off)
        yield self._tell_today()
        yield Passage("MOVED", tuple(self._list_moved()))

    # What has begun

    def _tell_begun(self) -> Passage:
        title = "BEGUN BY NOW WITH THE NEW DATE"
        if lines := tuple(self._list_begun()):
            return Passage(title, lines)
        nothing = "nothing yet" if self._move.before.is_past else "nothing more than with the old"
        return Passage(f"{title}: {nothing}", ())

    def _list_begun(self) -> Iterator[tuple[str, str]]:
        said: dict[tuple[str, str, str, str], list[str]] = {}
        unasked = False
        begun = sorted(self._move.begun, key=lambda each: not each.restricts)
        for each in (*begun, *self._move.further):
            for keeping, topics in self._split_topics(each).items():
                if keeping is Keeping.KEPT and each in self._move.further:
                    continue
                unasked = unasked or (each.restricts and keeping is Keeping.UNASKED)
                key = (*self._head(each, keeping), self._since(each, keeping))
                labels = self._words.topic_list(each.instruction, topics)
                said.setdefault(key, []).extend(labels)
        for (head, verb, condition, since), names in said.items():
            what = f"{verb}{', '.join(dict.fromkeys(names))} ({since})"
            what = f"{what}: {_STAFF}" if head == _LATE else what
            yield head, f"{condition}: {what}" if condition else what
        if unasked:
            yield "ask", "was any of it had since? --last NAME=DATE says whether the date can stay"

    def _split_topics(self, each: PlannedInstruction) -> dict[Keeping, tuple[str, ...]]:
        """Return the topics of a rule by how they were kept, in the order of the sheet."""
        judged = {
            one.topic: one.keeping
            for one in self._move.after.judged
            if one.planned.instruction.id == each.instruction.id
        }
        found: dict[Keeping, tuple[str, ...]] = {}
        for name in each.instruction.topics:
            keeping = judged.get(name, Keeping.UNASKED)
            found[keeping] = (*found.get(keeping, ()), name)
        return found

    def _head(self, each: PlannedInstruction, keeping: Keeping) -> tuple[str, str, str]:
        """Return what to do about a rule that has begun, its verb and its condition."""
        instruction, condition = each.instruction, self._condition(each)
        over = each.standing is Standing.OVER
        if each.restricts:
            asked = over or instruction.verb.traits.is_interval or each in self._move.further
            head = "ask" if asked and keeping is Keeping.UNASKED else "heed"
            head = head if asked else "stop today"
            return "ask first" if instruction.ask_first is not None else head, "", condition
        late = over or self._is_late(each)
        return _LATE if late else "due now", f"{WORDS[instruction.verb].brief} ", condition

    def _is_late(self, each: PlannedInstruction) -> bool:
        """Return whether what is to be done should have been begun before today, or before now."""
        plan, latest = self._move.after, each.dated.start_at_latest or each.dated.start
        if latest is None or not each.dated.starts_with_day:
            return latest is None or latest < plan.now
        return plan.visit.local_date(latest) < self._move.today

    def _condition(self, each: PlannedInstruction) -> str:
        return find_condition(each, self._words)

    def _since(self, each: PlannedInstruction, keeping: Keeping) -> str:
        """Return since when a rule holds, with all else that is to be known of it."""
        start = each.dated.start
        facts: list[str] = []
        if each.instruction.verb.traits.is_interval:
            facts.append(rule_text(each.instruction, self._words.named) or "")
        if start is not None:
            lead = "from" if each.standing is Standing.OVER else "since"
            lead = "due" if each.kind is Kind.MOMENT else lead
            by = each.instruction.is_deadline
            latest = self._words.start_range(each) or ""
            if not (by and latest):
                facts.append(f"{'by' if by else lead} {self._words.start(each)}")
            facts.append(latest)
        if each.standing is Standing.OVER:
            facts.append(self._words.end(each) or "")
        counted = quantities(each.instruction, self._words.named.topics)
        facts += [KEEPING.get(keeping, ""), *counted, *person_words(each.instruction)]
        return ", ".join(filter(None, facts))

    # What had begun

    def _list_put_off(self) -> Iterator[tuple[str, str]]:
        said: dict[tuple[str, str], list[str]] = {}
        for each in self._move.put_off:
            if each.restricts:
                for name in each.instruction.topics:
                    if (told := self._stop(each, name)) is not None:
                        labels = self._words.topic_list(each.instruction, (name,))
                        said.setdefault(told, []).extend(labels)
                continue
            if each.instruction.verb.traits.doses:
                told = "later", f": only {self._begins(each)}; if it was begun, {_STAFF}"
            else:
                told = "due again", f": {self._begins(each)}"
            said.setdefault(told, []).append(self._about(each))
        for (head, tail), names in said.items():
            yield head, f"{', '.join(dict.fromkeys(names))}{tail}"

    def _stop(self, each: PlannedInstruction, topic: str) -> tuple[str, str] | None:
        """Return when a topic is to be stopped, None where it is forbidden by now all the same.

        Where the new plan answers yes for now, that is when it first does no longer. Nobody takes
        up a medicine again, or leaves one off, by a calendar.
        """
        reply = find_reply(self._move.after, topic, self._move.after.now)
        if reply.ruling is Ruling.NO:
            return None
        doubtful = self._is_delicate(each, (topic,))
        if doubtful or reply.ruling is Ruling.ASK or reply.turn is None:
            return "ask", f": only {self._begins(each)}; if it was stopped, {_STAFF}"
        when = self._words.moment(reply.turn.instant, with_day=reply.turn.with_day)
        return "stop later", f": not before {when}"

    def _is_delicate(self, each: PlannedInstruction, topics: tuple[str, ...] = ()) -> bool:
        """Return whether somebody must be asked, or too long hurts as much as too short."""
        names = topics or each.instruction.topics
        two_sided = any(self._plan.protocol.topics[name].two_sided for name in names)
        return two_sided or bool(person_words(each.instruction))

    def _about(self, each: PlannedInstruction) -> str:
        verb = WORDS[each.instruction.verb].brief
        return f"{verb} {about_words(each.instruction, self._words.named)}"

    def _name(self, each: PlannedInstruction) -> str:
        """Return what a rule says, and when that begins."""
        about, begins = self._about(each), self._begins(each)
        return f"{about}: {begins}" if begins else about

    def _begins(self, each: PlannedInstruction) -> str:
        when = self._words.end(each)
        if each.dated.start is not None:
            lead = "on" if each.kind is Kind.MOMENT else "from"
            when = f"{'by' if each.instruction.is_deadline else lead} {self._words.start(each)}"
        return ", ".join(filter(None, (when, self._condition(each))))

    # Today

    def _tell_today(self) -> Passage:
        """Return what is for today; on the day of the treatment only until that."""
        title = f"TODAY, {self._words.short(self._move.today)}"
        told = [*self._list_dropped(), *write_sentences(self._list_today())]
        if self._is_treated_today():
            told.append("The aftercare begins with the treatment: plan --on today tells it.")
        if not told:
            return Passage(f"{title}: nothing else changes", ())
        return Passage(title, tuple(("", each) for each in told))

    def _list_dropped(self) -> Iterator[str]:
        before, dropped = self._move.before, self._move.dropped
        days = [{each.visit.day for each in plan.treatments} for plan in (before, self._move.after)]
        is_off = self._move.today in days[0] - days[1]
        if is_off and not before.is_past:
            yield "The appointment is not today."
        rules = [each.planned for each in dropped]
        plain = (self._about(each) for each in rules if not self._is_delicate(each))
        if told := "; ".join(dict.fromkeys(plain)):
            yield f"No longer today: {told}."
        delicate = (self._about(each) for each in rules if self._is_delicate(each))
        if told := "; ".join(dict.fromkeys(delicate)):
            yield f"It was for today with the old date, now {_STAFF}: {told}."

    def _list_today(self) -> Iterator[Entry]:
        day = self._move.day
        early, *late = self._writer.list_changes(day)
        changes = early if self._is_treated_today() else (*early, *chain(*late))
        # The doses are told by themselves.
        yield from (each for each in changes if each.verb != TIMES)
        for rule, topics in self._move.holding:
            if rule.instruction.verb is not Verb.EXPECT:
                yield self._writer.entries.write_still(rule, topics, day)
        yield from self._writer.list_doses(day)

    def _is_treated_today(self) -> bool:
        return self._move.day.distance == 0 and not self._move.after.is_past

    # What moved

    def _list_moved(self) -> Iterator[tuple[str, str]]:
        move = self._move
        for was, moved in move.moved:
            yield "from", self._name_visit(was)
            yield "to", f"{_visit_words(moved.visit)}: {_distance(move.days[moved.number])}"
        yield from self._list_changed()
        for head, rules in (("now too", move.joining), ("no more", move.leaving)):
            if told := "; ".join(dict.fromkeys(map(self._name, rules))):
                also = f": {_STAFF}" if any(map(self._is_delicate, rules)) else ""
                yield head, f"{told} (by the time of day){also}"
        others = tuple(self._list_shifts())
        yield from others
        rest = "other dates" if others else "dates"
        counts = {abs(move.days[moved.number]) for _, moved in move.moved}
        by = f" by {_count(max(counts))}" if len(counts) == 1 else ""
        by = ": hours, not days" if counts == {0} else by
        whose = "their treatments" if move.after.is_joint else "it"
        every = len(move.moved) == len(move.after.treatments)
        yield "all" if every else "their", f"{rest} move with {whose}{by}"

    def _list_changed(self) -> Iterator[tuple[str, str]]:
        """Yield the appointments that only one of the plans has."""
        for each in self._move.added:
            yield "new", self._name_visit(each)
        for visit in self._move.given_up:
            yield "no more", f"the appointment of {_visit_words(visit)}"

    def _name_visit(self, treatment: Treatment) -> str:
        named = name_treatments((treatment,), self._plan) if self._plan.is_joint else ""
        return ": ".join(filter(None, (named, _visit_words(treatment.visit))))

    def _list_shifts(self) -> Iterator[tuple[str, str]]:
        """Yield what moves otherwise; where an hour comes or goes, that is all that hangs on it."""
        changed = [
            new.visit for old, new in self._move.moved if old.visit.all_day != new.visit.all_day
        ]
        if changed:
            known = "no longer known" if changed[0].all_day else "known now"
            yield "but", f"what counts in hours is dated anew: the hour is {known}"
            return
        said: dict[tuple[str, str, str], list[str]] = {}
        for each in self._move.shifts:
            day, was = self._words.short(each.day), self._words.short(each.was)
            when = f"{day}, as before" if day == was else f"{day}, not {was}"
            for entry in self._writer.list_entries([each.transition], [each.transition]):
                said.setdefault((when, entry.verb, entry.condition), []).extend(entry.labels)
        for (when, verb, condition), labels in said.items():
            told = f"{verb} {', '.join(dict.fromkeys(labels))}: {when}"
            yield "but", f"{condition}: {told}" if condition else told


_STAFF = "staff decide"
_LATE = "late"
_PAST = (
    ("if so", "its aftercare holds, and this file takes it off the phone: don't send it"),
    ("if not", "ask anew: after the old date nothing was forbidden any more"),
)


def _count(days: int) -> str:
    return f"{days} day{'' if days == 1 else 's'}"


def _distance(days: int) -> str:
    if not days:
        return "the same day"
    return f"{_count(abs(days))} {'later' if days > 0 else 'earlier'}"


def _visit_words(visit: Appointment) -> str:
    """Return an appointment in full words."""
    day = full_date(visit.day)
    return day if visit.all_day else f"{day}, {clock_time(visit.local(visit.start))}"
