"""How hard a sentence is to read: its length, its hard words and its Flesch-Kincaid grade.

The grade is the number of school years (in the USA) that a text asks for: 0.39 words a sentence
plus 11.8 syllables a word minus 15.59. What a sheet must name, figures and the items of a list
don't make a text hard. Syllables are counted by English spelling.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from microcare.core.sheet.problems import Code
from microcare.core.sheet.protocol import Protocol
from microcare.core.values import value
from microcare.load.check.doubts import Doubt, Entry, find_child
from microcare.load.source.refusals import quote

MOST_WORDS = 25
"""A sentence with more words is long, those of the items of its lists left out."""

GOOD_WORDS = 20
"""A sentence of so many is easy to follow where its words are; above it, two are better."""

MOST_GRADE = 6.0
"""A text above this grade is not plain: what is written for patients aims at the sixth."""

LEAST_WORDS = 8
"""A grade of fewer words says nothing."""

_MOST_SHOWN = 3
_HARD = 3
"""A word of so many syllables is hard."""

_END = re.compile(r"[.!?]+(?:[\s”\")]+|$)|\n\s*\n")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,:]\d+)*")
_ITEM = re.compile(
    r"\([^()]*\)"
    r"|,(?:\s+(?!and\b|or\b)[\w'’-]+){1,3}(?=\s*[,(]|\s+(?:and|or)\b)",
    re.IGNORECASE,
)
"""What is named in brackets, and up to three words between commas, or a comma and “and”."""

_VOWELS = re.compile(r"[aeiouyáéíóúäöüèàâêîôû]+")
_SILENT = re.compile(
    r"(?:[^laeiouy]e|[^tdaeiouy]ed|[^sxzcghaeiouy]es)$|[^laeiouy]e(?=(?:ly|ment|ful|less|ness)s?$)"
)
_APART = re.compile(r"(?<![tcsgxln])i[aou]")
"""Two vowels that are spoken apart: “radiant”, “antibiotic”; not in “lotion”."""
_SPOKEN = {"area": 3, "every": 2, "someone": 2, "something": 2, "sometimes": 2}
_ENDING = re.compile(r"(?:e[sd]|ing)$")
_UNITS = ("milligram", "microgram", "milliliter", "millilitre")
_FAMILIAR = frozenset(("appointment", "area", "instruction", "medicine"))
"""Long words of every sheet, which no shorter one says."""


@value
class Reading:
    """The longest sentence of a text in words, its grade, and its hard words, the hardest first.

    The grade is None where there are too few words to tell.
    """

    longest: int
    grade: float | None
    hard: tuple[str, ...] = ()


def check_reading(entries: tuple[Entry, ...], protocol: Protocol) -> Iterator[Doubt]:
    """Yield the instructions that are hard to read, each once: a long sentence or hard words.

    Of a language other than English only the length is told. Where neither a word nor a length
    can be named that the clinic could mend, nothing is told.
    """
    plain = list_plain_words(protocol)
    english = protocol.language.lower().startswith("en")
    for entry in entries:
        said = find_child(entry.node, "say")
        if said is None:
            continue
        reading = read_level(entry.instruction.text, plain)
        above = english and reading.grade is not None and reading.grade > MOST_GRADE
        hard = ", ".join(map(quote, reading.hard[:_MOST_SHOWN])) if above else ""
        if reading.longest > (GOOD_WORDS if above and not hard else MOST_WORDS):
            message = f"A sentence of {reading.longest} words is hard to follow."
            hint = f"make two of it; {GOOD_WORDS} words are a good limit"
            hint += f"; its hard words: {hard}" if hard else ""
            yield Doubt(said.mark, Code.LONG_SENTENCE, message, hint)
        elif hard:
            grade = f"it reads at grade {reading.grade:.1f} (Flesch-Kincaid)"
            message = f"The sentence has hard words, {hard}: {grade}."
            hint = "use shorter words, or two sentences; names of products are not counted"
            yield Doubt(said.mark, Code.HARD_WORDS, message, hint)


def list_plain_words(protocol: Protocol) -> frozenset[str]:
    """Return the words of what a sheet must name: products, medicines, conditions, units."""
    topics = protocol.topics.values()
    names = (name for topic in topics for name in (topic.label, *topic.synonyms))
    return fold_names((*names, *protocol.factors, protocol.title, protocol.procedure, *_UNITS))


def fold_names(names: Iterable[str]) -> frozenset[str]:
    """Return the words of names in the form in which `read_level` knows them, plural or not."""
    return frozenset(_fold(word) for name in names for word in re.split(r"[\s-]+", name))


def read_level(text: str, plain: Collection[str] = ()) -> Reading:
    """Return how hard a text is; words of `plain`, as of `fold_names`, count as easy ones.

    The names of products and medicines belong there: nobody can write them more simply. A word
    with a capital inside a sentence is a name as well.
    """
    sentences = [part for part in _END.split(text) if _WORD.search(part)]
    words = [word for part in sentences for word in _list_words(part, plain)]
    lengths = [len(_WORD.findall(_ITEM.sub(" ", part))) for part in sentences]
    found = {word: syllables for word, syllables in words if _is_hard(word, syllables)}
    hard = tuple(sorted(found, key=lambda word: -found[word]))
    longest = max(lengths, default=0)
    if len(words) < LEAST_WORDS:
        return Reading(longest, None, hard)
    spoken = sum(syllables for _, syllables in words) / len(words)
    grade = 0.39 * sum(lengths) / len(sentences) + 11.8 * spoken - 15.59
    return Reading(longest, round(grade, 1), hard)


def count_syllables(word: str) -> int:
    """Return how many syllables an English word has, by its groups of vowels; at least one."""
    lower = word.lower()
    if lower in _SPOKEN:
        return _SPOKEN[lower]
    found = len(_VOWELS.findall(lower)) + len(_APART.findall(lower))
    return max(found - len(_SILENT.findall(lower)), 1)


def _list_words(sentence: str, plain: Collection[str]) -> Iterable[tuple[str, int]]:
    """Yield each word of a sentence in small letters with its syllables, one for a plain word."""
    for place, word in enumerate(_WORD.findall(sentence)):
        named = place > 0 and word[0].isupper() and not sentence.isupper()
        parts = [each for each in word.split("-") if _fold(each) not in plain]
        yield word.lower(), 1 if named else max(sum(map(count_syllables, parts)), 1)


def _is_hard(word: str, syllables: int) -> bool:
    """Return whether a word is hard; one that an ending makes long isn't, nor a familiar one."""
    return syllables - bool(_ENDING.search(word)) >= _HARD and _fold(word) not in _FAMILIAR


def _fold(word: str) -> str:
    """Return the form under which a word and its plural are one."""
    lower = re.sub(r"['’]s?$", "", word.lower().strip("()[],.;:"))
    return re.sub(r"(?<=[^s])s$", "", re.sub(r"ies$", "y", lower))
