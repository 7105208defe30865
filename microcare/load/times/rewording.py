"""What to write instead of a time that can't be read, where its words tell what is meant."""

from __future__ import annotations

import re
from contextlib import suppress

from microcare.load.source.refusals import PhraseError
from microcare.load.times.phrases import DAYS, QUANTITY, parse_quantity

_POINT_HINT = "write it like “48 hours before”, “day 2”, “treatment day” or “21:00 the day before”"
_LENGTH_HINT = "write it like “48 hours”"
_LATER = r"(?:after|in) (.+)"
_WITHIN = r"within (.+)"
# Not a part of 1.5, 1½ or -2: that would be another number.
_LENGTH = r"(?<![\w.,½¼¾-])(?:\d+|[a-z]+)(?: ?(?:to|-|or) ?(?:\d+|[a-z]+))? ?[a-z]+(?![\w-])"
_FRACTION = r"\d[.,]\d|[½¼¾]|\bhalf\b"


def hint_at_point(words: str) -> str:
    """Return what to write for a point in time; `words` are in small letters."""
    if is_quantity(words):
        return f"say on which side of the treatment: “{words} before” or “{words} after”"
    for pattern, form in ((_LATER, "{} after"), (_WITHIN, "no later than {} after")):
        found = re.fullmatch(pattern, words)
        if found is not None and is_quantity(found[1]):
            return f"write “{form.format(found[1])}”"
    days = DAYS.fullmatch(words.removeprefix("the "))
    if days is not None:
        return f"“{words}” goes under “on”; here write one day, like “day {int(days[1])}”"
    if not any(letter.isdecimal() for letter in words):
        return f"{_POINT_HINT}; a state of the body goes under “until-state” or “once”"
    return _POINT_HINT


def hint_at_length(words: str) -> str:
    """Return what to write for a length of time; `words` are in small letters."""
    if re.search(_FRACTION, words):
        return "count in a smaller unit, like “90 minutes”"
    inner = (found[0] for found in re.finditer(_LENGTH, words[:200]))
    length = next((each for each in inner if is_quantity(each)), None)
    return f"write “{length}”, and the rest in “say”" if length else _LENGTH_HINT


def is_quantity(words: str) -> bool:
    """Return whether words in small letters are a length of time."""
    if QUANTITY.fullmatch(words) is None:
        return False
    with suppress(PhraseError):
        parse_quantity(words)
        return True
    return False
