"""A rule's time in words: what the sheet states, put together from its own words."""

from __future__ import annotations

from collections.abc import Iterable

from microcare.core.sheet.instruction import Instruction, StatedTimes, StateRule
from microcare.core.sheet.points import Offset

_UNTIL = "until"
_JOINTS: dict[StateRule | None, str] = {StateRule.LATER: "and", StateRule.EARLIER: "or, if sooner,"}
_LATEST = ("by ", "no later than ")
"""How a sheet's words begin that say by themselves that they are an end."""


def rule_text(instruction: Instruction, *, short: bool = False) -> str | None:
    """Return when an instruction holds as its sheet says it, None where it states no time.

    If `short`, no “until” stands before “by” or “no later than”.
    """
    said = ""
    for lead, words in _parts(instruction):
        doubled = short and lead == _UNTIL and words.startswith(_LATEST)
        text = words if doubled or not lead else f"{lead} {words}"
        said = f"{said}{',' if doubled else ''} {text}" if said else text
    return said or None


def _parts(instruction: Instruction) -> Iterable[tuple[str, str]]:
    """Yield a rule's parts in their order: the word that leads in, and the sheet's own."""
    window, stated = instruction.window, instruction.window.stated
    resumes = instruction.stated_as is not None
    if stated.whole is not None:
        yield "", stated.whole
    if stated.start is not None:
        # Of what may be resumed the start is the end of the ban. "2 days before" needs no "from".
        counted = isinstance(window.until if resumes else window.start, Offset)
        alone = stated.until is None and not counted
        yield "from" if alone or stated.length is not None else "", stated.start
    if stated.until is not None:
        yield _UNTIL, stated.until
    if stated.length is not None:
        yield "for", stated.length
    if window.until_state is not None:
        if stated != StatedTimes():
            yield "", _JOINTS.get(window.until_rule, "or")
        yield "once" if resumes else _UNTIL, " ".join(window.until_state.split())
    if window.until_words is not None:
        yield "for", " ".join(window.until_words.split())
