"""The words of the verbs in every output: one row a verb."""

from __future__ import annotations

from enum import Enum

from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.verbs import Verb
from microcare.core.values import value


class Tone(Enum):
    """What a row means to the patient; colour may follow it, the words already say it."""

    STOP = "stop"
    DO = "do"
    FREE = "free"
    INFO = "info"
    VISIT = "visit"


@value
class VerbWords:
    """What a verb is called, and the tone of its rows."""

    verb: str
    """Before the topics: in a plan's row, and of what is still in force."""
    brief: str
    """The same in a column of its own, in a plan in brief and in the chart."""
    tone: Tone
    title: str
    """Before the topics in a calendar's title; empty where it has none."""
    compared: str
    """Before the topics in a comparison's row, of a family or one of its verbs."""
    sentence: str
    """One day's sentence on `{what}`, from an hour on (`{since}`) or at one (`{at}`)."""
    early: str | None = None
    """The whole title of a moment before the treatment begins, where it needs no topic."""


_AVOID = "{since} avoid {what}"
_TELL = "tell us: {what}"
_DUE = "due {at}: {what}"

WORDS: dict[Verb, VerbWords] = {
    Verb.AVOID: VerbWords("avoid", "stop", Tone.STOP, "avoid", "avoid", _AVOID),
    Verb.WAIT_SINCE: VerbWords("avoid", "stop", Tone.STOP, "avoid", "avoid", _AVOID),
    Verb.TAKE: VerbWords("take", "take", Tone.DO, "take", "take", "{since} take {what}"),
    Verb.USE: VerbWords("use", "use", Tone.DO, "use", "use", "{since} use {what}"),
    Verb.DO: VerbWords("do", "due", Tone.DO, "do:", "do", _DUE),
    Verb.MAY: VerbWords(
        *("allowed", "allowed", Tone.FREE, "allowed:", "may", "allowed {since}: {what}")
    ),
    Verb.EXPECT: VerbWords("expect", "expect", Tone.INFO, "expect", "expect", "expect {what}"),
    Verb.ARRIVE: VerbWords(
        *("arrive", "arrive", Tone.DO, "arrive:", "arrive", "arrive {at}: {what}"),
        early="arrive early for your appointment",
    ),
    Verb.TELL: VerbWords("tell us", "tell us", Tone.DO, "tell us:", "tell", _TELL),
    Verb.ARRANGE: VerbWords(
        *("arrange", "arrange", Tone.DO, "arrange", "arrange", "arrange {what}")
    ),
    Verb.SCREEN: VerbWords("check", "check", Tone.STOP, "", "do not treat if", "check {what}"),
    Verb.CALL_IF: VerbWords(
        *("call us", "call us", Tone.DO, "call us about", "call if", "call us about {what}")
    ),
    Verb.REPEAT: VerbWords("repeat", "due", Tone.INFO, "due:", "repeat", _DUE),
}


def written_verb(instruction: Instruction) -> str:
    """Return the verb as the protocol's file has it, in words: "may resume"."""
    return (instruction.stated_as or instruction.verb.value).replace("-", " ")
