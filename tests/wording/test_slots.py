"""Dates that texts leave open: what stands for one comes back as its number, in its own length."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from microcare.wording.dates import full_date, plain_date, short_date, short_weekday
from microcare.wording.slots import Slots, decode, encode, leave_open

DAY = date(2026, 12, 10)


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(codec="utf-8")),
            st.integers(-400, 400),
            st.sampled_from([full_date, short_date, plain_date, short_weekday]),
        ),
        max_size=8,
    ),
    st.text(st.characters(codec="utf-8")),
)
def test_any_text_has_its_dates_again(drawn: list[tuple[str, int, object]], end: str) -> None:
    """Whatever stands around them, braces and emoji among it."""

    def tell() -> str:
        told = (f"{text}{write(DAY + timedelta(days))}" for text, days, write in drawn)  # type: ignore[operator]
        return f"{''.join(told)}{end}"

    slots = Slots(DAY)
    with leave_open(slots):
        opened = tell()
    assert decode(encode(opened)).fill(slots.write(DAY)) == tell()
    assert len(encode(opened)) >= len(tell().encode())


def test_a_date_beyond_all_numbers_is_written_at_once() -> None:
    """A text can tell apart only so many: the next one belongs to its own booking."""
    slots = Slots(DAY)
    with leave_open(slots):
        while not slots.is_full():
            short_weekday(slots.day)
            slots.day += timedelta(1)
            text = short_weekday(DAY)
        assert short_weekday(DAY) == "Thu"
    assert decode(encode(text)).numbers == (8 * 64 * 64 - 1,)
    assert not slots.is_complete
