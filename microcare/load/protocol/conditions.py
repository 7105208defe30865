"""The `if` of an instruction, and the factors a `screen` names, to conditions."""

from __future__ import annotations

from collections.abc import Mapping as Lookup

from microcare.core.sheet.conditions import All, Any, Condition, Factor, FactorKind, Is, Not
from microcare.core.sheet.points import DayTime
from microcare.core.sheet.problems import Code
from microcare.core.values import value
from microcare.load.protocol.names import find_exact, suggest_names
from microcare.load.source.fields import Fields
from microcare.load.source.nodes import Mapping, Mark, Node, Scalar, Sequence
from microcare.load.source.refusals import PhraseError, find_nearest, quote, suggest
from microcare.load.vocabulary import fold_name, load_built_in_topics

_COMBINED = ("all", "any", "not")


def read_condition(
    fields: Fields, key: str, factors: dict[str, Factor], times_of_day: Lookup[str, DayTime]
) -> Condition | None:
    """Return the condition at a key; what can't be read is reported and left out.

    A time of day of the appointment is a factor of its own, and added to `factors`.
    """
    node = fields.node_of(key)
    reader = _ConditionReader(fields, factors, times_of_day)
    return reader.read(node) if node is not None else None


def read_screening(
    fields: Fields, condition: Condition | None, factors: dict[str, Factor]
) -> tuple[tuple[str, ...], Condition | None]:
    """Return a screening's factors, and the condition that any of them is so."""
    reader = _ConditionReader(fields, factors, {})
    named = [reader.factor(text, mark) for text, mark in fields.texts("screen")]
    found = tuple(each for each in named if each is not None)
    if not found:
        return (), condition
    names = tuple(each.factor for each in found)
    screened: Condition = found[0] if len(found) == 1 else Any(found)
    return names, screened if condition is None else All((condition, screened))


@value
class _ConditionReader:
    fields: Fields
    factors: dict[str, Factor]
    times_of_day: Lookup[str, DayTime]

    def read(self, node: Node) -> Condition | None:
        match node:
            case Scalar(text=text):
                words = " ".join(text.split())
                named = self._named(words.removeprefix("not "), node.mark)
                return Not(named) if named is not None and words.startswith("not ") else named
            case Mapping(entries=entries) if len(entries) == 1:
                ((name, (key, inner)),) = entries.items()
                if name in _COMBINED:
                    return self._combine(name, inner)
                hint = suggest(find_nearest(name, _COMBINED)) or "write “all”, “any” or “not”"
                message = f"{quote(name)} combines no conditions."
                self.fields.reporter.report(key.mark, Code.UNKNOWN_KEY, message, hint)
            case _:
                message = "This is no condition."
                hint = "write a factor, “not” a factor, or one of “all: […]”, “any: […]”, “not: …”"
                self.fields.reporter.report(node.mark, Code.WRONG_SHAPE, message, hint)
        return None

    def _named(self, words: str, mark: Mark) -> Condition | None:
        """Return what a text names: a factor, or the appointment's time of day."""
        if self._is_described(fold_name(words)):
            return self.factor(words, mark)
        # Only here, because few protocols ask about it.
        from microcare.load.times.appointment_time import names_appointment, parse_appointment_time

        if not names_appointment(words):
            return self.factor(words, mark)
        try:
            factor, holds = parse_appointment_time(words, self.times_of_day)
        except PhraseError as error:
            message, hint, about = error.message, error.hint, error.subjects
            self.fields.reporter.report(mark, Code.BAD_TIME, message, hint, subjects=about)
            return None
        self.factors[factor.id] = factor
        return Is(factor.id) if holds else Not(Is(factor.id))

    def _is_described(self, ident: str) -> bool:
        """Return whether a factor is one of the patient or the treatment, with words for it."""
        found = self.factors.get(ident)
        return found is not None and found.kind is not FactorKind.APPOINTMENT

    def factor(self, name: str, mark: Mark) -> Is | None:
        """Return the condition that a described factor is so."""
        ident = fold_name(name)
        if self._is_described(ident):
            return Is(ident)
        message = f"The factor {quote(name)} is not known."
        hint = suggest_names(name, self.factors, self.factors)
        topic = find_exact(name, load_built_in_topics())
        if hint is None and topic is not None:
            message = f"{quote(name)} is a topic, “{topic}”, and no factor."
        hint = hint or "describe it under “factors”"
        self.fields.reporter.report(mark, Code.UNKNOWN_FACTOR, message, hint)
        return None

    def _combine(self, name: str, node: Node) -> Condition | None:
        if name == "not":
            inner = self.read(node)
            return Not(inner) if inner is not None else None
        if not isinstance(node, Sequence) or not node.items:
            message = f"“{name}” takes a list of conditions."
            hint = f"write “{name}: [a, b]”"
            self.fields.reporter.report(node.mark, Code.WRONG_SHAPE, message, hint)
            return None
        parts = [self.read(item) for item in node.items]
        found = tuple(part for part in parts if part is not None)
        if len(found) < len(parts):
            return None
        return All(found) if name == "all" else Any(found)
