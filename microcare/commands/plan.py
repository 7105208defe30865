"""`microcare plan`: the dated, day-by-day plan of one appointment."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from microcare.commands.shared import options
from microcare.commands.shared.output import Color, make_console, print_parts, write
from microcare.load.source.refusals import DO_NOT_TREAT

if TYPE_CHECKING:
    from microcare.commands.shared.booking import Booking
    from microcare.core.plan.plan import Plan


class PlanFormat(StrEnum):
    """How a plan is printed."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


def plan(
    date: options.DateOption,
    protocol: options.ProtocolOption = None,
    tz: options.ZoneOption = None,
    with_: options.WithOption = None,
    without: options.WithoutOption = None,
    now: options.NowOption = None,
    duration: options.DurationOption = None,
    output: Annotated[
        PlanFormat, typer.Option("--format", "-f", help="How to print the plan.")
    ] = PlanFormat.TEXT,
    notes: Annotated[bool, typer.Option("--notes", help="Add the remarks for staff.")] = False,
    color: options.ColorOption = Color.AUTO,
    quiet: options.QuietOption = False,
) -> None:
    """Date every instruction of a protocol for one appointment.

    \b
    microcare plan --date "2026-12-10 14:30"
    microcare plan --date "10 Dec 2:30pm" --protocol clinic-b
    microcare plan --date 2026-12-10 --with cold-sores --format json
    """
    from microcare.commands.shared.booking import load_booking
    from microcare.commands.shared.settings import announce_zone
    from microcare.core.plan.plan import build_plan

    booking = load_booking(
        date=date, protocol=protocol, zone=tz, yes=with_, no=without, now=now, duration=duration
    )
    dated = build_plan(booking.protocol, booking.visit, now=booking.now, answers=booking.answers)
    announce_zone(booking.visit, quiet=quiet)
    match output:
        case PlanFormat.JSON:
            from microcare.export.data.plan import plan_json

            write(plan_json(dated))
        case PlanFormat.MARKDOWN:
            _print_markdown(dated, booking, notes=notes)
        case PlanFormat.TEXT:
            _print_text(dated, booking, color, notes=notes)
    if dated.blocked_by:
        raise typer.Exit(DO_NOT_TREAT)


def _print_markdown(dated: Plan, booking: Booking, *, notes: bool) -> None:
    from microcare.export.markdown.plan import plan_markdown
    from microcare.wording.plan.heading import plan_heading
    from microcare.wording.plan.outline import outline_plan

    heading = plan_heading(dated, chosen_by=booking.chosen_by)
    outline = outline_plan(dated, booking.clinic)
    write(plan_markdown(outline, heading, booking.clinic, notes=notes))


def _print_text(dated: Plan, booking: Booking, color: Color, *, notes: bool) -> None:
    from microcare.render.plan_text import NARROW_PLAN, plan_text
    from microcare.wording.plan.heading import plan_heading
    from microcare.wording.plan.outline import outline_plan

    console = make_console(color)
    heading = plan_heading(dated, chosen_by=booking.chosen_by)
    outline = outline_plan(dated, booking.clinic)
    parts = plan_text(outline, heading, booking.clinic, options=console.options, notes=notes)
    print_parts(console, parts)
    if console.is_terminal and console.width >= NARROW_PLAN:
        from microcare.render.chart import Glyphs, plan_chart

        glyphs = Glyphs.for_encoding(console.encoding)
        chart = list(plan_chart(dated, width=console.width, glyphs=glyphs))
        print_parts(console, ["", *chart] if chart else [])
