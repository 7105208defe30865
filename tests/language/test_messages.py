"""A message is said in the language that is spoken, and in English where nobody asks."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from microcare.language.messages import (
    count,
    find_spoken,
    load_language,
    mark,
    mark_as,
    say,
    say_as,
    speak,
    speaks_english,
    split_tag,
)


def test_english_is_the_message_itself() -> None:
    """Without a language a message is said as it is, with its fields."""
    assert say("ask the clinic") == "ask the clinic"
    assert say("call {person}", person="{x}") == "call {x}"
    assert say_as("list", "and") == "and"
    assert find_spoken() is None


def test_a_number_has_its_form() -> None:
    """One thing is told otherwise than several, in each language."""
    forms = ("in {number} day", "in {number} days")
    assert [count(*forms, number) for number in (1, 2)] == ["in 1 day", "in 2 days"]
    with speak("es"):
        assert [count(*forms, number) for number in (1, 2)] == [
            "dentro de 1 día",
            "dentro de 2 días",
        ]


def test_a_language_is_spoken_for_a_while() -> None:
    """One language may be spoken inside of another, and each ends with its block."""
    with speak("es"):
        assert say("ask the clinic") == "pregunte a la clínica"
        with speak("en"):
            assert say("ask the clinic") == "ask the clinic"
        assert say("ask the clinic") == "pregunte a la clínica"
    assert say("ask the clinic") == "ask the clinic"


def test_a_language_ends_with_an_error() -> None:
    """What goes wrong while a language is spoken does not leave it behind."""
    with pytest.raises(ZeroDivisionError), speak("es"):
        _ = 1 / 0
    assert find_spoken() is None


def test_a_context_tells_apart_what_is_spelt_alike() -> None:
    """One English word may be two in another language."""
    with speak("es"):
        assert say_as("list", "and") == "y"
        assert say_as("verb", "take") == "tome"
        assert say_as("no such context", "take") == "take"


def test_a_marked_message_is_said_later() -> None:
    """A constant stays the message, whatever is spoken when it is read."""
    with speak("es"):
        assert mark("ask the clinic") == "ask the clinic"
        assert mark_as("verb", "take") == "take"


def test_threads_speak_their_own_languages() -> None:
    """What one thread speaks no other one hears."""

    def tell(tag: str) -> set[str]:
        with speak(tag):
            return {say("ask the clinic") for _ in range(500)}

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(tell, ["en", "es"] * 20))
    assert told == [{"ask the clinic"}, {"pregunte a la clínica"}] * 20


@pytest.mark.parametrize(
    ("tag", "parts"),
    [
        ("es", ("es", "")),
        ("es-mx", ("es", "MX")),
        ("EN_us", ("en", "US")),
        ("es-419", ("es", "419")),
    ],
)
def test_a_tag_has_a_language_and_perhaps_a_region(tag: str, parts: tuple[str, str]) -> None:
    """Capitals and the joint don't matter."""
    assert split_tag(tag) == parts


@pytest.mark.parametrize("tag", ["", "e", "Spanish", "es-", "es-MX-x", "../es", "es\n"])
def test_what_is_no_tag_is_english(tag: str) -> None:
    """A protocol may name its language as it likes; that loads no file."""
    with pytest.raises(ValueError, match="language tag"):
        split_tag(tag)
    assert load_language(tag) is None


def test_english_has_regions() -> None:
    """The words of all English are the same, its dates are not."""
    with speak("en-GB"):
        assert speaks_english()
        assert say("ask the clinic") == "ask the clinic"
        assert find_spoken() is not None
    assert load_language("de") is None
    with speak("es"):
        assert not speaks_english()


@pytest.mark.parametrize(
    ("tag", "message", "time", "told"),
    [
        ("es-MX", "until {time}", "jue 10 de dic, 2:30 p.m.", "hasta el jue 10 de dic, 2:30 p.m."),
        ("es", "until {time}", "10 dic", "hasta el 10 dic"),
        ("es", "until {time}", "14:30", "hasta las 14:30"),
        ("es-MX", "until {time}", "1:30 p.m.", "hasta la 1:30 p.m."),
        ("es", "by {time}", "13:30", "a más tardar a las 13:30"),
        ("es-MX", "by {time}", "1:30 p.m.", "a más tardar a la 1:30 p.m."),
        ("es", "by {time}", "jue 10 dic", "a más tardar el jue 10 dic"),
        ("es", "not before {time}", "jue 10 dic", "no antes del jue 10 dic"),
        ("es-MX", "Since {time}.", "2:30 p.m.", "Desde las 2:30 p.m."),
        ("es", "from {time}", "10 días después", "desde 10 días después"),
        ("es", "until {time}", "el día 7", "hasta el día 7"),
        ("es", "until {time}", "mayo o más tarde", "hasta mayo o más tarde"),
    ],
)
def test_spanish_dates_and_hours_have_their_articles(
    tag: str, message: str, time: str, told: str
) -> None:
    """A length of time has none, and a sentence one full stop."""
    with speak(tag):
        assert say(message, time=time) == told
