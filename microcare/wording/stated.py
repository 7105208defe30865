"""Times of a sheet in the spoken language: the points again in words, where it isn't English."""

from __future__ import annotations

from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.points import (
    APPOINTMENT,
    Clock,
    DayTime,
    Edge,
    Length,
    NumberedDay,
    Offset,
    Point,
    Qualifier,
    RelativeDay,
    Side,
)
from microcare.core.sheet.protocol import Protocol
from microcare.core.values import replace
from microcare.language.messages import count, mark, say, say_as
from microcare.wording.courses import length_words, part_of_day
from microcare.wording.dates import clock_words, part_words
from microcare.wording.labels import label_anchor

_HEDGES = {
    Qualifier.AT_LEAST: mark("at least {time}"),
    Qualifier.UP_TO: mark("up to {time}"),
    Qualifier.WITHIN: mark("within {time}"),
    Qualifier.NOT_BEFORE: mark("not before {time}"),
    Qualifier.NO_LATER: mark("no later than {time}"),
}
_HOURS = {12 * 60: "noon", 24 * 60: "midnight"}


def tell_whole(instruction: Instruction, protocol: Protocol) -> str:
    """Return the one time that says all: a moment, whole days, a minimum interval."""
    window = instruction.window
    # A part of a day begins and ends in the same words.
    ends = list(dict.fromkeys(tell_point(each, protocol) for each in window.points))
    is_interval = instruction.verb.traits.is_interval
    if len(ends) == 1:
        goes_on = window.until is None and not is_interval
        return tell_start(window.start, protocol) if goes_on and window.start else ends[0]
    if is_interval:
        return say("{before} and {after}", before=ends[0], after=ends[1])
    return say_as("rule", "{first} to {last}", first=ends[0], last=ends[1])


def tell_start(start: Point, protocol: Protocol) -> str:
    """Return from when a window holds; "not before" says by itself that it is a beginning."""
    told = tell_point(start, protocol)
    hedged = isinstance(start, Offset | Clock) and start.qualifier is Qualifier.NOT_BEFORE
    return told if hedged else say("from {time}", time=told)


def tell_length(until: Length | Offset) -> str:
    """Return how long a window lasts, with its hedge: "at least 4 weeks"."""
    return _hedge(length_words(until.quantity), until.qualifier)


def tell_resumption(until: Point, protocol: Protocol) -> str:
    """Return from when something may be resumed, from the last day on which it may not be."""
    match until:
        case NumberedDay(number=number):
            return tell_start(replace(until, number=number + 1), protocol)
        case RelativeDay(days=days):
            return tell_start(replace(until, days=days + 1), protocol)
        case _:
            return tell_start(until, protocol)


def tell_point(point: Point, protocol: Protocol) -> str:
    """Return a point in words, with its hedge: "at least 2 days after", "the evening before"."""
    label = None if point.anchor == APPOINTMENT else label_anchor(point.anchor, protocol)
    match point:
        case Offset(qualifier=Qualifier.IF_POSSIBLE, quantity=quantity):
            least, most = quantity.least, quantity.most
            must = replace(quantity, most=least)
            told = _tell_distance(length_words(must), point.side, label)
            wish = length_words(replace(quantity, least=most))
            return say("{time}, if possible {wish}", time=told, wish=wish)
        case Offset(quantity=quantity, qualifier=qualifier, counted_from=edge):
            label = label if edge is None else _tell_edge(edge, label)
            return _hedge(_tell_distance(length_words(quantity), point.side, label), qualifier)
        case Edge(side=side):
            return _tell_edge(side, label)
        case RelativeDay(days=days):
            return _tell_day(days, label)
        case NumberedDay(number=number):
            return say("day {number}", number=number)
        case Clock(day=day, time=time, qualifier=qualifier):
            told = say("{day}, {time}", day=tell_point(day, protocol), time=_tell_time(time))
            return _hedge(told, qualifier)
        case Length():
            return tell_length(point)


def _hedge(time: str, qualifier: Qualifier | None) -> str:
    return say(_HEDGES[qualifier], time=time) if qualifier in _HEDGES else time


def _tell_edge(side: Side, label: str | None) -> str:
    if label is None:
        begins = say("the beginning of the treatment")
        return begins if side is Side.BEFORE else say("the end of the treatment")
    if side is Side.BEFORE:
        return say("the beginning of {event}", event=label)
    return say("the end of {event}", event=label)


def _tell_distance(length: str, side: Side, label: str | None) -> str:
    if label is None:
        before = side is Side.BEFORE
        return (
            say("{length} before", length=length)
            if before
            else say("{length} after", length=length)
        )
    if side is Side.BEFORE:
        return say("{length} before {event}", length=length, event=label)
    return say("{length} after {event}", length=length, event=label)


def _tell_day(days: int, label: str | None) -> str:
    number = abs(days)
    match days:
        case 0:
            return say("the day of {event}", event=label) if label else say("the treatment day")
        case -1:
            return say("the day before {event}", event=label) if label else say("the day before")
        case 1:
            return say("the day after {event}", event=label) if label else say("the day after")
        case _:
            side = Side.BEFORE if days < 0 else Side.AFTER
            shown = f"{number}"
            length = count("{shown} day", "{shown} days", number, shown=shown)
            return _tell_distance(length, side, label)


def _tell_time(time: DayTime) -> str:
    if time.least != time.most:
        return part_of_day(time.name) or part_words(time)
    # "12:00 a.m." of a day would be where it begins.
    told = part_of_day(time.name) or part_of_day(_HOURS.get(time.least))
    return told or say("at {time}", time=clock_words(time.least))
