"""The head of a plan: the protocol, the appointment in full words, what is known of it."""

from __future__ import annotations

from microcare.core.plan.plan import Plan
from microcare.core.time.appointment import Appointment
from microcare.core.values import value
from microcare.wording.dates import clock_time, distance_words, full_date, short_date, utc_offset


@value
class Heading:
    """`protocol` and `appointment` are one line each; `remarks` say what to keep in mind.

    `booked` is the appointment in fewer words.

    `counted` says from where the times after the treatment count, empty where its end is known.
    """

    protocol: str
    appointment: str
    remarks: tuple[str, ...]
    booked: str = ""
    counted: str = ""


_ZONE_SOURCES = {
    "environment": "from MICROCARE_TZ",
    "configuration": "from your configuration",
    "protocol": "from the protocol",
    "machine": "this machine's",
}


def plan_heading(plan: Plan, *, chosen_by: str) -> Heading:
    """Return a plan's head; `chosen_by` says how its protocol was chosen, if it wasn't named."""
    protocol, visit = plan.protocol, plan.visit
    revised = f", revised {protocol.revised.isoformat()}" if protocol.revised else ""
    remarks = []
    if plan.is_past:
        remarks.append("This appointment is in the past.")
    doubt = doubt_words(visit)
    if visit.all_day:
        remarks.append(doubt)
    return Heading(
        protocol=f"{protocol.title} · {protocol.id}, version {protocol.version}{revised}"
        f"{f' ({chosen_by})' if chosen_by else ''}",
        appointment=appointment_words(plan),
        booked=appointment_words(plan, short=True),
        remarks=tuple(remarks),
        counted="" if visit.all_day else doubt,
    )


def doubt_words(visit: Appointment) -> str:
    """Return what times count from where a time of day or an end is unknown, empty elsewhere."""
    if visit.all_day:
        return "No time of day is known: hours before count from 00:00, hours after from 24:00."
    if visit.duration_known:
        return ""
    return "Times after treatment are counted from its start; they move if it ends later."


def appointment_words(plan: Plan, *, short: bool = False) -> str:
    """Return an appointment in full words with its zone, and how far it is from now.

    In `short` with a short date and the zone's place alone.
    """
    visit = plan.visit
    start = visit.local(visit.start)
    when = [short_date(visit.day) if short else full_date(visit.day)]
    if not visit.all_day:
        when.append(clock_time(start))
        if visit.duration_known:
            when[-1] += f" to {clock_time(visit.local(visit.end))}"
    source = _ZONE_SOURCES.get(visit.zone_source)
    place = visit.zone.key.rpartition("/")[2].replace("_", " ") if short else visit.zone.key
    when.append(f"{place} ({utc_offset(start)}{f', {source}' if source else ''})")
    distance = distance_words((visit.day - visit.local_date(plan.now)).days)
    return f"{', '.join(when)} · {distance}"
