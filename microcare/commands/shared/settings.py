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
from microcare.load.source.refusals import quote
from microcare.load.times.zones import parse_zone

if TYPE_CHECKING:
    from microcare.core.sheet.protocol import Protocol
    from microcare.core.time.appointment import Appointment

DEFAULT_PROTOCOL = "clinic-a"
_PLACELESS_ZONES = {
    *("UTC", "UCT", "GMT", "GMT0", "GMT+0", "GMT-0", "Greenwich", "Universal", "Zulu")
}
"""What machines are set to that know nothing of where they stand, with or without Etc/."""


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
        from microcare.load.library.machine_zone import read_machine_zone  # start-up counts

        return Chosen(read_machine_zone(os.environ) or ZoneInfo("UTC"), Source.MACHINE)
    return Chosen(parse_zone(chosen.value), chosen.source)


def announce_zone(visit: Appointment, *, quiet: bool) -> None:
    """Say on stderr that the machine's time zone was taken for the clinic's.

    `quiet` silences this only where the machine knows where it stands.
    """
    if visit.zone_source == Source.MACHINE.value and not (quiet and knows_zone(visit)):
        zone = describe_machine_zone(visit)
        say(f"microcare: the time zone is this machine's, {zone}; set the clinic's with --tz.")


def describe_machine_zone(visit: Appointment) -> str:
    """Return the zone of a machine, and why it was taken where its TZ can't be read."""
    from microcare.load.library.machine_zone import read_machine_zone  # start-up counts

    named = os.environ.get("TZ")
    if named is None or knows_zone(visit) or read_machine_zone(os.environ) is not None:
        return visit.zone.key
    return f"{visit.zone.key}, because its TZ, {quote(named)}, names no place"


def knows_zone(visit: Appointment) -> bool:
    """Return whether the time zone was chosen, or the machine has one of a place."""
    is_placeless = visit.zone.key.removeprefix("Etc/") in _PLACELESS_ZONES
    return visit.zone_source != Source.MACHINE.value or not is_placeless


def _choose(flag: str | None, setting: Chosen[str] | None) -> Chosen[str] | None:
    return Chosen(flag, Source.FLAG) if flag is not None else setting
