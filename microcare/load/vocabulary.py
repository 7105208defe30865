"""The built-in topics and factors: microcare/vocabulary/topics.csv and factors.csv."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from microcare.core.sheet.conditions import Factor, FactorKind
from microcare.core.sheet.vocabulary import Topic

FOLDER = Path(__file__).parents[1] / "vocabulary"


@cache
def load_built_in_topics() -> Mapping[str, Topic]:
    """Return every built-in topic by its id; a protocol file adds its own beside them."""
    topics = {}
    for rank, row in enumerate(_read_rows("topics.csv")):
        ident, label, short, synonyms, groups, marks, private, _ = row
        names = _split(synonyms)
        kinds = _split(marks)
        medicine, two_sided = "medicine" in kinds, "two-sided" in kinds
        brandless = drop_brand(label, names)
        topics[ident] = Topic(
            *(ident, label, names, _split(groups), medicine, two_sided, rank, brandless, short),
            private=private,
        )
    return MappingProxyType(topics)


def drop_brand(label: str, synonyms: tuple[str, ...]) -> str | None:
    """Return a label without the synonym in brackets that it ends with, None where there is none.

    A brand may not stand in a title.
    """
    name, _, brand = label.removesuffix(")").partition(" (")
    return name if brand in synonyms else None


@cache
def load_built_in_factors() -> Mapping[str, Factor]:
    """Return every built-in factor by its id; a protocol file adds its own beside them."""
    factors = {
        ident: Factor(ident, yes, no, ask, FactorKind(kind), None, short, name)
        for ident, kind, yes, no, short, name, ask, _ in _read_rows("factors.csv")
    }
    return MappingProxyType(factors)


def list_medicines() -> tuple[str, ...]:
    """Return the built-in topics that are medicines in every sentence: iron is a metal, too."""
    return tuple(
        row[0]
        for row in _read_rows("topics.csv")
        if row[-1].startswith(("Medicines", "Products")) and "medicine" in _split(row[5])
    )


def _read_rows(name: str) -> list[list[str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def _split(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("; ")) if cell else ()
