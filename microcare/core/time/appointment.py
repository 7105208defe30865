"""One appointment: the interval from which a protocol's times are counted."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from microcare.core.time.arithmetic import find_start_of_day, read_instant
from microcare.core.values import value

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


@value
class Appointment:
    """An appointment `[start, end]` in a clinic's time zone; both instants are in UTC.

    `day` is D, the local date of the start. A whole-day appointment starts with its day and ends
    with it. Without a known duration `end` equals `start` (whole-day: the day's end), and
    `duration_known` is false.
    """

    day: date
    start: datetime
    end: datetime
    zone: ZoneInfo
    zone_source: str
    all_day: bool = False
    duration_known: bool = False

    def local(self, instant: datetime) -> datetime:
        """Return an instant on the clinic's wall clock."""
        return instant.astimezone(self.zone)

    def local_date(self, instant: datetime) -> date:
        """Return the clinic's date at an instant."""
        return instant.astimezone(self.zone).date()

    def day_start(self, day: date) -> datetime:
        """Return the first instant of a date at the clinic, in UTC."""
        return find_start_of_day(day, self.zone)


_GIVEN = "flag"


def make_timed_appointment(
    start: datetime,
    zone: ZoneInfo,
    zone_source: str = _GIVEN,
    duration: timedelta | None = None,
) -> Appointment:
    """Return the appointment that starts at the aware `start`, in a clinic's time `zone`.

    No duration is made up, not the protocol's either. `zone_source` is how the zone became known:
    "flag" where the caller says it. Raises ValueError where `start` has no time zone or the
    duration is negative.
    """
    begins = read_instant(start)
    if duration is not None and duration < timedelta():
        raise ValueError("no appointment ends before it starts")
    return Appointment(
        day=start.astimezone(zone).date(),
        start=begins,
        end=begins + (duration or timedelta()),
        zone=zone,
        zone_source=zone_source,
        duration_known=duration is not None,
    )


def make_whole_day_appointment(day: date, zone: ZoneInfo, zone_source: str = _GIVEN) -> Appointment:
    """Return the appointment of which only the date is known, the clinic's in its `zone`."""
    return Appointment(
        day=day,
        start=find_start_of_day(day, zone),
        end=find_start_of_day(day + timedelta(days=1), zone),
        zone=zone,
        zone_source=zone_source,
        all_day=True,
    )
