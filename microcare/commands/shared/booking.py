"""What one command line books: a protocol, an appointment, the patient's answers, the moment."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import typer

from microcare.commands.shared.answers import read_answers
from microcare.commands.shared.errors import DateError
from microcare.commands.shared.output import say
from microcare.core.time.appointment import Appointment, timed_appointment, whole_day_appointment
from microcare.core.values import value
from microcare.load.clock_times import ClockFlaw, parse_clock
from microcare.load.library.files import find_protocol, list_protocols
from microcare.load.library.protocols import read_protocol
from microcare.load.library.settings import Chosen, Settings, Source, read_settings
from microcare.load.protocol.protocol import parse_duration
from microcare.load.source.refusals import PhraseError, Refusal
from microcare.load.times.zones import parse_zone
from microcare.load.typed_date.phrase import parse_when
from microcare.load.typed_date.when import WhenError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from microcare.core.sheet.protocol import Clinic, Protocol
    from microcare.load.typed_date.when import When

DEFAULT_PROTOCOL = "clinic-a"
_PLACELESS_ZONES = {"UTC", "Etc/UTC", "Etc/UCT", "Etc/GMT", "Etc/Universal", "Etc/Zulu"}
"""What machines are set to that know nothing of where they stand."""


@value
class Booking:
    """Everything that a plan is made of. `now` is aware; `answers` maps factor ids to yes or no."""

    protocol: Protocol
    chosen_by: str
    visit: Appointment
    now: datetime
    answers: dict[str, bool]
    clinic: Clinic


def load_settings() -> Settings:
    """Return the settings of this machine's environment and configuration file."""
    return read_settings(os.environ, configuration_path())


def configuration_path() -> Path:
    """Return where the user's configuration file is, whether it exists or not."""
    return Path(typer.get_app_dir("microcare")) / "config.toml"


def protocol_ids() -> list[str]:
    """Return the ids of all the protocols that can be named, for the shell.

    It asks in the middle of a line that is being typed, so there are none where something is
    wrong.
    """
    try:
        return [each.id for each in list_protocols(load_settings().folders)]
    except Refusal:
        return []


def load_protocol(reference: str | None, settings: Settings) -> tuple[Protocol, str]:
    """Return the chosen protocol and, in words, how it was chosen."""
    chosen = _choose(reference, settings.protocol) or Chosen(DEFAULT_PROTOCOL, Source.DEFAULT)
    path = Path("-") if chosen.value == "-" else find_protocol(chosen.value, settings.folders)
    return read_protocol(path, settings.folders), _CHOSEN_BY[chosen.source]


_CHOSEN_BY = {
    Source.FLAG: "chosen with --protocol",
    Source.ENVIRONMENT: "from MICROCARE_PROTOCOL; choose with --protocol",
    Source.CONFIGURATION: "from your configuration; choose with --protocol",
    Source.DEFAULT: "built-in default; choose with --protocol",
}


def load_booking(
    *,
    date: str,
    protocol: str | None,
    zone: str | None,
    with_factors: Iterable[str],
    without_factors: Iterable[str],
    now: str | None,
    duration: str | None,
) -> Booking:
    """Return the booking that the options describe; raises Refusal."""
    settings = load_settings()
    loaded, chosen_by = load_protocol(protocol, settings)
    place = load_zone(zone, settings, loaded)
    moment = _read_now(now, place.value)
    when = _read_date("--date", date, moment, place.value)
    visit = _make_appointment(when, place, _read_duration(duration), loaded)
    return Booking(
        protocol=loaded,
        chosen_by=chosen_by,
        visit=visit,
        now=moment,
        answers=read_answers(loaded, visit, tuple(with_factors), tuple(without_factors)),
        clinic=_merge_clinic(loaded.clinic, settings.clinic),
    )


def load_zone(flag: str | None, settings: Settings, protocol: Protocol) -> Chosen[ZoneInfo]:
    """Return the time zone: flag, environment, configuration, protocol, machine, in that order."""
    chosen = _choose(flag, settings.time_zone)
    if chosen is None and protocol.time_zone is not None:
        chosen = Chosen(protocol.time_zone, Source.PROTOCOL)
    if chosen is None:
        return Chosen(_machine_zone(), Source.MACHINE)
    return Chosen(parse_zone(chosen.value), chosen.source)


def load_shared_visits(
    protocols: tuple[Protocol, Protocol],
    settings: Settings,
    *,
    date: str,
    zone: str | None,
    now: str | None,
) -> tuple[tuple[Appointment, Appointment], datetime]:
    """Return one appointment as each of two clinics would have it, and the moment of asking.

    They start together; each lasts as long as its protocol says.
    """
    first, second = protocols
    place = load_zone(zone, settings, first)
    other = load_zone(zone, settings, second)
    if place.source is not Source.PROTOCOL:
        place = other if other.source is Source.PROTOCOL else place
    elif other.source is Source.PROTOCOL and other.value.key != place.value.key:
        message = f"The protocols are in two time zones, {place.value.key} and {other.value.key}."
        raise Refusal(message, "choose one with --tz")
    moment = _read_now(now, place.value)
    when = _read_date("--date", date, moment, place.value)
    visits = tuple(_make_appointment(when, place, None, each) for each in protocols)
    return (visits[0], visits[1]), moment


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


def _read_now(text: str | None, zone: ZoneInfo) -> datetime:
    real = datetime.now(UTC)  # noqa: TID251 - the one place that reads the clock
    if text is None:
        return real
    when = _read_date("--now", text, real, zone)
    return when.start or datetime.combine(when.date, datetime.min.time(), tzinfo=zone)


def _read_date(option: str, text: str, now: datetime, zone: ZoneInfo) -> When:
    try:
        return parse_when(text, now=now, zone=zone)
    except WhenError as error:
        raise DateError(option, error) from error


def _read_duration(text: str | None) -> timedelta | None:
    if text is None:
        return None
    try:
        return parse_duration(text)
    except PhraseError as error:
        raise Refusal(error.message, "write it like --duration “45 minutes”") from error


def read_clock_time(option: str, text: str) -> time:
    """Return a time of day ("18:00", "7:30", "6 pm"); raises Refusal."""
    clock = parse_clock(" ".join(text.lower().split()))
    if clock is None or clock.flaw not in _TAKEN_FLAWS:
        message = f"“{text[:40]}” is no time of day for {option}."
        hint = f'write it like {option} 18:00 or {option} "6 pm", or {option} none'
        raise Refusal(message, hint)
    return time(*divmod(clock.times[0] // timedelta(minutes=1), 60))


_TAKEN_FLAWS = {None, ClockFlaw.MORNING_OR_AFTERNOON, ClockFlaw.LACKS_DIGIT}
"""A time without am or pm is one of 24 hours here, even with one digit."""


def _make_appointment(
    when: When, place: Chosen[ZoneInfo], duration: timedelta | None, protocol: Protocol
) -> Appointment:
    zone, source = place.value, place.source.value
    if when.start is not None:
        return timed_appointment(when.start, zone, source, duration or protocol.duration)
    if duration is not None:
        message = "A duration needs the appointment's time of day."
        raise Refusal(message, f'write the time too: --date "{when.date} 14:30"')
    return whole_day_appointment(when.date, zone, source)


def _merge_clinic(protocol: Clinic, configured: Clinic) -> Clinic:
    """Return whom to ask: the protocol's own clinic, filled up from the configuration."""
    return replace(
        protocol,
        name=protocol.name or configured.name,
        phone=protocol.phone or configured.phone,
        address=protocol.address or configured.address,
    )
