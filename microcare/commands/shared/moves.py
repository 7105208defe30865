"""A booking that moves: found beside its earlier calendar, told at the desk, written as data."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from microcare.commands.shared.booking import make_plan
from microcare.commands.shared.output import say_parts, write
from microcare.core.plan.moves import Move
from microcare.core.values import replace
from microcare.export.ics.replacements import count_differences, find_dropped, find_visits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from microcare.commands.shared.booking import Booking
    from microcare.commands.shared.files import Target
    from microcare.core.plan.plan import Plan
    from microcare.export.ics.earlier import EarlierCalendar
    from microcare.export.ics.events import CalendarEvent


def find_move(
    earlier: EarlierCalendar | None, plan: Plan, loaded: Booking, booking: str | None
) -> Move | None:
    """Return what moves, None where an earlier calendar has no visit of the plan's booking.

    Both plans are of the present protocol, with the same answers: what the patient was told by
    another version of it is not known. Of several treatments the old plan has those that the
    earlier calendar has, up to the first that it lacks.
    """
    if earlier is None:
        return None
    visits = find_visits(earlier, plan, booking)
    known = takewhile(lambda pair: pair[0] in visits, enumerate(loaded.treatments, 1))
    old = tuple(replace(each, visit=visits[number]) for number, each in known)
    if not old:
        return None
    before = make_plan(replace(loaded, treatments=old))
    return Move(before, plan, find_dropped(earlier, plan, booking))


def report_move(move: Move) -> None:
    """Say what the patient is told of a booking that moves, what has begun already first."""
    from microcare.render.move_text import move_text
    from microcare.wording.plan.moves import tell_move

    say_parts(move_text(tell_move(move)))


def write_move(
    move: Move | None,
    plan: Plan,
    target: Target,
    earlier: EarlierCalendar,
    events: Iterable[CalendarEvent],
) -> None:
    """Write to stdout as JSON what a file replaces, and what moves if that is known."""
    from microcare.export.data.move import NewFile, move_json

    found = count_differences(earlier, events)
    file = NewFile(
        name=target.name,
        written=not target.dry_run,
        moved=found.moved,
        unmoved=found.unmoved,
        added=found.added,
        cancelled=found.cancelled,
    )
    write(move_json(file, move, plan))
