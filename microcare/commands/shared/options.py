"""The options that commands share, each described once."""

# Without postponed annotations: Typer would evaluate those of each function that completes.
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from microcare.commands.shared.output import Color

if TYPE_CHECKING:
    from microcare.core.sheet.protocol import Protocol


def complete_protocol() -> list[str]:
    """Return the protocols that can be named, for the shell.

    It asks in the middle of a line that is being typed, so there are none where something is
    wrong.
    """
    from microcare.commands.shared.settings import load_settings
    from microcare.load.library.folders import list_protocols
    from microcare.load.source.refusals import Refusal

    try:
        return [each.id for each in list_protocols(load_settings().folders)]
    except Refusal:
        return []


def complete_factor(context: typer.Context) -> list[str]:
    """Return the factors that the chosen protocols ask about, for the shell."""
    from microcare.commands.shared.answers import list_asked

    return sorted(
        {
            name
            for protocol in _find_protocols(context)
            for name in list_asked(protocol)
            if protocol.factors[name].before is None
        }
    )


def complete_language() -> list[str]:
    """Return the languages that there are words of, for a shell."""
    from microcare.language.messages import list_languages

    return list(list_languages())


def complete_topic(context: typer.Context) -> list[str]:
    """Return the topics that the chosen protocols name, for the shell."""
    return sorted(
        {
            name
            for protocol in _find_protocols(context)
            for each in protocol.instructions
            if each.verb.traits.restricts or each.verb.traits.opposes_bans
            for name in (*each.topics, *each.exceptions)
        }
    )


def complete_last(context: typer.Context) -> list[str]:
    """Return the topics that `--last` takes from the chosen protocols, for the shell."""
    from microcare.core.plan.last_times import list_last_names

    names = (name for each in _find_protocols(context) for name in list_last_names(each))
    return [f"{name}=" for name in dict.fromkeys(names)]


def _find_protocols(context: typer.Context) -> "list[Protocol]":
    """Return the protocols named by `--protocol` before what is typed, else the usual one.

    One that can't be read yet, or stands on stdin, is left out.
    """
    from microcare.commands.shared.settings import choose_protocol, load_settings
    from microcare.commands.shared.treatments import split_reference
    from microcare.load.source.refusals import Refusal

    given = context.params.get("protocol") or [None]
    found = []
    for named in [given] if isinstance(given, str) else given:
        try:
            reference = None if named is None else split_reference(named)[0].strip()
            if reference != "-":
                found.append(choose_protocol(reference, load_settings())[0])
        except Refusal:
            continue
    return found


class DataFormat(StrEnum):
    """How what a command finds is printed."""

    TEXT = "text"
    JSON = "json"


_DATE = typer.Option(
    "--date",
    metavar="WHEN",
    help='The appointment: "2026-12-10 14:30", "Thu 10 Dec 2:30pm", "tomorrow 9am".',
)
DateOption = Annotated[str, _DATE]
AskedDateOption = Annotated[str | None, _DATE]
ProtocolOption = Annotated[
    str | None,
    typer.Option(
        "--protocol",
        "-p",
        metavar="ID|FILE",
        help="The protocol, by its id or its file; - reads it from stdin. "
        "Without it MICROCARE_PROTOCOL, the configuration or clinic-a.",
        autocompletion=complete_protocol,
    ),
]
ProtocolsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--protocol",
        "-p",
        metavar="ID|FILE[@WHEN]",
        help="The protocol, by its id or its file; - reads it from stdin. Given twice, both "
        "treatments are planned as one, each at its own @WHEN where that isn't --date. "
        "Without it MICROCARE_PROTOCOL, the configuration or clinic-a.",
        autocompletion=complete_protocol,
    ),
]
SessionsOption = Annotated[
    str | None,
    typer.Option(
        "--sessions",
        metavar="N|series",
        help="So many sessions in all, at the protocol's spacing; series: as many as it says.",
    ),
]
EveryOption = Annotated[
    str | None,
    typer.Option(
        "--every",
        metavar="LENGTH",
        help="How far apart sessions are, like “4 weeks”, where the protocol leaves it open.",
    ),
]
ClosedOption = Annotated[
    list[str] | None,
    typer.Option(
        "--not", metavar="DATE", help="A date on which nothing can be booked. Can be repeated."
    ),
]
SessionOption = Annotated[
    list[str] | None,
    typer.Option(
        "--session",
        metavar="N=WHEN",
        help='A session that is booked: "2=14 Jan 2027 2:30pm"; later ones follow it. Can be '
        "repeated.",
    ),
]
ZoneOption = Annotated[
    str | None,
    typer.Option(
        "--tz",
        metavar="ZONE",
        help="The clinic's time zone, like America/New_York. Without it MICROCARE_TZ, the "
        "configuration, the protocol or this machine's.",
    ),
]
LanguageOption = Annotated[
    str | None,
    typer.Option(
        "--language",
        metavar="TAG",
        help="The patient's language: en, es, or with a region for its dates, es-MX. Without it "
        "the protocol's.",
        autocompletion=complete_language,
    ),
]
WithOption = Annotated[
    list[str] | None,
    typer.Option(
        "--with",
        metavar="FACTOR",
        help="A patient factor answered yes, like cold-sores. Can be repeated.",
        autocompletion=complete_factor,
    ),
]
WithoutOption = Annotated[
    list[str] | None,
    typer.Option(
        "--without",
        metavar="FACTOR",
        help="A patient factor answered no. Can be repeated.",
        autocompletion=complete_factor,
    ),
]
LastOption = Annotated[
    list[str] | None,
    typer.Option(
        "--last",
        metavar="TOPIC=DATE",
        help='When the patient last had, took or did something: "Botox=20 Nov", "laser=never"; '
        "a date to come is planned. Can be repeated.",
        autocompletion=complete_last,
    ),
]
NowOption = Annotated[
    str | None, typer.Option("--now", metavar="WHEN", help="Plan as if it were this moment.")
]
DurationOption = Annotated[
    str | None,
    typer.Option(
        "--duration",
        metavar="LENGTH",
        help="How long the appointment takes, like “45 minutes”; “after” counts from its end.",
    ),
]
FormatOption = Annotated[DataFormat, typer.Option("--format", "-f", help="How to print it.")]
ForceOption = Annotated[bool, typer.Option("--force", help="Replace a file that exists.")]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="Say what would be written, and write nothing.")
]
ColorOption = Annotated[
    Color, typer.Option("--color", help="Colour the output; NO_COLOR is respected.")
]
QuietOption = Annotated[
    bool, typer.Option("--quiet", "-q", help="No remarks on stderr, only errors.")
]
VerboseOption = Annotated[
    bool,
    typer.Option(
        "--verbose",
        "-v",
        help="Say on stderr which configuration, file and time zone were taken, and why.",
    ),
]
PagerOption = Annotated[
    bool,
    typer.Option(
        "--pager/--no-pager",
        help="On a terminal, show what is longer than the screen in $PAGER, or less.",
    ),
]
