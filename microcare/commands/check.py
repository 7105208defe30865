"""`microcare check`: all problems of protocol files, each with its place and what to do."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from microcare.commands.shared.options import ColorOption, VerboseOption
from microcare.commands.shared.output import Color, make_console, print_parts, write
from microcare.load.source.refusals import Refusal

if TYPE_CHECKING:
    from microcare.core.sheet.problems import CheckedFile

FOUND = 1
UNREADABLE = 2


class CheckFormat(StrEnum):
    """How problems are printed."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


def check(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE", help="One or more protocol files, or ids; - is stdin."),
    ],
    strict: Annotated[
        bool, typer.Option("--strict", help="End with 1 on warnings too, not only on errors.")
    ] = False,
    reading_level: Annotated[
        bool, typer.Option("--reading-level", help="Warn of sentences above the sixth grade.")
    ] = False,
    output: Annotated[
        CheckFormat, typer.Option("--format", "-f", help="How to print the problems.")
    ] = CheckFormat.TEXT,
    color: ColorOption = Color.AUTO,
    verbose: VerboseOption = False,
) -> None:
    """Check protocol files: every error, or else every warning, with line and column.

    Ends with 0 where there are only warnings or none, 1 where there are errors, 2 where a file
    can't be read.

    \b
    microcare check our-protocol.yaml
    microcare check protocols/*.yaml --strict --format github
    microcare check - < our-protocol.yaml
    """
    checked = _check_files(files, reading_level=reading_level, verbose=verbose)
    match output:
        case CheckFormat.JSON:
            from microcare.export.data.problems import problems_json

            write(problems_json(checked))
        case CheckFormat.GITHUB:
            from microcare.export.data.problems import problems_github

            write(problems_github(checked))
        case CheckFormat.TEXT:
            from microcare.render.problems_text import problems_text

            console = make_console(color)
            parts = problems_text(checked, width=console.width, encoding=console.encoding)
            print_parts(console, parts)
    raise typer.Exit(_exit_code(checked, strict=strict))


def _check_files(
    references: list[str], *, reading_level: bool, verbose: bool
) -> "tuple[CheckedFile, ...]":
    """Return each file that is named, then those with errors that one of them extends."""
    from microcare.load.check.checked_files import check_file, find_checked
    from microcare.load.library.folders import looks_like_path

    are_paths = all(each == "-" or looks_like_path(each) for each in references)
    folders = _load_folders(is_needed=not are_paths, verbose=verbose)
    found = dict.fromkeys(find_checked(each, folders) for each in references)
    if verbose:
        from microcare.commands.shared.settings import announce_file  # rare: start-up counts

        for path in found:
            announce_file(path)
    named = [check_file(path, folders, reading_level=reading_level) for path in found]
    checked = {each.file: each for each in named}
    for base in (base for each in named for base in each.bases):
        checked.setdefault(base.file, base)
    return tuple(checked.values())


def _load_folders(*, is_needed: bool, verbose: bool) -> tuple[Path, ...]:
    from microcare.commands.shared.settings import load_settings

    try:
        return load_settings(verbose=verbose).folders
    except Refusal:
        # Whatever is wrong with the settings, a file can be checked.
        if is_needed:
            raise
        return ()


def _exit_code(checked: "tuple[CheckedFile, ...]", *, strict: bool) -> int:
    from microcare.core.sheet.problems import Code, Severity, count_problems

    if any(each.code is Code.UNREADABLE for file in checked for each in file.problems):
        return UNREADABLE
    counted = Severity if strict else (Severity.ERROR,)
    return FOUND if any(count_problems(checked, each) for each in counted) else 0
