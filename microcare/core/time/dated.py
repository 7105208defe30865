"""A window's instants, once its points are dated."""

from __future__ import annotations

from datetime import date, datetime

from microcare.core.values import value


@value
class Dated:
    """A window's instants in UTC; `until` is exclusive, None is unstated.

    `start` and `until` are the careful readings (for a permission the later start and the earlier
    end, whose other ends the rule's words keep), `start_at_latest` and `until_at_least` the other
    end of a range. `last_ok` is the last date on which what is stopped or waited for is still fine.
    """

    start: datetime | None = None
    until: datetime | None = None
    start_at_latest: datetime | None = None
    until_at_least: datetime | None = None
    last_ok: date | None = None
