"""The figures in a sentence: lengths of time, times of day, numbered days, doses, SPF and totals.

No English is parsed: each kind is a pattern around a number. What fits none is passed over, since
a false warning costs more than a missed one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from fractions import Fraction

from microcare.core.sheet.points import DAY_MINUTES, Quantity, Side, Unit
from microcare.core.values import value
from microcare.load.check.daily_limits import read_measure
from microcare.load.clock_times import parse_clock
from microcare.load.times.offsets import TREATMENT_NAMES
from microcare.load.times.quantities import NUMBER_WORDS, UNIT_NAMES

End = tuple[tuple[Fraction, Fraction], ...]
"""What one end of a figure may be: from and to of each reading, both inclusive."""

DAY_HOURS = 24
_MOST_APART = 100
"""Who writes hours for weeks is about this far off."""
_MINUTE = Fraction(1, 60)
_HOURS = {
    Unit.MINUTE: (_MINUTE, _MINUTE),
    Unit.HOUR: (Fraction(1), Fraction(1)),
    Unit.DAY: (Fraction(24), Fraction(24)),
    Unit.WEEK: (Fraction(24 * 7), Fraction(24 * 7)),
    Unit.MONTH: (Fraction(24 * 28), Fraction(24 * 31)),
    Unit.YEAR: (Fraction(24 * 365), Fraction(24 * 366)),
}
_SIDES = {"before": Side.BEFORE, "prior to": Side.BEFORE, "after": Side.AFTER}

# What numbers in words become, in this order.
_TEENS = ("fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMBERS = {
    **{word: number for number, word in enumerate((*NUMBER_WORDS, *_TEENS))},
    **{word: 10 * number for number, word in enumerate(_TENS, 2)},
}
_WRITTEN = re.compile(
    rf"\b({'|'.join(_TENS)})[- ]({'|'.join(NUMBER_WORDS[1:10])})\b|\b({'|'.join(_NUMBERS)})\b"
)
_PLAIN_UNIT = "(minute|hour|day|week|month|year)"
_REWRITTEN = tuple(
    (re.compile(pattern), new)
    for pattern, new in (
        (r"[–—‑−]", "-"),
        (r"\b(?:an?|1) fortnight\b", "14 days"),
        (rf"\bhalf an? {_PLAIN_UNIT}\b", r"0.5 \1s"),
        (rf"\ban? {_PLAIN_UNIT} and a half\b", r"1.5 \1s"),
        (r"(\d) and a half\b", r"\1.5"),
        (r"(\d) ?(?:½|1/2)", r"\1.5"),
        # Not “a week later”, nor “3 times a day”: a length stands behind one of these.
        (rf"\b(for|within|least|most|than|another|until|first) an? {_PLAIN_UNIT}\b", r"\1 1 \2"),
    )
)

_NUMBER = r"(?<![\w.,/:])(\d{1,5}(?:\.\d+)?)"
_RANGE = rf"{_NUMBER}(?: ?(?:-|to|or|and|through) ?(\d{{1,5}}(?:\.\d+)?))?"
_UNIT = rf"({'|'.join(sorted(UNIT_NAMES, key=len, reverse=True))})s?\b"
_SPAN = re.compile(
    rf"(\bevery |\beach )?{_RANGE}[ -]?(?:(?:full|whole|calendar|consecutive|more) )*{_UNIT}"
)
_NO_SPAN = re.compile(
    r"[ -]old| of age| or (?:older|over|younger)"
    r"| (?:a|per|each|every) (?:day|night|time|hour)\b| at a time| daily"
)
_FOR = re.compile(r"\bfor (?:at least |up to |about |the (?:first |next ))?$")
_SIDE = re.compile(
    r" (before|prior to|after)(?:wards?)?\b(?: (?:your|the|this|our|each))?(?: (\w+))?"
)
_HOURS_NUMBERED = re.compile(r"\bhours (\d{1,4})(?: ?(?:to|-) ?(\d{1,4}))?\b")
_DAYS_NUMBERED = re.compile(r"\bdays? (\d{1,3})(?: ?(?:to|-|and|through) ?(?:day )?(\d{1,3}))?\b")
_TIME = re.compile(
    r"(?<![\w.,:])(?:\d{1,2}:\d{2}(?: ?[ap]\.?m\b)?|\d{1,2} ?[ap]\.?m\b|noon|midday|midnight)(?!\w)"
)
_RATE = re.compile(
    rf"(?:{_RANGE} ?(?:times|x)|\b(once|twice))[ -](?:(?:a|per|each|every) day|daily)\b"
)
_SPF = re.compile(r"\b(?:spf|protection factor)(?: of| at least|\W){0,3}(\d{1,3})|(\d{2,3})\+? spf")
_MEASURE = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)? ?(?:mg|g|ml|l|mcg|µg|μg)\b")
_DEGREES = re.compile(r"(?<![\w.,])(\d{2,3}(?:\.\d+)?) ?°? ?([cf])\b")
_PIECES = re.compile(
    rf"{_RANGE}(?: [a-z-]+)? "
    r"(tablet|pill|capsule|drop|puff|spray|pellet|sachet|glass|cup|teaspoon|tablespoon)(?:e?s)?\b"
    r"(?! in all| in total| altogether)"
)
_TOTAL = re.compile(
    rf"{_RANGE}(?: [a-z-]+){{1,2}} (?:in all|in total|altogether)\b|\btotal of {_RANGE}"
)
_COUNT = re.compile(
    rf"{_RANGE} (?:times|doses|treatments|sessions|visits|applications)\b"
    r"(?! (?:a|an|per|each|every|at|daily|apart)\b)"
)


@value
class Figure:
    """A number as a text has it: its `words`, its one or two `ends`, and the unit of both.

    `side` is that of the treatment on which a text puts a length. `is_bound` is a length that
    stands behind “for”. `is_loose` agrees with either end of a range, `is_named` is a day that is
    only told by its distance.
    """

    words: str
    ends: tuple[End, ...]
    unit: str = "hours"
    side: Side | None = None
    is_bound: bool = False
    is_loose: bool = False
    is_named: bool = False

    def agrees(self, other: Figure) -> bool:
        """Return whether one of the ends is an end of another figure."""
        return not self.opposes(other) and self._meets(other)

    def opposes(self, other: Figure) -> bool:
        """Return whether the two stand on different sides of the treatment."""
        return None not in (self.side, other.side) and self.side is not other.side

    def _meets(self, other: Figure) -> bool:
        return self.unit == other.unit and any(
            _overlap(end, each) for end in self.ends for each in other.ends
        )

    def is_among(self, others: Iterable[Figure]) -> bool:
        """Return whether each end is one of other figures: “24 to 48 hours” may be of two.

        Of a range one end is enough where another only bounds it: “up to 5 days”.
        """
        near = [each for each in others if self.agrees(each)]
        ends = [end for each in near for end in each.ends]
        met = [any(_overlap(end, each) for each in ends) for end in self.ends]
        return all(met) or any(each.is_loose for each in near)

    def rivals(self, other: Figure) -> bool:
        """Return whether the two may be meant for one thing.

        How long a dose takes is no window, and how old somebody is neither.
        """
        if self.unit != other.unit or (other.is_named and self.side is None):
            return False
        if self.opposes(other):
            return self._meets(other)
        if self.unit != "hours":
            return True
        own, others = self.ends[-1][-1][1], other.ends[0][0][0]
        near = max(own, others) <= _MOST_APART * min(own, others)
        return near and (own >= 1 or others < DAY_HOURS)


def fold_figures(text: str) -> str:
    """Return a text in small letters, on one line, with its numbers in digits."""
    words = " ".join(text.lower().split())
    words = _WRITTEN.sub(
        lambda found: str(sum(_NUMBERS[each] for each in found.groups() if each)), words
    )
    for pattern, new in _REWRITTEN:
        words = pattern.sub(new, words)
    return words


def find_spans(text: str) -> tuple[Figure, ...]:
    """Return the lengths of time of a folded text, but for how often something is done."""
    found = [
        _span(each, text)
        for each in _SPAN.finditer(text)
        if not each[1] and not _NO_SPAN.match(text, each.end())
    ]
    numbered = _HOURS_NUMBERED.finditer(text)
    return (*found, *(_figure(each, _plain, "hours", each[1], each[2]) for each in numbered))


def find_intervals(text: str) -> tuple[Figure, ...]:
    """Return what stands behind “every” in a folded text: “every 4 to 6 hours”."""
    return tuple(_span(each, text) for each in _SPAN.finditer(text) if each[1])


def find_day_numbers(text: str) -> tuple[Figure, ...]:
    """Return the days to which a folded text gives a number."""
    found = _DAYS_NUMBERED.finditer(text)
    return tuple(_figure(each, _plain, "day number", each[1], each[2]) for each in found)


def find_times(text: str) -> tuple[Figure, ...]:
    """Return the times of day of a folded text, in minutes; “9:00” may be either."""
    return tuple(
        Figure(each[0], (_times(each[0].replace("midday", "noon")),), "time of day")
        for each in _TIME.finditer(text)
    )


def find_rates(text: str) -> tuple[Figure, ...]:
    """Return how many times a day a folded text says."""
    return tuple(
        _figure(each, _plain, "times a day", each[1] or str(1 + (each[3] == "twice")), each[2])
        for each in _RATE.finditer(text)
    )


def find_spf(text: str) -> tuple[Figure, ...]:
    """Return the sun protection factors of a folded text."""
    found = _SPF.finditer(text)
    return tuple(
        Figure(f"SPF {number}", (_plain(number),), "spf")
        for number in (each[1] or each[2] for each in found)
    )


def find_measures(text: str) -> tuple[Figure, ...]:
    """Return the amounts of a folded text: milligrams, drops and tablets, degrees."""
    found = []
    for each in _MEASURE.finditer(text):
        size, unit = read_measure(each[0]) or (Fraction(), "")
        found.append(Figure(each[0], (((size, size),),), unit))
    for pattern in (_DEGREES, _PIECES):
        for each in pattern.finditer(text):
            *numbers, unit = each.groups()
            found.append(_figure(each, _plain, unit, *numbers))
    return tuple(found)


def find_totals(text: str, *, counts: bool) -> tuple[Figure, ...]:
    """Return how many in all a folded text says; with `counts` any number of times or doses too."""
    patterns = (_TOTAL, _COUNT) if counts else (_TOTAL,)
    return tuple(
        _figure(each, _plain, "total", *[group for group in each.groups() if group][:2])
        for pattern in patterns
        for each in pattern.finditer(text)
    )


def make_span(
    quantity: Quantity,
    words: str,
    side: Side | None = None,
    *,
    is_loose: bool = False,
    is_named: bool = False,
) -> Figure:
    """Return a length of a rule."""
    low, high = _HOURS[quantity.unit]
    ends = [quantity.least] if quantity.least == quantity.most else [quantity.least, quantity.most]
    sizes = tuple(((each * low, each * high),) for each in ends)
    return Figure(words, sizes, side=side, is_loose=is_loose, is_named=is_named)


def make_number(words: str, *numbers: int, unit: str) -> Figure:
    """Return one number of a rule, or the two of a range."""
    return Figure(words, tuple(_plain(str(each)) for each in dict.fromkeys(numbers)), unit)


def find_other(
    said: Iterable[Figure], rule: Iterable[Figure], beside: Iterable[Figure] = ()
) -> tuple[Figure, Figure] | None:
    """Return a figure that is said and the one of the rule that is not said in its place.

    `beside` are further figures that a sentence may name. A sentence may leave out what the rule
    says, and say more; so each must be without its like.
    """
    said, rule = tuple(said), tuple(rule)
    known = (*rule, *beside)
    strange = [each for each in said if not each.is_among(known)]
    told = [each for each in said if each not in strange]
    unsaid = [each for each in rule if not any(each.agrees(other) for other in told)]
    pairs = (
        (one, each)
        for one in strange
        for each in rule
        if one.rivals(each) and (each in unsaid or one.opposes(each))
    )
    return next(pairs, None)


def _span(found: re.Match[str], text: str) -> Figure:
    low, high = _HOURS[UNIT_NAMES[found[4]]]

    def read(number: str) -> End:
        return ((Fraction(number) * low, Fraction(number) * high),)

    behind = _SIDE.match(text, found.end())
    names = (*TREATMENT_NAMES, None)
    side = _SIDES[behind[1]] if behind is not None and behind[2] in names else None
    bound = _FOR.search(text, 0, found.start()) is not None
    figure = _figure(found, read, "hours", found[2], found[3])
    words = f"{figure.words} {side.value}" if side is not None else figure.words
    return Figure(words, figure.ends, side=side, is_bound=bound)


def _figure(
    found: re.Match[str],
    read: Callable[[str], End],
    unit: str,
    first: str,
    second: str | None = None,
) -> Figure:
    ends = (read(first),) if second is None else (read(first), read(second))
    return Figure(found[0].strip(), ends, unit)


def _plain(number: str) -> End:
    return ((Fraction(number), Fraction(number)),)


def _times(words: str) -> End:
    if words == "noon":
        return _plain(str(DAY_MINUTES // 2))
    reading = parse_clock(words)
    times = [each.total_seconds() / 60 for each in reading.values] if reading else []
    if not words.endswith(("m", "t")):  # neither am, pm nor midnight
        times += [each + DAY_MINUTES // 2 for each in times if each <= DAY_MINUTES // 2]
    return tuple((Fraction(int(each)), Fraction(int(each))) for each in times)


def _overlap(one: End, other: End) -> bool:
    return any(low <= b and a <= high for low, high in one for a, b in other)
