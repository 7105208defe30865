"""The answer to whether something is allowed, in a sentence, with why and by which source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from microcare.core.plan.claims import NEVER
from microcare.core.plan.holdings import Holding, Turn
from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import End, PlannedInstruction
from microcare.core.plan.replies import Reply
from microcare.core.plan.spells import Cause, Ruling
from microcare.core.sheet.conditions import Answer, Condition, awaits_symptom
from microcare.core.sheet.instruction import Strength
from microcare.core.sheet.points import is_wish
from microcare.core.sheet.protocol import Clinic
from microcare.core.sheet.vocabulary import find_groups
from microcare.core.values import replace, value
from microcare.language.locales import end_sentence, join_all, join_any
from microcare.language.messages import count, mark, mark_as, say, say_as
from microcare.wording.conditions import condition_text
from microcare.wording.dates import distance_words, short_date
from microcare.wording.labels import topic_labels
from microcare.wording.persons import ask_clinic, ask_words, lifting_words, told_text
from microcare.wording.plan.footnotes import list_unclear
from microcare.wording.plan.heading import appointment_words
from microcare.wording.plan.releases import CLOSED
from microcare.wording.plan.words import PlanWords, refer_treatment
from microcare.wording.translated import translation_notices

_MOST_REASONS = 2
_LONGEST = 60
_WITHOUT = mark("come without it")
_YES, _NO = mark_as("answer", "yes"), mark_as("answer", "no")
_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)


@value
class ToldReply:
    """An answer in words: the sentence first, the `reasons` with their sources, what was asked.

    `unclear` is what the sheet leaves open of the reasons. `hedge` is what the sentence says beside
    yes or no and their time, empty where it is nothing. The `notices` are on its translation.
    """

    sentence: str
    reasons: tuple[str, ...]
    asked: str
    hedge: str = ""
    unclear: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


def tell_reply(reply: Reply, plan: Plan, clinic: Clinic, at: datetime | date) -> ToldReply:
    """Return the answer to a question for an instant (UTC) or a whole date, in words."""
    told = _ReplyWriter(reply, plan, clinic).write(at)
    return replace(told, notices=tuple(translation_notices(plan)))


def tell_unknown(word: str, hint: str | None, plan: Plan, clinic: Clinic) -> ToldReply:
    """Return the answer to a word that names nothing, with a `hint` at what is near."""
    about = say("“{word}” is not a topic that is known here", word=word[:_LONGEST])
    near = f"; {hint}" if hint else ""
    said = _sentence([ask_clinic(clinic), ": ", about, near])
    return ToldReply(said, (), _tell_visits(plan))


class _ReplyWriter:
    """Writes one reply."""

    def __init__(self, reply: Reply, plan: Plan, clinic: Clinic) -> None:
        self._reply = reply
        self._plan = plan
        self._words = PlanWords(plan)
        self._ask = ask_clinic(clinic)

    def write(self, at: datetime | date) -> ToldReply:
        reply = self._reply
        hedges = tuple(dict.fromkeys(filter(None, self._list_hedges())))
        if reply.own.cause is Cause.BLOCKED:
            texts = " ".join(told_text(each.instruction) for each in reply.rules)
            sentence = f"{say('DO NOT TREAT')}: {texts} {_sentence([self._ask])}"
            return ToldReply(sentence, (), self._tell_asked(at))
        # Of what the treatment closed, it is the clinic that knows.
        persons = () if reply.own.cause is Cause.CLOSED else self._list_asked_first()
        core = self._tell_changes() if reply.changes else self._tell_ruling()
        if reply.changes and reply.parts and reply.own.ruling is not Ruling.NO:
            core = f"{core}; {self._tell_parts()}"
        lead = f"{'; '.join(persons)}: " if persons else ""
        joint = "; " if reply.changes else ", "
        sentence = _sentence([lead, joint.join([core, *hedges])])
        deciding = self._list_deciding()
        rules = [each.instruction for each in deciding]
        reasons = tuple(dict.fromkeys(self._list_reasons(deciding)))
        unclear = list_unclear(self._plan, *rules)
        parts = self._tell_parts() if reply.parts else ""
        bare = reply.ruling is Ruling.NO and all(each.comes_without for each in reply.own.rules)
        without = say(_WITHOUT) if bare and reply.own.rules else ""
        told = filter(None, (*persons, *hedges, without, self._tell_doubt(), parts))
        hedge = "; ".join(each.strip("()") if each.startswith("(") else each for each in told)
        return ToldReply(sentence, reasons, self._tell_asked(at), hedge, unclear)

    # What is said first

    def _tell_ruling(self) -> str:
        reply = self._reply
        own, parts = reply.own, reply.parts
        if reply.ruling is Ruling.YES:
            return f"{say_as('answer', _YES)}{self._tell_yes(reply.turn)}"
        if reply.ruling is Ruling.NO and own.ruling is Ruling.NO:
            core = f"{say_as('answer', _NO)}, {self._tell_no(reply.turn, reply.then)}"
            left_out = [each.topic for each in parts if each.holding.ruling is Ruling.YES]
            if not left_out:
                return core
            return f"{core}; {say('but yes: {topics}', topics=self._labels(left_out))}"
        if reply.ruling is own.ruling:
            fine = [each.topic for each in parts if each.holding.ruling is Ruling.YES]
            core = f"{self._ask}: {self._tell_why_asked(own)}"
            return f"{core}; {say('yes: {topics}', topics=self._labels(fine))}" if fine else core
        no = f"{say_as('answer', _NO)}, " if reply.ruling is Ruling.NO else ""
        return f"{no}{self._tell_parts()}"

    def _tell_no(self, turn: Turn | None, then: Ruling | None) -> str:
        """Return when a no ends and what follows, behind the “no” and a comma."""
        if turn is None:
            treated = self._name_treatments(self._reply.own.rules)
            return say("not until {treatment} is over", treatment=treated)
        following = self._tell_following(turn)
        return f"{following}, {say('and then not all of it')}" if then is Ruling.NO else following

    def _tell_following(self, turn: Turn) -> str:
        moment = self._moment(turn)
        following = turn.holding
        when = say("not before {time}", time=f"{moment}{self._distance(turn)}")
        if turn.by and all(_closes(each) for each in turn.by):
            # No word may sound as if the treatment allowed it.
            bare = all(each.comes_without for each in turn.by)
            treated = f"{self._name_treatments(turn.by)} ({moment})"
            when = (
                say("come without it to {treatment}", treatment=treated)
                if bare
                else say("not up to {treatment}", treatment=treated)
            )
            if following.ruling is Ruling.ASK:
                return f"{when}; {say('afterwards {ask}', ask=self._ask)}"
        alone = not any(each.dated.until_at_least or each.dated.until for each in turn.by)
        if alone and following.cause in (Cause.UNSTATED, Cause.STATE, Cause.WORDS):
            awaited = self._tell_awaited(following) or say("and no end is stated")
            later = say("{ask} after your aftercare ({day})", ask=self._ask, day=self._last(turn))
            return f"{awaited}: {later}"
        if following.cause is Cause.STATE:
            return f"{when}, {say('and {end}', end=self._tell_awaited(following))}"
        at_least = following.cause is Cause.AT_LEAST
        if following.ruling is not Ruling.ASK and not at_least:
            return when
        why = say("no end is stated") if at_least else self._tell_why_asked(following)
        return f"{when}; {say('then {ask}', ask=self._ask)}: {why}"

    def _name_treatments(self, rules: Iterable[PlannedInstruction]) -> str:
        named = (refer_treatment(each.treatment, self._plan) for each in rules)
        return join_all(dict.fromkeys(named))

    def _last(self, turn: Turn) -> str:
        """Return the last date before a turn, or its instant."""
        last = turn.instant - timedelta.resolution if turn.with_day else turn.instant
        return self._words.moment(last, with_day=turn.with_day)

    def _tell_yes(self, turn: Turn | None) -> str:
        """Return until when a yes holds and what follows, behind the “yes”."""
        if turn is None:
            return ""
        until = self._words.until(turn.instant, with_day=turn.with_day)
        if turn.holding.ruling is Ruling.NO:
            return f", {until}"
        return f", {until}; {say('then {ask}', ask=self._ask)}"

    def _tell_why_asked(self, holding: Holding) -> str:
        """Return why only the clinic can answer."""
        match holding.cause:
            case Cause.DEPENDS:
                factors = self._plan.protocol.factors
                options = (join_any(("--with", f"--without {name}")) for name in holding.asks)
                questions = " ".join(factors[name].ask for name in holding.asks)
                return f"{say('it depends')}: {questions} ({join_all(options)})"
            case Cause.STATE | Cause.WORDS:
                return self._tell_awaited(holding)
            case Cause.AT_LEAST:
                ends = [each.shortest_end for each in holding.rules if each.shortest_end]
                passed = [each for each in holding.rules if each.shortest_end == max(ends)]
                with_day = passed[0].dated.least_form.is_date
                since = self._words.moment(max(ends), with_day=with_day)
                over = say("the shortest time is over since {time}", time=since)
                return f"{over}; {say('no end is stated')}"
            case Cause.UNSTATED:
                return say("no end is stated")
            case Cause.CLOSED:
                return say(CLOSED)
            case _:
                return self._tell_silence()

    def _tell_silence(self) -> str:
        """Return that nobody speaks of a topic, ever or at that time."""
        names = find_groups(self._reply.topic, self._plan.protocol.topics) | {self._reply.topic}
        spoken = any(not names.isdisjoint(each.topics) for each in self._plan.protocol.instructions)
        sheet = self._plan.protocol.id
        if spoken:
            return say("{protocol} says nothing of it for this time", protocol=sheet)
        return say("{protocol} says nothing of it", protocol=sheet)

    def _tell_awaited(self, holding: Holding) -> str:
        """Return the states, or the vague times, that must have come."""
        if holding.cause not in (Cause.STATE, Cause.WORDS):
            return ""
        windows = [each.instruction.window for each in holding.rules]
        states = [
            say("only once {state}", state=each.until_state) for each in windows if each.until_state
        ]
        vague = [
            say("not for {words} (no date stated)", words=each.until_words)
            for each in windows
            if each.until_words
        ]
        return join_all(dict.fromkeys((*states, *vague)))

    def _tell_parts(self) -> str:
        """Return what holds for a group whose members differ."""
        own = self._reply.own
        if own.ruling is Ruling.NO:
            return ""
        forbidden: dict[str, list[str]] = {}
        asked, fine = [], []
        for each in self._reply.parts:
            match each.holding.ruling:
                case Ruling.NO:
                    end = "" if each.turn is None else self._moment(each.turn)
                    forbidden.setdefault(end, []).append(each.topic)
                case Ruling.ASK:
                    asked.append(each.topic)
                case Ruling.YES:
                    fine.append(each.topic)
        told = [
            say("not {topics} before {time}", topics=self._labels(names), time=end)
            if end
            else say("not {topics}", topics=self._labels(names))
            for end, names in forbidden.items()
        ]
        if asked:
            told.append(say("{ask} about {topics}", ask=self._ask, topics=self._labels(asked)))
        if fine and own.ruling is not Ruling.YES:
            told.append(say("yes: {topics}", topics=self._labels(fine)))
        rest = say_as("answer", _YES) if own.ruling is Ruling.YES else self._ask
        told.append(say("the rest, {answer}", answer=rest))
        return f"{say('in part')}: {'; '.join(told)}"

    def _tell_changes(self) -> str:
        """Return the halves of a day: "no until 2:30 pm, then yes"."""
        changes = self._reply.changes
        said = {
            Ruling.YES: say_as("answer", _YES),
            Ruling.NO: say_as("answer", _NO),
            Ruling.ASK: self._ask,
        }
        told = []
        for number, (_, ruling) in enumerate(changes):
            answer = said[ruling]
            if number + 1 < len(changes):
                until = self._words.clock(changes[number + 1][0])
                answer = say("{answer} until {time}", answer=answer, time=until)
            told.append(say("then {answer}", answer=answer) if number else answer)
        turn = self._reply.turn
        awaited = self._tell_awaited(turn.holding) if turn is not None else ""
        return f"{', '.join(told)}{f': {awaited}' if awaited else ''}"

    # What is said beside it

    def _list_asked_first(self) -> tuple[str, ...]:
        own = self._reply.own
        forbids = own.ruling is Ruling.NO
        rules = self._reply.rules if forbids else own.rules
        return tuple(dict.fromkeys(each for rule in rules for each in ask_words(rule.instruction)))

    def _list_hedges(self) -> Iterator[str]:
        reply = self._reply
        if reply.ruling is Ruling.NO and reply.own.ruling is Ruling.NO:
            yield from self._hedge_no(reply.own, reply.turn)
        if reply.ruling is Ruling.YES:
            yield from self._hedge_yes(reply.own)

    def _tell_doubt(self) -> str:
        """Return what is awaited, or over, beside any time; empty where nothing is."""
        own, turn = self._reply.own, self._reply.turn
        if own.cause in (Cause.STATE, Cause.WORDS, Cause.AT_LEAST):
            return self._tell_why_asked(own)
        return "" if turn is None else self._tell_awaited(turn.holding)

    def _hedge_no(self, own: Holding, turn: Turn | None) -> Iterator[str]:
        rules = own.rules
        if all(each.instruction.strength is not Strength.MUST for each in rules):
            yield say("if it can wait")
        for each in turn.by if turn else ():
            window, dated = each.instruction.window, each.dated
            ranged = each.end is End.DATE_OR_LATER and not is_wish(window.until)
            if ranged and dated.until_at_least is not None:
                with_day = dated.least_form.is_date
                since = self._words.moment(dated.until_at_least, with_day=with_day)
                yield say("at the earliest from {time}", time=since)
            if each.end is End.STATE_OR_DATE:
                yield say("or once {state} if that is sooner", state=window.until_state)
        if turn is not None and turn.holding.cause is Cause.WISH:
            yield self._tell_wish(turn.holding)
        areas = {each.instruction.area for each in rules}
        if None not in areas:
            yield f"({', '.join(sorted(filter(None, areas)))})"
        told = {each.instruction.id: each for each in (*rules, *(turn.by if turn else ()))}
        if any(self._words.guess(each) for each in told.values()):
            yield say("ask for the time of the appointment")
        for each in rules:
            yield from lifting_words(each.instruction)

    def _hedge_yes(self, own: Holding) -> Iterator[str]:
        if own.cause is Cause.WISH:
            yield say("but {advice}", advice=self._tell_wish(own))
        if own.cause in (Cause.ALLOWED, Cause.DUE):
            conditions = [self._symptom(each) for each in own.rules]
            if all(conditions):
                found = dict.fromkeys(filter(None, conditions))
                yield join_any(say("if {condition}", condition=each) for each in found)
        for each in own.unless:
            if (condition := self._symptom(each)) is not None:
                yield say("but not if {condition}", condition=condition)

    def _tell_wish(self, holding: Holding) -> str:
        ends = [(each.dated.until, each) for each in holding.rules if each.dated.until is not None]
        until, last = max(ends, key=lambda pair: pair[0])
        when = self._words.moment(until, with_day=last.dated.ends_with_day)
        return say("better not before {time}", time=when)

    def _symptom(self, rule: PlannedInstruction) -> str | None:
        condition: Condition | None = rule.instruction.condition
        factors = self._plan.protocol.factors
        if condition is None or rule.applies is not Answer.ASK:
            return None
        return condition_text(condition, factors) if awaits_symptom(condition, factors) else None

    def _list_deciding(self) -> tuple[PlannedInstruction, ...]:
        """Return the rules that decide: of a yes those that speak for it, or were last over."""
        rules = self._reply.rules
        if self._reply.ruling is Ruling.YES:
            rules = tuple(sorted(rules, key=lambda each: each.dated.until or NEVER, reverse=True))
            rules = tuple(sorted(rules, key=_rank_for_yes))
        return rules[:_MOST_REASONS]

    def _list_reasons(self, rules: tuple[PlannedInstruction, ...]) -> Iterator[str]:
        """Yield each rule with its source; of a second sheet there is room for its source alone."""
        for each in rules:
            sheet = each.treatment.protocol.id if self._plan.has_sheets else None
            source = ", ".join(filter(None, (sheet, each.instruction.source)))
            text = told_text(each.instruction)
            if each.treatment.protocol.id != rules[0].treatment.protocol.id:
                yield say("Also: {source}.", source=source)
            else:
                yield f"{text} ({source})" if source else text

    def _tell_asked(self, at: datetime | date) -> str:
        """Return what was asked, for when, and for which appointment."""
        label = self._plan.protocol.topics[self._reply.topic].short
        if not isinstance(at, datetime):
            when = self._words.short(at)
        elif at == self._plan.now:
            when = say_as("answer", "now")
        else:
            when = self._words.moment(at, with_day=False)
        asked = f"{label[:1].upper()}{label[1:]}, {when}"
        return f"{asked} · {_tell_visits(self._plan)}"

    def _labels(self, names: Iterable[str]) -> str:
        return topic_labels(names, self._plan.protocol.topics)

    def _moment(self, turn: Turn) -> str:
        return self._words.moment(turn.instant, with_day=turn.with_day)

    def _distance(self, turn: Turn) -> str:
        """Return how far away a turn is from now, empty where it has passed."""
        left = turn.instant - self._plan.now
        if left <= timedelta():
            return ""
        if turn.with_day or left >= 2 * _DAY:
            visit = self._plan.visit
            days = visit.local_date(turn.instant) - visit.local_date(self._plan.now)
            return f" ({distance_words(days.days)})"
        if left < _HOUR:
            return f" ({count('in {number} minute', 'in {number} minutes', -(-left // _MINUTE))})"
        return f" ({count('in {number} hour', 'in {number} hours', -(-left // _HOUR))})"


def _closes(rule: PlannedInstruction) -> bool:
    """Return whether it is the treatment, as it begins, that ends a rule."""
    return rule.instruction.closes_at_start or rule.comes_without


def _rank_for_yes(rule: PlannedInstruction) -> tuple[bool, bool]:
    """Return the place of a rule among those of a yes: first what surely speaks for it."""
    return rule.applies is not Answer.YES, rule.restricts


def _tell_visits(plan: Plan) -> str:
    """Return the appointment with its zone, or how many there are from when on, and the sheets."""
    told = appointment_words(plan.visit, plan.now, short=True).partition(" (")[0]
    starts = {each.visit.start for each in plan.treatments}
    if len(starts) > 1:
        first = plan.visit.local_date(min(starts))
        day = short_date(first)
        told = count(
            "{number} visit from {day}", "{number} visits from {day}", len(starts), day=day
        )
    ids = dict.fromkeys(each.protocol.id for each in plan.treatments)
    return f"{told} · {', '.join(ids)}"


def _sentence(parts: Iterable[str]) -> str:
    text = "".join(parts).replace(", (", " (")
    return end_sentence(f"{text[:1].upper()}{text[1:]}")
