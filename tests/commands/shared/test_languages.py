"""The language of what a patient gets, and that nothing of it is left for the next command."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.commands.running import BOOKING, make_runner  # noqa: F401 - the fixture `microcare`

if TYPE_CHECKING:
    from tests.commands.running import Outcome, Runner

COMMANDS = {
    "plan": ("plan",),
    "whole plan": ("plan", "--full"),
    "data": ("plan", "--format", "json"),
    "Markdown": ("plan", "--format", "markdown"),
    "things": ("plan", "--by", "thing"),
    "day": ("plan", "--on", "2026-12-11"),
    "sessions": ("plan", "--protocol", "clinic-b", "--sessions", "3"),
    "several": ("plan", "--protocol", "clinic-a", "--protocol", "clinic-b@2026-12-17"),
    "reply": ("can", "retinoids", "--at", "2026-12-12"),
    "replies": ("can", "--at", "2026-12-12"),
    "calendar": ("export-ics", "--spans", "--every-dose", "-o", "-"),
    "discreet calendar": ("export-ics", "--discreet", "-o", "-"),
    "page": ("handout", "--format", "html", "-o", "-"),
}


def tell(microcare: Runner, name: str, language: str | None) -> Outcome:
    """Return what a command says in a language, or in that of the protocol."""
    asked = () if language is None else ("--language", language)
    done = microcare(*COMMANDS[name], *BOOKING, *asked)
    assert done.code == 0, done.err
    return done


@pytest.mark.parametrize("name", COMMANDS)
def test_no_word_is_left_from_another_patient_s_language(microcare: Runner, name: str) -> None:
    """English, two kinds of Spanish and English again in one process: each as the first time."""
    languages = (None, "es", "es-MX", "en-GB")
    first = [tell(microcare, name, each) for each in languages]
    again = [tell(microcare, name, each) for each in reversed(languages[:-1])]
    assert first[:-1] == again[::-1]
    assert first[0].out != first[1].out != first[3].out


@pytest.mark.parametrize("name", COMMANDS)
def test_the_desk_is_told_in_english(microcare: Runner, name: str) -> None:
    """What stands on stderr is for whoever types the command."""
    # A treatment day that is too long for one entry has two.
    english, spanish = (
        re.sub(r"\d+ events", "events", tell(microcare, name, each).err) for each in (None, "es")
    )
    assert spanish == english


@pytest.mark.parametrize("name", ["calendar", "discreet calendar"])
def test_a_calendar_is_in_one_language_as_a_whole(microcare: Runner, name: str) -> None:
    """What a calendar filters by, and the language that it names, are those of its titles."""
    lines = tell(microcare, name, "es-MX").out.split("\r\n")
    assert next(each for each in lines if each.startswith("PRODID:")).endswith("//ES")
    shown = {each.partition(":")[2] for each in lines if each.startswith("CATEGORIES:")}
    assert "Cita" in shown
    assert shown <= {"Cita", "Día", "Dosis", "Tarea", "Período", "Recordatorio"}
