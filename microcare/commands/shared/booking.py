"""What one command line books: a protocol, an appointment, the patient's answers, the moment."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from microcare.commands.shared.answers import read_answers
from microcare.commands.shared.output import say
from microcare.commands.shared.settings import (
    announce_zone,
    choose_protocol,
    choose_zone,
    load_settings,
)
from microcare.core.sheet.protocol import Clinic
from microcare.core.time.appointment import (
    Appointment,
    make_timed_appointment,
    make_whole_day_appointment,
)
from microcare.core.values import value
from microcare.load.library.settings import Chosen, Settings, Source
from microcare.load.protocol.protocol import parse_duration
from microcare.load.source.refusals import PhraseError, Refusal
from microcare.load.typed_date.phrase import parse_when
from microcare.load.typed_date.when import WhenError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from microcare.core.sheet.protocol import Protocol
    from microcare.load.typed_date.when import When


@value
class Booking:
    """Everything that a plan is made of. `now` is aware; `answers` maps factor ids to yes or no."""

    protocol: Protocol
    chosen_by: str
    visit: Appointment
    now: datetime
    answers: dict[str, bool]
    clinic: Clinic


def load_booking(
    *,
    date: str,
    protocol: str | None,
    zone: str | None,
    yes: Iterable[str] | None,
    no: Iterable[str] | None,
    now: str | None,
    duration: str | None,
    verbose: bool,
) -> Booking:
    """Return the booking that the options describe; raises Refusal.

    `yes` and `no` are the factors with these answers; `verbose` says on stderr what was taken.
    """
    settings = load_settings(verbose=verbose)
    loaded, chosen_by = choose_protocol(protocol, settings, verbose=verbose)
    chosen_zone = choose_zone(zone, settings, loaded)
    moment = _read_now(now, chosen_zone.value)
    when = _read_date("--date", date, moment, chosen_zone.value)
    visit = _make_appointment(when, chosen_zone, _read_duration(duration), loaded)
    return Booking(
        protocol=loaded,
        chosen_by=chosen_by,
        visit=visit,
        now=moment,
        answers=read_answers(loaded, visit, tuple(yes or ()), tuple(no or ())),
        clinic=merge_clinic(loaded.clinic, settings.clinic),
    )


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
    shared = choose_zone(zone, settings, first)
    other = choose_zone(zone, settings, second)
    if shared.source is not Source.PROTOCOL:
        shared = other if other.source is Source.PROTOCOL else shared
    elif other.source is Source.PROTOCOL and other.value.key != shared.value.key:
        message = f"The protocols are in two time zones, {shared.value.key} and {other.value.key}."
        raise Refusal(message, "choose one with --tz")
    moment = _read_now(now, shared.value)
    when = _read_date("--date", date, moment, shared.value)
    visits = tuple(_make_appointment(when, shared, None, each) for each in protocols)
    return (visits[0], visits[1]), moment


def load_moment(zone: str | None, now: str | None, *, verbose: bool) -> tuple[datetime, ZoneInfo]:
    """Return the moment of asking, and the zone of whoever asks without a protocol."""
    chosen = choose_zone(zone, load_settings(verbose=verbose), None).value
    return _read_now(now, chosen), chosen


def read_day(option: str, text: str, booking: Booking) -> date:
    """Return the day that an option names, of which a time of day says nothing more."""
    return _read_date(option, text, booking.now, booking.visit.zone).date


def read_moment(option: str, text: str | None, booking: Booking) -> datetime | date:
    """Return what an option names, an instant or a whole date; without a text the present one."""
    if text is None:
        return booking.now.astimezone(UTC)
    when = _read_date(option, text, booking.now, booking.visit.zone)
    return when.date if when.start is None else when.start.astimezone(UTC)


def announce_visit(visit: Appointment, now: datetime, *, quiet: bool, verbose: bool) -> None:
    """Say on stderr that the machine's time zone was taken, or that the date may be mistyped."""
    announce_zone(visit, quiet=quiet, verbose=verbose)
    days = (visit.day - visit.local_date(now)).days
    if quiet or -_PAST_DAYS <= days <= _FAR_DAYS:
        return
    from microcare.wording.dates import distance_words, full_date

    is_was = "is" if days > 0 else "was"
    say(
        f"microcare: this appointment {is_was} on {full_date(visit.day)}, {distance_words(days)}; "
        "check the date."
    )


_PAST_DAYS = 1
_FAR_DAYS = 731
"""Two years, with a leap day in them."""


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
        from microcare.commands.shared.errors import DateError  # rare: start-up counts

        # A phrase doesn't know which option it was given to; the error's commands need it.
        raise DateError(option, error) from error


def _read_duration(text: str | None) -> timedelta | None:
    if text is None:
        return None
    try:
        return parse_duration(text)
    except PhraseError as error:
        # The file's hint would be for a key; here it is an option.
        raise Refusal(error.message, "write it like --duration “45 minutes”") from error


def _make_appointment(
    when: When, zone: Chosen[ZoneInfo], duration: timedelta | None, protocol: Protocol
) -> Appointment:
    if when.start is not None:
        return make_timed_appointment(
            when.start, zone.value, zone.source.value, duration or protocol.duration
        )
    if duration is not None:
        message = "A duration needs the appointment's time of day."
        raise Refusal(message, f'write the time too: --date "{when.date} 14:30"')
    return make_whole_day_appointment(when.date, zone.value, zone.source.value)


def merge_clinic(protocol: Clinic, configured: Clinic) -> Clinic:
    """Return whom to ask: the protocol's own clinic, filled up from the configuration."""
    return Clinic(
        name=protocol.name or configured.name,
        phone=protocol.phone or configured.phone,
        address=protocol.address or configured.address,
    )
