"""A rule's time in words: what the sheet states, put together from its own words."""

from __future__ import annotations

from collections.abc import Iterable

from microcare.core.sheet.instruction import Instruction, StatedTimes, StateRule
from microcare.core.sheet.points import Offset

_JOINTS: dict[StateRule | None, str] = {StateRule.LATER: "and", StateRule.EARLIER: "or, if sooner,"}


def rule_text(instruction: Instruction, *, short: bool = False) -> str | None:
    """Return when an instruction holds as its sheet says it, None where it states no time.

    If `short`, no “until” stands before “by” or “no later than”, and a minimum interval is
    without “at least”.
    """
    return "".join(_parts(instruction, short=short)).lstrip(", ") or None


def _parts(instruction: Instruction, *, short: bool) -> Iterable[str]:
    """Yield a rule's parts in their order, each with what joins it to the one before."""
    window, stated = instruction.window, instruction.window.stated
    resumes = instruction.stated_as is not None
    if stated.whole is not None:
        yield f" {stated.whole}" if short or not stated.hedge else f" {stated.hedge} {stated.whole}"
    if stated.start is not None:
        # Of what may be resumed the start is the end of the ban. "2 days before" needs no "from".
        counted = isinstance(window.until if resumes else window.start, Offset)
        alone = stated.until is None and not counted
        yield f" from {stated.start}" if alone or stated.length is not None else f" {stated.start}"
    if stated.until is not None:
        if stated.hedge is None:
            yield f" until {stated.until}"
        else:
            # The hedge says by itself that this is an end.
            yield f"{',' if short else ' until'} {stated.hedge} {stated.until}"
    if stated.length is not None:
        yield f" for {stated.length}"
    if window.until_state is not None:
        if stated != StatedTimes():
            yield f" {_JOINTS.get(window.until_rule, 'or')}"
        yield f" {'once' if resumes else 'until'} {' '.join(window.until_state.split())}"
    if window.until_words is not None:
        yield f" for {' '.join(window.until_words.split())}"
