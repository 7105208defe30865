"""Refusals: what can't be read or done, as a sentence with what to do instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from microcare.core.sheet.problems import Code, Problem, Subject

DO_NOT_TREAT = 1
BAD_INPUT = 2
UNFINISHED = 3


class Refusal(Exception):  # noqa: N818 - nothing went wrong: that is the answer
    """What can't be done, in a sentence for the user; `hint` says what to do instead.

    `exit_code` is BAD_INPUT, UNFINISHED where the user's input is not to blame, or DO_NOT_TREAT.
    """

    def __init__(self, message: str, hint: str | None = None, exit_code: int = BAD_INPUT) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.exit_code = exit_code

    def __reduce__(self) -> tuple[object, ...]:
        # Without what its `__init__` takes: each kind of refusal takes other things.
        return _revive, (type(self), self.args, self.__dict__)


def _revive(cls: type[Refusal], told: tuple[object, ...], fields: dict[str, object]) -> Refusal:
    """Return a refusal that another process has raised."""
    found = cls.__new__(cls, *told)
    found.__dict__.update(fields)
    return found


class ProtocolError(Refusal):
    """A protocol file that can't be used; `problems` are all that was found in it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(problem.message for problem in self.problems))


class PhraseError(Refusal):
    """A text that can't be read as what is asked for where it stands.

    `code` and `subjects` are set where the problem is of another kind than its key's.
    """

    def __init__(
        self,
        message: str,
        hint: str | None = None,
        code: Code | None = None,
        subjects: tuple[Subject, ...] = (),
    ) -> None:
        super().__init__(message, hint)
        self.code = code
        self.subjects = subjects


def quote(text: str, most: int = 60) -> str:
    """Return a text in quotes as messages show it: on one line, `most` characters at most."""
    line = " ".join(text.split())
    return f"“{line}”" if len(line) <= most else f"“{line[: most - 1]}…”"


def find_nearest(name: str, known: Iterable[str], closeness: float = 0.65) -> str | None:
    """Return the one of `known` that a misspelt name is nearest to, None where nothing is near.

    The same letters in another order come first: `form` is `from`, not `for`.
    """
    from difflib import get_close_matches  # imported on errors only: start-up counts

    wanted, names = name.lower()[:100], list(known)
    swapped = (each for each in names if sorted(each) == sorted(wanted))
    near = get_close_matches(wanted, names, n=1, cutoff=closeness)
    return next(swapped, near[0] if near else None)


def suggest(*near: str | None) -> str | None:
    """Return the hint that names what was found near, None where nothing was."""
    *more, last = [f"“{each}”" for each in near if each is not None] or [""]
    named = f"{', '.join(more)} or {last}" if more else last
    return f"did you mean {named}?" if named else None
