"""A file to all of its problems: what the loader refuses, or else what is doubtful in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microcare.core.problems import CheckedFile, Problem
from microcare.load.library import read_bytes, show_path
from microcare.load.problems import ProtocolError
from microcare.load.protocol import decode_protocol, parse_with_nodes
from microcare.load.warnings import find_warnings

if TYPE_CHECKING:
    from pathlib import Path


def check_file(path: Path, *, reading_level: bool = False) -> CheckedFile:
    """Return a file, `-` being stdin, with its problems; one that can't be read has no text."""
    name = show_path(path)
    try:
        data = read_bytes(path, name)
    except ProtocolError as error:
        return CheckedFile(name, "", error.problems)
    try:
        text = decode_protocol(data, name)
    except ProtocolError as error:
        return CheckedFile(name, data.decode("utf-8-sig", "replace"), error.problems)
    return CheckedFile(name, text, check_text(text, name, reading_level=reading_level))


def check_text(text: str, file: str, *, reading_level: bool = False) -> tuple[Problem, ...]:
    """Return the problems of a YAML text: its errors, or the warnings where it has none."""
    try:
        root, protocol = parse_with_nodes(text, file)
    except ProtocolError as error:
        return error.problems
    return find_warnings(root, protocol, file, reading_level=reading_level)
