"""Errors as the sentences that a user reads; what is not expected here is a defect of ours."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

import typer

from microcare.core.values import value
from microcare.load.source.refusals import BAD_INPUT, UNFINISHED, ProtocolError, Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microcare.core.sheet.problems import Problem
    from microcare.load.typed_date.when import WhenError

_PROBLEMS_SHOWN = 50


class DateError(Refusal):
    """A date that can't be read; `option` is the one it was given to.

    `given` is the whole value, since an option may stand more than once, and what stands in it
    before the date is the `lead`.
    """

    def __init__(
        self, option: str, error: WhenError, given: str | None = None, lead: str = ""
    ) -> None:
        super().__init__(error.message)
        self.option = option
        self.readings = error.readings
        self.given = given
        self.lead = lead


@value
class Complaint:
    """What to print on stderr, and how the process ends."""

    lines: tuple[str, ...]
    exit_code: int


def describe_error(error: Exception, arguments: Sequence[str]) -> Complaint:
    """Return what to say of an error; `arguments` are the command line's, after `microcare`.

    An unexpected error is named by its kind alone: its text may hold a patient's data.
    """
    if isinstance(error, Refusal):
        return Complaint(_refusal_lines(error, arguments), error.exit_code)
    if isinstance(error, typer.TyperException):
        return Complaint(
            _with_hint(error.format_message(), _usage_hint(error, arguments)), BAD_INPUT
        )
    if isinstance(error, typer.Abort):
        return Complaint(("microcare: stopped.",), UNFINISHED)
    if isinstance(error, OSError) and error.strerror:
        return Complaint((f"microcare: could not finish: {reason_of(error)}.",), UNFINISHED)
    kind = type(error).__name__
    return Complaint(
        (
            f"microcare: something went wrong that should not have ({kind}).",
            "  Run the command again with --debug to see where.",
        ),
        UNFINISHED,
    )


def reason_of(error: OSError) -> str | None:
    """Return why the system refused something; only a closed stdout is a bad descriptor."""
    return "stdout is closed" if error.errno == errno.EBADF else error.strerror


def _refusal_lines(error: Refusal, arguments: Sequence[str]) -> tuple[str, ...]:
    match error:
        case DateError():
            return tuple(_date_lines(error, arguments))
        case ProtocolError():
            return tuple(_problem_lines(error.problems))
        case _:
            return _with_hint(error.message, error.hint)


def _with_hint(message: str, hint: str | None) -> tuple[str, ...]:
    if not hint:
        return (f"microcare: {message}",)
    return (f"microcare: {message}", f"  {hint[0].upper()}{hint[1:]}")


def _usage_hint(error: typer.TyperException, arguments: Sequence[str]) -> str:
    """Return what to type instead; an error of usage knows the command's context."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "microcare"
    parameter = getattr(error, "param", None)
    if parameter is not None and "--date" in parameter.opts:
        # Typer takes any text for a date, so what is wrong is that there is none.
        return f'Say when: {command} --date "2026-12-10 14:30"'
    # Only of words too many does Typer complain without naming a parameter or an option.
    is_about_option = hasattr(error, "param") or hasattr(error, "option_name")
    has_date = context is not None and "date" in context.params and "--date" in arguments
    if has_date and not is_about_option:
        return f'A date of several words needs quotes: {command} --date "2026-12-10 14:30"'
    return f"Try: {command} --help"


def _date_lines(error: DateError, arguments: Sequence[str]) -> list[str]:
    lines = [f"microcare: {error}"]
    if error.readings:
        lines.append("  Run one of these:" if len(error.readings) > 1 else "  Run this:")
    for reading in error.readings:
        words = _replace_option(arguments, error, f"{error.lead}{reading}")
        lines.append(f"    {command_line('microcare', *words)}")
    return lines


def _replace_option(arguments: Sequence[str], error: DateError, value: str) -> list[str]:
    """Return the arguments with another value for the one that was refused, and for no other."""
    replaced, option = list(arguments), error.option
    short = _SHORT.get(option, option)
    for index, each in enumerate(replaced):
        if index and replaced[index - 1] in (option, short) and error.given in (None, each):
            replaced[index] = value
        for lead in (f"{option}=", *({short} - {option})):
            if each.startswith(lead) and error.given in (None, each.removeprefix(lead)):
                replaced[index] = f"{lead}{value}"
    return replaced


_SHORT = {"--protocol": "-p"}
"""The short names of options that hold a date."""


def command_line(*words: str) -> str:
    """Return a command line to paste into a shell."""
    return " ".join(map(_quote, words))


def _quote(word: str) -> str:
    # Double quotes work in every shell, Windows' included, where nothing in them is special.
    from shlex import quote

    simple = all(each.isalnum() or each in " -+:._/=,@" for each in word)
    return f'"{word}"' if simple and (" " in word or not word) else quote(word)


def _problem_lines(problems: Sequence[Problem]) -> list[str]:
    lines = []
    for problem in problems[:_PROBLEMS_SHOWN]:
        position = f"{problem.file}:{problem.line}:{problem.column}"
        lines.append(
            f"{position}: {problem.severity.value}: {problem.message} [{problem.code.value}]"
        )
        if problem.hint:
            lines.append(f"  {problem.hint[0].upper()}{problem.hint[1:]}")
    if len(problems) > _PROBLEMS_SHOWN:
        lines.append(f"… and {len(problems) - _PROBLEMS_SHOWN} more problems.")
    count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
    lines.append(f"microcare: the protocol can't be used: {count}.")
    return lines
