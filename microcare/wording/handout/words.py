"""The words that stand on every handout, whatever its plan: those that its templates need."""

from __future__ import annotations

from microcare.core.values import value
from microcare.language.messages import say, say_as


@value
class HandoutWords:
    """The words of a page: of its head, its timeline, its grid of doses and its foot."""

    name: str
    timeline: str
    sure: str
    open: str
    treatment: str
    doses: str
    doses_hint: str
    time: str
    total: str
    page: str


def page_words() -> HandoutWords:
    """Return the words in the language that is spoken; `page` has `{number}` and `{all}`."""
    return HandoutWords(
        name=say_as("page", "Name"),
        timeline=say("What to avoid, and when"),
        sure=say_as("page", "avoid"),
        open=say("perhaps: ask, or see if it applies to you"),
        treatment=say_as("page", "treatment"),
        doses=say_as("page", "Doses"),
        doses_hint=say("Tick each dose when you have taken it."),
        time=say_as("page", "Time"),
        total=say_as("page", "Total"),
        page=say("page {number} of {all}"),
    )
