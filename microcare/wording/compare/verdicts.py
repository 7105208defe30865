"""Verdicts as sentences: who is stricter, and what a reader must know to believe it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import product
from typing import TYPE_CHECKING, TypeVar

from microcare.core.compare.comparison import Verdict
from microcare.core.compare.strictness import Facet
from microcare.core.sheet.instruction import StateRule, Strength
from microcare.core.sheet.points import NumberedDay, Side
from microcare.core.sheet.protocol import DayOne, Protocol
from microcare.core.time.bounds import Bound
from microcare.core.values import value
from microcare.wording.compare.remarks import boundary_remarks, name_remarks, person_remarks
from microcare.wording.compare.sayings import Told, read_saying, read_told, time_words
from microcare.wording.conditions import condition_text
from microcare.wording.labels import label_topic
from microcare.wording.persons import person_words
from microcare.wording.verbs import written_verb

if TYPE_CHECKING:
    from microcare.core.compare.comparison import ComparedTopic, Comparison, Said
    from microcare.core.compare.statements import Statement
    from microcare.core.time.places import Place

T = TypeVar("T")
_FACETS = {
    Facet.CONDITION: "for whom it is meant",
    Facet.KIND: "whether it is asked for or allowed",
    Facet.OPENS: "when it begins",
    Facet.CLOSES: "when it ends",
    Facet.SCOPE: "how wide it is meant",
    Facet.EXCEPTIONS: "what is left out",
    Facet.AREA: "the area",
    Facet.STRENGTH: "how binding it is",
    Facet.AMOUNTS: "the amounts",
    Facet.DAILY_MAX: "the most in a day",
    Facet.THRESHOLD: "the threshold",
    Facet.REPETITION: "how often",
    Facet.ASK_FIRST: "whom to ask first",
    Facet.OVERRIDE: "who may lift it",
    Facet.CALL: "whom to call",
    Facet.FORBIDDEN: "what is forbidden meanwhile",
    Facet.STAGES: "what holds at which time",
}
_SAME_HERE = {
    Side.BEFORE: "Before the treatment both mean",
    Side.DAY_OF: "On its day both mean",
    Side.AFTER: "After the treatment both mean",
    Side.ANY: "Both mean",
}
"""Two windows that cross the treatment may be the same on one side of it alone."""


@value
class ProtocolNames:
    """What the two protocols are called: their ids, told apart where those are equal."""

    left: str
    right: str


def protocol_names(comparison: Comparison) -> ProtocolNames:
    """Return the shortest names that tell the two protocols apart."""
    left, right = comparison.left, comparison.right
    if left.id != right.id:
        return ProtocolNames(left.id, right.id)
    if left.version != right.version:
        return ProtocolNames(f"{left.id} v{left.version}", f"{right.id} v{right.version}")
    return ProtocolNames(f"{left.id} (A)", f"{right.id} (B)")


def verdict_words(verdict: Verdict, names: ProtocolNames) -> str:
    """Return a verdict in a symbol and words, to be read under the head "stricter"."""
    match verdict:
        case Verdict.SAME:
            return "= same"
        case Verdict.LEFT_STRICTER:
            return f"< {names.left}"
        case Verdict.RIGHT_STRICTER:
            return f"> {names.right}"
        case Verdict.ONLY_LEFT:
            return f"<· only {names.left}"
        case Verdict.ONLY_RIGHT:
            return f"·> only {names.right}"
        case Verdict.DIFFERS:
            return "≠ differs"


def facet_words(facets: Iterable[Facet]) -> str:
    """Return in what two rules differ: "in when it begins and how often"."""
    *first, last = [_FACETS[facet] for facet in facets]
    return f"in {', '.join(first)} and {last}" if first else f"in {last}"


class VerdictWriter:
    """Writes the sentences of one comparison."""

    def __init__(self, comparison: Comparison) -> None:
        self.names = protocol_names(comparison)
        self._topics = comparison.topics
        self._holders = ((self.names.left, comparison.left), (self.names.right, comparison.right))
        self._told: dict[int, tuple[ComparedTopic, tuple[Told, Told]]] = {}

    def told(self, compared: ComparedTopic) -> tuple[Told, Told]:
        """Return what the left and the right protocol say in a row, found once."""
        if id(compared) not in self._told:
            left, right = (
                read_told(said, compared, protocol)
                for said, (_, protocol) in zip(compared.sides, self._holders, strict=True)
            )
            # With the row, so that no other one can come to have its identity.
            self._told[id(compared)] = compared, (left, right)
        return self._told[id(compared)][1]

    def sentence(self, compared: ComparedTopic) -> str:
        """Return the whole verdict: who is stricter, by which rules, and every remark."""
        return " ".join([self._lead(compared), *self.remarks(compared)])

    def remarks(self, compared: ComparedTopic) -> tuple[str, ...]:
        """Return what a reader must know beside the two rules."""
        reasons = [
            *self._clock_remarks(compared),
            *self._open_remarks(compared),
            *person_remarks(compared),
        ]
        if not reasons and compared.verdict is Verdict.DIFFERS and compared.family.traits.restricts:
            reasons.append("Neither forbids all that the other does.")
        found = [
            *reasons,
            *self._other_remarks(compared),
            *self._condition_remarks(compared),
            *self._further_remarks(compared),
            *name_remarks(compared, self._holders),
        ]
        return tuple(dict.fromkeys(found))

    def _lead(self, compared: ComparedTopic) -> str:
        left, right = self.told(compared)
        ours, theirs = left.words, right.words
        names = self.names
        match compared.verdict:
            case Verdict.SAME if ours == theirs:
                return f"Both say the same: {ours}." if left.added else "Both say it."
            case Verdict.SAME:
                where = _SAME_HERE[compared.side] if _crosses(compared) else "Both mean"
                return f"{where} the same: “{ours}” and “{theirs}”."
            case Verdict.LEFT_STRICTER:
                return f"{names.left} is stricter: {ours} against {theirs}."
            case Verdict.RIGHT_STRICTER:
                return f"{names.right} is stricter: {theirs} against {ours}."
            case Verdict.ONLY_LEFT:
                return f"Only {names.left} says it{_lead_in(left.added)}."
            case Verdict.ONLY_RIGHT:
                return f"Only {names.right} says it{_lead_in(right.added)}."
            case Verdict.DIFFERS:
                return (
                    f"They differ {facet_words(compared.facets)}: {names.left} says “{ours}”, "
                    f"{names.right} “{theirs}”."
                )

    def _clock_remarks(self, compared: ComparedTopic) -> Iterable[str]:
        """Yield why two lengths of one size are not the same, or can't be told apart."""
        if not compared.family.traits.restricts or not compared.facets:
            return
        for (opens, closes, waits), (opens_too, closes_too, waits_too) in _pair(compared, _ends):
            for facet, one, other in (
                (Facet.OPENS, opens, opens_too),
                (Facet.CLOSES, closes, closes_too),
            ):
                if facet in compared.facets and one and other:
                    yield from boundary_remarks(one, other)
            if waits is not waits_too:
                yield (
                    "A waiting time lets the counted day itself be fine; a ban that counts days "
                    "begins with it."
                )

    def _open_remarks(self, compared: ComparedTopic) -> Iterable[str]:
        """Yield what is not stated or has no date, and so can't be compared."""
        both = all(said.governing for said in compared.sides)
        if both and compared.verdict is Verdict.DIFFERS and Facet.CLOSES in compared.facets:
            yield from self._open_ends(compared)
        for (name, protocol), said in zip(self._holders, compared.sides, strict=True):
            for each in said.governing:
                if _rule_unstated(each):
                    kept = "later" if compared.family.traits.restricts else "earlier"
                    yield (
                        f"{name} doesn't say which counts, the time or the state; read as the "
                        f"{kept}."
                    )
                dated = compared.verdict is not Verdict.SAME and both
                if dated and protocol.day_one is DayOne.UNSTATED and _numbers_days(each):
                    yield f"{name} doesn't say which date its Day 1 is; both are covered."

    def _open_ends(self, compared: ComparedTopic) -> Iterable[str]:
        ends = [
            {text for each in said.governing for text in _open_end(each)} for said in compared.sides
        ]
        for (name, _), mine, others in zip(self._holders, ends, reversed(ends), strict=True):
            for text in sorted(mine - others):
                yield f"{name} {text}."

    def _other_remarks(self, compared: ComparedTopic) -> Iterable[str]:
        """Yield the differences beside time."""
        if Facet.STRENGTH not in compared.facets:
            return
        binding = " and ".join(
            f"{name} {_STRENGTHS[min(map(_read_strength, said.governing), key=_BINDING.index)]}"
            for (name, _), said in zip(self._holders, compared.sides, strict=True)
        )
        yield f"How binding it is: {binding}."

    def _condition_remarks(self, compared: ComparedTopic) -> Iterable[str]:
        """Yield how the two put one condition, where they put it differently."""
        stated: dict[str, str] = {}
        for (name, protocol), said in zip(self._holders, compared.sides, strict=True):
            for each in said.all:
                if compared.key and each.key == compared.key and each.condition is not None:
                    stated.setdefault(name, condition_text(each.condition, protocol.factors))
        if len(set(stated.values())) > 1:
            asked = " and ".join(f"{name} “if {text}”" for name, text in stated.items())
            yield f"The condition is worded differently: {asked}."

    def _further_remarks(self, compared: ComparedTopic) -> Iterable[str]:
        """Yield the weaker rules beside those that govern, and what is said in another way."""
        for (name, protocol), said, told in zip(
            self._holders, compared.sides, self.told(compared), strict=True
        ):
            governing = {each.words for each in told.governing}
            direct = [each for each in said.others if each.topic == compared.topic]
            weaker = [read_saying(each, compared, protocol).words for each in direct]
            also = [words for words in dict.fromkeys(weaker) if words not in governing]
            if also:
                yield f"{name} also says: {'; '.join(also)}; the strictest governs."
            if compared.family.traits.restricts and len(governing) > 1:
                yield f"In {name} all of its rules hold, each as long as it lasts."
            if said.nearby:
                lead = "says nothing of just this, but" if said.is_silent else "says of parts of it"
                yield f"{name} {lead}: {self._nearby(said, compared, protocol)}."

    def _nearby(self, said: Said, compared: ComparedTopic, protocol: Protocol) -> str:
        grouped: dict[tuple[str, str], list[str]] = {}
        for each in said.nearby:
            when = time_words(each.instruction, protocol)
            when = ", ".join([when, *person_words(each.instruction)])
            if each.condition is not None and each.key != compared.key:
                when += f", if {condition_text(each.condition, protocol.factors)}"
            labels = grouped.setdefault((written_verb(each.instruction), when), [])
            labels.append(label_topic(each.topic, each.instruction, protocol))
        return "; ".join(
            f"{verb} {', '.join(dict.fromkeys(labels))} ({when})"
            for (verb, when), labels in grouped.items()
        )


def _lead_in(added: str | None) -> str:
    return f": {added}" if added else ""


def _crosses(compared: ComparedTopic) -> bool:
    """Return whether a rule of a topic speaks on another side of the treatment as well."""
    governing = (each for said in compared.sides for each in said.governing)
    return any(len(each.instruction.sides) > 1 for each in governing)


_STRENGTHS = {
    Strength.MUST: "demands it",
    Strength.SHOULD: "recommends it",
    Strength.MAY: "leaves it open",
}
_BINDING = tuple(_STRENGTHS)


def _read_strength(each: Statement) -> Strength:
    return each.instruction.strength


def _pair(compared: ComparedTopic, read: Callable[[Statement], T]) -> Iterable[tuple[T, T]]:
    """Return what is read of the rules that govern, each of the left's with each of the right's."""
    left, right = (list(map(read, said.governing)) for said in compared.sides)
    if len(left) == len(right) == 1:  # as mostly
        return [(left[0], right[0])]
    return product(dict.fromkeys(left), dict.fromkeys(right))


def _ends(each: Statement) -> tuple[Place | None, Place | None, bool]:
    """Return where a rule opens and closes, on the careful side, and whether it is an interval."""
    return each.opens.careful, each.closes.careful, each.instruction.verb.traits.is_interval


def _open_end(each: Statement) -> Iterable[str]:
    closes: Bound = each.closes
    if each.family.traits.permits:
        return
    if closes.is_open and each.side is not Side.BEFORE:
        yield "states no end, so which lasts longer can't be said"
    elif closes.by_course:
        yield "states no date for the end but that of the course"
    elif closes.words is not None:
        yield f"gives no date for the end, only “{closes.words}”"
    elif closes.state is not None:
        yield "names a state of the body as an end, which no date can be compared with"


def _rule_unstated(each: Statement) -> bool:
    return each.instruction.window.until_rule is StateRule.UNSTATED


def _numbers_days(each: Statement) -> bool:
    window = each.instruction.window
    return any(isinstance(point, NumberedDay) for point in (window.start, window.until, window.at))
