"""`microcare earliest`: the earliest appointment that breaks no interval, and what binds."""

from typing import TYPE_CHECKING, Annotated

import typer

from microcare.commands.shared import options
from microcare.commands.shared.output import Color, make_console, print_parts, write
from microcare.load.source.refusals import DO_NOT_TREAT, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType

    from microcare.core.plan.earliest import Earliest
    from microcare.core.plan.plan import Plan

    Options = dict[str, list[str] | str | None]


def earliest(
    last: options.LastOption = None,
    protocol: options.ProtocolOption = None,
    tz: options.ZoneOption = None,
    with_: options.WithOption = None,
    without: options.WithoutOption = None,
    now: options.NowOption = None,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DAYS", help="Only on these weekdays: mon,tue or mon-fri."),
    ] = None,
    between: Annotated[
        str | None,
        typer.Option("--between", metavar="HOURS", help="Only at these hours: 9:00-17:00."),
    ] = None,
    closed: options.ClosedOption = None,
    count: Annotated[
        int, typer.Option("--count", metavar="N", min=1, max=50, help="Offer so many dates.")
    ] = 1,
    output: options.FormatOption = options.DataFormat.TEXT,
    color: options.ColorOption = Color.AUTO,
    quiet: options.QuietOption = False,
    verbose: options.VerboseOption = False,
) -> None:
    """Find the earliest appointment that breaks no interval before it.

    Without --last it lists what to ask for.

    \b
    microcare earliest --last "Botox=20 Nov" --last "retinol=yesterday"
    microcare earliest --last isotretinoin=2026-05-30 --on mon-fri --between 9:00-17:00
    microcare earliest --last "laser=20 Nov" --not 2026-12-24 --count 3
    """
    # Asked for is a visit as soon as can be.
    from microcare.commands.shared.booking import announce_visits, load_booking, read_day
    from microcare.commands.shared.last_times import read_last_times
    from microcare.commands.shared.opening_times import read_opening_hours
    from microcare.commands.shared.settings import load_settings
    from microcare.core.plan.earliest import find_earliest
    from microcare.core.plan.openings import Inquiry
    from microcare.core.plan.plan import build_plan
    from microcare.load.library.opening import read_opening

    booking = load_booking(
        date="today",
        protocol=protocol,
        zone=tz,
        yes=with_,
        no=without,
        now=now,
        duration=None,
        verbose=verbose,
    )
    not_on = [read_day("--not", each, booking) for each in closed or ()]
    inquiry = Inquiry(
        protocol=booking.protocol,
        lasts=read_last_times(last, booking.protocol, now=booking.now, zone=booking.visit.zone),
        answers=booking.answers,
        now=booking.now,
        zone=booking.visit.zone,
        zone_source=booking.visit.zone_source,
        hours=read_opening_hours(on, between, not_on, read_opening(load_settings())),
    )
    found = find_earliest(inquiry, count)
    if found.earliest is None:
        hint = "leave out one of --on, --between and --not, or set hours: microcare config"
        raise Refusal("There is no such date within two years.", hint)
    dated = build_plan(
        booking.protocol,
        inquiry.make_visit(found.earliest),
        now=booking.now,
        answers=booking.answers,
        lasts=inquiry.lasts,
    )
    announce_visits(booking.visits, booking.now, quiet=quiet, verbose=verbose)
    if output is options.DataFormat.JSON:
        from microcare.export.data.earliest import earliest_json

        write(earliest_json(found, dated))
    else:
        again: Options = {"--last": last, "--with": with_, "--without": without}
        again |= {"--protocol": protocol, "--tz": tz, "--now": now}
        told = _lay_out(found, dated, again, chosen_by=booking.chosen_by)
        print_parts(make_console(color), told)
    if dated.blocked_by:
        raise typer.Exit(DO_NOT_TREAT)


def _lay_out(
    found: "Earliest", dated: "Plan", again: "Options", *, chosen_by: str
) -> "Iterable[RenderableType]":
    """Return the answer, and the command line that plans it with the options given `again`."""
    from microcare.commands.shared.booking import written_visit
    from microcare.commands.shared.errors import command_line
    from microcare.render.earliest_text import earliest_text
    from microcare.wording.earliest import tell_earliest

    words = ["microcare", "plan", "--date", written_visit(dated.visit)]
    for option, given in again.items():
        texts = [given] if isinstance(given, str) else given or ()
        words += [word for text in texts for word in (option, text)]
    told = tell_earliest(found, dated, chosen_by=chosen_by)
    return earliest_text(told, command_line(*words))
