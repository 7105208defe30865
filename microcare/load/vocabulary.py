"""The built-in topics and factors: microcare/vocabulary/topics.csv and factors.csv."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from microcare.core.sheet.conditions import Factor, FactorKind
from microcare.core.sheet.vocabulary import Topic
from microcare.core.values import replace

FOLDER = Path(__file__).parents[1] / "vocabulary"
ENGLISH = "en"
"""The language of the built-in names; others stand beside them in files of their own."""


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


@cache
def load_topics_in(language: str) -> Mapping[str, Topic]:
    """Return the built-in topics in a language, by its code; none where they are not translated.

    Each keeps its English names behind those of the language.
    """
    if language == ENGLISH:
        return load_built_in_topics()
    return MappingProxyType(name_topics(_read_translated(f"topics.{language}.csv")))


def name_topics(rows: Iterable[Sequence[str]]) -> dict[str, Topic]:
    """Return built-in topics with the words of a translation's rows.

    A name that means another topic in the language is none of the English ones any more.
    """
    listed = list(rows)
    owners = {
        fold_name(name): ident
        for ident, label, _, synonyms, _ in listed
        for name in (label, *_split(synonyms))
    }
    topics = {}
    for ident, label, short, synonyms, private in listed:
        topic = load_built_in_topics()[ident]
        english = (topic.label, topic.stated_short, *topic.synonyms)
        kept = (each for each in english if owners.get(fold_name(each), ident) == ident)
        names = dict.fromkeys(filter(None, (*_split(synonyms), *kept)))
        names.pop(label, None)
        topics[ident] = replace(
            topic,
            label=label,
            synonyms=tuple(names),
            brandless=drop_brand(label, tuple(names)),
            stated_short=short,
            private=private or topic.private,
        )
    return topics


@cache
def load_factors_in(language: str) -> Mapping[str, Factor]:
    """Return the built-in factors in a language, by its code; none if they are not translated."""
    if language == ENGLISH:
        return load_built_in_factors()
    return MappingProxyType(name_factors(_read_translated(f"factors.{language}.csv")))


def name_factors(rows: Iterable[Sequence[str]]) -> dict[str, Factor]:
    """Return built-in factors with the words of a translation's rows."""
    known = load_built_in_factors()
    return {
        ident: replace(known[ident], yes=yes, no=no, ask=ask, stated_short=short, name=name)
        for ident, yes, no, short, name, ask in rows
    }


def list_medicines() -> tuple[str, ...]:
    """Return the built-in topics that are medicines in every sentence: iron is a metal, too."""
    return tuple(
        row[0]
        for row in _read_rows("topics.csv")
        if row[-1].startswith(("Medicines", "Products")) and "medicine" in _split(row[5])
    )


def _read_translated(name: str) -> list[list[str]]:
    # A language comes from a file or a command line, and may be anything but a part of a path.
    return _read_rows(name) if name in {each.name for each in FOLDER.iterdir()} else []


def _read_rows(name: str) -> list[list[str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


@lru_cache(maxsize=8192)  # each protocol looks through the same names, thousands of them
def fold_name(name: str) -> str:
    """Return a name as topics are looked up by: small letters, hyphens between the words.

    Accents mean nothing.
    """
    if not name.isascii():
        from microcare.core.sheet.word_search import drop_accents  # rare: start-up counts

        name = drop_accents(name)
    return "-".join(name.lower().replace("-", " ").split())


def _split(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("; ")) if cell else ()
