"""A rule's time in words: what the sheet states, put together from its own words."""

from __future__ import annotations

from collections.abc import Iterable

from microcare.core.sheet.instruction import Instruction, StatedTimes, StateRule
from microcare.core.sheet.points import Length, Offset
from microcare.core.sheet.protocol import Protocol
from microcare.language.messages import say, speaks_english
from microcare.wording.labels import label_anchor


def rule_text(instruction: Instruction, protocol: Protocol, *, short: bool = False) -> str | None:
    """Return when an instruction holds as its sheet says it, None where it states no time.

    What a time counts from is named by its label. If `short`, no “until” stands before “by” or
    “no later than”, and a minimum interval is without “at least”.
    """
    parts = _parts(instruction, protocol, short=short)
    if not speaks_english():
        parts = _tell_parts(instruction, protocol)
    return "".join(parts).lstrip(", ") or None


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
    yield from _tell_open_end(instruction)


def _tell_parts(instruction: Instruction, protocol: Protocol) -> Iterable[str]:
    """Yield the parts of a rule in a language that its sheet's words are not in."""
    # No plan in English needs it.
    from microcare.wording.stated import (
        tell_length,
        tell_point,
        tell_resumption,
        tell_start,
        tell_whole,
    )

    window, stated = instruction.window, instruction.window.stated
    resumes = instruction.stated_as is not None
    if stated.whole is not None:
        yield f" {tell_whole(instruction, protocol)}"
    if stated.start is not None and resumes and window.until is not None:
        yield f" {tell_resumption(window.until, protocol)}"
    elif stated.start is not None and window.start is not None:
        yield f" {tell_start(window.start, protocol)}"
    if stated.until is not None and window.until is not None:
        yield " " + say("until {time}", time=tell_point(window.until, protocol))
    if stated.length is not None and isinstance(window.until, Length | Offset):
        yield " " + say("for {length}", length=tell_length(window.until))
    yield from _tell_open_end(instruction)


def _tell_open_end(instruction: Instruction) -> Iterable[str]:
    """Yield a rule's end that is a state, or so vague that it stays words."""
    window, resumes = instruction.window, instruction.stated_as is not None
    if window.until_state is not None:
        state = " ".join(window.until_state.split())
        told = say("once {state}", state=state) if resumes else say("until {state}", state=state)
        if window.stated == StatedTimes():
            yield f" {told}"
        elif window.until_rule is StateRule.LATER:
            yield " " + say("and {end}", end=told)
        elif window.until_rule is StateRule.EARLIER:
            yield " " + say("or, if sooner, {end}", end=told)
        else:
            yield " " + say("or {end}", end=told)
    if window.until_words is not None:
        yield " " + say("for {words}", words=" ".join(window.until_words.split()))


def _name_anchor(words: str, protocol: Protocol) -> str:
    """Return a time's words with the label of what they count from for its id in braces."""
    before, brace, rest = words.partition("{")
    anchor, _, after = rest.partition("}")
    return f"{before}{label_anchor(anchor, protocol)}{after}" if brace else words
