"""How hard a sentence is to read: its length, and the Flesch-Kincaid grade of its words.

The grade is the number of school years (in the USA) that a text asks for: 0.39 words a sentence
plus 11.8 syllables a word minus 15.59. Syllables are counted by English spelling.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from microcare.core.values import value

MOST_WORDS = 25
"""A sentence with more words is long."""

MOST_GRADE = 12.0
"""A text above this grade has hard words; patients' leaflets aim at 6 to 8."""

LEAST_WORDS = 8
"""A grade of fewer words says nothing."""

_END = re.compile(r"[.!?]+(?:[\s”\")]+|$)|\n\s*\n")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,:]\d+)*")
_VOWELS = re.compile(r"[aeiouyáéíóúäöüèàâêîôû]+")
_SILENT = re.compile(r"(?:[^laeiouy]e|[^tdaeiouy]ed|[^sxzcghaeiouy]es)$")


@value
class Reading:
    """The longest sentence of a text in words, and the text's grade; None where it says nothing."""

    longest: int
    grade: float | None


def read_level(text: str, plain: Collection[str] = ()) -> Reading:
    """Return how hard a text is; words of `plain`, in small letters, count as easy ones.

    The names of products and medicines belong there: nobody can write them more simply.
    """
    sentences = [words for part in _END.split(text) if (words := _WORD.findall(part))]
    words = [word.lower() for sentence in sentences for word in sentence]
    longest = max((len(sentence) for sentence in sentences), default=0)
    if len(words) < LEAST_WORDS:
        return Reading(longest, None)
    syllables = sum(1 if word in plain else count_syllables(word) for word in words)
    grade = 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59
    return Reading(longest, round(grade, 1))


def count_syllables(word: str) -> int:
    """Return how many syllables an English word has, by its groups of vowels; at least one."""
    found = len(_VOWELS.findall(word.lower()))
    return max(found - (_SILENT.search(word.lower()) is not None), 1)
