"""Courses: what is taken or used again and again, dose by dose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microcare.core.values import value

if TYPE_CHECKING:
    from datetime import datetime

    from microcare.core.model import Amounts


@value
class Dose:
    """One dose of a course at an `instant` in UTC; `topics` are what is taken or used.

    `suggested` is a time of day that the sheet leaves open ("3 times a day").
    """

    instant: datetime
    topics: tuple[str, ...]
    amounts: Amounts | None = None
    suggested: bool = False
