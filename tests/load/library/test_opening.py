"""Opening hours and closed dates: what is read, and what is refused because it can be misread."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcare.core.sheet.desk import OpeningHours, OpenSpan
from microcare.load.library.opening import parse_holidays, parse_hours, read_opening
from microcare.load.library.settings import Settings
from microcare.load.source.refusals import PhraseError
from microcare.wording.dates import opening_hours


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("mon-fri 9:00-17:00, sat 9:00-12:00", "mon-fri 09:00-17:00, sat 09:00-12:00"),
        ("Mon – Fri 9:00 – 17:00", "mon-fri 09:00-17:00"),
        ("Mondays 9am-5pm; tuesday 9 a.m. - 1:30 p.m.", "mon 09:00-17:00, tue 09:00-13:30"),
        ("tu,th 10:00-18:00", "tue 10:00-18:00, thu 10:00-18:00"),
        ("mon wed 8.30-16.00", "mon 08:30-16:00, wed 08:30-16:00"),
        ("mon 9:00-12:00 13:00-17:00", "mon 09:00-12:00 13:00-17:00"),
        ("mon 13:00-17:00, mon 9:00-12:00", "mon 09:00-12:00 13:00-17:00"),
        ("fri-mon 9:00-12:00", "mon 09:00-12:00, fri-sun 09:00-12:00"),
        ("thurs 9-17", "thu 09:00-17:00"),
        ("wednes-fri. 9-17", "wed-fri 09:00-17:00"),
        ("mon 7:30-20:00", "mon 07:30-20:00"),
        ("mon 8:00-1pm", "mon 08:00-13:00"),
        ("mon 18:00-24:00, tue 6pm-midnight", "mon-tue 18:00-24:00"),
        ("mon 00:00-noon", "mon 00:00-12:00"),
    ],
)
def test_hours_are_read(typed: str, read: str) -> None:
    """As people write them; what is not named is closed."""
    assert opening_hours(parse_hours(typed)) == read


def test_spans_are_times_of_a_weekday() -> None:
    """From the beginning of the day, Monday first."""
    nine, noon = timedelta(hours=9), timedelta(hours=12)
    assert parse_hours("sun, mon 9:00-12:00") == (
        OpenSpan(0, nine, noon),
        OpenSpan(6, nine, noon),
    )


@pytest.mark.parametrize(
    ("typed", "message", "hint"),
    [
        ("mon 9-5", "“9-5” may be morning or afternoon.", "write 09:00-17:00"),
        ("mon 9:00-5:00", "may be morning or afternoon.", "write 09:00-17:00"),
        ("mon 2:00-6:00", "may be", "write 02:00-06:00 or 02:00-18:00 or 14:00-18:00"),
        ("mon 7:00-10pm", "may be", "write 07:00-22:00 or 19:00-22:00"),
        ("mon 6am-12am", "may be", "write 06:00-24:00 or 06:00-12:00"),
        ("mon 17:00-09:00", "ends before it begins.", "hours past midnight are two"),
        ("fri 22:00-02:00", "ends before it begins.", "hours past midnight are two"),
        ("mon 25:00-26:00", "are no times of day.", "write them like mon-fri"),
        ("mon 9:75-17:00", "are no times of day.", "write them like mon-fri"),
        ("9:00-17:00", "“9:00-17:00” stands without a weekday.", "write them like mon-fri"),
        ("mon-fri", "“mon-fri” lacks the hours of a day.", "write them like mon-fri"),
        ("mon 9:00-12:00, tue", "lacks the hours of a day.", "write them like mon-fri"),
        ("mon 9:00", "“9:00” is neither a weekday nor hours.", "write them like mon-fri"),
        ("mon 9:00-17:00:00", "is neither a weekday nor hours.", "write them like mon-fri"),
        ("mnoday 9:00-17:00", "“mnoday” is no day of the week.", "did you mean “monday”?"),
        ("sun closed", "“closed” is no day of the week.", "write them like mon-fri"),
        ("mon-fri 9:00-17:00, fri 9:00-12:00", "The hours of Friday overlap.", "name each day"),
        ("", "No hours are given.", "write them like mon-fri"),
    ],
)
def test_hours_that_can_be_misread_are_refused(typed: str, message: str, hint: str) -> None:
    """With what they may mean: a guess would offer an appointment when nobody is there."""
    with pytest.raises(PhraseError) as caught:
        parse_hours(typed)
    assert message in caught.value.message
    assert caught.value.hint is not None
    assert hint in caught.value.hint


SPANS = st.lists(
    st.tuples(
        st.integers(0, 6),
        st.lists(st.integers(0, 96), min_size=2, max_size=6, unique=True).map(sorted),
    ),
    min_size=1,
    unique_by=lambda each: each[0],
)


@given(SPANS)
def test_what_is_written_is_read_again(week: list[tuple[int, list[int]]]) -> None:
    """Whatever hours a desk has, the configuration holds the same."""
    quarter = timedelta(minutes=15)
    spans = tuple(
        OpenSpan(day, edges[each] * quarter, edges[each + 1] * quarter)
        for day, edges in sorted(week)
        for each in range(0, len(edges) - 1, 2)
    )
    assert parse_hours(opening_hours(spans)) == spans


@given(st.text(alphabet="monfrisatue 0123456789:.-–,;apm", max_size=24))
def test_any_text_is_hours_or_refused(text: str) -> None:
    """Each span that is read lies within its day, and no two overlap."""
    try:
        spans = parse_hours(text)
    except PhraseError:
        return
    assert all(timedelta() <= each.opens < each.closes <= timedelta(days=1) for each in spans)
    assert parse_hours(opening_hours(spans)) == spans


def test_closed_dates_are_read_in_order_and_once() -> None:
    """Parted by commas or spaces."""
    christmas = (date(2026, 12, 24), date(2026, 12, 25))
    assert parse_holidays("2026-12-25, 2026-12-24") == christmas
    assert parse_holidays("2026-12-24 2026-12-25,2026-12-24") == christmas


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("24.12.2026", "“24.12.2026” is no date."),
        ("12/24/2026", "is no date."),
        ("2026-12-24T00:00", "is no date."),
        ("20261224", "is no date."),
        ("2026-02-30", "There is no day “2026-02-30”."),
        ("2026-12-24 tomorrow", "“tomorrow” is no date."),
        (" , ", "No dates are given."),
    ],
)
def test_dates_that_are_not_iso_are_refused(typed: str, said: str) -> None:
    """Only one form can't be misread."""
    with pytest.raises(PhraseError) as caught:
        parse_holidays(typed)
    assert said in caught.value.message
    assert caught.value.hint == "write dates like 2026-12-24, 2026-12-25"


def test_configured_opening_is_read_from_the_settings() -> None:
    """Hours without closed dates, closed dates without hours, neither."""
    assert read_opening(Settings()) == OpeningHours()
    nine = OpenSpan(0, timedelta(hours=9), timedelta(hours=17))
    assert read_opening(Settings(hours="mon 9:00-17:00")) == OpeningHours((nine,))
    closed = Settings(holidays=("2026-12-25", "2026-12-24", "2026-12-25"))
    assert read_opening(closed).closed == (date(2026, 12, 24), date(2026, 12, 25))
