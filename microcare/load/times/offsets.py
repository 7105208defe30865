"""Times without a time of day ("5 to 7 days before", "day 2", "start of numbing-cream")."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import field

from microcare.core.sheet.points import (
    APPOINTMENT,
    TIMES_OF_DAY,
    DayTime,
    Edge,
    NumberedDay,
    Offset,
    Qualifier,
    Quantity,
    RelativeDay,
    Side,
)
from microcare.core.sheet.problems import Code, Subject
from microcare.core.values import value
from microcare.load.source.refusals import PhraseError, find_nearest, quote, suggest
from microcare.load.times.quantities import NUMBER_WORDS, is_quantity, parse_quantity

_OFFSET = re.compile(r"(at least |up to |within )?(.+?) (before|after|prior to)(?: (.+))?")
DAYS = re.compile(r"days? ([0-9]{1,3})(?: ?(?:to|-) ?([0-9]{1,3})| ?(\+)| (on|onwards?))?")
TREATMENT_NAMES = {
    *("appointment", "treatment", "procedure", "visit", "session", "surgery", "operation")
}
_RELATIVE_DAYS = {"day of": 0, "day before": -1, "day after": 1, "next day": 1}
_JOINTS = {"and", "or", "to", "until", "till"}
_EDGES = {"start": Side.BEFORE, "beginning": Side.BEFORE, "end": Side.AFTER}
_WISH = ", if possible "
_WORD = r"[^-–— ]+"
_POINT_HINT = "write it like “48 hours before”, “day 2”, “treatment day” or “21:00 the day before”"
_LATER = r"(?:after|in) (.+)"
_WITHIN = r"within (.+)"


@value
class TimeNames:
    """The names that times in a protocol may use beside the treatment's own.

    `anchors` are the events that it names and the ids of its instructions, `parts` the parts of
    the day and the hours awake.
    """

    anchors: Collection[str] = ()
    parts: Mapping[str, DayTime] = field(default_factory=lambda: TIMES_OF_DAY)


USUAL_NAMES = TimeNames()


def parse_named(words: str, names: TimeNames) -> Edge | RelativeDay | NumberedDay | None:
    """Return the edge or the day that words in small letters name, None where they name none."""
    plain = words.removeprefix("the ")
    if plain in _EDGES:
        return Edge(_EDGES[plain])
    if plain in {f"{name} day" for name in TREATMENT_NAMES}:
        return RelativeDay(0)
    days = DAYS.fullmatch(plain)
    if days is not None and not any(days.groups()[1:]):
        return make_numbered_day(days[1])
    for day, distance in _RELATIVE_DAYS.items():
        if plain == day and day != "day of":
            return RelativeDay(distance)
        if plain.startswith(f"{day} "):
            anchor = parse_anchor(plain.removeprefix(f"{day} "), names)
            return RelativeDay(distance, anchor)
    edge = _find_edge(plain, names)
    return Edge(*edge) if edge is not None else None


def parse_offset(text: str, words: str, names: TimeNames) -> Offset:
    """Return the offset that words in small letters name; `text` is what messages quote.

    Raises PhraseError, with what to write instead.
    """
    base, _, wish = words.partition(_WISH)
    found = _OFFSET.fullmatch(base)
    if found is None:
        raise PhraseError(f"{quote(text)} is not a point in time.", _hint_at_point(words))
    qualifier, length, relation, anchor = found.groups()
    side = Side.AFTER if relation == "after" else Side.BEFORE
    quantity = parse_quantity(length)
    hedge = Qualifier(qualifier.strip()) if qualifier else None
    if wish:
        if hedge is not None or quantity.least != quantity.most:
            raise PhraseError(
                f"{quote(text)} hedges twice.", "write “3 days after, if possible 10”"
            )
        quantity, hedge = _add_wish(quantity, wish, relation), Qualifier.IF_POSSIBLE
    words = anchor or ""
    edge, name = _find_edge(words.removeprefix("the "), names) or (None, parse_anchor(words, names))
    return Offset(quantity, side, name, hedge, counted_from=edge)


def _find_edge(words: str, names: TimeNames) -> tuple[Side, str] | None:
    """Return the edge of an anchor that words insist on, and the anchor."""
    head, of, tail = words.partition(" of ")
    return (_EDGES[head], parse_anchor(tail, names)) if of and head in _EDGES else None


def make_numbered_day(digits: str) -> NumberedDay:
    """Return the day that a sheet gives a number; raises PhraseError for day 0."""
    number = int(digits)
    if number == 0:
        raise PhraseError("There is no day 0.", "write “treatment day”")
    return NumberedDay(number)


def _add_wish(quantity: Quantity, wish: str, relation: str) -> Quantity:
    words = wish.removesuffix(f" {relation}")
    bare = words.isdecimal() or words in NUMBER_WORDS
    other = parse_quantity(f"{words} {quantity.unit.value}" if bare else words)
    if other.unit is not quantity.unit or other.least != other.most:
        raise PhraseError(
            f"{quote(f'if possible {wish}')} counts in another unit.",
            f"count in {quantity.unit.value}s",
        )
    low, high = sorted((quantity.least, other.least))
    return Quantity(low, high, quantity.unit)


def parse_anchor(words: str, names: TimeNames) -> str:
    """Return what a time counts from: "" and the treatment's names are the appointment.

    Raises PhraseError.
    """
    bare = words.removeprefix("the ").removeprefix("your ")
    name = "-".join(bare.replace("-", " ").split())
    if not name or name in TREATMENT_NAMES:
        return APPOINTMENT
    if name in names.anchors:
        return name
    if name.partition("-")[0] in _JOINTS:
        message = f"{quote(words)} is a second time."
        hint = "write “from” and “until”, or an instruction for each"
        raise PhraseError(message, hint)
    near = find_nearest(name, [*TREATMENT_NAMES, *names.anchors])
    raise PhraseError(
        f"{quote(words)} is no instruction and no event of this protocol.",
        suggest(near)
        or "write the id of an instruction, name an event under “anchors”, or leave it out",
        Code.UNKNOWN_ANCHOR,
        (Subject("instructions", name),),
    )


def mark_anchor(words: str, anchor: str) -> str:
    """Return a time's words with what it counts from in braces, by its id; none for the treatment.

    A time ends with its anchor, and only a wish may stand behind it.
    """
    if anchor == APPOINTMENT:
        return words
    end = words.lower().find(_WISH)
    found = list(re.finditer(_WORD, words[:end] if end >= 0 else words))
    first = len(found) - len(anchor.split("-"))
    while found[first - 1][0].lower() in {"the", "your"}:
        first -= 1
    return f"{words[: found[first].start()]}{{{anchor}}}{words[found[-1].end() :]}"


def _hint_at_point(words: str) -> str:
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
