"""The verbs of instructions, and the traits that they differ in: one row a verb."""

from __future__ import annotations

from enum import Enum

from microcare.core.values import value


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

    traits: Traits
    """What sets the verb apart from others."""

    # What is compared is looked up by it thousands of times, and Enum's own is written in Python.
    __hash__ = object.__hash__


@value
class Traits:
    """What is so of an instruction because of its verb."""

    family: Verb
    """The verb that stands for all that say the same of a topic, when sheets are compared."""
    names_itself: bool = False
    """Where nothing but it is said of a topic, a comparison names it rather than its family."""
    restricts: bool = False
    """Something is forbidden while it holds."""
    is_interval: bool = False
    """What it names must lie a minimum interval apart from the treatment."""
    permits: bool = False
    """It is a permission, so that careful means later, not earlier."""
    doses: bool = False
    """It asks for the same until it ends; what is done again and again is worked out by time."""
    asks: bool = False
    """Something is to be done, and not only left, allowed or noticed."""
    is_task: bool = False
    """What is asked for between two times of a day is one thing to do, whatever happens."""
    needs_notice: bool = False
    """It takes a journey or arranging: told shortly before, it can't be done in time."""
    is_taken: bool = False
    """What it asks for goes into the body, so that it weighs more than what is used or done."""
    needs_cause: bool = False
    """It is to be done only where something gives cause to."""
    is_booked: bool = False
    """It is another visit, which may have to be booked."""
    runs_out: bool = False
    """Its end is news: a permission is not withdrawn, nor a message untold, by the end of days."""
    needs_end: bool = False
    """An end that nobody stated leaves the patient in doubt."""
    needs_no_time: bool = False
    """It is complete without a time."""
    screens: bool = False
    """Its topics are patient factors, and with one of them the treatment is not done."""

    @property
    def binds(self) -> bool:
        """Whether it is to be heeded as long as it holds, not only when it begins."""
        return self.restricts or self.doses

    @property
    def is_noticed(self) -> bool:
        """Whether there is nothing to heed: it may come, and goes."""
        return not (self.restricts or self.permits or self.asks or self.screens)

    @property
    def is_prepared(self) -> bool:
        """Whether something or somebody is to be got ready for a time."""
        return self.needs_notice and self.is_task

    @property
    def is_journey(self) -> bool:
        """Whether it is the way to this treatment."""
        return self.needs_notice and not self.is_task and not self.is_booked

    @property
    def opposes_bans(self) -> bool:
        """Whether it asks for or permits what a ban of the same topic forbids."""
        return self.permits or self.doses


TRAITS: dict[Verb, Traits] = {
    Verb.AVOID: Traits(Verb.AVOID, restricts=True, runs_out=True, needs_end=True),
    Verb.WAIT_SINCE: Traits(
        Verb.AVOID, restricts=True, is_interval=True, runs_out=True, needs_end=True
    ),
    Verb.TAKE: Traits(
        Verb.TAKE,
        doses=True,
        asks=True,
        is_task=True,
        is_taken=True,
        runs_out=True,
        needs_end=True,
    ),
    Verb.USE: Traits(
        Verb.TAKE, names_itself=True, doses=True, asks=True, is_task=True, runs_out=True
    ),
    Verb.DO: Traits(Verb.DO, doses=True, asks=True, is_task=True, runs_out=True),
    Verb.MAY: Traits(Verb.MAY, permits=True),
    Verb.EXPECT: Traits(Verb.EXPECT, runs_out=True),
    Verb.ARRIVE: Traits(Verb.ARRIVE, asks=True, needs_notice=True),
    Verb.TELL: Traits(Verb.TELL, asks=True, is_task=True, needs_no_time=True),
    Verb.ARRANGE: Traits(
        Verb.ARRANGE, asks=True, is_task=True, needs_notice=True, needs_no_time=True
    ),
    Verb.SCREEN: Traits(Verb.SCREEN, needs_no_time=True, screens=True),
    Verb.CALL_IF: Traits(Verb.CALL_IF, asks=True, needs_cause=True, needs_no_time=True),
    Verb.REPEAT: Traits(Verb.REPEAT, asks=True, needs_notice=True, is_booked=True),
}
for _verb, _traits in TRAITS.items():
    # An attribute: a look into the table, with the hash of its key, is asked for too often.
    _verb.traits = _traits
