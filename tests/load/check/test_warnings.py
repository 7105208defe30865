"""What is doubtful in a protocol that can be used, each kind of doubt at its place."""

from __future__ import annotations

from microcare.load.check.checked_files import check_text
from tests.load.variants.samples import BASE, warnings


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
