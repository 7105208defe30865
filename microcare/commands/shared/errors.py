"""Errors as the sentences that a user reads; what is not expected here is a defect of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from microcare.core.values import value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microcare.load.source.refusals import Problem
    from microcare.load.typed_date.when import WhenError

_PROBLEMS_SHOWN = 50


class InputError(Exception):
    """Input that can't be used; `hint` says what to do."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


class UnfinishedError(Exception):
    """Something that a user's input is not to blame for; `hint` says what to do."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


class DateError(InputError):
    """A date that can't be read; `option` is the one it was given to."""

    def __init__(self, option: str, error: WhenError) -> None:
        super().__init__(error.message)
        self.option = option
        self.readings = error.readings


@value
class Complaint:
    """What to print on stderr, and whether the user's input is to blame."""

    lines: tuple[str, ...]
    is_bad_input: bool


def describe_error(error: Exception, arguments: Sequence[str]) -> Complaint:
    """Return what to say of an error; `arguments` are the command line's, after `microcare`.

    An unexpected error is named by its kind alone: its text may hold a patient's data.
    """
    if isinstance(error, DateError):
        return Complaint(tuple(_date_lines(error, arguments)), is_bad_input=True)
    if isinstance(error, InputError):
        return Complaint(_with_hint(str(error), error.hint), is_bad_input=True)
    if isinstance(error, UnfinishedError):
        return Complaint(_with_hint(str(error), error.hint), is_bad_input=False)
    if isinstance(error, typer.TyperException):
        message = error.format_message()
        context = getattr(error, "ctx", None)
        command = context.command_path if context is not None else "microcare"
        hint = _usage_hint(message, command, arguments)
        return Complaint(_with_hint(message, hint), is_bad_input=True)
    if type(error).__name__ == "ProtocolError":
        return Complaint(tuple(_problem_lines(getattr(error, "problems", ()))), is_bad_input=True)
    if isinstance(error, typer.Abort):
        return Complaint(("microcare: stopped.",), is_bad_input=False)
    if isinstance(error, OSError) and error.strerror:
        return Complaint((f"microcare: could not finish: {error.strerror}.",), is_bad_input=False)
    kind = type(error).__name__
    return Complaint(
        (
            f"microcare: something went wrong that should not have ({kind}).",
            "  Nothing was written. Run the command again with --debug to see where.",
        ),
        is_bad_input=False,
    )


def _with_hint(message: str, hint: str | None) -> tuple[str, ...]:
    if not hint:
        return (f"microcare: {message}",)
    return (f"microcare: {message}", f"  {hint[0].upper()}{hint[1:]}")


def _usage_hint(message: str, command: str, arguments: Sequence[str]) -> str:
    if "--date" in message and "Missing" in message:
        return f'Say when: {command} --date "2026-12-10 14:30"'
    if "extra argument" in message and "--date" in arguments:
        return f'A date of several words needs quotes: {command} --date "2026-12-10 14:30"'
    return f"Try: {command} --help"


def _date_lines(error: DateError, arguments: Sequence[str]) -> list[str]:
    lines = [f"microcare: {error}"]
    if error.readings:
        lines.append("  Run one of these:" if len(error.readings) > 1 else "  Run this:")
    for reading in error.readings:
        words = ["microcare", *_replace_option(arguments, error.option, reading)]
        lines.append(f"    {' '.join(map(_quote, words))}")
    return lines


def _replace_option(arguments: Sequence[str], option: str, value: str) -> list[str]:
    replaced = list(arguments)
    for place, each in enumerate(replaced):
        if each == option and place + 1 < len(replaced):
            replaced[place + 1] = value
        elif each.startswith(f"{option}="):
            replaced[place] = f"{option}={value}"
    return replaced


def _quote(word: str) -> str:
    # Double quotes work in every shell, Windows' included, where nothing in them is special.
    from shlex import quote

    simple = all(each.isalnum() or each in " -+:._/=," for each in word)
    return f'"{word}"' if simple and (" " in word or not word) else quote(word)


def _problem_lines(problems: Sequence[Problem]) -> list[str]:
    lines = []
    for problem in problems[:_PROBLEMS_SHOWN]:
        place = f"{problem.file}:{problem.line}:{problem.column}"
        lines.append(f"{place}: {problem.severity.value}: {problem.message} [{problem.code.value}]")
        if problem.hint:
            lines.append(f"  {problem.hint[0].upper()}{problem.hint[1:]}")
    if len(problems) > _PROBLEMS_SHOWN:
        lines.append(f"… and {len(problems) - _PROBLEMS_SHOWN} more problems.")
    count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
    lines.append(f"microcare: the protocol can't be used: {count}.")
    return lines
