"""A file to all of its problems: what the loader refuses, or else what is doubtful in it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from microcare.core.sheet.problems import CheckedFile, Problem
from microcare.load.check.warnings import find_warnings
from microcare.load.library.folders import (
    decode_text,
    find_protocol,
    looks_like_path,
    read_bytes,
    show_path,
)
from microcare.load.library.protocols import make_base_finder
from microcare.load.source.refusals import ProtocolError, Refusal
from microcare.load.variants.bases import FindBase
from microcare.load.variants.parsing import is_protocol_text, parse_with_nodes


def check_protocol(
    reference: str, folders: Sequence[Path] = (), *, reading_level: bool = False
) -> CheckedFile:
    """Return the file of the protocol that an id or a path names, `-` being stdin, with problems.

    An id is looked up in the clinic's `folders`, then among the built-in ones. The `problems` are
    in the order of their lines, which count from 1: its errors, or where it has none its warnings,
    with `reading_level` also of sentences above the sixth grade. That there is no such file, or
    that it can't be read, is one of them: nothing is raised.
    """
    return check_file(find_checked(reference, folders), folders, reading_level=reading_level)


def find_checked(reference: str, folders: Sequence[Path] = ()) -> Path:
    """Return the file that an id or a path names, `-` being stdin, be there one or not."""
    if reference == "-" or looks_like_path(reference):
        return Path(reference)
    try:
        return find_protocol(reference, folders)
    except Refusal:
        # That no such file exists is a problem like any other.
        return Path(reference)


def check_file(
    path: Path, folders: Sequence[Path] = (), *, reading_level: bool = False
) -> CheckedFile:
    """Return a file, `-` being stdin, with its problems; one that can't be read has no text.

    The protocols that it extends are looked up in the clinic's `folders`; those of them that have
    errors come with it.
    """
    name = show_path(path)
    try:
        data = read_bytes(path, name)
    except ProtocolError as error:
        return CheckedFile(name, "", error.problems)
    try:
        text = decode_text(data, name)
    except ProtocolError as error:
        return CheckedFile(name, _shown(data.decode("utf-8-sig", "replace")), error.problems)
    texts: dict[str, str] = {}
    find_base = make_base_finder(path, folders, texts)
    problems = check_text(text, name, find_base, reading_level=reading_level)
    others = dict.fromkeys(each.file for each in problems if each.file != name)
    return CheckedFile(
        name,
        _shown(text),
        tuple(each for each in problems if each.file == name),
        tuple(
            CheckedFile(
                other,
                _shown(texts.get(other, "")),
                tuple(each for each in problems if each.file == other),
            )
            for other in others
        ),
    )


def _shown(text: str) -> str:
    """Return the text of a protocol file, of which lines may be shown; that of no other file."""
    return text if is_protocol_text(text) else ""


def check_text(
    text: str, file: str, find_base: FindBase | None = None, *, reading_level: bool = False
) -> tuple[Problem, ...]:
    """Return the problems of a YAML text: its errors, or the warnings where it has none.

    `find_base` finds what it extends; the errors of that come after its own.
    """
    try:
        parsed = parse_with_nodes(text, file, find_base)
    except ProtocolError as error:
        return error.problems
    return find_warnings(parsed, file, reading_level=reading_level)
