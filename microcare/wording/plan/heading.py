"""The head of a plan: the protocol, the appointment in full words, what is known of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise

from microcare.core.plan.plan import Plan
from microcare.core.plan.treatments import Treatment
from microcare.core.sheet.protocol import Protocol
from microcare.core.time.appointment import Appointment
from microcare.core.time.arithmetic import shift_date
from microcare.core.values import value
from microcare.language.messages import count, mark, say
from microcare.wording.courses import length_words
from microcare.wording.dates import clock_time, distance_words, full_date, short_date, utc_offset
from microcare.wording.plan.words import name_treatments
from microcare.wording.translated import translation_notices


@value
class Heading:
    """The `protocols` and the `appointments` of a plan, a line each; `booked` are these in short.

    `remarks` say what to keep in mind. `counted` says from where the times after the treatment
    count, empty where its end is known.
    """

    protocols: tuple[str, ...]
    appointments: tuple[str, ...]
    booked: tuple[str, ...]
    remarks: tuple[str, ...]
    counted: str = ""


_ZONE_SOURCES = {
    "environment": mark("from MICROCARE_TZ"),
    "configuration": mark("from your configuration"),
    "protocol": mark("from the protocol"),
    "machine": mark("this machine's"),
}


def plan_heading(plan: Plan, *, chosen_by: str) -> Heading:
    """Return a plan's head; `chosen_by` says how its protocol was chosen, if it wasn't named."""
    sheets = {each.protocol.id: each.protocol for each in reversed(plan.treatments)}
    visits = [each.visit for each in plan.treatments]
    remarks = [say("This appointment is in the past.")] if plan.is_past else []
    doubts = dict.fromkeys(filter(None, map(doubt_words, visits)))
    if any(each.all_day for each in visits):
        remarks += doubts
    if plan.is_joint:
        remarks += _list_close_sessions(plan)
    remarks += translation_notices(plan)
    return Heading(
        protocols=tuple(_protocol_words(each, chosen_by) for each in reversed(sheets.values())),
        appointments=tuple(_list_appointments(plan, short=False)),
        booked=tuple(_list_appointments(plan, short=True)),
        remarks=tuple(remarks),
        counted="" if any(each.all_day for each in visits) else " ".join(doubts),
    )


def _protocol_words(protocol: Protocol, chosen_by: str) -> str:
    told = [protocol.id, say("version {version}", version=protocol.version)]
    if protocol.revised:
        told.append(say("revised {date}", date=protocol.revised.isoformat()))
    chosen = f" ({chosen_by})" if chosen_by else ""
    return f"{protocol.title} · {', '.join(told)}{chosen}"


def _list_close_sessions(plan: Plan) -> Iterable[str]:
    """Yield which sessions follow the one before sooner than their sheet says."""
    from microcare.core.plan.series import find_series  # few plans have sessions

    for first, second in pairwise(plan.treatments):
        series = find_series(first.protocol) if first.protocol.id == second.protocol.id else None
        if series is None:
            continue
        day, spacing = first.visit.day, series.spacing
        gap = (second.visit.day - day).days
        if shift_date(day, spacing.least, spacing.unit) > second.visit.day:
            told = count(
                "{number} day after the one before; the protocol says {length}.",
                "{number} days after the one before; the protocol says {length}.",
                gap,
                length=length_words(spacing),
            )
            yield f"{name_treatments((second,), plan)}: {told}"


def _list_appointments(plan: Plan, *, short: bool) -> Iterable[str]:
    """Yield each appointment in words; of several visits what is done there."""
    visits: dict[Appointment, list[Treatment]] = {}
    for each in plan.treatments:
        visits.setdefault(each.visit, []).append(each)
    for visit, treated in visits.items():
        named = f"{name_treatments(treated, plan)}: " if len(visits) > 1 else ""
        open_ = "" if treated[0].booked else " · " + say("not booked yet")
        yield f"{named}{appointment_words(visit, plan.now, short=short)}{open_}"


def doubt_words(visit: Appointment) -> str:
    """Return what times count from where a time of day or an end is unknown, empty elsewhere."""
    if visit.all_day:
        return say(
            "No time of day is known: hours before count from 00:00, hours after from 24:00."
        )
    if visit.duration_known:
        return ""
    return say("Times after treatment are counted from its start; they move if it ends later.")


def appointment_words(visit: Appointment, now: datetime, *, short: bool = False) -> str:
    """Return an appointment in full words with its zone, and how far it is from now.

    In `short` with a short date and the zone's place alone.
    """
    start = visit.local(visit.start)
    when = [short_date(visit.day) if short else full_date(visit.day)]
    if not visit.all_day:
        first = clock_time(start)
        if visit.duration_known:
            last = clock_time(visit.local(visit.end))
            first = say("{first} to {last}", first=first, last=last)
        when.append(first)
    source = _ZONE_SOURCES.get(visit.zone_source)
    place = visit.zone.key.rpartition("/")[2].replace("_", " ") if short else visit.zone.key
    when.append(f"{place} ({utc_offset(start)}{f', {say(source)}' if source else ''})")
    distance = distance_words((visit.day - visit.local_date(now)).days)
    return f"{', '.join(when)} · {distance}"
