"""`microcare diff`: where two clinics tell patients different things, and who is stricter."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from microcare.commands.shared import options
from microcare.commands.shared.output import Color, make_console, print_parts, write

if TYPE_CHECKING:
    from datetime import datetime

    from microcare.core.compare.comparison import Comparison
    from microcare.core.plan.plan import Plan
    from microcare.core.sheet.protocol import Protocol
    from microcare.core.time.appointment import Appointment
    from microcare.load.library.settings import Settings

DIFFERENCES = 1


class DiffFormat(StrEnum):
    """How a comparison is printed."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


def diff(
    left: Annotated[
        str,
        typer.Argument(
            metavar="A",
            help="The one protocol, by its id or its file; - reads it from stdin.",
            autocompletion=options.complete_protocol,
        ),
    ],
    right: Annotated[
        str,
        typer.Argument(
            metavar="B", help="The other protocol.", autocompletion=options.complete_protocol
        ),
    ],
    date: Annotated[
        str | None,
        typer.Option(
            "--date", metavar="WHEN", help="Add the dates that each rule means for an appointment."
        ),
    ] = None,
    tz: options.ZoneOption = None,
    now: options.NowOption = None,
    output: Annotated[
        DiffFormat, typer.Option("--format", "-f", help="How to print the comparison.")
    ] = DiffFormat.TEXT,
    everything: Annotated[
        bool, typer.Option("--all", help="Show in full what is the same, too.")
    ] = False,
    exit_code: Annotated[
        bool,
        typer.Option("--exit-code", help="End with 1 where the protocols differ, 0 where not."),
    ] = False,
    color: options.ColorOption = Color.AUTO,
    quiet: options.QuietOption = False,
    verbose: options.VerboseOption = False,
) -> None:
    """Compare two protocols by topic: what differs, and who is stricter.

    \b
    microcare diff clinic-a clinic-b
    microcare diff clinic-a clinic-b --date "2026-12-10 14:30"
    microcare diff clinic-a ./our-protocol.yaml --format markdown
    """
    from microcare.commands.shared.settings import load_settings
    from microcare.core.compare.protocols import compare_protocols

    settings = load_settings(verbose=verbose)
    protocols = _load_pair(left, right, settings, verbose=verbose)
    comparison = compare_protocols(*protocols)
    plans = None
    if date is not None:
        from microcare.commands.shared.booking import announce_visit, load_shared_visits

        visits, moment = load_shared_visits(protocols, settings, date=date, zone=tz, now=now)
        announce_visit(visits[0], moment, quiet=quiet, verbose=verbose)
        plans = _date_pair(protocols, visits, moment)
    _print(comparison, plans, output, color, everything=everything)
    if exit_code and not comparison.is_same:
        raise typer.Exit(DIFFERENCES)


def _load_pair(
    left: str, right: str, settings: Settings, *, verbose: bool
) -> tuple[Protocol, Protocol]:
    from microcare.commands.shared.settings import choose_protocol
    from microcare.load.source.refusals import Refusal

    if left == right == "-":
        raise Refusal("Only one of the two protocols can come from stdin.", "name a file")
    first, _ = choose_protocol(left, settings, verbose=verbose)
    second, _ = choose_protocol(right, settings, verbose=verbose)
    return first, second


def _date_pair(
    protocols: tuple[Protocol, Protocol],
    visits: tuple[Appointment, Appointment],
    now: datetime,
) -> tuple[Plan, Plan]:
    from microcare.core.plan.plan import build_plan

    first, second = (
        build_plan(protocol, visit, now=now)
        for protocol, visit in zip(protocols, visits, strict=True)
    )
    return first, second


def _print(
    comparison: Comparison,
    plans: tuple[Plan, Plan] | None,
    output: DiffFormat,
    color: Color,
    *,
    everything: bool,
) -> None:
    if output is DiffFormat.JSON:
        from microcare.export.data.comparison import comparison_json

        write(comparison_json(comparison, plans))
        return
    from microcare.wording.compare.outline import outline_comparison

    outline = outline_comparison(comparison, plans=plans, everything=everything)
    if output is DiffFormat.MARKDOWN:
        from microcare.export.markdown.comparison import comparison_markdown

        write(comparison_markdown(outline))
        return
    from microcare.render.comparison_text import comparison_text

    console = make_console(color)
    print_parts(console, comparison_text(outline, width=console.width))
