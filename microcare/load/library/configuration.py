"""Changing one setting of the configuration: what may be set, and the text with it in place."""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from microcare.load.library.folders import find_protocol, list_protocols, looks_like_path
from microcare.load.library.settings import (
    MARK,
    MAX_BYTES,
    SETTINGS,
    Setting,
    expand,
    is_folder,
    parse_table,
)
from microcare.load.source.refusals import Refusal, find_nearest, quote, suggest

if TYPE_CHECKING:
    from tomlkit.items import Array

_Found = str | tuple[date, ...]
_TRIES = 50
"""Lines that may begin a table; in a configuration that a person wrote it is the first."""


def find_setting(name: str) -> Setting:
    """Return the setting of a name; raises Refusal, which suggests what is near."""
    if name in SETTINGS:
        return SETTINGS[name]
    keys = {key: each for each, setting in SETTINGS.items() for key in setting.key[-1:]}
    near = find_nearest(name.replace("_", "-"), [*SETTINGS, *keys])
    hint = suggest(keys.get(near or "", near)) or f"there are {', '.join(SETTINGS)}"
    raise Refusal(f"There is no setting {quote(name)}.", hint)


def parse_setting(name: str, text: str, folders: Sequence[Path]) -> _Found:
    """Return what is to be written for a setting, of what somebody typed; raises Refusal.

    A protocol must be there, in one of the `folders` or built in, and be one that can be used. A
    file and a folder are given from the root, since the configuration lies elsewhere.
    """
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise Refusal(f"What is given for {name} is no text.", "write it in UTF-8") from error
    if not text.strip():
        raise Refusal(
            f"Nothing is given for {name}.", f"to clear it: microcare config unset {name}"
        )
    match name:
        case "protocol":
            return _parse_protocol(text, folders)
        case "protocols":
            return _parse_folder(text)
        case "tz":
            from microcare.load.times.zones import parse_zone

            return parse_zone(text).key
        case "hours":
            from microcare.load.library.opening import parse_hours
            from microcare.wording.dates import opening_hours

            return opening_hours(parse_hours(text))
        case "holidays":
            from microcare.load.library.opening import parse_holidays

            return parse_holidays(text)
        case _:
            return _parse_line(name, text)


def _parse_protocol(text: str, folders: Sequence[Path]) -> str:
    from microcare.load.library.protocols import read_protocol

    named = str(expand(text).absolute()) if looks_like_path(text) else text
    read_protocol(find_protocol(named, folders), folders)
    return named


def _parse_folder(text: str) -> str:
    folder = expand(text).absolute()
    if not is_folder(folder):
        raise Refusal(f"There is no folder {folder}.", "make it first, or check its name")
    list_protocols([folder])
    return str(folder)


def _parse_line(name: str, text: str) -> str:
    line = " ".join(text.split())
    if not line.isprintable():
        raise Refusal(f"What is given for {name} has characters that can't be printed.")
    if name == "phone" and not any(each.isdigit() for each in line):
        raise Refusal(f"{quote(line)} is no phone number.", "write it as patients dial it")
    return line


def change_text(text: str, key: tuple[str, ...], found: _Found | None, configuration: Path) -> str:
    """Return the text of a configuration with another value of a key, without it for None.

    All else stays as it is: comments, order, line ends, a byte order mark. Raises Refusal of a
    text that is broken, or that can't be changed without changing more.
    """
    before = parse_table(text, configuration)
    body = text.removeprefix(MARK)
    by_pairs = "\r\n" in body and body.count("\r\n") == body.count("\n")
    try:
        changed = _edit(body.replace("\r\n", "\n") if by_pairs else body, key, found)
        whole = text[: len(text) - len(body)]
        whole += changed.replace("\n", "\r\n") if by_pairs else changed
        after = parse_table(whole, configuration)
        is_right = _find(after, key) == _list_words(found) and _rest(after, key) == _rest(
            before, key
        )
    except (Refusal, ValueError, TypeError, LookupError, RecursionError):
        is_right = False
    if not is_right or len(whole.encode()) > MAX_BYTES:
        message = f"The configuration {configuration} can't be changed without changing more."
        raise Refusal(message, f"nothing was written; change “{'.'.join(key)}” in an editor")
    return whole


def _edit(text: str, key: tuple[str, ...], found: _Found | None) -> str:
    # It writes each comment and space again as it read them; rare, and start-up counts.
    import tomlkit
    from tomlkit.items import Array

    *path, last = key
    document = tomlkit.parse(text)
    tail = ""
    if found is not None and not path and last not in document:
        head, tail = _part_tables(text)
        document = tomlkit.parse(head)
    table: MutableMapping[str, object] = document
    for part in path:
        if part not in table:
            if found is None:
                return text
            table[part] = tomlkit.table()
        inner = table[part]
        if not isinstance(inner, MutableMapping):
            raise TypeError
        table = inner
    old = table.get(last)
    if found is None:
        table.pop(last, None)
    elif isinstance(found, tuple) and isinstance(old, Array):
        _change_dates(old, found)
    else:
        table[last] = list(found) if isinstance(found, tuple) else found
    made = document.as_string()
    return f"{made.rstrip()}\n\n{tail}" if tail else made


def _part_tables(text: str) -> tuple[str, str]:
    """Return what stands before the first table, and that with the comments directly above it.

    A key that is added would else come between the two.
    """
    import tomllib

    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    brackets = [number for number, line in enumerate(lines) if line.lstrip().startswith("[")]
    for number in brackets[:_TRIES]:
        start = number
        while start and lines[start - 1].lstrip().startswith("#"):
            start -= 1
        try:
            tomllib.loads("".join(lines[:start]))
        except ValueError:  # within a list, or a text of several lines
            continue
        return "".join(lines[:start]), "".join(lines[start:])
    return text, ""


def _change_dates(array: Array, dates: tuple[date, ...]) -> None:
    """Put dates into a list; those that stay keep their comments."""
    standing = [str(each) for each in array]
    wanted = [str(each) for each in dates]
    for each, name in zip(dates, wanted, strict=True):
        if name not in standing:
            array.append(each)
    for index in reversed(range(len(standing))):
        if standing[index] not in wanted or standing[index] in standing[:index]:
            del array[index]


def _list_words(found: object) -> list[str]:
    """Return a value as texts in order, so that what was written can be held against it."""
    return sorted(map(str, found)) if isinstance(found, list | tuple) else [repr(found)]


def _find(table: Mapping[str, object], key: tuple[str, ...]) -> list[str]:
    found: object = table
    for part in key:
        found = found.get(part) if isinstance(found, dict) else None
    return _list_words(found)


def _rest(table: Mapping[str, object], key: tuple[str, ...]) -> str:
    """Return all but a key, without the table that holds nothing else."""
    part, *more = key
    inner = table.get(part) if more else None
    below = (
        {name: each for name, each in inner.items() if name not in more}
        if isinstance(inner, dict)
        else {}
    )
    # As text, because what is no number equals not even itself.
    return repr(({name: each for name, each in table.items() if name != part}, below))
