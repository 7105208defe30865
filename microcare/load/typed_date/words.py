"""The words of a typed date: what each is, and what a misspelt one may stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import product

from microcare.core.values import replace, value
from microcare.load.typed_date.when import quote_typed
from microcare.wording.dates import MONTHS, WEEKDAYS

Found = re.Match[str]


@cache
def compile_spaced(pattern: str) -> re.Pattern[str]:
    """Compile a pattern without its spaces, which re.VERBOSE needs half the time to pass over.

    It is asked for where it is used: dates that a program writes need none.
    """
    return re.compile("".join(pattern.split()))


# A part of a mask, by kind: dates, pairs, numbers, times, offsets; else a word or a mark.
_PART = (
    r"(?P<N>\d+([-/.])\d+\2\d+|\d{8})|(?P<X>\d\d?[-/]\d\d?(?![\d:.H]))"
    r"|(?P<D>(?:'?|19|20|21)\d\d?(?![\d:.H])E*)|(?P<T>\d[\d:.H]*)"
    r"|(?P<O>(?:[UG]+_*[-+]|\+)\d+(?::?\d\d)?)|([^\d_])\7*"
)


@value
class Word:
    """What a word is: the letter of its kind, its full name, and what it may mean.

    `meanings` are months from 1, weekdays from 0 for Monday, days from today, 12 for noon and 0
    for midnight, and several if a misspelt word is near several. What says am or pm is named a or
    p, with the hours from which and until which it is said.
    """

    kind: str
    name: str = ""
    meanings: tuple[int, ...] = ()


@value
class Phrase:
    """A typed text, and a mask of the same length with its word's kind for each letter.

    `Thu 10 Dec, 2:30 pm` has the mask `WWW_10_MMM__2:30_PP`: digits and marks stand for themselves
    and `_` for what only parts words. `words` are by kind and small spelling, and `doubt` is the
    sentence that refuses a text with misspelt ones, or empty.
    """

    text: str
    mask: str
    words: dict[tuple[str, str], Word]
    doubt: str = ""

    def quote(self, span: tuple[int, int | None] = (0, None)) -> str:
        """Return in quotes what was typed there."""
        return quote_typed(self.text[slice(*span)].strip(" ,;"))

    @property
    def parts(self) -> list[Found]:
        """The parts of the mask, in order."""
        return list(compile_spaced(_PART).finditer(self.mask))

    def find(self, kind: str, span: tuple[int, int]) -> list[Word]:
        """Return the words of a kind that stand there."""
        parts = compile_spaced(_PART).finditer(self.mask, *span)
        found = (each for each in parts if each[0].startswith(kind))
        return [self.words[kind, _make_small(self.text[slice(*each.span())])] for each in found]

    def pick(self, parts: Iterable[Found]) -> Phrase:
        """Return the phrase of some parts of the mask, in their order."""
        spans = [slice(*part.span()) for part in parts]
        text = " ".join(self.text[span] for span in spans)
        return replace(self, text=text, mask="_".join(self.mask[span] for span in spans))


# Kind, meaning and spellings of the known words; the last spelling is the name that is suggested.
_VOCABULARY: tuple[tuple[str, int | None, str], ...] = (
    *(("M", number, f"{name[:3]} {name}") for number, name in enumerate(MONTHS, 1)),
    ("M", 9, "Sept September"),
    *(("W", number, f"{name[:3]} {name}") for number, name in enumerate(WEEKDAYS)),
    *(("W", 1, "Tues Tuesday"), ("W", 2, "Weds Wednesday"), ("W", 3, "Thur Thurs Thursday")),
    *(("R", -1, "yesterday"), ("R", 0, "today"), ("R", 1, "tomorrow")),
    *(("L", 12, "noon midday"), ("L", 0, "midnight")),
    ("Q", None, "next this coming last past"),
    ("S", None, "to until till til thru through"),  # from a start to its end
    ("K", None, "from between and or"),
    ("A", None, "at @"),
    ("_", None, "on the of"),
    ("E", None, "st nd rd th"),
    ("H", None, "h hr hrs hour hours o'clock"),
    *(("T", None, "t"), ("O", None, "z"), ("U", None, "utc")),  # the letters of ISO 8601
    ("G", None, "gmt"),  # before an offset as good as UTC, alone perhaps a clinic's own zone
    ("Z", None, "est edt et cst cdt ct mst mdt mt pst pdt pt akst akdt hst ast adt nst ndt bst"),
    ("Z", None, "ist wet west cet cest eet eest msk sast jst kst sgt hkt aest aedt acst acdt"),
    ("Z", None, "awst nzst nzdt africa/ america/ antarctica/ arctic/ asia/ atlantic/ australia/"),
    ("Z", None, "brazil/ canada/ chile/ etc/ europe/ indian/ mexico/ pacific/ us/"),
)
# Each spelling in small letters.
_WORDS = {
    spelling.lower(): Word(kind, spellings.split()[-1], () if meaning is None else (meaning,))
    for kind, meaning, spellings in _VOCABULARY
    for spelling in spellings.split()
} | {"day after tomorrow": Word("R", "", (2,))}
# Only suggested, never taken: the words a hurried hand writes for the ones above.
_SHORTHAND = {"tonight": "today", "tmr": "tomorrow", "tmrw": "tomorrow", "tmw": "tomorrow"}
# Beside am and pm, which are said of every hour.
_HALVES = {
    "in the morning": Word("P", "a", (1, 12)), "in the afternoon": Word("P", "p", (12, 19)),
    "in the evening": Word("P", "p", (16, 24)), "at night": Word("P", "p", (18, 24)),
}  # fmt: skip
# In "in three days" the place of a count is its number; "a" is one as well.
_COUNTS = ("a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_UNITS = {"day": 1, "week": 7, "fortnight": 14}
# What is masked; digits and the marks of dates and times are not. Groups are kinds.
_MASKED = rf"""
      (?P<P> [ap]\.?\s?m\b\.?(?![^\W_]) | (?<=\d)[ap](?![^\W_])
        | (?: in\sthe\s(?:morning|afternoon|evening) | at\snight )\b )
    | (?<![-+./:\d]) (?P<R> (?P<in> in\s )? (?P<count> \d{{1,3}} | {"|".join(_COUNTS)} )\s
        (?P<unit> {"|".join(_UNITS)} )s?(?:'(?!\w))?
        (?(in) (?:\stime)?(?!\sfrom) | \sfrom\s(?:now|today) )\b
        | day\safter\stomorrow\b )
    | (?<![^\W_]) 12 (?:[:.]00|\s?o'clock)?\s? (?P<L> noon|midday|midnight )(?![^\W_])
    | (?P<area> [^\W\d_]+ / )? [^\W\d_]+(?:['/_][^\W\d_]+)* | @
    | (?P<_> [\s,;]+ | [.:](?=[\s,;]|$) )
    | [^-+:./'\d]
"""


def mask_words(text: str, known: Mapping[str, Word] = _WORDS, doubt: str = "") -> Phrase:
    """Return a cleaned text as a phrase; `known` words are by their small spelling."""
    words: dict[tuple[str, str], Word] = {}

    def mask(found: Found) -> str:
        word = _read_word(found, known)
        words[word.kind, found[0]] = word
        return word.kind * len(found[0])

    return Phrase(text, compile_spaced(_MASKED).sub(mask, _make_small(text)), words, doubt)


def _make_small(text: str) -> str:
    return "".join(c.lower()[0] for c in text)  # as long as the text: İ alone would be two letters


def _read_word(found: Found, known: Mapping[str, Word]) -> Word:
    typed = found[0]
    if found["P"]:
        return _HALVES.get(typed, Word("P", typed[0], (0, 24)))
    if count := found["count"]:
        number = int(count) if count.isdigit() else max(1, _COUNTS.index(count))
        return Word("R", meanings=(number * _UNITS[found["unit"]],))
    word = known.get(typed) or known.get(found["L"] or found["area"] or "")
    return word or Word("_" if found["_"] else "?")


def respell_words(phrase: Phrase) -> Iterator[Phrase]:
    """Yield the phrase with its unknown words, two at most, read as known ones near to them."""
    unknown = [typed for kind, typed in phrase.words if kind == "?"]
    if 0 < len(unknown) <= 2:
        first = phrase.mask.index("?")
        for guesses in product(*map(_guess_word, unknown)):
            shown = phrase.quote((first, first + len(unknown[0])))
            doubt = f"{shown} is not understood; did you mean {guesses[0].name}?"
            known = _WORDS | dict(zip(unknown, guesses, strict=True))
            yield mask_words(phrase.text, known, doubt)


def _guess_word(typed: str) -> Iterator[Word]:
    """Yield what an unknown word may be a misspelling of, one for each kind of word."""
    from difflib import get_close_matches  # few words are misspelt: start-up counts

    known = [spelling for spelling, word in _WORDS.items() if word.meanings]
    likeness = 0.65 if len(typed) < 6 else 0.81  # one slip in a short word, two in a long one
    close = get_close_matches(_SHORTHAND.get(typed, typed), known, len(known), likeness)
    near = sorted({_WORDS[each] for each in close}, key=lambda word: (word.meanings, word.name))
    for kind in dict.fromkeys(word.kind for word in near):
        alike = [word for word in near if word.kind == kind]
        names = " or ".join(word.name for word in alike)
        yield Word(kind, names, tuple(word.meanings[0] for word in alike))
