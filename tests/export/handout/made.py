"""Handouts to export: of the clinics, of an example, and of a sheet that is up to no good."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from microcare.core.plan.joint_plan import plan_treatments
from microcare.core.plan.plan import build_plan
from microcare.core.plan.treatments import Treatment
from microcare.core.sheet.protocol import Clinic
from microcare.language.messages import speak
from microcare.load.library.protocols import load_protocol
from microcare.load.protocol.translating import translate_protocol
from microcare.wording.handout.outline import outline_handout
from microcare.wording.handout.parts import Handout
from tests.commands.running import ROOT
from tests.pseudo import PSEUDO, disguise_protocol
from tests.samples import at, plan, visit

if TYPE_CHECKING:
    from microcare.core.plan.plan import Plan
    from microcare.core.sheet.protocol import Protocol

BOOKED = at("2026-11-21 10:00")
EYES = str(ROOT / "tests/examples/valid/eye-surgery.yaml")

ATTACKS = (
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(2)>",
    "#strong[out] #panic() $x^2$ @ref \\ ",
    "{{ 7 * 7 }} {% raw %} {# gone #} %s",
    "`raw` *bold* _it_ = no // comment /* nor this */",
    "\"quoted\" 'single' &amp; ]]>",
    "שלום",
)
"""What is markup, code or a command somewhere: each must come out as it is."""

SPELT = {"\u202e48\u202c": "\\u202e48\\u202c", "\u200f": "\\u200f"}
"""What would reorder a line, and how it stands on the page."""

SESSIONS = tuple(("clinic-b", day) for day in ("2026-12-10", "2027-01-07", "2027-02-04"))
TWO = (("clinic-a", "2026-12-10"), ("clinic-b", "2026-12-17"))
"""Several treatments, each with its day."""

LONG = "Rindfleischetikettierung" * 10


@cache
def clinic_plan(reference: str) -> Plan:
    """Return the plan of a protocol for the worked example's appointment."""
    return _plan_worked(load_protocol(reference))


def _plan_worked(found: Protocol) -> Plan:
    return build_plan(found, visit(minutes=30 if found.duration else None), now=BOOKED)


def handout_of(reference: str, patient: str = "") -> Handout:
    """Return the handout of a protocol for the worked example's appointment."""
    return outline_handout(clinic_plan(reference), Clinic(), patient=patient)


def spanish_handout(reference: str) -> Handout:
    """Return the same in Spanish, which nobody has checked: with notices, and in both languages."""
    with speak("es"):
        found = translate_protocol(load_protocol(reference), "es")
        return outline_handout(_plan_worked(found), Clinic())


def longer_handout(reference: str) -> Handout:
    """Return the same in the language that nobody speaks, whose words are longer."""
    with speak(PSEUDO):
        found = disguise_protocol(load_protocol(reference))
        return outline_handout(_plan_worked(found), Clinic())


def joint_handout(*visits: tuple[str, str]) -> Handout:
    """Return the handout of several treatments: a protocol and the day of each."""
    treatments = [
        Treatment(load_protocol(reference), visit(f"{day} 14:30", minutes=30))
        for reference, day in visits
    ]
    return outline_handout(plan_treatments(treatments, now=BOOKED, answers={}), Clinic())


def long_day() -> Handout:
    """Return a handout with so much on one day that no page holds it."""
    rules = "\n".join(
        f"- {{id: i{number}, do: washing-the-treated-skin, on: the day of treatment, "
        f"say: 'Wash the treated skin gently, number {number}.'}}"
        for number in range(120)
    )
    return outline_handout(plan(rules), Clinic())


def hostile() -> Handout:
    """Return a handout each of whose texts attacks the page."""
    texts = [*ATTACKS, *SPELT, LONG]
    rules = "\n".join(
        f"- {{id: i{number}, avoid: sauna, until: 2 days after, say: '{_quote(text)}'}}"
        for number, text in enumerate(texts)
    )
    made = plan(rules, header=f"clinic: {{name: '{_quote(ATTACKS[0])}'}}\n")
    return outline_handout(made, made.protocol.clinic, patient=ATTACKS[1])


def _quote(text: str) -> str:
    return text.replace("'", "''")
