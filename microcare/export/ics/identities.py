"""Stable identities of calendar events: UUIDs of a booking and of the rule behind an event."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha1
from uuid import UUID

from microcare.core.plan.days import Day
from microcare.core.plan.transitions import Change, Transition
from microcare.core.plan.treatments import Treatment
from microcare.core.sheet.points import (
    Clock,
    Edge,
    Length,
    NumberedDay,
    Offset,
    Point,
    Quantity,
    RelativeDay,
    Side,
    Unit,
)
from microcare.core.sheet.protocol import Protocol
from microcare.core.time.appointment import Appointment

_NAMESPACE = UUID("6f1d2c5e-0d0a-5b6e-9a3f-2f7c1b0e4d58").bytes
_VARIANTS = dict(zip("0123456789abcdef", "89ab" * 4, strict=True))
"""Each hexadecimal figure as it is with the variant's two bits, 10, in front."""

_SHORTEST_MONTH = 28
"""From so many days on, one rule is on days of different numbers, as months are."""

_DESIGNATORS = {
    Unit.MINUTE: "T{}M",
    Unit.HOUR: "T{}H",
    Unit.DAY: "{}D",
    Unit.WEEK: "{}W",
    Unit.MONTH: "{}M",
    Unit.YEAR: "{}Y",
}


VISIT = "visit"
"""The key of the appointment's own event."""


def booking_seed(protocol: Protocol, visit: Appointment, booking: str | None) -> str:
    """Return what all of a booking's UIDs are made from: its reference and the protocol's id.

    A new date and a new version of the protocol keep the UIDs, and two treatments under one
    reference don't share any. Without a reference the appointment stands for it.
    """
    reference = f"{visit.start.isoformat()} {visit.all_day}"
    if booking is not None:
        reference = f"booking {booking}"
    return f"{protocol.id} {reference}"


def make_uid(seed: str, key: str) -> str:
    """Return the UID of a booking's event: a bare UUID, version 5, without identifying data.

    It is that of `uuid.uuid5`, which takes five times as long (RFC 9562, 5.5).
    """
    # A command line that is no valid text must not stop it: its stray bytes are spelt out.
    name = f"{seed}\n{key}".encode("utf-8", "backslashreplace")
    found = sha1(_NAMESPACE + name, usedforsecurity=False).hexdigest()
    variant = _VARIANTS[found[16]]
    return f"{found[:8]}-{found[8:12]}-5{found[13:16]}-{variant}{found[17:20]}-{found[20:32]}"


def make_alarm_uid(uid: str) -> str:
    """Return the UID of the one alarm of the event that has a UID."""
    return make_uid(uid, "alarm")


def name_apart(key: str, treatment: Treatment) -> str:
    """Return the key of an event, which is another one for each treatment of a plan."""
    return key if treatment.number == 1 else f"{treatment.number} {key}"


def digest_keys(days: Iterable[Day]) -> tuple[str, ...]:
    """Return a key for each day; no two days get the same one.

    Near the treatment it is the day's number, whatever the answers, the hour and the protocol's
    version put on it. Further off it is the rule that puts it there: "6 months before" is the 183rd
    or the 184th day before, but always the same rule. One that depends on no answer goes first, so
    that an answer which comes later changes no key that it need not change. Of several treatments
    the first that a day tells of counts, which the others neither add to nor take from.
    """
    keys: dict[str, None] = {}
    for day in days:
        told = (*day.treatments, *(each.planned.treatment for each in day.transitions))
        first = min(told, key=lambda each: each.number, default=day.counted_from)
        distance = (day.date - first.visit.day).days
        candidates = [name_apart(f"day {distance}", first)]
        if abs(distance) >= _SHORTEST_MONTH:
            ranked = sorted(
                (
                    transition.planned.treatment.number,
                    transition.change is Change.DOSES,
                    transition.planned.instruction.condition is not None,
                    name_apart(_rule_key(transition), transition.planned.treatment),
                )
                for transition in day.transitions
            )
            candidates = list(dict.fromkeys(key for *_, key in ranked)) or candidates
        free = [key for key in candidates if key not in keys]
        keys[free[0] if free else f"{candidates[0]} again {len(keys)}"] = None
    return tuple(keys)


def _rule_key(transition: Transition) -> str:
    instruction = transition.planned.instruction
    if transition.run is not None:
        # The doses of a course change on several days, all by one rule.
        return f"{transition.change.value} {instruction.id} {transition.run.first.number}"
    if transition.change is Change.ENDS and instruction.ends_itself:
        return f"{transition.change.value} {instruction.id}"
    is_over = transition.change in (Change.ENDS, Change.AT_LEAST_OVER)
    start = instruction.window.at or instruction.implied_start
    point = instruction.implied_until if is_over else start
    # These three count the same words to different days.
    traits = instruction.verb.traits
    manner = "may" if traits.permits else "wait" if traits.is_interval else ""
    return " ".join(part for part in (_point_key(point), transition.change.value, manner) if part)


def _point_key(point: Point | None) -> str:
    match point:
        case None:
            return "unstated"
        case Clock(day=day, time=time):
            return f"{_point_key(day)} {time.least}/{time.most}"
        case Length(quantity=quantity):
            return f"for {_quantity_key(quantity, '')}"
        case NumberedDay(number=number):
            return f"day {number}"
        case Edge(side=side):
            key = "start" if side is Side.BEFORE else "end"
        case RelativeDay(days=days):
            key = f"{days:+}D"
        case Offset(quantity=quantity, side=side, counted_from=edge):
            key = _quantity_key(quantity, "-" if side is Side.BEFORE else "+")
            key += f" from {edge.value}" if edge is not None else ""
    # Events at the appointment fall together with it; other instructions do not.
    return key if point.lies is None else f"{point.anchor} {key}"


def _quantity_key(quantity: Quantity, sign: str) -> str:
    designator = _DESIGNATORS[quantity.unit]
    lengths = dict.fromkeys((quantity.least, quantity.most))
    return "/".join(f"{sign}P{designator.format(length)}" for length in lengths)
