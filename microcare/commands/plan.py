"""`microcare plan`: the dated, day-by-day plan of one appointment."""

import sys
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from microcare.commands.shared import options
from microcare.commands.shared.output import Color, make_console, print_parts, write
from microcare.language.messages import say, speak
from microcare.load.source.refusals import DO_NOT_TREAT, Refusal
from microcare.wording.plan.phases import Phase

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable

    from rich.console import Console, RenderableType

    from microcare.commands.shared.booking import Booking
    from microcare.core.plan.plan import Plan


class PlanFormat(StrEnum):
    """How a plan is printed."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


class Order(StrEnum):
    """By what a plan is sorted, where not by its days."""

    THING = "thing"


def plan(
    context: typer.Context,
    date: options.AskedDateOption = None,
    protocol: options.ProtocolsOption = None,
    duration: options.DurationOption = None,
    sessions: options.SessionsOption = None,
    every: options.EveryOption = None,
    closed: options.ClosedOption = None,
    session: options.SessionOption = None,
    tz: options.ZoneOption = None,
    with_: options.WithOption = None,
    without: options.WithoutOption = None,
    last: options.LastOption = None,
    language: options.LanguageOption = None,
    now: options.NowOption = None,
    output: Annotated[
        PlanFormat, typer.Option("--format", "-f", help="How to print the plan.")
    ] = PlanFormat.TEXT,
    full: Annotated[
        bool | None,
        typer.Option(
            "--full/--brief",
            help="All sentences with their sources, or a line a change (text is brief, Markdown "
            "full).",
        ),
    ] = None,
    part: Annotated[
        Phase | None, typer.Option("--part", help="Only what is before, on the day, or after.")
    ] = None,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DAY", help='One day as the patient lives it: "tomorrow".'),
    ] = None,
    by: Annotated[
        Order | None,
        typer.Option("--by", help="What is fine until when, and again from when, a line a thing."),
    ] = None,
    notes: Annotated[
        bool, typer.Option("--notes", help="Add the remarks for staff, to the full plan.")
    ] = False,
    color: options.ColorOption = Color.AUTO,
    pager: options.PagerOption = True,
    quiet: options.QuietOption = False,
    verbose: options.VerboseOption = False,
) -> None:
    """Date every instruction of a protocol for one appointment.

    On a terminal, without --date, it asks for the protocol, the date and the patient's answers.

    \b
    microcare plan --date "2026-12-10 14:30"
    microcare plan --date "10 Dec 2:30pm" --protocol clinic-b --full
    microcare plan --date "10 Dec 2:30pm" --on "Sat 12 Dec"
    microcare plan --date 2026-12-10 --with cold-sores --format json
    microcare plan --date 2026-12-10 --last "Botox=20 Nov" --last laser=never
    microcare plan --date "2026-12-10 14:30" --protocol clinic-b --sessions 3
    microcare plan --date 2026-12-10 --protocol clinic-a --protocol clinic-b@2026-12-17
    """
    from microcare.commands.shared.booking import (
        announce_visits,
        load_booking,
        make_plan,
        read_day,
    )
    from microcare.commands.shared.treatments import SessionOptions

    _refuse_mixed(
        output,
        {
            "--full": full is True,
            "--brief": full is False,
            "--notes": notes,
            "--part": part is not None,
            "--on": on is not None,
            "--by": by is not None,
        },
    )
    booking, asked = _load_booking(
        context,
        partial(
            load_booking,
            zone=tz,
            yes=with_,
            no=without,
            now=now,
            duration=duration,
            verbose=verbose,
            sessions=SessionOptions(sessions, every, tuple(closed or ()), tuple(session or ())),
            language=language,
        ),
        date,
        protocol,
    )
    day = None if on is None else read_day("--on", on, booking)
    dated = make_plan(booking, last)
    announce_visits(booking.visits, booking.now, quiet=quiet, verbose=verbose)
    if asked:
        dated, asked = _ask_patient(dated, booking, asked)
    with speak(booking.language):
        if output is PlanFormat.JSON:
            from microcare.export.data.plan import plan_json

            write(plan_json(dated))
        elif output is PlanFormat.MARKDOWN:
            write(_format_markdown(dated, booking, part, brief=full is False, notes=notes))
        else:
            console = make_console(color)
            parts = _lay_out(dated, booking, part, console, day, by, full=full is True, notes=notes)
            print_parts(console, parts, paged=pager)
    if asked and not quiet:
        _announce_command(context, asked)
    if dated.is_barred:
        raise typer.Exit(DO_NOT_TREAT)


_FITTING = {
    "--full": {"text", "markdown", "json", "--notes", "--part"},
    "--brief": {"text", "markdown", "--part"},
    "--notes": {"text", "markdown", "json", "--full", "--part"},
    "--part": {"text", "markdown", "--full", "--brief", "--notes"},
    "--on": {"text"},
    "--by": {"text"},
}
"""The formats and the other options with which each option of a view goes."""


def _load_booking(
    context: typer.Context,
    load: "Callable[..., Booking]",
    date: str | None,
    protocol: list[str] | None,
) -> "tuple[Booking, list[str]]":
    """Return the booking, and where its date was asked for the options that say what was asked."""
    if date is not None:
        return load(date=date, protocol=protocol), []
    from microcare.commands.shared.interview import ask_booking

    return ask_booking(context, load, protocol)


def _ask_patient(dated: "Plan", booking: "Booking", asked: list[str]) -> "tuple[Plan, list[str]]":
    from microcare.commands.shared.interview import ask_patient

    answered, options = ask_patient(dated, booking)
    return answered, [*asked, *options]


def _announce_command(context: typer.Context, asked: list[str]) -> None:
    from microcare.commands.shared.interview import announce_command

    announce_command(context, asked)


def _refuse_mixed(output: PlanFormat, chosen: dict[str, bool]) -> None:
    """Refuse options of which one would be ignored."""
    given = [name for name, is_given in chosen.items() if is_given]
    for name in given:
        unfit = [other for other in given if other != name and other not in _FITTING[name]]
        if output.value not in _FITTING[name]:
            unfit.append(f"--format {output.value}")
        if unfit:
            raise Refusal(f"{name} and {unfit[0]} don't go together.", "leave one of them out")


def _format_markdown(
    dated: "Plan", booking: "Booking", part: Phase | None, *, brief: bool, notes: bool
) -> str:
    from microcare.wording.plan.heading import plan_heading

    heading = plan_heading(dated, chosen_by=booking.chosen_by)
    if brief:
        from microcare.export.markdown.brief import brief_markdown
        from microcare.wording.plan.brief import brief_plan

        return brief_markdown(brief_plan(dated, part), heading, booking.clinic)
    from microcare.export.markdown.plan import plan_markdown
    from microcare.wording.plan.outline import outline_plan

    outline = outline_plan(dated, booking.clinic, part)
    return plan_markdown(outline, heading, booking.clinic, notes=notes)


def _lay_out(
    dated: "Plan",
    booking: "Booking",
    part: Phase | None,
    console: "Console",
    day: "dt.date | None",
    by: Order | None,
    *,
    full: bool,
    notes: bool,
) -> "Iterable[RenderableType]":
    """Return the parts of the view that was asked for."""
    if day is not None:
        return lay_out_day(dated, day)
    if by is not None:
        return _lay_out_things(dated, console)
    if full or notes:
        return _lay_out_full(dated, booking, part, console, notes=notes)
    return _lay_out_brief(dated, booking, part, console)


def _lay_out_brief(
    dated: "Plan", booking: "Booking", part: Phase | None, console: "Console"
) -> "Iterable[RenderableType]":
    from microcare.render.brief_text import brief_text
    from microcare.wording.plan.brief import brief_plan
    from microcare.wording.plan.heading import plan_heading

    heading = plan_heading(dated, chosen_by=booking.chosen_by)
    brief = brief_plan(dated, part, encoding=console.encoding)
    yield from brief_text(brief, heading, booking.clinic, width=console.width)
    if part is None:
        yield from _lay_out_chart(dated, console)


def _lay_out_full(
    dated: "Plan", booking: "Booking", part: Phase | None, console: "Console", *, notes: bool
) -> "Iterable[RenderableType]":
    from microcare.render.plan_text import plan_text
    from microcare.wording.plan.heading import plan_heading
    from microcare.wording.plan.outline import outline_plan

    heading = plan_heading(dated, chosen_by=booking.chosen_by)
    outline = outline_plan(dated, booking.clinic, part)
    yield from plan_text(outline, heading, booking.clinic, options=console.options, notes=notes)
    if part is None:
        yield from _lay_out_chart(dated, console)


def _lay_out_chart(dated: "Plan", console: "Console") -> "Iterable[RenderableType]":
    from microcare.render.plan_text import NARROW_PLAN

    # The console calls itself a terminal in a pipe too, where colours are forced.
    if not sys.stdout.isatty() or console.width < NARROW_PLAN:
        return
    from microcare.render.chart import Glyphs, plan_chart

    glyphs = Glyphs.for_encoding(console.encoding)
    for number, line in enumerate(plan_chart(dated, width=console.width, glyphs=glyphs)):
        yield from ("", line) if not number else (line,)


def lay_out_day(dated: "Plan", day: "dt.date") -> "Iterable[RenderableType]":
    """Return the parts of one day of a plan, with DO NOT TREAT first."""
    from microcare.render.day_text import day_text
    from microcare.wording.plan.one_day import tell_day

    yield from _lay_out_blocked(dated)
    yield from day_text(tell_day(dated, day))


def _lay_out_things(dated: "Plan", console: "Console") -> "Iterable[RenderableType]":
    from microcare.render.things_text import things_text
    from microcare.wording.plan.things import list_things

    # Each table brings its own empty line.
    yield from tuple(_lay_out_blocked(dated))[:-1]
    things = list_things(dated, encoding=console.encoding)
    yield from things_text(things, width=console.width)
    yield from _lay_out_chart(dated, console)


def _lay_out_blocked(dated: "Plan") -> "Iterable[RenderableType]":
    from microcare.render.plan_text import blocked
    from microcare.wording.persons import told_text
    from microcare.wording.plan.last_times import list_barred

    yield from blocked(told_text(each.instruction) for each in dated.blocked_by)
    yield from blocked(list_barred(dated, dated.protocol), say("DO NOT TREAT ON THIS DATE"))
