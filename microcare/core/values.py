"""Values: frozen, slotted dataclasses that cost little to define."""

from __future__ import annotations

from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def value(cls: type[T]) -> type[T]:
    """Make a class a frozen, slotted dataclass, equal to another of its class by its fields.

    All of them share what forbids changes, and `__eq__`, `__hash__` and `__repr__`: to generate
    these for each class took a fifth of the time in which a command starts.
    """
    made = dataclass(init=False, slots=True, repr=False, eq=False)(cls)
    made.__init__ = _make_init(made)  # type: ignore[assignment]
    made.__setattr__ = _refuse  # type: ignore[method-assign]
    made.__delattr__ = _refuse  # type: ignore[method-assign]
    names = made.__match_args__  # type: ignore[attr-defined]
    made.__compared__ = attrgetter(*names) if names else _get_nothing  # type: ignore[attr-defined]
    made.__eq__ = _equal  # type: ignore[method-assign]
    made.__hash__ = _hash  # type: ignore[method-assign]
    made.__repr__ = _repr  # type: ignore[method-assign]
    return made


def _make_init(cls: type) -> object:
    """Return an `__init__` that takes the fields in their order, by place or by name."""
    given: dict[str, object] = {"_set": object.__setattr__, "_LEFT_OUT": MISSING}
    parameters, lines = ["self"], []
    for each in fields(cls):
        name = source = each.name
        default = ""
        if each.default is not MISSING:
            given[f"_default_{name}"], default = each.default, f"=_default_{name}"
        elif each.default_factory is not MISSING:
            given[f"_make_{name}"], default = each.default_factory, "=_LEFT_OUT"
            source = f"_make_{name}() if {name} is _LEFT_OUT else {name}"
        parameters.append(f"{name}{default}")
        lines.append(f" _set(self, {name!r}, {source})\n")
    body = "".join(lines) or " pass\n"
    exec(f"def __init__({', '.join(parameters)}):\n{body}", given)  # noqa: S102 - our own text
    return given["__init__"]


def _refuse(self: object, name: str, *_: object) -> None:
    raise FrozenInstanceError(f"a {type(self).__name__} never changes: {name!r}")


def _get_nothing(_: object) -> None:
    """Return what all values without fields have in common."""


def _equal(self: object, other: object) -> bool:
    cls = type(self)
    if self is other or type(other) is not cls:
        return self is other
    return bool(cls.__compared__(self) == cls.__compared__(other))  # type: ignore[attr-defined]


def _hash(self: object) -> int:
    cls = type(self)
    return hash((cls, cls.__compared__(self)))  # type: ignore[attr-defined]


def _repr(self: object) -> str:
    names = type(self).__match_args__  # type: ignore[attr-defined]
    shown = (f"{name}={getattr(self, name)!r}" for name in names)
    return f"{type(self).__name__}({', '.join(shown)})"
