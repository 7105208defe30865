"""Patient factors and the conditions built of them, three-valued: yes, no, not asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from itertools import product

from microcare.core.values import value


class Answer(Enum):
    """What is known of a factor or a condition (Kleene's three values)."""

    YES = "yes"
    NO = "no"
    ASK = "ask"

    # There is one of each, and keys are made of them: an Enum hashes its name anew each time.
    __hash__ = object.__hash__


class FactorKind(Enum):
    """What sort of fact a factor is, which says when it can be known."""

    TRAIT = "trait"
    OPTION = "option"
    SYMPTOM = "symptom"
    APPOINTMENT = "appointment"


APPOINTMENT_BEFORE = "appointment-before-"
"""What the id of a factor of the kind APPOINTMENT begins with; its time follows, as in 09:30."""


@value
class Factor:
    """Something about the patient or the treatment on which instructions depend.

    `yes` and `no` complete the sentence "if …"; `ask` is the front desk's question. A SYMPTOM
    arises later, so nobody asks about it at booking. An APPOINTMENT is answered by the
    appointment itself: whether it starts before a time of day, `before` in minutes from midnight.
    `stated_short` is empty where `yes` is short enough. `name` is the end of `short` by which a
    list calls it, behind what others begin with as well ("you have"); empty where it is all of it.
    """

    id: str
    yes: str
    no: str
    ask: str
    kind: FactorKind = FactorKind.TRAIT
    before: int | None = None
    stated_short: str = ""
    name: str = ""

    @property
    def short(self) -> str:
        """What stands after "if" or "unless" in little room; `yes` where none was stated."""
        return self.stated_short or self.yes

    @property
    def lead(self) -> str:
        """What `short` says before the name, with its blank; empty where it is all name."""
        return self.short.removesuffix(self.name) if self.name else ""


@value
class Is:
    """The factor is answered yes."""

    factor: str


@value
class Not:
    """The condition does not hold."""

    condition: Condition


@value
class All:
    """Every one of the conditions holds."""

    conditions: tuple[Condition, ...]


@value
class Any:
    """At least one of the conditions holds."""

    conditions: tuple[Condition, ...]


Condition = Is | Not | All | Any


def evaluate(condition: Condition, answers: Mapping[str, bool]) -> Answer:
    """Return whether a condition holds; a factor missing from `answers` was not asked."""
    match condition:
        case Is(factor):
            if factor not in answers:
                return Answer.ASK
            return Answer.YES if answers[factor] else Answer.NO
        case Not(inner):
            flipped = {Answer.YES: Answer.NO, Answer.NO: Answer.YES, Answer.ASK: Answer.ASK}
            return flipped[evaluate(inner, answers)]
        case All(parts):
            return _combine(parts, answers, decisive=Answer.NO, otherwise=Answer.YES)
        case Any(parts):
            return _combine(parts, answers, decisive=Answer.YES, otherwise=Answer.NO)


def _combine(
    parts: tuple[Condition, ...],
    answers: Mapping[str, bool],
    *,
    decisive: Answer,
    otherwise: Answer,
) -> Answer:
    values = {evaluate(part, answers) for part in parts}
    if decisive in values:
        return decisive
    return Answer.ASK if Answer.ASK in values else otherwise


def awaits_symptom(condition: Condition, factors: Mapping[str, Factor]) -> bool:
    """Return whether a condition is about what the patient feels, which may come at any time."""
    return any(
        factors[name].kind is FactorKind.SYMPTOM for name in list_condition_factors(condition)
    )


def list_condition_factors(condition: Condition) -> tuple[str, ...]:
    """Return the ids of the factors a condition names, in order, each once."""
    match condition:
        case Is(factor):
            return (factor,)
        case Not(inner):
            return list_condition_factors(inner)
        case All(parts) | Any(parts):
            found = (factor for part in parts for factor in list_condition_factors(part))
            return tuple(dict.fromkeys(found))


def find_settling_factors(condition: Condition, answers: Mapping[str, bool]) -> tuple[str, ...]:
    """Return the factors whose answers settle a condition, each once; none where it is open."""
    settled = evaluate(condition, answers)
    if settled is Answer.ASK:
        return ()
    match condition:
        case Is(factor):
            return (factor,)
        case Not(inner):
            return find_settling_factors(inner, answers)
        case All(parts) | Any(parts):
            alike = (part for part in parts if evaluate(part, answers) is settled)
            found = (factor for part in alike for factor in find_settling_factors(part, answers))
            return tuple(dict.fromkeys(found))


def list_possible_answers(names: tuple[str, ...]) -> Iterator[dict[str, bool]]:
    """Yield every set of answers to factors that there can be, in the order of truth tables."""
    for values in product((False, True), repeat=len(names)):
        answers = dict(zip(names, values, strict=True))
        if is_possible(answers):
            yield answers


def is_possible(answers: Mapping[str, bool]) -> bool:
    """Return whether answers agree: who starts before 10:30 starts before noon."""
    # Ids sort as their times do, and no sorts before yes.
    before = [answers[name] for name in sorted(answers) if is_appointment_factor(name)]
    return before == sorted(before)


def is_appointment_factor(name: str) -> bool:
    """Return whether a factor's id is of one that the appointment answers."""
    # No id of a file's own factor has a colon.
    return name.startswith(APPOINTMENT_BEFORE) and ":" in name


MAX_FACTORS = 8
"""Beyond this many factors conditions are not tried out answer by answer.

Two of them are then taken to be able to meet, and to mean different things: the careful reading.
"""
