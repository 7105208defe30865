"""Values: frozen, slotted dataclasses that cost little to define."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field
from functools import cache
from operator import attrgetter
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, TypeVar, dataclass_transform

T = TypeVar("T")
_Setter = Callable[[object, object], None]

if TYPE_CHECKING:
    from dataclasses import replace as replace  # noqa: PLC0414 - it is checked as that one is

    derived = property
else:

    class derived:  # noqa: N801 - used as `property` is
        """A property of a value that is computed when it is first asked for, and kept.

        What the value keeps in its `__dict__` is found before it, so the fields of the class are
        read as fast as any: a `__getattr__` would stand in the way of each of them.
        """

        def __init__(self, compute: Callable[[object], object]) -> None:
            self._compute, self.__doc__ = compute, compute.__doc__

        def __set_name__(self, _: type, name: str) -> None:
            self._name = name

        def __get__(self, owner: object, _: type) -> object:
            if owner is None:
                return self
            found = owner.__dict__[self._name] = self._compute(owner)
            return found

    def replace(old: T, /, **changes: object) -> T:
        """Return a value with some fields changed, in two thirds of the time of `dataclasses`."""
        cls = type(old)
        names = cls.__match_args__
        found = cls.__compared__(old)
        fields = [*found] if len(names) > 1 else [found]
        for name, changed in changes.items():
            fields[names.index(name)] = changed
        return cls(*fields)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def value(cls: type[T]) -> type[T]:
    """Make a class a frozen, slotted dataclass, equal to another of its class by its fields.

    It has the fields that it names itself, none of its bases. To have `dataclass` make each class
    took a tenth of the time in which a command starts; here all share what they do, and the code
    of `__init__` with those that have as many fields.
    """
    names = tuple(cls.__annotations__)
    space = {name: each for name, each in vars(cls).items() if name not in _WITHOUT_SLOTS}
    defaults = {name: space.pop(name) for name in names if name in space}
    if names[len(names) - len(defaults) :] != tuple(defaults):
        raise TypeError(f"in {cls.__name__}, a field without a default follows one with a default")
    keeps = any(type(each) is derived for each in space.values())
    space |= _SHARED
    space["__qualname__"] = cls.__qualname__
    space["__match_args__"] = names
    space["__slots__"] = (*names, "__dict__") if keeps else names
    space["__compared__"] = attrgetter(*names) if names else _get_nothing
    space["__dataclass_fields__"] = _Fields(cls.__annotations__, defaults)
    made: type[T] = type(cls.__name__, cls.__bases__, space)
    made.__init__ = _make_init(made, names, defaults)  # type: ignore[assignment]
    return made


class _Fields:
    """The fields of a value, as `dataclasses.replace` and the like ask for them; few ever do."""

    def __init__(self, annotations: dict[str, object], defaults: dict[str, object]) -> None:
        self._body = {"__doc__": __doc__, "__annotations__": annotations, **defaults}

    def __get__(self, _: object, cls: type) -> object:
        made: type = dataclass(init=False, repr=False, eq=False)(type(cls.__name__, (), self._body))
        found: object = made.__dataclass_fields__  # type: ignore[attr-defined]
        cls.__dataclass_fields__ = found  # type: ignore[attr-defined]
        return found


class _Parameters:
    """With which `dataclass` would have made a value, as engines ask that tell values apart."""

    def __get__(self, _: object, cls: type) -> object:
        made: type = dataclass(frozen=True)(type(cls.__name__, (), {"__doc__": __doc__}))
        return made.__dataclass_params__  # type: ignore[attr-defined]


def _make_init(cls: type, names: tuple[str, ...], defaults: dict[str, object]) -> object:
    """Return an `__init__` that takes the fields in their order, by place or by name."""
    setters = {}
    for number, name in enumerate(names):
        setter, default = getattr(cls, name).__set__, defaults.get(name)
        if isinstance(default, Field):
            if not callable(default.default_factory):
                raise TypeError(f"{cls.__name__}.{name}: `field` is for a default_factory alone")
            setter, defaults[name] = _make_setter(setter, default.default_factory), MISSING
        setters[f"set_{number}"] = setter
    code = _compile_init(len(names))
    code = code.replace(
        co_name="__init__",
        co_qualname=f"{cls.__qualname__}.__init__",
        co_varnames=("self", *names),
    )
    return FunctionType(code, setters, "__init__", tuple(defaults.values()))


def _make_setter(setter: _Setter, make: Callable[[], object]) -> _Setter:
    return lambda self, given: setter(self, make() if given is MISSING else given)


@cache
def _compile_init(count: int) -> CodeType:
    """Return the code of an `__init__` of so many fields, in whose place stand numbers."""
    numbers = range(count)
    parameters = "".join(f", _{each}" for each in numbers)
    # One expression, since no setter returns anything: statements take longer to compile.
    body = " or ".join(f"set_{each}(self, _{each})" for each in numbers)
    made: FunctionType = eval(f"lambda self{parameters}: {body or None}")  # noqa: S307 - our text
    return made.__code__


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


def _reduce(self: object) -> tuple[type, tuple[object, ...]]:
    """Return what makes the value anew from its fields: nothing that was derived is pickled."""
    cls = type(self)
    return cls, tuple(getattr(self, name) for name in cls.__match_args__)  # type: ignore[attr-defined]


_WITHOUT_SLOTS = {"__dict__", "__weakref__"}
_SHARED = {
    "__setattr__": _refuse,
    "__delattr__": _refuse,
    "__eq__": _equal,
    "__hash__": _hash,
    "__repr__": _repr,
    "__reduce__": _reduce,
    "__dataclass_params__": _Parameters(),
}
