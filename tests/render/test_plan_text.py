"""A plan for the terminal: what leads it, and how a day is laid out where columns are few."""

from __future__ import annotations

from dataclasses import replace
from gettext import NullTranslations
from typing import TYPE_CHECKING

from rich.console import Console, Group

from microcare.core.sheet.protocol import Clinic
from microcare.language.messages import Language, speak
from microcare.render.plan_text import NARROW_PLAN, plan_text
from microcare.wording.plan.heading import plan_heading
from microcare.wording.plan.outline import outline_plan
from tests.render.printing import lines
from tests.samples import entry, plan

if TYPE_CHECKING:
    from microcare.core.plan.plan import Plan

CLINIC = Clinic("Our Clinic", "555 0100")


def text(made: Plan, width: int = 80, *, notes: bool = False, encoding: str = "utf-8") -> list[str]:
    """Return the lines of a plan."""
    outline = outline_plan(made, CLINIC)
    heading = plan_heading(made, chosen_by="--protocol")
    options = replace(Console(width=width).options, encoding=encoding)
    return lines(Group(*plan_text(outline, heading, CLINIC, options=options, notes=notes)), width)


def test_contraindication_leads() -> None:
    """Nobody reads past it; it ends with whom to ask."""
    found = text(plan(entry("screen: pregnancy"), answers={"pregnancy": True}))
    assert found[0] == "DO NOT TREAT"
    assert found[1].startswith("  - ")
    assert found[-1] == "With any question: ask Our Clinic, 555 0100."


def test_time_stands_beside_a_row_or_above_it() -> None:
    """With few columns the date is a line of its own; nothing of the row is lost."""
    made = plan(entry("avoid: sauna\nuntil: 48 hours after\nsay: No sauna."))
    wide, narrow = text(made, NARROW_PLAN), text(made, NARROW_PLAN - 1)
    (beside,) = (line for line in wide if "fine again" in line)
    assert beside.split() == ["Sat", "12", "Dec", "+2", "2:30", "pm", "fine", "again:", "sauna"]
    place = next(at for at, line in enumerate(narrow) if "fine again" in line)
    assert narrow[place].strip() == "2:30 pm fine again: sauna"
    assert narrow[place - 1].split() == ["Sat", "12", "Dec", "+2"]


def test_verb_is_not_said_twice() -> None:
    """Where the sentence begins with it, that word is the verb."""
    made = plan(entry("avoid: sauna\nfrom: 2 days before\nsay: Avoid saunas."))
    found = "\n".join(text(made))
    assert "Avoid saunas." in found
    assert "avoid: Avoid" not in found


def test_questions_say_how_to_answer() -> None:
    """What forbids the treatment comes first, and each has the name that answers it."""
    made = plan(entry("take: antiviral\nif: cold-sores", "a") + entry("screen: pregnancy", "b"))
    found = text(made)
    blocking = found.index("  Do not treat if one of these is so:")
    assert found.index("  Ask too:") > blocking
    assert [line for line in found if "[pregnancy]" in line]
    assert [line for line in found if "[cold-sores]" in line]
    assert [line for line in found if "--with NAME" in line]


def test_notes_are_counted_or_told() -> None:
    """They are for staff, who ask for them."""
    made = plan(entry("avoid: sauna\nnote: The sheet is unclear."))
    assert "1 remark for staff: add --notes to read them." in text(made)
    told = text(made, notes=True)
    assert told[told.index("NOTES FOR STAFF") + 1] == "  - it: The sheet is unclear."


def test_what_is_left_out_has_its_reason() -> None:
    """In words that complete the sentence."""
    made = plan(entry("avoid: sauna\nif: peel\nsay: No sauna."), answers={"peel": False})
    found = " ".join(" ".join(text(made)).split())
    assert "LEFT OUT - No sauna. (because no peel was recommended with the treatment)" in found


UNCLEAR = entry("avoid: sauna\nuntil: 48 hours after\nsay: No sauna.\nunclear: Perhaps baths too.")


def test_footnotes_stand_at_the_end() -> None:
    """Behind all that they are marked on, with a mark that the terminal's encoding has."""
    found = text(plan(UNCLEAR))
    assert [line for line in found if "No sauna.¹ (until Sat 12 Dec, 2:30 pm" in line]
    assert [line for line in found if "fine again: sauna¹" in line]
    place = found.index("UNCLEAR IN THE SHEET (ASK THE CLINIC)")
    assert found[place + 1] == "  ¹ Perhaps baths too."
    assert not any("¹" in line for line in found[place + 2 :])
    plain = text(plan(UNCLEAR), encoding="cp1252")
    assert "  [1] Perhaps baths too." in plain
    assert "¹" not in "".join(plain)


def test_a_clear_plan_has_no_footnotes() -> None:
    """Nor a title for them."""
    assert "UNCLEAR IN THE SHEET" not in text(plan(entry("avoid: sauna")))


def test_times_of_another_language_have_their_own_column() -> None:
    """Texts stand below each other behind times that are longer than the English ones."""
    first = entry("do: washing\nat: 2 hours before\nsay: Wash.", "first")
    second = entry("do: washing\nat: the day before\nsay: Wash.", "second")
    with speak(Language("es-MX", NullTranslations(), "es_MX")):
        shown = text(plan(first + second))
    rows = [line for line in shown if "Wash." in line]
    assert any("12:30 p.m. Wash." in line for line in rows)
    assert len({line.index("Wash.") for line in rows}) == 1
