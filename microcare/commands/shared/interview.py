"""The interview on a terminal: a protocol, a date and a patient's answers, asked one by one."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

from microcare.commands.shared.booking import Booking, make_plan
from microcare.commands.shared.command import list_given_words, may_not_ask
from microcare.commands.shared.errors import DateError, command_line, describe_error
from microcare.commands.shared.last_times import read_last_times
from microcare.commands.shared.settings import (
    choose_default,
    choose_protocol,
    load_catalogue,
    load_settings,
)
from microcare.commands.shared.treatments import split_reference
from microcare.core.values import replace
from microcare.load.library.folders import find_protocol
from microcare.load.source.refusals import Refusal
from microcare.load.typed_date.reading import parse_when
from microcare.load.typed_date.when import When, format_when
from microcare.wording.plan.heading import plan_heading
from microcare.wording.plan.questions import Prompt, PromptKind, list_prompts
from microcare.wording.safe import visible

if TYPE_CHECKING:
    from collections.abc import Callable

    import typer

    from microcare.core.plan.last_times import LastTime
    from microcare.core.plan.plan import Plan

_YES, _NO, _UNKNOWN = ("y", "yes"), ("n", "no"), ("", "?", "unknown")


def ask_booking(
    context: typer.Context, load: Callable[..., Booking], protocols: list[str] | None
) -> tuple[Booking, list[str]]:
    """Return what `load` makes of the protocol and the date, asked for, and the options for them.

    `load` takes `protocol` and `date`. Nothing is missing, and there are no options, where each of
    the `protocols` has its own date. Raises Refusal where there is nobody to ask: without a
    terminal, with `--no-input`, and where a protocol is to come from stdin.
    """
    named = [split_reference(each) for each in protocols or ()]
    if named and all(own for _, own in named):
        return load(protocol=protocols, date=""), []
    from_stdin = any(name == "-" for name, _ in named)
    if from_stdin or may_not_ask(context) or not (sys.stdin.isatty() and sys.stderr.isatty()):
        message = "Missing option '--date'; --protocol, --with and --without say the rest."
        raise Refusal(message, 'say when: microcare plan --date "2026-12-10 14:30"')
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    chosen = [] if named else _ask_protocol()
    while True:
        typed = _ask("When is the appointment?")
        try:
            booking = load(protocol=protocols or chosen or None, date=typed)
        except DateError as error:
            if error.option != "--date":
                raise
            _tell_refusal(error)
        else:
            when = parse_when(typed, now=booking.now, zone=booking.visit.zone)
            options = ["--date", format_when(when)]
            return booking, [*options, *(word for each in chosen for word in ("--protocol", each))]


def ask_patient(plan: Plan, booking: Booking) -> tuple[Plan, list[str]]:
    """Return a booking's plan with what was answered, and the options that say that."""
    heading = plan_heading(plan, chosen_by=booking.chosen_by)
    for line in (*heading.protocols, *heading.appointments):
        _tell(line)
    passed: dict[tuple[bool, str], PromptKind] = {}
    options: list[str] = []
    while prompts := [each for each in list_prompts(plan) if each.key not in passed]:
        prompt = prompts[0]
        if prompt.kind not in passed.values():
            _tell()
            _tell(prompt.kind.value)
        lead = f"{len(passed) + 1} of {len(passed) + len(prompts)}  "
        passed[prompt.key] = prompt.kind
        if prompt.kind is PromptKind.LAST:
            found = _ask_last(prompt, lead, plan)
            plan = replace(plan, lasts=(*plan.lasts, *found))
            options += [word for each in found for word in ("--last", _written_last(each, plan))]
        elif (answer := _ask_factor(prompt, lead)) is not None:
            booking = replace(booking, answers={**booking.answers, prompt.name: answer})
            plan = replace(make_plan(booking), lasts=plan.lasts)
            options += ["--with" if answer else "--without", prompt.name]
    _tell()
    return plan, options


def announce_command(context: typer.Context, options: list[str]) -> None:
    """Say on stderr the command line that asks nothing, with the options that were given to it."""
    from microcare.commands.shared.command import fold_command

    words = (*context.command_path.split(), *options, *list_given_words(context))
    _tell()
    _tell("The same without questions:")
    sys.stderr.write(f"{visible(fold_command(command_line(*words), _columns() - 1))}\n")


def _ask_protocol() -> list[str]:
    """Return the protocol to name, none where the settings name one or there is no other."""
    settings = load_settings()
    entries = load_catalogue(settings) if settings.protocol is None else ()
    if len(entries) < 2:
        return []
    default = choose_default(settings).value
    _tell("Which protocol?")
    for number, each in enumerate(entries, 1):
        about = "can't be used" if each.protocol is None else each.protocol.title
        _tell(f"{number}  {each.id}: {about}", "   ")
    numbers = {str(number): each.id for number, each in enumerate(entries, 1)}
    ids = {each.id for each in entries}
    while True:
        typed = _ask(f"Its number or id, or only Enter for {default}:") or default
        chosen = typed if typed in ids else numbers.get(typed, typed)
        try:
            find_protocol(chosen, settings.folders)  # to which "-" is no stdin
            choose_protocol(chosen, settings)
        except Refusal as error:
            _tell_refusal(error)
        else:
            return [chosen]


def _ask_factor(prompt: Prompt, lead: str) -> bool | None:
    while True:
        typed = _ask(prompt.text, lead).lower()
        if typed in (*_YES, *_NO):
            return typed in _YES
        if typed in _UNKNOWN:
            return None
        _tell("Type y for yes, n for no, or only Enter if it is not known.", " " * len(lead))


def _ask_last(prompt: Prompt, lead: str, plan: Plan) -> tuple[LastTime, ...]:
    while True:
        typed = _ask(prompt.text, lead)
        if typed.lower() in _UNKNOWN:
            return ()
        try:
            text = f"{prompt.name}={typed}"
            zone = plan.treatments[0].visit.zone
            return read_last_times([text], plan.protocol, now=plan.now, zone=zone)
        except Refusal as error:
            _tell_refusal(error)
            _tell("Type a date, or never, or only Enter if it is not known.")


def _written_last(last: LastTime, plan: Plan) -> str:
    if last.day is None:
        return f"{last.topic}=never"
    start = None if last.instant is None else plan.treatments[0].visit.local(last.instant)
    return f"{last.topic}={format_when(When(last.day, start))}"


def _tell_refusal(error: Refusal) -> None:
    """Say what can't be used; the commands of a date's readings are the readings alone here."""
    if not isinstance(error, DateError):
        for line in describe_error(error, ()).lines:
            _tell(line)
        return
    _tell(f"microcare: {error}")
    if error.readings:
        _tell("Type one of these:" if len(error.readings) > 1 else "Type this:", "  ")
    for each in error.readings:
        _tell(each, "    ")


def _ask(question: str, lead: str = "") -> str:
    """Return what somebody types behind a question; raises KeyboardInterrupt of Ctrl-C, Ctrl-D."""
    try:
        _tell(question, lead, end=" ")
        typed = sys.stdin.readline()
    except KeyboardInterrupt:
        _tell()
        raise
    if not typed.endswith("\n"):
        _tell()
        raise KeyboardInterrupt
    return typed.strip()


def _tell(text: str = "", lead: str = "", *, end: str = "\n") -> None:
    """Write to stderr, behind a lead and below it, as wide as the terminal."""
    from textwrap import wrap

    room = 1 if end == "\n" else 6  # for the cursor, or for what is typed
    lines = wrap(
        visible(text),
        max(_columns() - room, 20),
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_long_words=False,
        break_on_hyphens=False,
    )
    sys.stderr.write("\n".join(lines) + end)
    sys.stderr.flush()


def _columns() -> int:
    from rich.console import Console

    # As if it were no terminal: Rich takes each dumb one for 80 columns wide.
    return Console(stderr=True, force_terminal=False).width
