"""The verbs of instructions, and the traits that they differ in."""

from __future__ import annotations

from enum import Enum


class Verb(Enum):
    """What an instruction asks of the patient or the clinic. One per instruction."""

    AVOID = "avoid"
    WAIT_SINCE = "wait-since"
    TAKE = "take"
    USE = "use"
    DO = "do"
    MAY = "may"
    EXPECT = "expect"
    ARRIVE = "arrive"
    TELL = "tell"
    ARRANGE = "arrange"
    SCREEN = "screen"
    CALL_IF = "call-if"
    REPEAT = "repeat"

    @property
    def restricts(self) -> bool:
        """Whether something is forbidden while the instruction holds."""
        return self in {Verb.AVOID, Verb.WAIT_SINCE}

    @property
    def permits(self) -> bool:
        """Whether the instruction is a permission, so that careful means later, not earlier."""
        return self is Verb.MAY

    @property
    def doses(self) -> bool:
        """Whether what is to be done again and again is worked out time by time."""
        return self in {Verb.TAKE, Verb.USE, Verb.DO}
