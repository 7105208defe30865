"""A text to a protocol: a variant and its base as one, and that no accident crashes it."""

from __future__ import annotations

import pytest

from microcare.load.check.checked_files import check_text
from microcare.load.source.refusals import ProtocolError
from microcare.load.variants.parsing import parse_protocol
from tests.load.variants.samples import BASE, HEAD, finder, places, variant, wrong
from tests.mutants import EXAMPLES, LONG, lies_within, mutant


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
        ("topics:\n  massage: {part-of: [sauna]}\n  sauna: {members: [spas]}", "7:3 cycle"),
        ("topics:\n  baths-of-ours: {synonyms: [baths]}", "6:30 bad-value"),
    ],
)
def test_what_is_wrong_only_together_is_told_in_the_variant(more: str, found: str) -> None:
    """At the key that does it; the base is fine by itself, and where it suffers is named."""
    (problem,) = wrong(more)
    assert f"{problem.line}:{problem.column} {problem.code.value}" == found
    assert problem.file == "variant.yaml"


UNRELATED = "topics:\n  hats: {label: hats}\n"


@pytest.mark.parametrize(
    ("entry", "part", "code"),
    [
        ("avoid: sauna, until: 19:00 the evening before", "evening: 20:00 to 22:00", "bad-time"),
        ("avoid: sauna, on: the evening before", "evening: '20:00'", "bad-time"),
        ("avoid: sauna, if: appointment before noon", "noon: 12:00 to 13:00", "bad-time"),
        (
            "avoid: sauna, from: the evening of treatment day, until: 19:00 treatment day",
            "evening: 20:00 to 22:00",
            "impossible-time",
        ),
    ],
)
def test_what_a_part_of_the_day_spoils_is_told_there(entry: str, part: str, code: str) -> None:
    """At the part itself, whatever else the variant changes."""
    base = f"{BASE}  - {{id: rest, {entry}, say: No sauna.}}\n"
    more = f"{UNRELATED}day-1: treatment day\ntimes-of-day:\n  morning: 06:00 to 12:00\n  {part}\n"
    assert places(more, base) == [f"variant.yaml:10:3 {code}"]


def test_what_is_repeated_from_the_base_spoils_nothing() -> None:
    """Only what differs from the base can be the cause: here the replaced instruction."""
    base = BASE + "  - {id: rest, avoid: sauna, from: end of sun, until: day 9, say: C.}\n"
    more = (
        "day-1: treatment day\nreplace: [{id: sun, avoid: sun, from: day 20, until: 30 days after}]"
    )
    assert places(more, base) == ["variant.yaml:6:16 impossible-time"]


def test_course_without_an_end_is_told_where_it_gets_longer() -> None:
    """The hours awake are set by the variant, and the doses of its base become too many."""
    base = BASE + (
        "  - {id: drops, use: eye-drops, every: 2 minutes while awake, for: 1 day, say: Drops.}\n"
    )
    more = f"{UNRELATED}times-of-day:\n  waking: 00:00 to 24:00\n"
    assert places(more, base) == ["variant.yaml:8:3 too-many-doses"]


def test_spoilt_instruction_is_named() -> None:
    """With its file and line, since it is not where the caret is."""
    (problem,) = wrong("day-1: next day")
    assert problem.message == (
        "What this file changes spoils base.yaml:21: This ends before it begins."
    )


def test_topics_are_no_instructions_of_the_same_name() -> None:
    """A circle of topics is told at `topics`, though the topic's name is a removed id too."""
    base = f"{BASE}  - {{id: spas, avoid: sauna, until: 2 days after, say: No sauna.}}\n"
    more = "remove: [spas]\ntopics: {heat: {part-of: [spas], members: [spas]}}"
    assert places(more, base) == ["variant.yaml:6:10 cycle"]


def test_names_of_topics_are_no_ids() -> None:
    """Nor is a name that the problem merely quotes: “baths” is taken by the variant's topic."""
    base = f"{BASE}  - {{id: baths, avoid: sauna, until: 2 days after, say: No sauna.}}\n"
    assert places("topics: {baths: {}}\nremove: [baths]", base) == ["variant.yaml:5:10 bad-value"]


@pytest.mark.parametrize("name", ["cold-packs", "the cold-packs", "your cold packs"])
def test_removed_anchor_is_found_however_it_is_written(name: str) -> None:
    """With an article, or with spaces for the hyphens of its id."""
    base = BASE + (
        "  - {id: cold-packs, use: cold-compress, until: 2 days after, say: Cool.}\n"
        f"  - {{id: rest, avoid: sauna, until: 2 days after {name}, say: No sauna.}}\n"
    )
    assert places("remove: [cold-packs]", base) == ["variant.yaml:5:10 unknown-anchor"]


def test_circle_is_told_at_the_instruction_that_closes_it() -> None:
    """At each that takes part, however far from it the replaced one stands."""
    base = BASE + (
        "  - {id: first, avoid: sauna, from: end of second, until: 30 days after, say: A.}\n"
        "  - {id: second, avoid: sauna, from: end of third, until: 20 days after, say: B.}\n"
        "  - {id: third, avoid: sauna, until: 10 days after, say: C.}\n"
    )
    more = (
        "topics: {hats: {label: hats}}\n"
        "replace: [{id: third, avoid: hats, from: end of first, until: 40 days after}]"
    )
    found = {(each.line, each.column, each.code.value) for each in wrong(more, base)}
    assert found == {(6, 16, "cycle"), (6, 63, "cycle")}


def test_what_counts_from_a_replaced_instruction_is_told_there() -> None:
    """It ends before it begins, because what it counts from has moved."""
    base = BASE + "  - {id: rest, avoid: sauna, from: end of sun, until: 9 days after, say: C.}\n"
    more = "replace: [{id: sun, avoid: sun, from: day 20, until: 30 days after}]"
    assert places(more, base) == ["variant.yaml:5:16 impossible-time"]


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


# Nothing crashes


@pytest.mark.parametrize("hundred", range(50 if LONG else 1))
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
