"""Dates, clock times and lists as a language and its region write them."""

from __future__ import annotations

from datetime import date

import pytest
from babel.dates import format_date, format_time
from hypothesis import given
from hypothesis import strategies as st

from microcare.language import locales
from microcare.language.messages import speak
from microcare.wording.dates import clock_words, full_date, plain_date, short_date, short_weekday

DAY = date(2026, 12, 10)


@pytest.mark.parametrize(
    ("tag", "full", "short", "clock"),
    [
        ("en", "Thursday 10 December 2026", "Thu 10 Dec", "2:30 pm"),
        ("en-GB", "Thursday, 10 December 2026", "Thu 10 Dec", "14:30"),
        ("en-US", "Thursday, December 10, 2026", "Thu Dec 10", "2:30 PM"),
        ("es", "jueves, 10 de diciembre de 2026", "jue 10 dic", "14:30"),
        ("es-MX", "jueves, 10 de diciembre de 2026", "jue 10 de dic", "2:30 p.m."),
        ("es-US", "jueves, 10 de diciembre de 2026", "jue 10 de dic", "2:30 p.m."),
        ("es-ES", "jueves, 10 de diciembre de 2026", "jue 10 dic", "14:30"),
        ("es-XX", "jueves, 10 de diciembre de 2026", "jue 10 dic", "14:30"),
    ],
)
def test_a_region_has_its_own_dates_and_clock(tag: str, full: str, short: str, clock: str) -> None:
    """The order of day and month and the clock of 12 or 24 hours are those of the region."""
    with speak(tag):
        assert (full_date(DAY), short_date(DAY, 2026), clock_words(870)) == (full, short, clock)


def test_another_year_is_named() -> None:
    """A date of another year has its year, in the language's own place."""
    with speak("es"):
        assert short_date(DAY, 2025) == "jue 10 dic 2026"
        assert plain_date(DAY, 2025) == "10 dic 2026"
        assert plain_date(DAY, 2026) == "10 dic"
    with speak("en-US"):
        assert short_date(DAY, 2025) == "Thu Dec 10, 2026"


def test_aligned_dates_stand_below_each_other() -> None:
    """A day of one digit is as wide as one of two."""
    with speak("es"):
        dates = [short_date(date(2026, 12, day), 2026, aligned=True) for day in (1, 10)]
        assert dates == ["mar  1 dic", "jue 10 dic"]


@given(day=st.dates(date(1900, 1, 1), date(2199, 12, 31)), tag=st.sampled_from(["es", "es-MX"]))
def test_a_date_has_the_words_of_its_locale(day: date, tag: str) -> None:
    """Weekday, month and full date are those of the CLDR."""
    locale = tag.replace("-", "_")
    with speak(tag):
        assert full_date(day) == format_date(day, "full", locale)
        assert short_weekday(day) == format_date(day, "EEE", locale)
        assert f"{day.year}" in short_date(day)
        assert short_date(day).startswith(f"{short_weekday(day)} {day.day}")


@given(minutes=st.integers(0, 24 * 60), seconds=st.integers(0, 59))
def test_a_clock_time_is_that_of_its_locale(minutes: int, seconds: int) -> None:
    """The whole day is told, seconds only where there are some."""
    from datetime import time

    moment = time(*divmod(minutes % 1440, 60), seconds)
    with speak("es"):
        length = "medium" if seconds else "short"
        assert clock_words(minutes, seconds) == format_time(moment, length, locale="es")


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        (["sol", "sal"], "sol y sal"),
        (["sol", "ibuprofeno"], "sol e ibuprofeno"),
        (["sol", "hidroquinona"], "sol e hidroquinona"),
        (["agua", "hielo"], "agua y hielo"),
        (["uno"], "uno"),
        (["a", "b", "c"], "a, b y c"),
    ],
)
def test_spanish_and_changes_before_its_own_sound(parts: list[str], told: str) -> None:
    """“y” is “e” before i- and hi-, but not before a diphthong."""
    with speak("es"):
        assert locales.list_words(parts) == told


def test_spanish_or_changes_before_its_own_sound() -> None:
    """“o” is “u” before o- and ho-."""
    with speak("es"):
        assert locales.join_any(["sol", "ocho horas"]) == "sol u ocho horas"
        assert locales.join_any(["sol", "sal", "calor"]) == "sol o sal o calor"


def test_english_needs_no_locale() -> None:
    """Who asks for locale data without a language has made a mistake."""
    with pytest.raises(ValueError, match="plain English"):
        locales.full_text(DAY)
    assert locales.join_all(["a", "b", "c"]) == "a and b and c"
    assert locales.list_words(["a", "b", "c"]) == "a, b and c"


def test_a_sentence_has_one_full_stop() -> None:
    """An abbreviation at its end has it already."""
    told = ("at 2:30 p.m.", "at 14:30", "now?")
    assert [*map(locales.end_sentence, told)] == ["at 2:30 p.m.", "at 14:30.", "now?"]
