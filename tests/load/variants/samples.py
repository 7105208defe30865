"""A base and its variants as texts, and what they are read as."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from microcare.load.check.checked_files import check_text
from microcare.load.source.refusals import ProtocolError
from microcare.load.variants.bases import Base, BaseError
from microcare.load.variants.parsing import parse_protocol

if TYPE_CHECKING:
    from microcare.core.sheet.problems import Problem
    from microcare.core.sheet.protocol import Protocol
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
