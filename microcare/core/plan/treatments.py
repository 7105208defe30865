"""A treatment of a plan: a protocol and its appointment."""

from __future__ import annotations

from microcare.core.sheet.protocol import Protocol
from microcare.core.time.appointment import Appointment
from microcare.core.values import value


@value
class Treatment:
    """A treatment of a plan: its protocol, its appointment, its `number` from 1 on.

    One that is not `booked` is a session that the plan only proposes. `has_faces` is whether any
    appointment of the plan lacks its time of day, so that each claim has two faces. It `repeats`
    where an earlier treatment follows the same protocol.
    """

    protocol: Protocol
    visit: Appointment
    number: int = 1
    booked: bool = True
    has_faces: bool = False
    repeats: bool = False
