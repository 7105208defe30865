"""What this machine is set to: its configuration, and the protocol and zone that it chooses."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import typer

from microcare.commands.shared.output import say
from microcare.load.library.protocols import load_protocol
from microcare.load.library.settings import Chosen, Settings, Source, read_settings
from microcare.load.source.refusals import PhraseError
from microcare.load.times.zones import parse_zone

if TYPE_CHECKING:
    from microcare.core.sheet.protocol import Protocol
    from microcare.core.time.appointment import Appointment

DEFAULT_PROTOCOL = "clinic-a"
_PLACELESS_ZONES = {"UTC", "Etc/UTC", "Etc/UCT", "Etc/GMT", "Etc/Universal", "Etc/Zulu"}
"""What machines are set to that know nothing of where they stand."""


def load_settings() -> Settings:
    """Return the settings of this machine's environment and of the user's configuration file."""
    return read_settings(os.environ, Path(typer.get_app_dir("microcare"), "config.toml"))


def choose_protocol(reference: str | None, settings: Settings) -> tuple[Protocol, str]:
    """Return the chosen protocol and, in words, how it was chosen where no option says that."""
    chosen = _choose(reference, settings.protocol) or Chosen(DEFAULT_PROTOCOL, Source.DEFAULT)
    return load_protocol(chosen.value, settings.folders), _CHOSEN_BY[chosen.source]


_CHOSEN_BY = {
    Source.FLAG: "",
    Source.ENVIRONMENT: "from MICROCARE_PROTOCOL",
    Source.CONFIGURATION: "from your configuration",
    Source.DEFAULT: "by default",
}


def choose_zone(flag: str | None, settings: Settings, protocol: Protocol) -> Chosen[ZoneInfo]:
    """Return the time zone: flag, environment, configuration, protocol, machine, in that order."""
    chosen = _choose(flag, settings.time_zone)
    if chosen is None and protocol.time_zone is not None:
        chosen = Chosen(protocol.time_zone, Source.PROTOCOL)
    if chosen is None:
        return Chosen(_machine_zone(), Source.MACHINE)
    return Chosen(parse_zone(chosen.value), chosen.source)


def announce_zone(visit: Appointment, *, quiet: bool) -> None:
    """Say on stderr that the machine's time zone was taken for the clinic's.

    `quiet` silences this only where the machine knows where it stands.
    """
    if visit.zone_source == Source.MACHINE.value and not (quiet and knows_zone(visit)):
        zone = visit.zone.key
        say(f"microcare: the time zone is this machine's, {zone}; set the clinic's with --tz.")


def knows_zone(visit: Appointment) -> bool:
    """Return whether the time zone was chosen, or the machine has one of a place."""
    return visit.zone_source != Source.MACHINE.value or visit.zone.key not in _PLACELESS_ZONES


def _machine_zone() -> ZoneInfo:
    # Only here, because it costs more than reading a protocol.
    from tzlocal import get_localzone_name

    try:
        return parse_zone(get_localzone_name() or "UTC")
    except (PhraseError, ValueError, LookupError, OSError):
        return ZoneInfo("UTC")


def _choose(flag: str | None, setting: Chosen[str] | None) -> Chosen[str] | None:
    return Chosen(flag, Source.FLAG) if flag is not None else setting
