"""`microcare diff`: where two clinics tell patients different things, and who is stricter."""

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
            "--date",
            metavar="WHEN",
            help="Show in full, with the dates that each rule means for an appointment.",
        ),
    ] = None,
    tz: options.ZoneOption = None,
    now: options.NowOption = None,
    output: Annotated[
        DiffFormat, typer.Option("--format", "-f", help="How to print the comparison.")
    ] = DiffFormat.TEXT,
    full: Annotated[
        bool,
        typer.Option("--full", help="Show every rule in its sheet's words, remarks and places."),
    ] = False,
    topic: Annotated[
        str | None,
        typer.Option(
            "--topic", metavar="NAME", help="Show in full what is said of one thing: retinoids."
        ),
    ] = None,
    exit_code: Annotated[
        bool,
        typer.Option("--exit-code", help="End with 1 where the protocols differ, 0 where not."),
    ] = False,
    color: options.ColorOption = Color.AUTO,
    pager: options.PagerOption = True,
    quiet: options.QuietOption = False,
    verbose: options.VerboseOption = False,
) -> None:
    """Compare two protocols by topic: who is stricter in what, in one line a thing.

    \b
    microcare diff clinic-a clinic-b
    microcare diff clinic-a clinic-b --topic retinoids
    microcare diff clinic-a clinic-b --date "2026-12-10 14:30"
    microcare diff clinic-a ./our-protocol.yaml --format markdown
    """
    from microcare.commands.shared.settings import load_settings
    from microcare.core.compare.protocols import compare_protocols

    settings = load_settings(verbose=verbose)
    protocols = _load_pair(left, right, settings, verbose=verbose)
    comparison = compare_protocols(*protocols)
    if topic is not None:
        comparison = _pick_topic(comparison, topic)
    plans = None
    if date is not None:
        from microcare.commands.shared.booking import announce_visits, load_shared_visits

        visits, moment = load_shared_visits(protocols, settings, date=date, zone=tz, now=now)
        announce_visits(visits[:1], moment, quiet=quiet, verbose=verbose)
        plans = _date_pair(protocols, visits, moment)
    # Neither dates nor every word of a thing have room in a line.
    full = full or topic is not None or plans is not None
    _print(comparison, plans, output, color, full=full, paged=pager)
    if exit_code and not comparison.is_same:
        raise typer.Exit(DIFFERENCES)


def _load_pair(
    left: str, right: str, settings: "Settings", *, verbose: bool
) -> "tuple[Protocol, Protocol]":
    from microcare.commands.shared.settings import choose_protocol
    from microcare.load.source.refusals import Refusal

    if left == right == "-":
        raise Refusal("Only one of the two protocols can come from stdin.", "name a file")
    first, _ = choose_protocol(left, settings, verbose=verbose)
    second, _ = choose_protocol(right, settings, verbose=verbose)
    return first, second


def _date_pair(
    protocols: "tuple[Protocol, Protocol]",
    visits: "tuple[Appointment, Appointment]",
    now: "datetime",
) -> "tuple[Plan, Plan]":
    from microcare.core.plan.plan import build_plan

    first, second = (
        build_plan(protocol, visit, now=now)
        for protocol, visit in zip(protocols, visits, strict=True)
    )
    return first, second


def _pick_topic(comparison: "Comparison", name: str) -> "Comparison":
    """Return what a comparison says of the topic that a user names in any way.

    Raises Refusal where there is no such topic, or nothing is said of it.
    """
    from microcare.load.source.refusals import Refusal, find_nearest, quote, suggest
    from microcare.load.vocabulary import fold_name

    names = {
        each: each for each in (*comparison.topics, *(row.topic for row in comparison.compared))
    }
    for each in comparison.topics.values():
        for known in (each.label, each.short, *each.synonyms):
            names.setdefault(fold_name(known), each.id)
    found = names.get(fold_name(name))
    if found is None:
        hint = suggest(find_nearest(fold_name(name), names)) or "name it as the comparison does"
        raise Refusal(f"The topic {quote(name)} is not known.", hint)
    picked = comparison.about(found)
    if not picked.compared:
        raise Refusal(f"Neither protocol says anything of {quote(name)}.", "leave --topic out")
    return picked


def _print(
    comparison: "Comparison",
    plans: "tuple[Plan, Plan] | None",
    output: DiffFormat,
    color: Color,
    *,
    full: bool,
    paged: bool,
) -> None:
    if output is DiffFormat.JSON:
        from microcare.export.data.comparison import comparison_json

        write(comparison_json(comparison, plans))
    elif full:
        _print_full(comparison, plans, output, color, paged=paged)
    else:
        _print_brief(comparison, output, color, paged=paged)


def _print_full(
    comparison: "Comparison",
    plans: "tuple[Plan, Plan] | None",
    output: DiffFormat,
    color: Color,
    *,
    paged: bool,
) -> None:
    from microcare.wording.compare.outline import outline_comparison

    outline = outline_comparison(comparison, plans=plans)
    if output is DiffFormat.MARKDOWN:
        from microcare.export.markdown.comparison import comparison_markdown

        write(comparison_markdown(outline))
        return
    from microcare.render.comparison_text import comparison_text

    console = make_console(color)
    print_parts(console, comparison_text(outline, width=console.width), paged=paged)


def _print_brief(
    comparison: "Comparison", output: DiffFormat, color: Color, *, paged: bool
) -> None:
    from microcare.wording.compare.brief import outline_brief

    brief = outline_brief(comparison)
    if output is DiffFormat.MARKDOWN:
        from microcare.export.markdown.comparison import brief_markdown

        write(brief_markdown(brief))
        return
    from microcare.render.brief_comparison_text import brief_comparison_text

    console = make_console(color)
    print_parts(console, brief_comparison_text(brief, console), paged=paged)
