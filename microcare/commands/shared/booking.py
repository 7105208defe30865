"""What one command line books: a protocol, an appointment, the patient's answers, the moment."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NoReturn
from zoneinfo import ZoneInfo

from microcare.commands.shared.answers import read_answers
from microcare.commands.shared.languages import speak_to_patient
from microcare.commands.shared.output import say
from microcare.commands.shared.settings import (
    announce_zone,
    choose_protocol,
    choose_zone,
    load_settings,
    merge_clinic,
)
from microcare.commands.shared.treatments import SessionOptions, SessionReader, split_reference
from microcare.core.plan.treatments import Treatment
from microcare.core.sheet.protocol import Clinic
from microcare.core.time.appointment import (
    Appointment,
    make_timed_appointment,
    make_whole_day_appointment,
)
from microcare.core.values import replace, value
from microcare.load.library.settings import Chosen, Settings, Source
from microcare.load.source.refusals import PhraseError, Refusal
from microcare.load.typed_date.reading import parse_when
from microcare.load.typed_date.when import When, WhenError, format_when

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from microcare.core.plan.plan import Plan
    from microcare.core.sheet.protocol import Protocol

    FindProtocol = Callable[..., tuple[Protocol, str]]


@value
class Booking:
    """Everything that a plan is made of. `now` is aware; `answers` maps factor ids to yes or no.

    `language` is that in which the patient is told, and the texts of the protocols are in it.
    """

    treatments: tuple[Treatment, ...]
    chosen_by: str
    now: datetime
    answers: dict[str, bool]
    clinic: Clinic
    language: str = "en"

    @property
    def protocol(self) -> Protocol:
        """The protocol of the first treatment."""
        return self.treatments[0].protocol

    @property
    def visit(self) -> Appointment:
        """The appointment of the first treatment."""
        return self.treatments[0].visit

    @property
    def visits(self) -> tuple[Appointment, ...]:
        """The appointments of all treatments."""
        return tuple(each.visit for each in self.treatments)


def load_booking(
    *,
    date: str,
    protocol: str | list[str] | None,
    zone: str | None,
    yes: Iterable[str] | None,
    no: Iterable[str] | None,
    now: str | datetime | None,
    duration: str | None,
    verbose: bool,
    sessions: SessionOptions | None = None,
    language: str | None = None,
    settings: Settings | None = None,
    find: FindProtocol = choose_protocol,
) -> Booking:
    """Return the booking that the options describe; raises Refusal.

    `yes` and `no` are the factors with these answers; `verbose` says on stderr what was taken.
    Whoever has many bookings gives the `settings` once, and what finds a protocol as
    `choose_protocol` does.
    """
    settings = settings or load_settings(verbose=verbose)
    named: list[tuple[str | None, str | None]]
    if isinstance(protocol, list):
        named = [split_reference(each) for each in protocol]
    else:
        named = [(protocol, None)]
    if date and all(own for _, own in named):
        _refuse_lost_date()
    names = [None if name is None else name.strip() for name, _ in named]
    chosen = [find(name, settings, verbose=verbose) for name in names]
    sheets, tag = speak_to_patient(language, _list_sheets([loaded for loaded, _ in chosen]))
    shared = _choose_shared_zone(zone, settings, sheets)
    moment = _read_now(now, shared.value)
    length = _read_duration(duration)
    lone = sum(own is None for _, own in named) == 1

    def make(when: When, sheet: Protocol, option: str, *, alone: bool = True) -> Appointment:
        usual = sheet.duration if alone else None
        return _make_appointment(when, shared, length, usual, option)

    treatments: list[Treatment] = []
    for (name, own), sheet in zip(named, sheets, strict=True):
        if own is None:
            when = _read_date("--date", date, moment, shared.value)
            visit = make(when, sheet, "--date ", alone=lone)
        else:
            given, lead = f"{name}@{own}", f"{name}@"
            when = _read_date("--protocol", own, moment, shared.value, given=given, lead=lead)
            visit = make(when, sheet, f"--protocol {sheet.id}@")
        treatments.append(Treatment(sheet, visit))
    treatments = _sort_sessions(treatments)
    if sessions is not None and sessions.given:
        treatments = _list_sessions(treatments, sessions, settings, moment, make)
    return Booking(
        treatments=tuple(treatments),
        chosen_by=chosen[0][1],
        now=moment,
        answers=read_answers(treatments, tuple(yes or ()), tuple(no or ())),
        clinic=merge_clinic(sheets[0].clinic, settings.clinic),
        language=tag,
    )


def _refuse_lost_date() -> NoReturn:
    message = "Each --protocol has its own date, so that --date would be lost."
    raise Refusal(message, "leave out the @ and date of the protocol that --date is for")


def _list_sheets(loaded: list[Protocol]) -> tuple[Protocol, ...]:
    """Return protocols, one that is named twice as one; raises Refusal of an id of two sheets."""
    known: dict[str, Protocol] = {}
    for each in loaded:
        if known.setdefault(each.id, each) != each:
            message = f"Two different protocols have the id {each.id}."
            raise Refusal(message, "give one of them another id")
    return tuple(known[each.id] for each in loaded)


def _sort_sessions(treatments: list[Treatment]) -> list[Treatment]:
    """Return treatments of which those by one sheet are in the order of their starts."""
    ordered: dict[str, list[Treatment]] = {}
    for each in sorted(treatments, key=lambda treatment: treatment.visit.start):
        same = ordered.setdefault(each.protocol.id, [])
        if same and same[-1].visit.start == each.visit.start:
            message = f"--protocol names {each.protocol.id} twice for one time."
            raise Refusal(message, "leave one of them out, or give it its own date with @")
        same.append(each)
    return [ordered[each.protocol.id].pop(0) for each in treatments]


def _list_sessions(
    treatments: list[Treatment],
    sessions: SessionOptions,
    settings: Settings,
    now: datetime,
    make: Callable[[When, Protocol, str], Appointment],
) -> list[Treatment]:
    if len(treatments) > 1:
        message = f"{sessions.given[0]} is for one treatment, and --protocol names several."
        raise Refusal(message, "leave out all but one")
    (first,) = treatments
    zone = first.visit.zone

    def read(option: str, text: str, lead: str = "") -> When:
        return _read_date(option, text, now, zone, given=f"{lead}{text}", lead=lead)

    def make_session(when: When, option: str) -> Appointment:
        return make(when, first.protocol, option)

    return list(SessionReader(sessions, settings, read, make_session).list_sessions(first))


def make_plan(booking: Booking, last: Iterable[str] | None = None) -> Plan:
    """Return the plan of a booking; `last` are the texts of --last."""
    from microcare.core.plan.plan import build_plan

    if len(booking.treatments) > 1:
        from microcare.core.plan.joint_plan import plan_treatments  # few bookings have several

        plan = plan_treatments(booking.treatments, now=booking.now, answers=booking.answers)
    else:
        plan = build_plan(booking.protocol, booking.visit, now=booking.now, answers=booking.answers)
    if not last:
        return plan
    from microcare.commands.shared.last_times import read_last_times  # start-up counts

    lasts = read_last_times(last, plan.protocol, now=booking.now, zone=booking.visit.zone)
    return replace(plan, lasts=lasts)


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
    shared = _choose_shared_zone(zone, settings, protocols)
    moment = _read_now(now, shared.value)
    when = _read_date("--date", date, moment, shared.value)
    visits = tuple(_make_appointment(when, shared, None, each.duration) for each in protocols)
    return (visits[0], visits[1]), moment


def _choose_shared_zone(
    zone: str | None, settings: Settings, protocols: tuple[Protocol, ...]
) -> Chosen[ZoneInfo]:
    """Return the time zone of several protocols; raises Refusal where they name different ones."""
    chosen = [choose_zone(zone, settings, each) for each in protocols]
    named = {each.value.key: each for each in chosen if each.source is Source.PROTOCOL}
    if len(named) > 1:
        count = "two" if len(named) == 2 else len(named)
        message = f"The protocols are in {count} time zones, {' and '.join(named)}."
        raise Refusal(message, "choose one with --tz")
    return next(iter(named.values()), chosen[0])


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


def announce_visits(
    visits: Sequence[Appointment], now: datetime, *, quiet: bool, verbose: bool
) -> None:
    """Say on stderr that the machine's time zone was taken, or that a date may be mistyped.

    Of several appointments the first ones may well be past.
    """
    announce_zone(visits[0], quiet=quiet, verbose=verbose)
    doubt = None if quiet else describe_doubt(visits, now)
    if doubt is not None:
        say(f"microcare: {doubt}")


def describe_doubt(visits: Sequence[Appointment], now: datetime) -> str | None:
    """Return in words that a date is so far off that it may be mistyped, None where it isn't."""
    last = max(visits, key=lambda each: each.start)
    days = (last.day - last.local_date(now)).days
    if -_PAST_DAYS <= days <= _FAR_DAYS:
        return None
    from microcare.wording.dates import distance_words, full_date

    is_was = "is" if days > 0 else "was"
    told = f"{full_date(last.day)}, {distance_words(days)}"
    return f"this appointment {is_was} on {told}; check the date."


_PAST_DAYS = 1
_FAR_DAYS = 731
"""Two years, with a leap day in them."""


def _read_now(text: str | datetime | None, zone: ZoneInfo) -> datetime:
    if isinstance(text, datetime):
        return text
    real = datetime.now(UTC)  # noqa: TID251 - the one place that reads the clock
    if text is None:
        return real
    when = _read_date("--now", text, real, zone)
    return when.start or datetime.combine(when.date, datetime.min.time(), tzinfo=zone)


def _read_date(
    option: str,
    text: str,
    now: datetime,
    zone: ZoneInfo,
    *,
    given: str | None = None,
    lead: str = "",
) -> When:
    """Return the date in `text`; `given`, by default that, and `lead` are those of `DateError`."""
    try:
        return parse_when(text, now=now, zone=zone)
    except WhenError as error:
        from microcare.commands.shared.errors import DateError  # rare: start-up counts

        # A phrase doesn't know which option it was given to; the error's commands need it.
        raise DateError(option, error, text if given is None else given, lead) from error


def _read_duration(text: str | None) -> timedelta | None:
    if text is None:
        return None
    from microcare.load.times.quantities import parse_duration  # rare: start-up counts

    try:
        return parse_duration(text)
    except PhraseError as error:
        # The file's hint would be for a key; here it is an option.
        raise Refusal(error.message, "write it like --duration “45 minutes”") from error


def _make_appointment(
    when: When,
    zone: Chosen[ZoneInfo],
    duration: timedelta | None,
    usual: timedelta | None,
    option: str = "--date ",
) -> Appointment:
    """Return the appointment of a `duration` that was asked for, else of the protocol's usual.

    `option` is what stands before its date on the command line.
    """
    if when.start is not None:
        length = duration or usual
        return make_timed_appointment(when.start, zone.value, zone.source.value, length)
    if duration is not None:
        message = "A duration needs the appointment's time of day."
        name, _, lead = option.partition(" ")
        raise Refusal(message, f'write the time too: {name} "{lead}{when.date} 14:30"')
    return make_whole_day_appointment(when.date, zone.value, zone.source.value)


def written_visit(visit: Appointment) -> str:
    """Return an appointment as `--date` takes it: `2026-12-10`, `2026-12-10 14:30`."""
    return format_when(When(visit.day, None if visit.all_day else visit.local(visit.start)))
