"""What the core makes goes to another process and comes back as it was."""

from __future__ import annotations

import pickle
from importlib import import_module
from inspect import getmembers, isclass
from pathlib import Path
from pkgutil import walk_packages
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import microcare
from microcare.core.compare.protocols import compare_protocols
from microcare.core.plan.joint_plan import plan_treatments
from microcare.core.plan.plan import Plan, build_plan
from microcare.core.plan.treatments import Treatment
from microcare.core.sheet.protocol import Clinic, Protocol
from microcare.core.values import replace
from microcare.export.data.comparison import comparison_json
from microcare.export.data.plan import plan_json
from microcare.export.ics.builder import build_events
from microcare.load.library.protocols import load_protocol
from microcare.load.protocol.translating import translate_protocol
from tests.oracle import Visit
from tests.samples import at, visit
from tests.strategies import answers, appointment, sheets, treatments, visits

T = TypeVar("T")
EXAMPLES = Path(__file__).parents[1] / "examples" / "valid"
LONG_AGO = at("1960-01-01 00:00")


def send(what: T) -> T:
    """Return what arrives in another process."""
    found: T = pickle.loads(pickle.dumps(what))  # noqa: S301 - it was made here
    return found


def tell(plan: Plan) -> tuple[object, ...]:
    """Return what a plan derives, and what is written of it."""
    derived = (plan.days, plan.conflicts, plan.judged, plan.closed, plan.blocked_by)
    return *derived, plan_json(plan), build_events(plan, Clinic())


@given(sheets(), sheets())
def test_a_protocol_and_its_comparison_come_back(left: Protocol, right: Protocol) -> None:
    """Equal, with the same rows, and the same comparison can be made of what came back."""
    made = compare_protocols(left, right)
    assert send((left, right)) == (left, right)
    assert send(made) == made
    assert compare_protocols(send(left), send(right)) == made


@settings(max_examples=30)
@given(sheets(), visits(first_year=1980), answers, st.booleans())
def test_a_plan_comes_back(
    sheet: Protocol, when: Visit, known: dict[str, bool], used: bool
) -> None:
    """Equal, whether or not it was looked into before, and it tells the same."""
    plan = build_plan(sheet, appointment(when), now=LONG_AGO, answers=known)
    fresh = pickle.dumps(plan)
    told = tell(plan)
    found: Plan = pickle.loads(pickle.dumps(plan) if used else fresh)  # noqa: S301 - ours
    assert found == plan
    assert plan == found
    assert tell(found) == told
    assert pickle.loads(fresh) == plan  # noqa: S301 - ours


@settings(max_examples=15)
@given(treatments())
def test_a_plan_of_several_treatments_comes_back(given: list[tuple[Protocol, Visit]]) -> None:
    """With every instruction still that of its own treatment."""
    booked = [Treatment(sheet, appointment(when)) for sheet, when in given]
    plan = plan_treatments(booked, now=LONG_AGO, answers={})
    assert send(plan) == plan
    assert tell(send(plan)) == tell(plan)


def test_another_plan_is_not_equal() -> None:
    """A ledger tells plans apart as their instructions do."""
    sheet = load_protocol("clinic-a")
    plan = build_plan(sheet, visit(), now=LONG_AGO)
    other = build_plan(sheet, visit(), now=LONG_AGO, answers={"pregnancy": False})
    assert plan.ledger != other.ledger
    assert plan.ledger == send(plan.ledger)
    assert plan != replace(plan, ledger=other.ledger)


@pytest.mark.parametrize("name", ["clinic-b", str(EXAMPLES / "half-translated.yaml")])
@pytest.mark.parametrize("language", ["en", "es-MX"])
def test_what_is_written_of_what_came_back_is_the_same(name: str, language: str) -> None:
    """Nothing asks whether two things are one, also where the sheet is translated afterwards."""
    sheet, other = load_protocol(name), load_protocol("clinic-a")
    told = translate_protocol(sheet, language)
    assert send(told) == told == translate_protocol(send(sheet), language)
    compared = compare_protocols(told, other)
    assert send(compared) == compared
    assert comparison_json(send(compared)) == comparison_json(compared)


def test_every_value_can_be_named_by_another_process() -> None:
    """A class that is made inside a function can't be, nor one under another's name."""
    found = {
        each
        for module in walk_packages(microcare.__path__, "microcare.")
        if module.name != "microcare.__main__"
        for _, each in getmembers(import_module(module.name), isclass)
        if each.__module__.startswith("microcare") and hasattr(each, "__compared__")
    }
    assert len(found) > 100
    assert {send(each) for each in found} == found
