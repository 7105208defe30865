"""A variant's map laid over its base's: what it takes over, what it changes, what is wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcare.core.plan.plan import build_plan
from microcare.core.sheet.instruction import Position
from microcare.core.sheet.protocol import Clinic, DayOne
from microcare.export.data.plan import plan_json
from microcare.load.library.folders import find_built_in_folder
from microcare.load.library.protocols import read_protocol
from microcare.load.variants.parsing import parse_protocol
from tests.load.variants.samples import BASE, variant, wrong
from tests.samples import at, visit

if TYPE_CHECKING:
    from microcare.core.sheet.protocol import Protocol


# The head


def test_what_is_left_out_is_the_bases() -> None:
    """But for its name, its version and its date of revision, which are its own or none."""
    found, base = variant(), parse_protocol(BASE, "base.yaml")
    assert (found.id, found.version, found.revised) == ("variant", "7", None)
    same = replace(base, id="variant", version="7", revised=None, extends=found.extends)
    assert found == same


def test_what_is_written_is_the_variants() -> None:
    """A clinic is taken as a whole: another's phone number would be wrong."""
    found = variant(
        "title: T\nprocedure: p\nrevised: 2026-12-01\nlanguage: de\ntime-zone: Europe/Berlin\n"
        "duration: 1 hour\nday-1: unstated\ndocument: D\nclinic: {name: C}\n"
        "replace: [{id: sun, avoid: sun}]\n"
    )
    assert (found.title, found.procedure, found.language) == ("T", "p", "de")
    assert (found.time_zone, found.duration) == ("Europe/Berlin", timedelta(hours=1))
    assert (found.day_one, found.document, found.clinic) == (DayOne.UNSTATED, "D", Clinic("C"))
    assert str(found.revised) == "2026-12-01"
    assert found.extends is not None
    assert {"title", "clinic", "replace"} <= found.extends.written


def test_notes_are_added() -> None:
    """The base's first; one text is a list of one."""
    assert variant("notes: [Of ours.]").notes == ("Of the base.", "Of ours.")
    assert variant("notes: Of ours.").notes == ("Of the base.", "Of ours.")


def test_vocabularies_are_merged() -> None:
    """The variant's own entries win; a topic's add to the base's, as they do to a built-in one."""
    found = variant(
        "anchors: {peel: our peel, mask: the mask}\n"
        "factors:\n"
        "  glasses: {yes: you see badly, no: you see well, ask: Do you see well?}\n"
        "  hat: {yes: you wear a hat, no: you wear none, ask: A hat?}\n"
        "topics:\n"
        "  spas: {label: thermal baths, synonyms: [pools of ours], members: [hot-baths]}\n"
        "  hats: {}\n"
    )
    assert found.anchors == {"peel": "our peel", "mask": "the mask"}
    assert (found.factors["glasses"].yes, found.factors["hat"].ask) == ("you see badly", "A hat?")
    assert "spas" in found.topics["sauna"].part_of
    assert "spas" in found.topics["hot-baths"].part_of
    spas = found.topics["spas"]
    assert (spas.label, spas.synonyms) == ("thermal baths", ("baths", "pools of ours"))
    assert found.topics["hats"].label == "hats"


def test_another_label_gives_up_the_base_s_short() -> None:
    """Which was short for what the base calls it; what else a variant adds leaves it."""
    base = BASE.replace(
        "topics:\n", "topics:\n  bathing: {label: bathing anywhere, short: bathing}\n"
    )
    for own, short in (("label: wading", "wading"), ("synonyms: [wading]", "bathing")):
        found = variant(f"topics: {{bathing: {{{own}}}}}", base)
        assert found.topics["bathing"].short == short


# Instructions


def test_each_instruction_keeps_its_place() -> None:
    """In the order, and in the file in which it is written."""
    found = variant(
        "remove: lenses\n"
        "add:\n  - {id: hat, use: sunscreen}\n  - {id: cap, avoid: sun}\n"
        "replace:\n  - {id: sun, avoid: sunbathing}\n"
    )
    assert [(each.id, each.position) for each in found.instructions] == [
        ("sauna", Position("base.yaml", 20, 5)),
        ("sun", Position("variant.yaml", 10, 5)),
        ("laser", Position("base.yaml", 23, 5)),
        ("hat", Position("variant.yaml", 7, 5)),
        ("cap", Position("variant.yaml", 8, 5)),
    ]


def test_inherited_instruction_speaks_the_variants_language() -> None:
    """As if the base's file had been changed by hand: labels, factors, the numbering of days."""
    base = BASE.replace("say: No spas.", "strength: must")
    found = variant("topics: {spas: {label: thermal baths}}", base)
    assert found.instructions[0].text == "Avoid: thermal baths."


def plan_of(found: Protocol) -> dict[str, Any]:
    """Return the plan of the worked example, without what names the protocol."""
    import json

    plan = build_plan(found, visit(), now=at("2026-11-21 10:00"))
    data: dict[str, Any] = json.loads(plan_json(plan))
    return data


CLINIC_A = read_protocol(find_built_in_folder() / "clinic-a.yaml")


CLINIC_A_PLAN = plan_of(CLINIC_A)


@given(st.data())
def test_exactly_what_is_changed_is_changed(data: st.DataObject) -> None:
    """Whichever instructions of clinic-a are removed or replaced, the others keep their plan."""
    ids = [each.id for each in CLINIC_A.instructions]
    changed = data.draw(st.lists(st.sampled_from(ids), unique=True, max_size=12))
    count = data.draw(st.integers(0, len(changed)))
    removed, replaced = changed[:count], changed[count:]
    lines = [f"remove: [{', '.join(removed)}]"] if removed else []
    lines += ["replace:"] if replaced else []
    lines += [f"  - {{id: {each}, tell: medical-history}}" for each in replaced]
    base = (find_built_in_folder() / "clinic-a.yaml").read_text(encoding="utf-8")
    found = plan_of(variant("\n".join([*lines, "add: [{id: hat, tell: questions}]"]), base))
    expected = {each["id"]: each for each in CLINIC_A_PLAN["instructions"]}
    now = {each["id"]: each for each in found["instructions"]}
    assert set(now) == set(ids) - set(removed) | {"hat"}
    assert {each for each in now if now[each] != expected.get(each)} == {*replaced, "hat"}


# What is wrong


@pytest.mark.parametrize(
    ("more", "found", "hint"),
    [
        ("remove: [sunn]", "5:10 unknown-instruction", "did you mean “sun”?"),
        ("remove: [unicorn]", "5:10 unknown-instruction", "look its id up with"),
        ("remove: [sun, sun]", "5:15 duplicate-id", "keep one of the two"),
        ("remove: []", "5:9 empty-value", "leave the key out"),
        ("remove: {a: b}", "5:9 wrong-shape", None),
        ("remove: [sauna, sun, lenses, laser]", "5:9 bad-value", "keep one"),
        ("replace: [{id: sunn, avoid: sun}]", "5:16 unknown-instruction", "did you mean “sun”?"),
        ("replace: [{id: unicorn, avoid: sun}]", "5:16 unknown-instruction", "under “add”"),
        ("replace: [{avoid: sun}]", "5:11 missing-key", "add “id: …”"),
        ("replace: []", "5:10 empty-value", "write at least one"),
        ("replace: sun", "5:10 wrong-shape", None),
        ("replace: [sun]", "5:11 wrong-shape", None),
        (
            "replace: [{id: sun, avoid: sun}, {id: sun, may: sun}]",
            "5:39 duplicate-id",
            "give one of them another id",
        ),
        (
            "remove: [sun]\nreplace: [{id: sun, avoid: sun}]",
            "6:16 duplicate-id",
            "take it out of “remove”",
        ),
        ("add: [{id: sun, avoid: sun}]", "5:12 duplicate-id", "put this one under “replace”"),
        (
            "remove: [sun]\nadd: [{id: sun, avoid: sun}]",
            "6:12 duplicate-id",
            "put this one under “replace”, and take its id out of “remove”",
        ),
        (
            "replace: [{id: sun, may: sun}]\nadd: [{id: sun, avoid: sun}]",
            "6:12 duplicate-id",
            "give one of them another id",
        ),
        ("add: [{id: hat, avoid: zzyzx}]", "5:24 unknown-topic", "describe it"),
        ("add: [{id: hat, avoid: sun, colour: red}]", "5:29 unknown-key", "known keys"),
        ("instructions: [{id: hat, may: sun}]", "5:1 unknown-key", "under “add”"),
        ("notes: []", "5:8 empty-value", "leave the key out"),
        ("notes: {a: b}", "5:8 wrong-shape", None),
        ("topics: spas", "5:9 wrong-shape", None),
        ("topics: {spas: baths}", "5:16 wrong-shape", None),
        ("factors: {glasses: {yes: a, no: b}}", "5:20 missing-key", "add “ask: …”"),
        ("colour: red", "5:1 unknown-key", "known keys"),
        ("title:", "5:7 empty-value", "write one"),
    ],
)
def test_one_mistake(more: str, found: str, hint: str | None) -> None:
    """One problem, in the variant's own file, with what to do."""
    (problem,) = wrong(more)
    assert f"{problem.line}:{problem.column} {problem.code.value}" == found
    assert problem.file == "variant.yaml"
    assert (hint or "") in (problem.hint or "")


# The built-in protocols


@pytest.mark.parametrize("name", ["clinic-a", "clinic-b"])
def test_variant_with_nothing_in_it_plans_the_same(name: str) -> None:
    """But for its id, its version and its date of revision."""
    base = (find_built_in_folder() / f"{name}.yaml").read_text(encoding="utf-8")
    found = plan_of(variant(base=base))
    assert (found["protocol"].pop("id"), found["protocol"].pop("version")) == ("variant", "7")
    expected = plan_of(parse_protocol(base, "base.yaml"))
    assert (expected["protocol"].pop("id"), expected["protocol"].pop("version")) == (name, "1")
    assert (found["treatments"][0].pop("protocol"), expected["treatments"][0].pop("protocol")) == (
        "variant",
        name,
    )
    assert found["treatments"][0].pop("version") != expected["treatments"][0].pop("version")
    assert found["protocol"].pop("revised") is None
    assert expected["protocol"].pop("revised") == {"clinic-b": "2021-08-29"}.get(name)
    assert found == expected
