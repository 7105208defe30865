"""A rule's time in words: what the sheet states, put together from its own words."""

from __future__ import annotations

from collections.abc import Iterable

from microcare.core.sheet.instruction import Instruction, StatedTimes, StateRule
from microcare.core.sheet.points import Offset
from microcare.core.sheet.protocol import Protocol
from microcare.wording.labels import label_anchor

_JOINTS: dict[StateRule | None, str] = {StateRule.LATER: "and", StateRule.EARLIER: "or, if sooner,"}


def rule_text(instruction: Instruction, protocol: Protocol, *, short: bool = False) -> str | None:
    """Return when an instruction holds as its sheet says it, None where it states no time.

    What a time counts from is named by its label. If `short`, no “until” stands before “by” or
    “no later than”, and a minimum interval is without “at least”.
    """
    return "".join(_parts(instruction, protocol, short=short)).lstrip(", ") or None


def _parts(instruction: Instruction, protocol: Protocol, *, short: bool) -> Iterable[str]:
    """Yield a rule's parts in their order, each with what joins it to the one before."""
    window, stated = instruction.window, instruction.window.stated
    resumes = instruction.stated_as is not None
    if stated.whole is not None:
        whole = _name_anchor(stated.whole, protocol)
        yield f" {whole}" if short or not stated.hedge else f" {stated.hedge} {whole}"
    if stated.start is not None:
        # Of what may be resumed the start is the end of the ban. "2 days before" needs no "from".
        counted = isinstance(window.until if resumes else window.start, Offset)
        alone = stated.until is None and not counted
        start = _name_anchor(stated.start, protocol)
        yield f" from {start}" if alone or stated.length is not None else f" {start}"
    if stated.until is not None:
        until = _name_anchor(stated.until, protocol)
        if stated.hedge is None:
            yield f" until {until}"
        else:
            # The hedge says by itself that this is an end.
            yield f"{',' if short else ' until'} {stated.hedge} {until}"
    if stated.length is not None:
        yield f" for {stated.length}"
    if window.until_state is not None:
        if stated != StatedTimes():
            yield f" {_JOINTS.get(window.until_rule, 'or')}"
        yield f" {'once' if resumes else 'until'} {' '.join(window.until_state.split())}"
    if window.until_words is not None:
        yield f" for {' '.join(window.until_words.split())}"


def _name_anchor(words: str, protocol: Protocol) -> str:
    """Return a time's words with the label of what they count from for its id in braces."""
    before, brace, rest = words.partition("{")
    anchor, _, after = rest.partition("}")
    return f"{before}{label_anchor(anchor, protocol)}{after}" if brace else words
