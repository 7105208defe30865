"""The words of a typed date: cleaned, cut into tokens, misspelt ones matched to known ones."""

from __future__ import annotations

import re
from enum import StrEnum

from microcare.core.values import value
from microcare.load.typed_date.when import FIRST_YEAR, LAST_YEAR, MONTHS, WEEKDAYS, WhenError

EXAMPLE = "write it like 2026-12-10 14:30 or 10 Dec 2026 2:30 pm"
LONGEST = 200


class Kind(StrEnum):
    """What a token can be. The letters spell a phrase's shape for the grammar's patterns."""

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
    SPAN = "S"  # to, until, or
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

    kind: Kind
    text: str
    numbers: tuple[str, ...] = ()
    values: tuple[int, ...] = ()
    doubt: str = ""


_SPACES = "\t\n\r\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212"
# Pasted text brings these; each stands for its plain one and for nothing else.
_PLAIN = str.maketrans(
    dict.fromkeys(_SPACES, " ") | dict.fromkeys(_DASHES, "-") | {"\u2019": "'"},
)
# A month joined to its numbers: 10-Dec-2026, Dec/10/2026, 10.Dec, Dec.10
_JOINED = (
    (re.compile(r"\b(\d{1,4})([-/.])([^\W\d_]{3,})\2(\d{1,4})\b"), r"\1 \3 \4"),
    (re.compile(r"\b([^\W\d_]{3,})([-/.])(\d{1,2})\2(\d{1,4})\b"), r"\1 \3 \4"),
    (re.compile(r"\b(\d{1,2})[-/.]([^\W\d_]{3,})"), r"\1 \2"),
    (re.compile(r"([^\W\d_]{3,})\.(\d)"), r"\1 \2"),
)
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
    | (?P<number> \d+ )
    | (?P<half> [ap]\.?[ ]?m\b\.? | (?<=\d)[ap](?![^\W_]) )
    | (?P<offset> [-+]\d\d(?::?\d\d(?::\d\d)?)?(?![\d:]) )
    | (?P<word> [^\W\d_]+(?:['/_][^\W\d_]+)* | @ )
    | (?P<dash> - )
    | (?P<junk> \S+ )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DASH = re.compile(r"(?P<dash>-)")

_WORDS: dict[str, tuple[Kind, int]] = {
    **{name[:3].lower(): (Kind.MONTH, number) for number, name in enumerate(MONTHS, 1)},
    **{name.lower(): (Kind.MONTH, number) for number, name in enumerate(MONTHS, 1)},
    "sept": (Kind.MONTH, 9),
    **{name[:3].lower(): (Kind.WEEKDAY, number) for number, name in enumerate(WEEKDAYS)},
    **{name.lower(): (Kind.WEEKDAY, number) for number, name in enumerate(WEEKDAYS)},
    "tues": (Kind.WEEKDAY, 1),
    "weds": (Kind.WEEKDAY, 2),
    "thur": (Kind.WEEKDAY, 3),
    "thurs": (Kind.WEEKDAY, 3),
    "yesterday": (Kind.RELATIVE, -1),
    "today": (Kind.RELATIVE, 0),
    "tomorrow": (Kind.RELATIVE, 1),
    "noon": (Kind.NAMED, 12),
    "midday": (Kind.NAMED, 12),
    "midnight": (Kind.NAMED, 0),
}
# Only suggested, never taken: the words a hurried hand writes for the ones above.
_SHORTHAND = {"tonight": "today", "tmr": "tomorrow", "tmrw": "tomorrow", "tmw": "tomorrow"}
_MARKS: dict[str, Kind] = {
    **dict.fromkeys(("next", "this", "coming", "last", "past"), Kind.WHICH),
    **dict.fromkeys(
        ("to", "until", "till", "thru", "through", "from", "between", "and", "or"), Kind.SPAN
    ),
    **dict.fromkeys(("at", "@"), Kind.AT),
    **dict.fromkeys(("z", "utc"), Kind.OFFSET),
    "on": Kind.ON,
    "the": Kind.THE,
    "of": Kind.OF,
}
_ZONES = frozenset({
    "est", "edt", "et", "cst", "cdt", "ct", "mst", "mdt", "mt", "pst", "pdt", "pt", "akst", "akdt",
    "hst", "ast", "adt", "nst", "ndt", "gmt", "bst", "ist", "wet", "west", "cet", "cest", "eet",
    "eest", "msk", "jst", "kst", "sgt", "hkt", "aest", "aedt", "acst", "acdt", "awst", "nzst",
    "nzdt", "sast",
})  # fmt: skip
_AREAS = frozenset({
    "africa", "america", "antarctica", "arctic", "asia", "atlantic", "australia", "brazil",
    "canada", "chile", "etc", "europe", "indian", "mexico", "pacific", "us",
})  # fmt: skip


def quote(text: str) -> str:
    """Return the text in quotes, shortened, with nothing in it that a terminal would obey."""
    head = text if len(text) <= 40 else text[:37] + "..."
    safe = (c if c.isprintable() else c.encode("unicode_escape").decode() for c in head)
    return f"'{''.join(safe)}'"


def clean_text(text: str) -> str:
    """Return the text with single plain spaces, plain dashes and apostrophes.

    Raises `WhenError` for text that is empty, too long or holds invisible characters.
    """
    if len(text) > LONGEST:
        raise WhenError(f"This is {len(text)} characters long, too long for a date; {EXAMPLE}.")
    plain = re.sub(" +", " ", text.translate(_PLAIN)).strip(" ")
    if not plain:
        raise WhenError(f"No date was given; {EXAMPLE}.")
    if not plain.isprintable():
        raise WhenError(f"There are invisible characters in {quote(plain)}; type the date by hand.")
    return plain


def read_tokens(plain: str) -> tuple[Token, ...]:
    """Cut cleaned text into tokens. Only white space and punctuation between them is left out."""
    for pattern, parts in _JOINED:
        plain = pattern.sub(parts, plain)
    tokens: list[Token] = []
    place = 0
    while match := _TOKEN.match(plain, place):
        if match["offset"] and not _takes_offset(match["offset"], tokens):
            match = _DASH.match(plain, place) or match
        place = match.end()
        if match.lastgroup != "space":
            tokens.append(_read_token(match))
    return tuple(tokens)


def guess_word(token: Token) -> tuple[Token, ...]:
    """Return what an unknown word may be a misspelling of, one token for each kind of word."""
    word = token.text.lower()
    reach = 2 if len(word) > 5 else 1
    near: dict[Kind, set[int]] = {}
    if meant := _SHORTHAND.get(word):
        kind, value = _WORDS[meant]
        near[kind] = {value}
    elif 2 < len(word) < 12 and word.isalpha():
        distances = {known: _count_slips(word, known) for known in _WORDS}
        least = min(distances.values())
        for known, distance in distances.items():
            if distance == least <= reach:
                kind, value = _WORDS[known]
                near.setdefault(kind, set()).add(value)
    return tuple(_guessed(token.text, kind, sorted(values)) for kind, values in near.items())


def _guessed(text: str, kind: Kind, values: list[int]) -> Token:
    match kind:
        case Kind.MONTH:
            names = dict(enumerate(MONTHS, 1))
        case Kind.WEEKDAY:
            names = dict(enumerate(WEEKDAYS))
        case _:
            names = {value: word for word, (of, value) in _WORDS.items() if of is kind}
    meant = " or ".join(names[value] for value in values)
    doubt = f"{quote(text)} is not understood; did you mean {meant}?"
    return Token(kind, text, values=tuple(values), doubt=doubt)


def _count_slips(typed: str, known: str) -> int:
    """Return how many letters were missed, added, changed or swapped with the next."""
    previous: list[int] = []
    row = list(range(len(known) + 1))
    for i, letter in enumerate(typed, 1):
        above, before = row, previous
        row = [i]
        for j, other in enumerate(known, 1):
            slips = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != other))
            if i > 1 < j and letter == known[j - 2] and typed[i - 2] == other:
                slips = min(slips, before[j - 2] + 1)
            row.append(slips)
        previous = above
    return row[-1]


def _takes_offset(text: str, tokens: list[Token]) -> bool:
    """Tell `14:30-05`, an offset, from `10 Dec -12 Dec`, a dash."""
    timed = bool(tokens) and tokens[-1].kind in {Kind.CLOCK, Kind.HALF, Kind.NAMED}
    return timed or len(text) > 3 or text[0] == "+"


def _read_token(match: re.Match[str]) -> Token:
    text = match[0]
    numbers = tuple(re.findall(r"\d+", text))
    match match.lastgroup:
        case "triple" if len(numbers) == 1:
            iso = match.string[match.end() :][:1] in {"T", "t"}
            doubt = "" if iso else f"{quote(text)} is hard to read as a date; write the hyphens."
            return Token(Kind.TRIPLE, text, (text[:4], text[4:6], text[6:]), doubt=doubt)
        case "basic":
            return Token(Kind.CLOCK, text, tuple(re.findall(r"\d\d", text)))
        case "number":
            return _read_number(text)
        case "ordinal":
            return Token(Kind.ORDINAL, text, numbers, doubt=_ordinal_doubt(text))
        case "word":
            return _read_word(text)
        case "named":
            return Token(Kind.NAMED, text, values=(0 if text.lower().endswith("midnight") else 12,))
        case "half":
            return Token(Kind.HALF, text, values=(12 if text[0] in {"p", "P"} else 0,))
        case "junk":
            return Token(Kind.UNKNOWN, text)
        case name:
            return Token(Kind[(name or "").upper()], text, numbers)


def _read_number(text: str) -> Token:
    if len(text) <= 2:
        return Token(Kind.NUMBER, text, (text,))
    if len(text) == 4 and FIRST_YEAR <= int(text) <= LAST_YEAR:
        return Token(Kind.YEAR, text, (text,))
    if len(text) <= 4 and int(text[:-2]) < 24 and int(text[-2:]) < 60:
        return Token(Kind.COMPACT, text, (text,))
    return Token(Kind.YEAR if len(text) == 4 else Kind.UNKNOWN, text, (text,))


def _read_word(text: str) -> Token:
    word = text.lower()
    if word in _WORDS:
        kind, value = _WORDS[word]
        return Token(kind, text, values=(value,))
    if word in _ZONES or ("/" in word and word.partition("/")[0] in _AREAS):
        return Token(Kind.ZONE, text)
    return Token(_MARKS.get(word, Kind.UNKNOWN), text)


def _ordinal_doubt(text: str) -> str:
    number = int(text[:-2])
    teen = 11 <= number <= 13
    suffix = "th" if teen else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    right = f"{number}{suffix}"
    return (
        ""
        if text.lower().lstrip("0") == right
        else f"{quote(text)} is not how a day is written; check it."
    )
