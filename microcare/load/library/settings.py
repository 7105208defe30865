"""What was chosen and where: flag before environment before configuration before default."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import field
from enum import Enum
from pathlib import Path
from typing import Generic, TypeVar

from microcare.core.sheet.protocol import Clinic
from microcare.core.values import value
from microcare.load.keys import CLINIC_KEYS
from microcare.load.library.folders import read_ordinary
from microcare.load.source.refusals import Refusal, find_nearest, suggest

T = TypeVar("T")
MAX_BYTES = 65_536
"""Of the configuration; nobody has that much to set."""
_KEYS = ("protocol", "time-zone", "protocols", "clinic")


class Source(Enum):
    """Where a setting came from, the strongest first."""

    FLAG = "flag"
    ENVIRONMENT = "environment"
    CONFIGURATION = "configuration"
    PROTOCOL = "protocol"
    MACHINE = "machine"
    DEFAULT = "default"


@value
class Chosen(Generic[T]):
    """A setting's value and where it came from."""

    value: T
    source: Source


@value
class Settings:
    """The environment's and the configuration file's say; None or empty where they are silent."""

    protocol: Chosen[str] | None = None
    time_zone: Chosen[str] | None = None
    folders: tuple[Path, ...] = ()
    clinic: Clinic = field(default_factory=Clinic)


def read_settings(environment: Mapping[str, str], configuration: Path) -> Settings:
    """Return the settings of the environment and of the configuration file, if there is one.

    An empty variable counts as unset. Raises Refusal.
    """
    table = _read_table(configuration)
    folders = [
        _expand(name)
        for name in environment.get("MICROCARE_PROTOCOLS", "").split(os.pathsep)
        if name
    ]
    if not folders and (named := _text(table, "protocols", configuration)):
        folders = [configuration.parent / _expand(named)]
    for folder in folders:
        if not _is_folder(folder):
            message = f"There is no folder of protocols {folder}."
            raise Refusal(message, "check MICROCARE_PROTOCOLS or “protocols” in the configuration")

    def choose(variable: str, key: str) -> Chosen[str] | None:
        if value := environment.get(variable):
            return Chosen(value, Source.ENVIRONMENT)
        value = _text(table, key, configuration)
        return Chosen(value, Source.CONFIGURATION) if value else None

    return Settings(
        protocol=choose("MICROCARE_PROTOCOL", "protocol"),
        time_zone=choose("MICROCARE_TZ", "time-zone"),
        folders=tuple(folders),
        clinic=_read_clinic(table, configuration),
    )


def _expand(name: str) -> Path:
    try:
        return Path(name).expanduser()
    except RuntimeError:  # nobody of that name has a home
        return Path(name)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name too long, a folder on the way that may not be read
        return False


def _read_table(configuration: Path) -> Mapping[str, object]:
    try:
        data = read_ordinary(configuration, MAX_BYTES)
        text = data.decode("utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        message = f"The configuration {configuration} can't be read: {reason}."
        raise Refusal(message) from error
    if len(data) > MAX_BYTES:
        raise Refusal(f"The configuration {configuration} is larger than {MAX_BYTES:,} bytes.")
    import tomllib  # only where there is a configuration: start-up counts

    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        message = f"The configuration {configuration} is not valid TOML: {_describe_flaw(error)}."
        raise Refusal(message, 'write lines like protocol = "clinic-a"') from error
    if table and table.keys().isdisjoint(_KEYS) and not any(find_nearest(e, _KEYS) for e in table):
        # It may be any file, put there by mistake: nothing of it is said aloud.
        message = f"The configuration {configuration} has no key that is known."
        raise Refusal(message, f"known are {', '.join(_KEYS)}")
    _check_keys(table, _KEYS, configuration)
    return table


def _describe_flaw(error: Exception) -> str:
    """Return what is wrong in a TOML text, and where; it quotes no word of the text."""
    if isinstance(error, RecursionError):
        return "its brackets are nested too deep"
    flaw, _, place = str(error).rpartition(" (at ")
    if flaw.startswith(("Cannot", "Duplicate")):
        flaw = "A key stands twice"
    return f"{flaw} (at {place}" if flaw else "a number is too long"


def _check_keys(table: Mapping[str, object], known: Collection[str], configuration: Path) -> None:
    for key in table:
        if key not in known:
            message = f"The configuration {configuration} has an unknown key “{key}”."
            hint = suggest(find_nearest(key, known)) or f"known are {', '.join(known)}"
            raise Refusal(message, hint)


def _read_clinic(table: Mapping[str, object], configuration: Path) -> Clinic:
    clinic = table.get("clinic", {})
    if not isinstance(clinic, dict):
        message = f"“clinic” in the configuration {configuration} is no table."
        raise Refusal(message, 'write [clinic] and below it name = "…", phone = "…"')
    _check_keys(clinic, CLINIC_KEYS, configuration)
    return Clinic(**{key: _text(clinic, key, configuration) for key in CLINIC_KEYS})


def _text(table: Mapping[str, object], key: str, configuration: Path) -> str | None:
    value = table.get(key)
    if value is None or isinstance(value, str):
        return value or None
    message = f"“{key}” in the configuration {configuration} is not a text."
    raise Refusal(message, f'write {key} = "…"')
