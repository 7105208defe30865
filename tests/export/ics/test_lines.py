"""Lines of texts that leave dates open; what is said of other lines is tested with the file."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from microcare.export.ics.lines import FOLD, write_open_text, write_text
from microcare.wording.dates import short_date
from microcare.wording.slots import Slots, decode, leave_open

DAY = date(2026, 12, 10)


@given(
    st.lists(st.text(st.characters(codec="utf-8"), max_size=90), min_size=1, max_size=6),
    st.integers(0, 40),
)
def test_a_line_has_room_for_each_of_its_dates(texts: list[str], later: int) -> None:
    """It is folded once; with no date of any booking is it too long, or another text."""
    slots, booked = Slots(DAY), DAY + timedelta(later)

    def tell(day: date) -> str:
        return "".join(f"{text}{short_date(day, day.year)}" for text in texts)

    with leave_open(slots):
        template = decode(write_open_text("SUMMARY", tell(DAY)))
    data = template.fill(slots.write(booked)).encode()
    assert all(len(line) <= FOLD for line in data.split(b"\r\n"))
    assert data.replace(b"\r\n ", b"") == write_text("SUMMARY", tell(booked)).replace(b"\r\n ", b"")
