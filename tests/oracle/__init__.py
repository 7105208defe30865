"""The time rules computed a second time: from the design, and by other means than the core's.

An instant is a number of seconds since 1970. The first instant of a date and the instants of a
clock time are searched minute by minute on the zone's clock, a month's length is looked up in the
calendar, and every bound is the least or greatest of all the readings that the words allow.

`holding` tells from these bounds what holds for a topic at an instant, rule by rule.
"""

from tests.oracle.clock import (
    DAY,
    HOUR,
    MINUTE,
    Visit,
    clock_changes,
    clock_seconds,
    first_second,
    local,
    shift_months,
    spells_of_date,
    timed_visit,
    whole_day_visit,
)
from tests.oracle.windows import (
    Sheet,
    Times,
    closes_at_start,
    expect_all_times,
    expect_times,
)

__all__ = [
    "DAY",
    "HOUR",
    "MINUTE",
    "Sheet",
    "Times",
    "Visit",
    "clock_changes",
    "clock_seconds",
    "closes_at_start",
    "expect_all_times",
    "expect_times",
    "first_second",
    "local",
    "shift_months",
    "spells_of_date",
    "timed_visit",
    "whole_day_visit",
]
