"""What was chosen and where: flag before environment before configuration before default."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import field
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Generic, TypeVar

from microcare.core.sheet.protocol import Clinic
from microcare.core.values import value
from microcare.load.library.folders import read_ordinary
from microcare.load.source.refusals import Refusal, find_nearest, suggest

T = TypeVar("T")
MAX_BYTES = 65_536
"""Of the configuration; nobody has that much to set."""
MARK = "\ufeff"
"""A byte order mark, which some editors put first."""


@value
class Setting:
    """Where a setting stands: its key in the configuration, and a variable and a flag if any."""

    key: tuple[str, ...]
    variable: str | None = None
    flag: str | None = None


_CLINIC_KEYS = Clinic.__match_args__  # those of `load.keys`, without loading it: start-up counts
SETTINGS: dict[str, Setting] = {
    "protocol": Setting(("protocol",), "MICROCARE_PROTOCOL", "--protocol"),
    "tz": Setting(("time-zone",), "MICROCARE_TZ", "--tz"),
    "protocols": Setting(("protocols",), "MICROCARE_PROTOCOLS"),
    **{"clinic-name" if key == "name" else key: Setting(("clinic", key)) for key in _CLINIC_KEYS},
    "hours": Setting(("hours",)),
    "holidays": Setting(("holidays",)),
}
"""By the names that `config set` takes, in the order of telling."""
_KEYS = tuple(dict.fromkeys(each.key[0] for each in SETTINGS.values()))


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
    """The environment's and the configuration file's say; None or empty where they are silent.

    `hours` and `holidays` are as they were written; `opening.py: read_opening` reads them.
    """

    protocol: Chosen[str] | None = None
    time_zone: Chosen[str] | None = None
    folders: tuple[Path, ...] = ()
    clinic: Clinic = field(default_factory=Clinic)
    hours: str | None = None
    holidays: tuple[str, ...] = ()


@value
class Survey:
    """What of a configuration can be used, and what can't.

    `refusals` are by the names of SETTINGS, `unknown` the keys of the file that are none.
    """

    settings: Settings
    refusals: Mapping[str, Refusal]
    unknown: tuple[str, ...]


def read_settings(environment: Mapping[str, str], configuration: Path) -> Settings:
    """Return the settings of the environment and of the configuration file, if there is one.

    An empty variable counts as unset. Raises Refusal.
    """
    table = read_table(configuration)
    _check_keys(table, _KEYS, configuration)
    return _make_settings(environment, table, configuration)


def survey_settings(
    environment: Mapping[str, str], table: Mapping[str, object], configuration: Path
) -> Survey:
    """Return each setting by itself, so that one that can't be used leaves the others alone."""
    usable = dict(environment)
    refusals: dict[str, Refusal] = {}
    try:
        _make_settings(usable, {}, configuration)
    except Refusal as refusal:
        refusals["protocols"] = refusal
        usable[SETTINGS["protocols"].variable or ""] = ""
    sound: dict[str, object] = {}
    clinic: dict[str, object] = {}
    for name, setting in SETTINGS.items():
        key, *more = setting.key
        if key not in table:
            continue
        part = table[key]
        if more and isinstance(part, dict):
            part = {each: part[each] for each in more if each in part}
        try:
            _make_settings(usable, {key: part}, configuration)
        except Refusal as refusal:
            refusals.setdefault(name, refusal)
        else:
            clinic |= part if isinstance(part, dict) else {}
            sound[key] = clinic if isinstance(part, dict) else part
    own = table.get("clinic")
    unknown = [key for key in table if key not in _KEYS]
    unknown += (
        [f"clinic.{key}" for key in own or () if key not in _CLINIC_KEYS]
        if isinstance(own, dict)
        else []
    )
    return Survey(_make_settings(usable, sound, configuration), refusals, tuple(unknown))


def _make_settings(
    environment: Mapping[str, str], table: Mapping[str, object], configuration: Path
) -> Settings:
    folders = [
        expand(name)
        for name in environment.get("MICROCARE_PROTOCOLS", "").split(os.pathsep)
        if name
    ]
    if not folders and (named := _text(table, "protocols", configuration)):
        folders = [configuration.parent / expand(named)]
    for folder in folders:
        if not is_folder(folder):
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
        hours=_text(table, "hours", configuration),
        holidays=_read_dates(table, "holidays", configuration),
    )


def expand(name: str) -> Path:
    """Return the path of a name that may begin with somebody's home."""
    try:
        return Path(name).expanduser()
    except RuntimeError:  # nobody of that name has a home
        return Path(name)


def is_folder(path: Path) -> bool:
    """Return whether a path is a folder that can be reached."""
    try:
        return path.is_dir()
    except OSError:  # a name too long, a folder on the way that may not be read
        return False


def read_table(configuration: Path) -> Mapping[str, object]:
    """Return what the configuration holds, nothing where there is none; raises Refusal."""
    table = parse_table(read_text(configuration), configuration)
    if table and table.keys().isdisjoint(_KEYS) and not any(find_nearest(e, _KEYS) for e in table):
        # It may be any file, put there by mistake: nothing of it is said aloud.
        message = f"The configuration {configuration} has no key that is known."
        raise Refusal(message, f"known are {', '.join(_KEYS)}")
    return table


def read_text(configuration: Path) -> str:
    """Return the text of the configuration, empty where there is none; raises Refusal."""
    try:
        data = read_ordinary(configuration, MAX_BYTES)
        text = data.decode()
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        message = f"The configuration {configuration} can't be read: {reason}."
        raise Refusal(message) from error
    if len(data) > MAX_BYTES:
        raise Refusal(f"The configuration {configuration} is larger than {MAX_BYTES:,} bytes.")
    return text


def parse_table(text: str, configuration: Path) -> dict[str, object]:
    """Return what a text of the configuration holds; raises Refusal, with the line and column."""
    if not text:
        return {}
    import tomllib  # only where there is a configuration: start-up counts

    try:
        return tomllib.loads(text.removeprefix(MARK))
    except (ValueError, RecursionError) as error:
        message = f"The configuration {configuration} is not valid TOML: {_describe_flaw(error)}."
        raise Refusal(message, 'write lines like protocol = "clinic-a"') from error


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
    _check_keys(clinic, _CLINIC_KEYS, configuration)
    return Clinic(**{key: _text(clinic, key, configuration) for key in _CLINIC_KEYS})


def _text(table: Mapping[str, object], key: str, configuration: Path) -> str | None:
    value = table.get(key)
    if value is None or isinstance(value, str):
        return value or None
    message = f"“{key}” in the configuration {configuration} is not a text."
    raise Refusal(message, f'write {key} = "…"')


def _read_dates(table: Mapping[str, object], key: str, configuration: Path) -> tuple[str, ...]:
    dates = table.get(key, [])
    if isinstance(dates, list) and all(isinstance(each, str | date) for each in dates):
        return tuple(map(str, dates))
    message = f"“{key}” in the configuration {configuration} is not a list of dates."
    raise Refusal(message, f"write {key} = [2026-12-24, 2026-12-25]")
