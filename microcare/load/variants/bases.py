"""What finds the protocol that a variant extends, and what it says where there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from microcare.core.values import value
from microcare.load.source.refusals import Refusal

if TYPE_CHECKING:
    from microcare.core.sheet.problems import Problem


@value
class Base:
    """The text of a protocol that another extends; `file` names it in positions.

    `key` is the same however the file is reached, `find` finds what it extends in turn, and
    `reference` is what `microcare check` takes for it.
    """

    text: str
    file: str
    key: str
    find: FindBase
    reference: str


FindBase = Callable[[str], Base]
"""Finds the protocol that the value of `extends` names; raises Refusal, ChainError among them."""


class BaseError(Refusal):
    """A base that can't be read; `problems` are those of its file, if it is one."""

    def __init__(self, message: str, hint: str, problems: Iterable[Problem] = ()) -> None:
        super().__init__(message, hint)
        self.problems = tuple(problems)


class ChainError(Refusal):
    """Protocols that extend each other without an end; `key` is that of the file to tell it at.

    None is the key of the first file, the one that is no base. Where it `is_circle` one extends
    itself in the end; else there are too many.
    """

    def __init__(self, message: str, hint: str, key: str | None, *, is_circle: bool = True) -> None:
        super().__init__(message, hint)
        self.key = key
        self.is_circle = is_circle
