"""The `if` of an instruction, and the factors a `screen` names, to conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microcare.core.conditions import All, Any, Condition, Is, Not
from microcare.load.nodes import Mapping, Node, Scalar, Sequence
from microcare.load.problems import Code, quote, suggest
from microcare.load.topics import fold_name

if TYPE_CHECKING:
    from collections.abc import Collection

    from microcare.load.fields import Fields
    from microcare.load.nodes import Mark

_COMBINED = ("all", "any", "not")


def read_condition(fields: Fields, key: str, factors: Collection[str]) -> Condition | None:
    """Return the condition at a key; what can't be read is reported and left out."""
    node = fields.node_of(key)
    return _ConditionReader(fields, factors).read(node) if node is not None else None


def read_screening(
    fields: Fields, condition: Condition | None, factors: Collection[str]
) -> tuple[tuple[str, ...], Condition | None]:
    """Return a screening's factors, and the condition that any of them is so."""
    reader = _ConditionReader(fields, factors)
    named = [reader.factor(text, mark) for text, mark in fields.texts("screen")]
    found = tuple(each for each in named if each is not None)
    if not found:
        return (), condition
    names = tuple(each.factor for each in found)
    screened: Condition = found[0] if len(found) == 1 else Any(found)
    return names, screened if condition is None else All((condition, screened))


class _ConditionReader:
    def __init__(self, fields: Fields, factors: Collection[str]) -> None:
        self._fields = fields
        self._factors = factors

    def read(self, node: Node) -> Condition | None:
        match node:
            case Scalar(text=text):
                words = " ".join(text.split())
                if words.startswith("not "):
                    inner = self.factor(words.removeprefix("not "), node.mark)
                    return Not(inner) if inner is not None else None
                return self.factor(words, node.mark)
            case Mapping(entries=entries) if len(entries) == 1:
                ((name, (key, value)),) = entries.items()
                if name in _COMBINED:
                    return self._combine(name, value)
                hint = suggest(name, _COMBINED) or "write “all”, “any” or “not”"
                message = f"{quote(name)} combines no conditions."
                self._fields.report_at(key.mark, Code.UNKNOWN_KEY, message, hint)
            case _:
                message = "This is no condition."
                hint = "write a factor, “not” a factor, or one of “all: […]”, “any: […]”, “not: …”"
                self._fields.report_at(node.mark, Code.WRONG_SHAPE, message, hint)
        return None

    def factor(self, name: str, mark: Mark) -> Is | None:
        ident = fold_name(name)
        if ident in self._factors:
            return Is(ident)
        hint = suggest(ident, self._factors) or "describe it under “factors”"
        message = f"The factor {quote(name)} is not known."
        self._fields.report_at(mark, Code.UNKNOWN_FACTOR, message, hint)
        return None

    def _combine(self, name: str, value: Node) -> Condition | None:
        if name == "not":
            inner = self.read(value)
            return Not(inner) if inner is not None else None
        if not isinstance(value, Sequence) or not value.items:
            message = f"“{name}” takes a list of conditions."
            self._fields.report_at(value.mark, Code.WRONG_SHAPE, message, f"write “{name}: [a, b]”")
            return None
        parts = [self.read(item) for item in value.items]
        found = tuple(part for part in parts if part is not None)
        if len(found) < len(parts):
            return None
        return All(found) if name == "all" else Any(found)
