"""Codes that phones read from a page (QR): the appointments of a plan, or a text."""

from __future__ import annotations

from datetime import UTC
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING

import segno

from microcare.export.handout.page import QrCode
from microcare.language.messages import say, say_as
from microcare.wording.dates import short_date

if TYPE_CHECKING:
    from collections.abc import Iterable

    from microcare.core.plan.plan import Plan
    from microcare.core.sheet.protocol import Clinic
    from microcare.core.time.appointment import Appointment

LONGEST = 400
"""A code of more octets can't be read from a page that hangs on a fridge."""

_ESCAPES = (("\\", "\\\\"), ("\n", "\\n"), (",", "\\,"), (";", "\\;"))
"""In a TEXT value (RFC 5545, 3.3.11)."""


def draw_text(text: str) -> QrCode:
    """Return the code of a text as it stands; raises ValueError of one longer than `LONGEST`."""
    return QrCode(_draw(text), say("Scan: {text}", text=text))


def list_visits(plan: Plan, clinic: Clinic) -> Iterable[QrCode]:
    """Yield a code for each appointment that is booked, which a phone puts into its calendar.

    It says when and where, and nothing of what is done there.
    """
    found = sorted(
        (each.visit for each in plan.treatments if each.booked), key=lambda visit: visit.start
    )
    for _, same in groupby(found, key=lambda visit: visit.start):
        visit = next(same)
        day = short_date(visit.day, plan.now.year)
        caption = say("Scan to put the appointment of {day} into your calendar.", day=day)
        where = ", ".join(filter(None, [clinic.name, clinic.address]))
        event = _write_event(visit, where)
        if len(event.encode()) > LONGEST:
            event = _write_event(visit, "")
        yield QrCode(_draw(event), caption)


def _write_event(visit: Appointment, where: str) -> str:
    """Return the least that calendars take for an event; an end that nobody knows is left out."""
    lines = ["BEGIN:VEVENT", f"SUMMARY:{say_as('page', 'Appointment')}"]
    if visit.all_day:
        lines.append(f"DTSTART;VALUE=DATE:{visit.day:%Y%m%d}")
    else:
        lines.append(f"DTSTART:{visit.start.astimezone(UTC):%Y%m%dT%H%M%SZ}")
        if visit.duration_known:
            lines.append(f"DTEND:{visit.end.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    if where:
        for plain, escaped in _ESCAPES:
            where = where.replace(plain, escaped)
        lines.append(f"LOCATION:{where}")
    return "\r\n".join([*lines, "END:VEVENT"])


def _draw(text: str) -> str:
    """Return a code as SVG, dark on white with the margin that readers need."""
    if len(text.encode()) > LONGEST:
        raise ValueError("the text is too long for a code")
    made = BytesIO()
    code = segno.make(text, error="m", micro=False, encoding="utf-8")
    code.save(made, kind="svg", xmldecl=False, omitsize=True, dark="#000", light="#fff")
    return made.getvalue().decode().strip()
