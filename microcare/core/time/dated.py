"""A window's instants, once its points are dated."""

from __future__ import annotations

from datetime import date, datetime

from microcare.core.time.calendars import Form
from microcare.core.values import value


@value
class Dated:
    """A window's instants in UTC; `until` is exclusive, None is unstated.

    `start` and `until` are the careful readings (for a permission the later start and the earlier
    end, whose other ends the rule's words keep), `start_at_latest` and `until_at_least` the other
    end of a range. `last_ok` is the last date on which what is stopped or waited for is still fine.
    `start_form`, `until_form`, `latest_form` and `least_form` are what these four are, `until_form`
    without `until` what `until_at_least` is.

    `start_otherwise` and `until_otherwise` are the other readings of both where only the date of
    the appointment makes two: no stated range, and never told as one.

    What ends with a treatment whose end is not known (`ends_with_treatment`) is not released by the
    clock: it holds through the treatment day, and `until` is that day's end.
    """

    start: datetime | None = None
    until: datetime | None = None
    start_at_latest: datetime | None = None
    until_at_least: datetime | None = None
    last_ok: date | None = None
    start_form: Form = Form.INSTANT
    until_form: Form = Form.INSTANT
    latest_form: Form = Form.INSTANT
    least_form: Form = Form.INSTANT
    ends_with_treatment: bool = False
    start_otherwise: datetime | None = None
    until_otherwise: datetime | None = None

    @property
    def starts_with_day(self) -> bool:
        """Whether it starts with a whole day and is told as a date, not with a time of day."""
        return self.start_form.is_date

    @property
    def ends_with_day(self) -> bool:
        """Whether it ends with a whole day and is told as a date, not with a time of day."""
        return self.until_form.is_date
