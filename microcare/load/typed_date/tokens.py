"""The words of a typed date: cut into tokens, misspelt ones matched to known ones."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import TypeAlias

from microcare.core.values import value
from microcare.wording.dates import MONTHS, WEEKDAYS


class TokenKind(StrEnum):
    """What a token can be. The letters spell a phrase's shape, which patterns then match."""

    WEEKDAY = "W"
    MONTH = "M"
    NUMBER = "D"  # one or two digits: a day, or an hour before am/pm
    ORDINAL = "E"  # 10th
    YEAR = "Y"  # four digits
    TRIPLE = "N"  # three numbers: 2026-12-10, 10/12/2026
    PAIR = "X"  # two numbers: 10/12
    DOTTED = "G"  # two numbers, 14.30: a time, or a day and a month
    RELATIVE = "R"  # today, tomorrow, yesterday
    CLOCK = "T"  # 14:30
    COMPACT = "C"  # 1430
    HOUR = "H"  # 14h, 2 o'clock
    HALF = "P"  # am, pm
    NAMED = "L"  # noon, midnight
    OFFSET = "O"  # +01:00, Z
    ISO = "i"  # the T of 2026-12-10T14:30
    WHICH = "Q"  # next, this, last
    ON = "n"
    AT = "a"
    THE = "t"
    OF = "o"
    DASH = "-"
    RANGE = "S"  # to, until, or
    ZONE = "Z"  # EST, America/New_York
    UNKNOWN = "U"


@value
class Token:
    """One word or number as typed.

    `numbers` are its digits as typed, so that `02` and `2` differ. `values` are what a word
    stands for: months 1 to 12, weekdays 0 (Monday) to 6, days from today, 12 for noon and 0 for
    midnight; more than one if a misspelt word is near several. `doubt` is the sentence that
    refuses a token whose meaning is clear enough to suggest, or empty.
    """

    kind: TokenKind
    text: str
    numbers: tuple[str, ...] = ()
    values: tuple[int, ...] = ()
    doubt: str = ""


Tokens: TypeAlias = tuple[Token, ...]

# A month joined to its numbers: 10-Dec-2026, Dec/10/2026, 10.Dec, Dec.10
_JOINED = (
    (re.compile(r"\b(\d{1,4})([-/.])([^\W\d_]{3,})\2(\d{1,4})\b"), r"\1 \3 \4"),
    (re.compile(r"\b([^\W\d_]{3,})([-/.])(\d{1,2})\2(\d{1,4})\b"), r"\1 \3 \4"),
    (re.compile(r"\b(\d{1,2})[-/.]([^\W\d_]{3,})"), r"\1 \2"),
    (re.compile(r"([^\W\d_]{3,})\.(\d)"), r"\1 \2"),
)
# The groups are named after kinds of tokens, but for the spaces, words and basic ISO 8601 times.
# Four digits from FIRST_YEAR to LAST_YEAR are a year before they are a time.
_TOKEN = re.compile(
    r"""
      (?P<space> [ ,;]+ | \.(?=[ ,;]|$) )
    | (?P<triple> \d{1,4}(?P<mark>[-/.])\d{1,4}(?P=mark)\d{1,4}(?!\d) | \d{8}(?!\d) )
    | (?P<iso> (?<=\d)T(?=\d) )
    | (?P<basic> (?<=\dT)\d{4}(?:\d\d)?(?!\d) )
    | (?P<named> 12 (?:[:.]00|[ ]?o'clock)? [ ]? (?:noon|midday|midnight) (?![^\W_]) )
    | (?P<clock> \d{1,2}[:h]\d{1,2}(?!\d) (?: :\d{1,2}(?!\d) (?:\.\d+)? )? )
    | (?P<dotted> \d{1,2}\.\d{1,2}(?!\d) )
    | (?P<pair> \d{1,4}[-/]\d{1,4}(?!\d) )
    | (?P<hour> \d{1,2} (?: h(?![^\W_]) | [ ]?o'clock\b ) )
    | (?P<ordinal> \d{1,2}(?:st|nd|rd|th)(?![^\W\d_]) )
    | (?P<compact> (?!(?:19|20|21)\d\d) (?:[01]?\d|2[0-3])[0-5]\d(?!\d) )
    | (?P<year> \d{4}(?!\d) )
    | (?P<number> \d{1,2}(?!\d) )
    | (?P<half> [ap]\.?[ ]?m\b\.? | (?<=\d)[ap](?![^\W_]) )
    | (?P<offset> [-+]\d\d(?::?\d\d(?::\d\d)?)?(?![\d:]) )
    | (?P<word> [^\W\d_]+(?:['/_][^\W\d_]+)* | @ )
    | (?P<dash> - )
    | (?P<unknown> \d+ | \S+ )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_OFFSET_AFTER = {TokenKind.CLOCK, TokenKind.HALF, TokenKind.NAMED}
# Kind, value and spellings of the known words; the last spelling is the name that is suggested.
_VOCABULARY: tuple[tuple[TokenKind, int | None, str], ...] = (
    *((TokenKind.MONTH, number, f"{name[:3]} {name}") for number, name in enumerate(MONTHS, 1)),
    (TokenKind.MONTH, 9, "Sept September"),
    *((TokenKind.WEEKDAY, number, f"{name[:3]} {name}") for number, name in enumerate(WEEKDAYS)),
    (TokenKind.WEEKDAY, 1, "Tues Tuesday"),
    (TokenKind.WEEKDAY, 2, "Weds Wednesday"),
    (TokenKind.WEEKDAY, 3, "Thur Thurs Thursday"),
    (TokenKind.RELATIVE, -1, "yesterday"),
    (TokenKind.RELATIVE, 0, "today"),
    (TokenKind.RELATIVE, 1, "tomorrow"),
    (TokenKind.NAMED, 12, "noon midday"),
    (TokenKind.NAMED, 0, "midnight"),
    (TokenKind.WHICH, None, "next this coming last past"),
    (TokenKind.RANGE, None, "to until till thru through from between and or"),
    (TokenKind.ON, None, "on"),
    (TokenKind.AT, None, "at @"),
    (TokenKind.THE, None, "the"),
    (TokenKind.OF, None, "of"),
    (TokenKind.OFFSET, None, "z utc"),
    (TokenKind.ZONE, None, "est edt et cst cdt ct mst mdt mt pst pdt pt akst akdt hst ast adt"),
    (TokenKind.ZONE, None, "nst ndt gmt bst ist wet west cet cest eet eest msk sast jst kst sgt"),
    (TokenKind.ZONE, None, "hkt aest aedt acst acdt awst nzst nzdt"),
)
# Each spelling in small letters, as the token of its name.
_WORDS = {
    spelling.lower(): Token(kind, name, values=() if meaning is None else (meaning,))
    for kind, meaning, spellings in _VOCABULARY
    for *_, name in [spellings.split()]
    for spelling in spellings.split()
}
# Only suggested, never taken: the words a hurried hand writes for the ones above.
_SHORTHAND = {"tonight": "today", "tmr": "tomorrow", "tmrw": "tomorrow", "tmw": "tomorrow"}
_AREAS = (
    "africa/", "america/", "antarctica/", "arctic/", "asia/", "atlantic/", "australia/", "brazil/",
    "canada/", "chile/", "etc/", "europe/", "indian/", "mexico/", "pacific/", "us/",
)  # fmt: skip


def quote_typed(text: str) -> str:
    """Return the text in quotes, shortened, with nothing in it that a terminal would obey."""
    head = text if len(text) <= 40 else text[:37] + "..."
    safe = (c if c.isprintable() else c.encode("unicode_escape").decode() for c in head)
    return f"'{''.join(safe)}'"


def quote_tokens(tokens: Iterable[Token]) -> str:
    """Return what was typed for the tokens in quotes, with single spaces between them."""
    return quote_typed(" ".join(token.text for token in tokens))


def spell_shape(tokens: Iterable[Token]) -> str:
    """Return the letters of the tokens' kinds, in order."""
    return "".join(token.kind for token in tokens)


def read_tokens(plain: str) -> Tokens:
    """Cut cleaned text into tokens. Only white space and punctuation between them is left out."""
    for pattern, parts in _JOINED:
        plain = pattern.sub(parts, plain)
    tokens: list[Token] = []
    index = 0
    while match := _TOKEN.match(plain, index):
        index = match.end()
        timed = bool(tokens) and tokens[-1].kind in _OFFSET_AFTER
        if match["offset"] and re.fullmatch("-..", match[0]) and not timed:  # 10 Dec -12 Dec
            tokens.append(Token(TokenKind.DASH, "-"))
            index = match.start() + 1
        elif not match["space"]:
            tokens.append(_read_token(match))
    return tuple(tokens)


def _read_token(match: re.Match[str]) -> Token:
    text = match[0]
    numbers = tuple(re.findall(r"\d+", text))
    match match.lastgroup:
        case "triple" if len(numbers) == 1:
            iso = match.string[match.end() :][:1] in {"T", "t"}
            doubt = f"{quote_typed(text)} is hard to read as a date; write the hyphens."
            numbers = (text[:4], text[4:6], text[6:])
            return Token(TokenKind.TRIPLE, text, numbers, doubt="" if iso else doubt)
        case "basic":
            return Token(TokenKind.CLOCK, text, tuple(re.findall(r"\d\d", text)))
        case "ordinal":
            return Token(TokenKind.ORDINAL, text, numbers, doubt=_ordinal_doubt(text))
        case "word" if known := _WORDS.get(text.lower()):
            return Token(known.kind, text, values=known.values)
        case "word":
            is_zone = text.lower().startswith(_AREAS)
            return Token(TokenKind.ZONE if is_zone else TokenKind.UNKNOWN, text)
        case "named":
            meaning = 0 if text.lower().endswith("midnight") else 12
            return Token(TokenKind.NAMED, text, values=(meaning,))
        case name:
            return Token(TokenKind[str(name).upper()], text, numbers)


def _ordinal_doubt(text: str) -> str:
    number = int(text[:-2])
    suffix = "th" if 11 <= number <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    is_right = text.lower().lstrip("0") == f"{number}{suffix}"
    return "" if is_right else f"{quote_typed(text)} is not how a day is written; check it."


def guess_word(token: Token) -> Tokens:
    """Return what an unknown word may be a misspelling of, one token for each kind of word."""
    word = token.text.lower()
    near = [_WORDS[_SHORTHAND[word]]] if word in _SHORTHAND else _near_words(word)
    guesses = []
    for kind in dict.fromkeys(known.kind for known in near):
        meant = sorted({(known.values, known.text) for known in near if known.kind is kind})
        names = " or ".join(name for _, name in meant)
        doubt = f"{quote_typed(token.text)} is not understood; did you mean {names}?"
        values = tuple(meaning for meanings, _ in meant for meaning in meanings)
        guesses.append(Token(kind, token.text, values=values, doubt=doubt))
    return tuple(guesses)


def _near_words(word: str) -> list[Token]:
    """Return the known words that take the fewest slips: one, or two in a long word."""
    if 2 < len(word) < 12 and word.isalpha():
        for slips in (1, 2) if len(word) > 5 else (1,):
            meant = ((known, token) for known, token in _WORDS.items() if token.values)
            if near := [token for known, token in meant if _is_near(word, known, slips)]:
                return near
    return []


def _is_near(typed: str, known: str, slips: int) -> bool:
    """Tell whether at most so many letters were added, missed, changed or swapped with the next."""
    if typed[:1] == known[:1]:
        return typed == known or _is_near(typed[1:], known[1:], slips)
    ways = [(typed[1:], known), (typed, known[1:]), (typed[1:], known[1:])]
    if typed[1::-1] == known[:2]:
        ways.append((typed[2:], known[2:]))
    return slips > 0 and any(_is_near(*way, slips - 1) for way in ways)
