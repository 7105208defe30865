"""What this machine is set to: its configuration, and the protocol and zone that it chooses."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import typer

from microcare.commands.shared.output import say
from microcare.core.sheet.protocol import Clinic
from microcare.load.library.folders import find_protocol
from microcare.load.library.protocols import read_protocol
from microcare.load.library.settings import Chosen, Settings, Source, read_settings
from microcare.load.source.refusals import quote
from microcare.load.times.zones import parse_zone

if TYPE_CHECKING:
    from microcare.core.sheet.catalogue import CatalogueEntry
    from microcare.core.sheet.protocol import Protocol
    from microcare.core.time.appointment import Appointment

_DEFAULT_PROTOCOL = "clinic-a"
_PLACELESS_ZONES = {
    *("UTC", "UCT", "GMT", "GMT0", "GMT+0", "GMT-0", "Greenwich", "Universal", "Zulu")
}
"""What machines are set to that know nothing of where they stand, with or without Etc/."""


def find_configuration() -> Path:
    """Return where the user's configuration file lies, whether it is there or not."""
    return Path(typer.get_app_dir("microcare"), "config.toml")


def load_settings(*, verbose: bool = False) -> Settings:
    """Return the settings of this machine's environment and of the user's configuration file.

    `verbose` says on stderr where that file is, and the folders of protocols.
    """
    configuration = find_configuration()
    if verbose:
        none = "" if os.path.lexists(configuration) else " (there is none)"
        say(f"microcare: configuration: {configuration}{none}")
    settings = read_settings(os.environ, configuration)
    if verbose:
        variable = "MICROCARE_PROTOCOLS"
        by = f"from {variable}" if os.environ.get(variable) else "from your configuration"
        for folder in settings.folders:
            say(f"microcare: folder of protocols: {folder} ({by})")
    return settings


def choose_protocol(
    reference: str | None, settings: Settings, *, verbose: bool = False
) -> tuple[Protocol, str]:
    """Return the chosen protocol and, in words, how it was chosen where no option says that.

    `verbose` says on stderr which file that is, and how it was chosen in any case.
    """
    chosen = choose_default(settings) if reference is None else Chosen(reference, Source.FLAG)
    named, by = chosen.value, name_source(chosen.source, "MICROCARE_PROTOCOL")
    if verbose:
        say(f"microcare: protocol: {named[:60]} ({by})")
    path = Path(named) if named == "-" else find_protocol(named, settings.folders)
    if verbose:
        announce_file(path)
    loaded = read_protocol(path, settings.folders)
    extension = loaded.extends if verbose else None
    while extension is not None:
        say(f"  It extends {extension.file}.")
        extension = extension.base.extends
    return loaded, by if reference is None else ""


def choose_default(settings: Settings) -> Chosen[str]:
    """Return the protocol that is taken where none is named."""
    return settings.protocol or Chosen(_DEFAULT_PROTOCOL, Source.DEFAULT)


def load_catalogue(settings: Settings) -> tuple[CatalogueEntry, ...]:
    """Return the protocols that can be named, those that can't be used among them."""
    from microcare.core.sheet.catalogue import CatalogueEntry
    from microcare.load.library.folders import list_protocols, show_path
    from microcare.load.source.refusals import ProtocolError

    default = choose_default(settings).value
    entries = []
    for file in list_protocols(settings.folders):
        try:
            protocol, problems = read_protocol(file.path, settings.folders), 0
        except ProtocolError as error:
            protocol, problems = None, len(error.problems)
        entries.append(
            CatalogueEntry(
                id=file.id,
                file=show_path(file.path),
                built_in=file.built_in,
                is_default=file.id == default,
                protocol=protocol,
                problems=problems,
            )
        )
    return tuple(entries)


def announce_file(path: Path) -> None:
    """Say on stderr which file is read."""
    say(f"microcare: file: {'<stdin>' if str(path) == '-' else path.absolute()}")


def name_source(source: Source, variable: str | None) -> str:
    """Return in words where a setting came from."""
    names = {
        Source.FLAG: "named on the command line",
        Source.ENVIRONMENT: f"from {variable}",
        Source.CONFIGURATION: "from your configuration",
        Source.PROTOCOL: "from the protocol",
        Source.MACHINE: "this machine's",
        Source.DEFAULT: "by default",
    }
    return names[source]


def merge_clinic(protocol: Clinic, configured: Clinic) -> Clinic:
    """Return whom to ask: the protocol's own clinic, filled up from the configuration."""
    return Clinic(
        name=protocol.name or configured.name,
        phone=protocol.phone or configured.phone,
        address=protocol.address or configured.address,
    )


def choose_zone(
    flag: str | None, settings: Settings, protocol: Protocol | None
) -> Chosen[ZoneInfo]:
    """Return the time zone: flag, environment, configuration, protocol, machine, in that order."""
    chosen = Chosen(flag, Source.FLAG) if flag is not None else settings.time_zone
    if chosen is None and protocol is not None and protocol.time_zone is not None:
        chosen = Chosen(protocol.time_zone, Source.PROTOCOL)
    if chosen is None:
        from microcare.load.library.machine_zone import read_machine_zone  # start-up counts

        return Chosen(read_machine_zone(os.environ) or ZoneInfo("UTC"), Source.MACHINE)
    return Chosen(parse_zone(chosen.value), chosen.source)


def announce_zone(visit: Appointment, *, quiet: bool, verbose: bool) -> None:
    """Say on stderr that the machine's time zone was taken for the clinic's.

    `quiet` silences this only where the machine knows where it stands; `verbose` says of any
    other zone too why it was taken.
    """
    source = Source(visit.zone_source)
    if source is Source.MACHINE and not (quiet and knows_zone(visit)):
        zone = describe_machine_zone(visit)
        say(f"microcare: the time zone is this machine's, {zone}; set the clinic's with --tz.")
    elif verbose:
        say(f"microcare: time zone: {visit.zone.key} ({name_source(source, 'MICROCARE_TZ')})")


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
