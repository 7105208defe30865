"""`microcare config`: how this desk is set up, and setting it up once."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from microcare.commands.shared.options import (
    ColorOption,
    DataFormat,
    DryRunOption,
    FormatOption,
    ProtocolOption,
    QuietOption,
    ZoneOption,
    complete_protocol,
)
from microcare.commands.shared.output import Color, make_console, print_parts, say, write
from microcare.load.source.refusals import Refusal

if TYPE_CHECKING:
    from datetime import date

    from microcare.core.sheet.desk import Desk

_ELSEWHERE = "nothing was written; check the folder and its permissions"
_FOUND = 1
_MOST = 5


def _complete_name(incomplete: str) -> list[str]:
    from microcare.load.library.settings import SETTINGS

    return [name for name in SETTINGS if name.startswith(incomplete)]


def _complete_value(context: typer.Context, incomplete: str) -> list[str]:
    match context.params.get("name"):
        case "protocol":
            known = complete_protocol()
        case "tz":
            from zoneinfo import available_timezones

            known = sorted(available_timezones())
        case _:
            known = []
    return [each for each in known if each.startswith(incomplete)]


NameArgument = Annotated[
    str,
    typer.Argument(
        metavar="NAME",
        help="protocol, tz, protocols (the folder of your own), clinic-name, phone, address, "
        "hours or holidays.",
        autocompletion=_complete_name,
    ),
]


def config(
    context: typer.Context,
    output: FormatOption = DataFormat.TEXT,
    protocol: ProtocolOption = None,
    zone: ZoneOption = None,
    color: ColorOption = Color.AUTO,
) -> None:
    """Show each setting, its value and where it comes from; set one, or clear it.

    A flag beats an environment variable, which beats the configuration file, which beats the
    default. Ends with 1 where a setting can't be used.

    \b
    microcare config
    microcare config set protocol clinic-b
    microcare config set tz America/New_York
    microcare config set phone "555 0100"
    microcare config set hours "mon-fri 9:00-17:00, sat 9-12"
    microcare config set holidays 2026-12-24 2026-12-25
    microcare config unset holidays
    microcare config path
    """
    if context.invoked_subcommand is not None:
        _refuse_options(context)
        return
    from microcare.commands.shared.desk import survey_desk
    from microcare.commands.shared.settings import find_configuration
    from microcare.load.library.settings import read_table

    file = find_configuration()
    desk = survey_desk(read_table(file), file, protocol=protocol, zone=zone)
    if output is DataFormat.JSON:
        from microcare.export.data.desk import desk_json

        write(desk_json(desk))
    else:
        from microcare.render.desk_text import desk_text

        print_parts(make_console(color), desk_text(desk))
    _say_unknown(desk)
    if desk.unknown or any(each.problem for each in desk.settings):
        raise typer.Exit(_FOUND)


def set_setting(
    name: NameArgument,
    words: Annotated[
        list[str],
        typer.Argument(metavar="VALUE", help="What it is to be.", autocompletion=_complete_value),
    ],
    dry_run: DryRunOption = False,
    quiet: QuietOption = False,
) -> None:
    """Set one setting in your configuration file; comments and all else in it stay.

    It is checked first: a protocol and a folder must be there, a time zone and dates must exist.
    A day that hours don't name is closed; holidays are all dates on which the clinic is closed.

    \b
    microcare config set protocol clinic-b
    microcare config set protocols our-protocols
    microcare config set tz America/New_York
    microcare config set clinic-name "Your clinic's name"
    microcare config set hours "mon-fri 9:00-17:00, sat 9-12"
    microcare config set holidays 2026-12-24 2026-12-25
    """
    from microcare.commands.shared.settings import find_configuration
    from microcare.load.library.configuration import find_setting, parse_setting
    from microcare.load.library.settings import parse_table, read_text, survey_settings

    key, file = find_setting(name).key, find_configuration()
    table = parse_table(read_text(file), file)
    folders = survey_settings(os.environ, table, file).settings.folders
    found = parse_setting(name, " ".join(words), folders)
    text = _change(file, key, found, dry_run=dry_run)
    if not quiet:
        shown = found if isinstance(found, str) else ", ".join(map(str, found))
        say(f"microcare: {'would set' if dry_run else 'set'} {name} to {shown} in {file}.")
        _say_what_counts(text, file, name, "configuration")


def unset_setting(
    name: NameArgument, dry_run: DryRunOption = False, quiet: QuietOption = False
) -> None:
    """Clear one setting in your configuration file; comments and all else in it stay.

    A key of the file that means nothing to microcare can be named as well.

    \b
    microcare config unset protocol
    microcare config unset holidays
    """
    from microcare.commands.shared.settings import find_configuration
    from microcare.load.library.configuration import find_setting
    from microcare.load.library.settings import SETTINGS, parse_table, read_text, survey_settings

    file = find_configuration()
    before = read_text(file)
    table = parse_table(before, file)
    unknown = survey_settings(os.environ, table, file).unknown
    if name in unknown and name not in SETTINGS:
        key = (name,) if name in table else tuple(name.split(".", 1))
    else:
        key = find_setting(name).key
    text = _change(file, key, None, dry_run=dry_run) if before else before
    if not quiet:
        done = f"{'would clear' if dry_run else 'cleared'} {name} in {file}."
        say(f"microcare: {done}" if text != before else f"microcare: {name} isn't set in {file}.")
        _say_what_counts(text, file, name, None)


def print_path() -> None:
    """Print where your configuration file lies, whether it is there or not.

    \b
    microcare config path
    """
    from microcare.commands.shared.settings import find_configuration

    write(f"{find_configuration()}\n")


def _refuse_options(context: typer.Context) -> None:
    """Refuse what is said of the list where another command follows, which would lose it."""
    for each in context.command.params:
        source = context.get_parameter_source(each.name or "")
        if source is not None and source.name == "COMMANDLINE":
            message = f"{each.opts[0]} doesn't go with {context.invoked_subcommand}."
            raise Refusal(message, "leave it out, or write it behind")


def _change(
    file: Path, key: tuple[str, ...], found: "str | tuple[date, ...] | None", *, dry_run: bool
) -> str:
    """Write the configuration with another value of a key; return its text."""
    from microcare.commands.shared.files import lock_folder, write_file
    from microcare.load.library.configuration import change_text
    from microcare.load.library.settings import read_text

    if dry_run:
        return change_text(read_text(file), key, found, file)
    folder = Path(os.path.realpath(file)).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"The folder {folder} can't be made: {error.strerror}."
        raise Refusal(message, _ELSEWHERE) from error
    with lock_folder(folder):
        before = read_text(file)
        text = change_text(before, key, found, file)
        if text != before:
            write_file(file, text.encode(), force=True, elsewhere=_ELSEWHERE)
    return text


def _say_what_counts(text: str, file: Path, name: str, source: str | None) -> None:
    """Say on stderr what a setting is now, if not from that source, and what else is wrong."""
    from microcare.commands.shared.desk import survey_desk
    from microcare.load.library.settings import parse_table
    from microcare.wording.desk import setting_words

    desk = survey_desk(parse_table(text, file), file)
    for each in desk.settings:
        if each.name == name and each.source != source and not each.problem:
            say(f"  What counts is {setting_words(each)}.")
    wrong = [each.name for each in desk.settings if each.problem]
    if wrong:
        say(f"microcare: {', '.join(wrong)} can't be used; microcare config says why.")
    _say_unknown(desk)


def _say_unknown(desk: "Desk") -> None:
    from microcare.load.source.refusals import quote

    if desk.unknown:
        named = ", ".join(map(quote, desk.unknown[:_MOST]))
        say(f"microcare: {named} in the configuration is no setting: kept, but refused elsewhere.")
        say(f"  To clear it: microcare config unset {desk.unknown[0]}")


PARTS = {"set": set_setting, "unset": unset_setting, "path": print_path}
