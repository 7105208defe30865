"""Whom a patient turns to: the persons that an instruction names, and the clinic."""

from __future__ import annotations

from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.protocol import Clinic
from microcare.language.messages import say


def ask_words(instruction: Instruction) -> tuple[str, ...]:
    """Return whom the patient asks before following an instruction, none where nobody is named.

    It goes with the instruction wherever it is told, however short.
    """
    person = instruction.ask_first
    return (say("first ask {person}", person=person),) if person is not None else ()


def lifting_words(instruction: Instruction) -> tuple[str, ...]:
    """Return who may lift an instruction, none where nobody is named."""
    lifts = instruction.override_by
    return (say("unless {person} tells you otherwise", person=lifts),) if lifts is not None else ()


def call_words(instruction: Instruction) -> tuple[str, ...]:
    """Return whom to call, none where nobody is named."""
    person = instruction.call
    return (say("call {person}", person=person),) if person is not None else ()


def person_words(instruction: Instruction) -> tuple[str, ...]:
    """Return every person that an instruction names, whom to call among them."""
    return (*ask_words(instruction), *lifting_words(instruction), *call_words(instruction))


def told_text(instruction: Instruction) -> str:
    """Return an instruction's sentence with the persons that it names."""
    persons = "; ".join(person_words(instruction))
    return f"{instruction.text} ({persons})" if persons else instruction.text


def told_verb(instruction: Instruction, verb: str) -> str:
    """Return a verb as a patient may read it without the rest: never "avoid" before asking.

    Whom to call takes the place of the clinic.
    """
    if instruction.call is not None:
        verb = say("call {person}", person=instruction.call)
    return say("ask first, then {verb}", verb=verb) if instruction.ask_first is not None else verb


def clinic_words(clinic: Clinic) -> str:
    """Return what is known of the clinic, empty where nothing is."""
    return ", ".join(filter(None, [clinic.name, clinic.phone, clinic.address]))


def ask_clinic(clinic: Clinic) -> str:
    """Return whom to ask: "ask Clinic Name, 555 0100", or "ask the clinic"."""
    asked = say("ask {person}", person=clinic.name) if clinic.name else say("ask the clinic")
    return ", ".join([asked, *filter(None, [clinic.phone])])
