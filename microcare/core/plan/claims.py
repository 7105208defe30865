"""Claims: what one rule forbids, asks for or allows, and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from enum import Enum

from microcare.core.plan.planned import End, Kind, PlannedInstruction
from microcare.core.sheet.conditions import Answer
from microcare.core.sheet.instruction import Strength
from microcare.core.sheet.points import is_whole_day
from microcare.core.time.dated import Dated
from microcare.core.values import value

ALWAYS = datetime.min.replace(tzinfo=UTC)
NEVER = datetime.max.replace(tzinfo=UTC)
"""What an unstated beginning, or an unstated end, is earlier or later than."""


class Says(Enum):
    """What a rule says of its topics while one of its claims holds.

    PERHAPS follows a ban that may be over: the further end of a range or of "if possible" has not
    come, a state is awaited, or "at least so long" has passed and nothing frees.
    """

    FORBIDS = "forbids"
    PERHAPS = "perhaps"
    ASKS = "asks"
    ALLOWS = "allows"


Times = tuple[datetime | None, datetime | None]
"""When something holds, `[start, until)`, in UTC; None is open on that side."""


@value
class Claim:
    """What one rule says in `[start, until)`, in UTC; None is open on that side.

    `faces` are the times at which it holds: one, but where an appointment of the plan lacks its
    hour two, for a treatment at the beginning of its day and for one at the end.
    """

    rule: PlannedInstruction
    says: Says
    start: datetime | None
    until: datetime | None
    faces: tuple[Times, ...]

    def holds_at(self, instants: Instants) -> bool:
        """Return whether it holds just after an instant, in the same face of the appointment."""
        for (start, until), instant in zip(self.faces, instants, strict=True):
            if (start is None or start <= instant) and (until is None or until > instant):
                return True
        return False

    @property
    def starts_with_day(self) -> bool:
        """Whether its rule begins with a whole day."""
        return self.rule.comes_without or self.rule.dated.starts_with_day

    @property
    def is_moment(self) -> bool:
        """Whether it is to be done, or may be, at any one instant within."""
        return self.rule.kind is Kind.MOMENT and not self.rule.restricts

    @property
    def is_plain_ban(self) -> bool:
        """Whether it forbids for certain, everywhere, and nobody may lift it."""
        rule = self.rule.instruction
        softened = rule.area or rule.override_by or rule.ask_first
        sure = self.rule.applies is Answer.YES and rule.strength is Strength.MUST
        return self.says is Says.FORBIDS and sure and not softened

    @property
    def is_shortest_over(self) -> bool:
        """Whether it follows "at least so long", of which no end is stated."""
        return self.says is Says.PERHAPS and self.rule.end is End.AT_LEAST

    @property
    def is_endless(self) -> bool:
        """Whether nobody stated when it ends, and it surely applies."""
        unstated = self.until is None and self.rule.end in (None, End.UNSTATED)
        return unstated and self.rule.applies is Answer.YES

    @property
    def is_untimed(self) -> bool:
        """Whether no time forbids any more, and only a state of the body is awaited."""
        passed = self.says is Says.PERHAPS and self.rule.end is End.STATE_AFTER_DATE
        return passed or self.rule.end is End.STATE

    @property
    def awaits_state(self) -> bool:
        """Whether it is untimed, and surely applies."""
        return self.is_untimed and self.rule.applies is Answer.YES

    def list_meetings(self, other: Claim) -> Iterator[bool]:
        """Yield for each face of the appointment whether both hold at some instant."""
        return (
            (start is None or ends is None or start < ends)
            and (begins is None or until is None or begins < until)
            for (start, until), (begins, ends) in zip(self.faces, other.faces, strict=True)
        )

    def meets(self, opens: datetime, closes: datetime) -> bool:
        """Return whether it holds at any instant of `[opens, closes)`."""
        return (self.start or ALWAYS) < closes and (self.until or NEVER) > opens


Instants = tuple[datetime, ...]
"""An instant in UTC in each face of the appointment."""


@value
class Stretch:
    """A time `[start, until)` through which claims say one thing of a topic without a gap."""

    start: datetime | None
    until: datetime | None
    claims: tuple[Claim, ...]
    starts_with_day: bool = False

    def find_overlap(self, other: Claim) -> Times:
        """Return when both hold, `[start, until)`; it is empty where they don't meet."""
        starts = [each for each in (self.start, other.start) if each is not None]
        ends = [each for each in (self.until, other.until) if each is not None]
        return max(starts, default=None), min(ends, default=None)


def list_claims(rule: PlannedInstruction) -> tuple[Claim, ...]:
    """Return what a rule says and when, in the order of time; nothing where it has no room."""
    dated, traits, visit = rule.dated, rule.instruction.verb.traits, rule.visit
    if not traits.restricts:
        says = Says.ALLOWS if traits.permits else Says.ASKS
        if not traits.opposes_bans or (rule.kind is Kind.UNDATED and rule.states_time):
            return ()
        return (_make_claim(rule, says, find_extent(rule)),)
    if rule.comes_without:
        opens, closes = visit.day_start(visit.day), visit.end if visit.all_day else dated.start
        early = ((opens, opens if visit.all_day else closes),) if rule.treatment.has_faces else ()
        return (Claim(rule, Says.FORBIDS, opens, closes, (*early, (opens, closes))),)
    if rule.kind is Kind.MOMENT or (dated.start is not None and dated.start == dated.until):
        return ()
    start, until, least = dated.start, dated.until, rule.shortest_end
    if rule.end is End.STATE_OR_DATE or least is None:
        return (_make_claim(rule, Says.FORBIDS, (start, until)),)
    further = None if rule.end is not End.DATE_OR_LATER or until == least else until
    return (
        _make_claim(rule, Says.FORBIDS, (start, least)),
        _make_claim(rule, Says.PERHAPS, (least, further)),
    )


def _make_claim(rule: PlannedInstruction, says: Says, times: Times) -> Claim:
    start, until = times
    if not rule.treatment.has_faces:
        return Claim(rule, says, start, until, (times,))
    starts, ends = (find_faces(rule.dated, each) for each in times)
    return Claim(rule, says, start, until, tuple(zip(starts, ends, strict=True)))


def find_faces(dated: Dated, bound: datetime | None) -> Times:
    """Return a bound for a treatment at the beginning of a day and for one at its end."""
    if bound is None:
        return None, None
    other = None
    if bound == dated.start:
        other = dated.start_otherwise
    elif bound == dated.until:
        other = dated.until_otherwise
    return (bound, bound) if other is None else (min(bound, other), max(bound, other))


def find_extent(rule: PlannedInstruction) -> Times:
    """Return when a dated rule holds, `[start, until)`; a moment holds for its instant or day.

    What is to be done by a moment holds until then.
    """
    start, until = rule.dated.start, rule.dated.until
    at = rule.instruction.window.at
    if at is None or start is None:
        return start, until
    latest = rule.dated.start_at_latest or start
    if rule.instruction.is_deadline:
        return None, start
    if is_whole_day(at):
        return start, rule.visit.day_start(rule.visit.local_date(latest) + timedelta(days=1))
    return start, latest + timedelta.resolution


def join_claims(claims: Iterable[Claim]) -> tuple[Stretch, ...]:
    """Return the stretches that claims fill without a gap, in the order of time."""
    found: list[Stretch] = []
    together: list[Claim] = []
    start: datetime | None = None
    until: datetime | None = None
    for each in sorted(claims, key=lambda claim: (claim.start is not None, claim.start)):
        if together and until is not None and each.start is not None and each.start > until:
            found.append(Stretch(start, until, tuple(together)))
            together = []
        if not together:
            start, until = each.start, each.until
        elif until is not None:
            until = None if each.until is None else max(until, each.until)
        together.append(each)
    if together:
        found.append(Stretch(start, until, tuple(together)))
    return tuple(found)
