"""The titles of the built-in protocols' calendars, whatever was answered."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from microcare.core.plan.plan import build_plan
from microcare.core.sheet.conditions import list_condition_factors
from microcare.core.sheet.protocol import Clinic, Protocol
from microcare.core.sheet.verbs import Verb
from microcare.export.ics.builder import build_events
from microcare.export.ics.events import CalendarOptions
from microcare.load.library.protocols import read_protocol
from tests.commands.running import ROOT
from tests.samples import LONG_AGO, at, visit

if TYPE_CHECKING:
    from collections.abc import Mapping


NAMES = ("clinic-a", "clinic-b")
EACH = pytest.mark.parametrize("name", NAMES)
BARS = CalendarOptions(spans=True)


@cache
def clinic(name: str) -> Protocol:
    """Return a built-in protocol."""
    return read_protocol(ROOT / "protocols" / f"{name}.yaml")


def private_names(protocol: Protocol) -> set[str]:
    """Return every name of the topics that a stranger must not read about.

    A name that another's title may bear is no secret: the word of a group, or a public topic's.
    """
    topics = protocol.topics.values()
    harmless = {each.private or each.short for each in topics}
    private = (each for each in topics if each.private)
    names = {name for each in private for name in (each.label, each.short, *each.synonyms)}
    return names - harmless


def questions(name: str) -> list[str]:
    """Return what a protocol's instructions depend on, without what forbids the treatment."""
    found = {
        factor
        for each in clinic(name).instructions
        if each.condition is not None and each.verb is not Verb.SCREEN
        for factor in list_condition_factors(each.condition)
    }
    return sorted(found)


def all_answers(name: str) -> list[dict[str, bool]]:
    """Return no answer, each one alone, and all of them."""
    factors = questions(name)
    single = [{factor: answer} for factor in factors for answer in (True, False)]
    return [{}, *single, dict.fromkeys(factors, True), dict.fromkeys(factors, False)]


def titles(
    name: str, options: CalendarOptions = BARS, answers: Mapping[str, bool] | None = None
) -> list[str]:
    """Return all titles of a built-in protocol's calendar, bars included."""
    return list(_titles(name, options, tuple((answers or {}).items())))


@cache
def _titles(
    name: str, options: CalendarOptions, answers: tuple[tuple[str, bool], ...]
) -> tuple[str, ...]:
    found = build_plan(clinic(name), visit(), now=at(LONG_AGO), answers=dict(answers))
    return tuple(event.summary for event in build_events(found, Clinic(), options))
