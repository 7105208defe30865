"""A variant and its base as one protocol: what it takes over, what it changes, what is wrong."""

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
from microcare.load.check.files import check_text
from microcare.load.library.files import built_in_folder
from microcare.load.library.protocols import read_protocol
from microcare.load.source.refusals import ProtocolError
from microcare.load.variants.bases import Base, BaseError
from microcare.load.variants.parsing import parse_protocol
from tests.mutants import EXAMPLES, LONG, lies_within, mutant
from tests.samples import at, visit

if TYPE_CHECKING:
    from microcare.core.sheet.protocol import Protocol
    from microcare.load.source.refusals import Problem
    from microcare.load.variants.bases import FindBase

HEAD = "microcare: 1\nid: variant\nextends: base\nversion: 7\n"
BASE = """\
microcare: 1
id: base
title: Microneedling
procedure: needling
version: 3
revised: 2026-11-02
language: en-GB
time-zone: Europe/London
duration: 45 minutes
day-1: treatment day
document: Our sheet
clinic: {name: Base Clinic, phone: 0123}
notes: [Of the base.]
anchors: {peel: the peel}
factors:
  glasses: {yes: you wear glasses, no: you wear none, ask: Do you wear glasses?}
topics:
  spas: {label: spas, synonyms: [baths], members: [sauna]}
instructions:
  - {id: sauna, avoid: spas, from: 1 day before the peel, source: item 1, say: No spas.}
  - {id: sun, avoid: sun, from: day 4, until: 3 days after, source: item 2, say: No sun.}
  - {id: lenses, do: washing, if: glasses, source: item 3, say: Wash.}
  - {id: laser, wait-since: laser, at-least: 2 weeks before, source: item 4, say: No laser.}
"""


def finder(**texts: str) -> FindBase:
    """Return what finds bases among texts by their names, in place of files."""

    def find(reference: str) -> Base:
        if reference not in texts:
            raise BaseError("It is not there.", "look elsewhere")
        return Base(texts[reference], f"{reference}.yaml", reference, find, reference)

    return find


def variant(more: str = "", base: str = BASE) -> Protocol:
    """Return the variant with these lines."""
    return parse_protocol(HEAD + more, "variant.yaml", finder(base=base))


def wrong(more: str, base: str = BASE) -> tuple[Problem, ...]:
    """Return the problems of the variant with these lines."""
    with pytest.raises(ProtocolError) as caught:
        variant(more, base)
    return caught.value.problems


def places(more: str, base: str = BASE) -> list[str]:
    """Return the problems of the variant with these lines, which begin in line 5."""
    return [
        f"{each.file}:{each.line}:{each.column} {each.code.value}" for each in wrong(more, base)
    ]


def warnings(more: str, base: str = BASE) -> list[str]:
    """Return the warnings about the variant with these lines."""
    found = check_text(HEAD + more, "variant.yaml", finder(base=base))
    return [f"{each.line}:{each.column} {each.code.value}" for each in found]


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


def test_what_is_changed_is_kept_apart() -> None:
    """Removed and replaced ones as the base has them, with its words."""
    found = variant(
        "remove: [lenses]\nreplace: [{id: sun, avoid: sun}]\nadd: [{id: hat, may: sun}]"
    )
    assert found.extends is not None
    assert (found.extends.base.id, found.extends.file) == ("base", "base.yaml")
    assert [each.text for each in found.extends.removed] == ["Wash."]
    ((old, new),) = found.extends.replaced
    assert (old.text, old.position.line, new.position.line) == ("No sun.", 21, 6)
    assert [each.id for each in found.extends.added] == ["hat"]


def test_inherited_instruction_speaks_the_variants_language() -> None:
    """As if the base's file had been changed by hand: labels, factors, the numbering of days."""
    base = BASE.replace("say: No spas.", "strength: must")
    found = variant("topics: {spas: {label: thermal baths}}", base)
    assert found.instructions[0].text == "Avoid: thermal baths."


def test_chain() -> None:
    """A variant of a variant: what each takes over, and where each instruction stands."""
    middle = HEAD.replace("variant", "middle").replace("extends: base", "extends: bottom")
    texts = finder(bottom=BASE, middle=f"{middle}remove: [lenses]\nadd: [{{id: hat, may: sun}}]\n")
    top = HEAD.replace("extends: base", "extends: middle")
    found = parse_protocol(
        f"{top}remove: [sauna]\nreplace: [{{id: hat, avoid: sun}}]\n", "t", texts
    )
    assert [(each.id, each.position.file) for each in found.instructions] == [
        ("sun", "base.yaml".replace("base", "bottom")),
        ("laser", "bottom.yaml"),
        ("hat", "t"),
    ]
    assert found.extends is not None
    assert found.extends.base.extends is not None
    assert found.extends.base.extends.base.id == "base"
    assert (found.version, found.title) == ("7", "Microneedling")


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


@pytest.mark.parametrize("key", ["microcare", "id", "version"])
def test_what_is_its_own_is_required(key: str) -> None:
    """The base's can't stand for it."""
    text = "".join(
        line for line in HEAD.splitlines(keepends=True) if not line.startswith(f"{key}:")
    )
    with pytest.raises(ProtocolError) as caught:
        parse_protocol(text, "variant.yaml", finder(base=BASE))
    (problem,) = caught.value.problems
    assert (problem.code.value, problem.message) == (
        "missing-key",
        f"The protocol has no “{key}”.",
    )


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ("day-1: next day", "5:8 impossible-time"),
        ("topics:\n  heat: {part-of: [sauna]}\n  sauna: {members: [spas]}", "6:3 cycle"),
        ("topics:\n  baths-of-ours: {synonyms: [baths]}", "6:30 bad-value"),
    ],
)
def test_what_is_wrong_only_together_is_told_in_the_variant(more: str, found: str) -> None:
    """At the key that does it; the base is fine by itself, and where it suffers is named."""
    (problem,) = wrong(more)
    assert f"{problem.line}:{problem.column} {problem.code.value}" == found
    assert problem.file == "variant.yaml"


def test_spoilt_instruction_is_named() -> None:
    """With its file and line, since it is not where the caret is."""
    (problem,) = wrong("day-1: next day")
    assert problem.message == (
        "What this file changes spoils base.yaml:21: This ends before it begins."
    )


def test_removed_anchor_says_what_counts_from_it() -> None:
    """The hint is one for the variant: the base's own instruction can't be changed in it."""
    base = f"{BASE}  - {{id: rest, avoid: sauna, until: 2 days after sun, say: No sauna.}}\n"
    (problem,) = wrong("remove: [sun]", base)
    assert problem.hint == "keep it, or replace or remove the instruction at base.yaml:24 too"


def test_unusable_base_hides_no_other_problem() -> None:
    """But what the base might have known is not held against the variant."""
    more = (
        "colour: red\nremove: [sun]\nadd:\n"
        "  - {id: hat, avoid: spas, if: glasses, from: day 2, strength: rather}\n"
    )
    assert places(more, "microcare: 2\n" + BASE.partition("\n")[2]) == [
        "variant.yaml:3:10 unusable-base",
        "variant.yaml:5:1 unknown-key",
        "variant.yaml:8:64 bad-value",
        "base.yaml:1:12 bad-value",
    ]
    assert places("", "[") == ["variant.yaml:3:10 unusable-base", "base.yaml:1:2 yaml-syntax"]


@pytest.mark.parametrize(
    ("extends", "code"), [("", "empty-value"), ("[base]", "wrong-shape"), ("{a: b}", "wrong-shape")]
)
def test_extends_is_a_text(extends: str, code: str) -> None:
    """Nothing else is told of such a file, since its base is unknown."""
    with pytest.raises(ProtocolError) as caught:
        parse_protocol(HEAD.replace("base", extends), "variant.yaml", finder())
    assert [each.code.value for each in caught.value.problems] == [code]


def test_changes_without_a_base_say_what_is_missing() -> None:
    """Once, at the first of them."""
    with pytest.raises(ProtocolError) as caught:
        parse_protocol(
            "microcare: 1\nid: a\nversion: 1\nremove: [a]\nadd: [{id: b, may: sun}]", "f"
        )
    (problem,) = caught.value.problems
    assert (problem.line, problem.code.value) == (4, "missing-key")
    assert "no “extends” says which" in problem.message


def test_text_alone_knows_no_bases() -> None:
    """`parse_protocol` reads no files that nobody gave it."""
    with pytest.raises(ProtocolError, match="can't be read from its text alone"):
        parse_protocol(HEAD, "variant.yaml")


# Warnings


def test_doubts_about_the_base_are_not_the_variants() -> None:
    """Neither what it leaves unused, nor where it contradicts itself, nor what it lacks."""
    doubtful = (
        BASE.replace(", say: No laser.", "")
        + "  - {id: cap, may: sun, on: day 4}\n"
        + "  - {id: hat, avoid: [sun, spas], except: laser}\n"
    )
    base = check_text(doubtful, "base.yaml")
    assert {each.code.value for each in base} >= {"contradicted-may", "idle-exception"}
    assert warnings("remove: [lenses]", doubtful) == []


def test_doubts_about_its_own_are() -> None:
    """At their places in its own file."""
    more = (
        "document: Ours\n"
        "factors:\n  hat: {yes: a, no: b, ask: c}\n"
        "anchors: {mask: the mask}\n"
        "topics:\n  unicorns: {label: unicorns}\n"
        "add:\n  - {id: cap, avoid: injections, except: sun}\n"
    )
    assert warnings(more) == [
        "5:1 no-source",
        "7:3 unused-factor",
        "8:11 unused-anchor",
        "10:3 unused-topic",
        "12:5 no-sentence",
        "12:42 idle-exception",
    ]


def test_contradiction_is_told_at_its_own_instruction() -> None:
    """With the place of the inherited one, whichever stands first."""
    more = "replace:\n  - {id: sauna, may: sunbathing, on: day 4, say: Sun.}\n"
    (found,) = check_text(HEAD + more, "variant.yaml", finder(base=BASE))
    assert (found.line, found.column, found.code.value) == (6, 17, "contradicted-may")
    assert "in base.yaml:21 (sun)" in found.message
    assert "in line 6 (sauna)" in found.message


def test_contradiction_among_inherited_ones_is_told_where_it_comes_from() -> None:
    """A group of the variant's own sets two instructions of its base at odds."""
    base = BASE + "  - {id: cap, may: sunscreen, on: day 4, source: item 5, say: A cap.}\n"
    assert warnings("", base) == []
    assert warnings("topics: {sun: {members: [sunscreen]}}", base) == ["5:1 contradicted-may"]


# The built-in protocols


def plan_of(found: Protocol) -> dict[str, Any]:
    """Return the plan of the worked example, without what names the protocol."""
    import json

    plan = build_plan(found, visit(), now=at("2026-11-21 10:00"))
    data: dict[str, Any] = json.loads(plan_json(plan))
    return data


@pytest.mark.parametrize("name", ["clinic-a", "clinic-b"])
def test_variant_with_nothing_in_it_plans_the_same(name: str) -> None:
    """But for its id and its version."""
    base = (built_in_folder() / f"{name}.yaml").read_text(encoding="utf-8")
    found = plan_of(variant(base=base))
    assert (found["protocol"].pop("id"), found["protocol"].pop("version")) == ("variant", "7")
    expected = plan_of(parse_protocol(base, "base.yaml"))
    assert (expected["protocol"].pop("id"), expected["protocol"].pop("version")) == (name, "1")
    assert found == expected


CLINIC_A = read_protocol(built_in_folder() / "clinic-a.yaml")
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
    base = (built_in_folder() / "clinic-a.yaml").read_text(encoding="utf-8")
    found = plan_of(variant("\n".join([*lines, "add: [{id: hat, tell: questions}]"]), base))
    expected = {each["id"]: each for each in CLINIC_A_PLAN["instructions"]}
    now = {each["id"]: each for each in found["instructions"]}
    assert set(now) == set(ids) - set(removed) | {"hat"}
    assert {each for each in now if now[each] != expected.get(each)} == {*replaced, "hat"}


# Nothing crashes


@pytest.mark.parametrize("hundred", range(50 if LONG else 3))
def test_no_accident_crashes_the_loader(hundred: int) -> None:
    """Broken variants and broken bases: a protocol, or problems that lie within their files."""
    folder = EXAMPLES / "valid"
    whole = (folder / "whole-variant.yaml").read_text(encoding="utf-8")
    base = (folder / "whole-language.yaml").read_text(encoding="utf-8")
    for seed in range(hundred * 100, hundred * 100 + 100):
        own = mutant(whole, seed) if seed % 4 else whole
        below = base if seed % 4 else mutant(base, seed)
        texts = {"own.yaml": own, "whole-language.yaml.yaml": below}
        find = finder(**{"whole-language.yaml": below})
        for each in check_text(own, "own.yaml", find):
            assert lies_within(texts[each.file], each.line, each.column), (seed, each)
