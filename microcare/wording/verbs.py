"""The words of the verbs in every output: one row a verb."""

from __future__ import annotations

from enum import Enum

from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.verbs import Verb
from microcare.core.values import value
from microcare.language.messages import mark, mark_as, say_as


class Tone(Enum):
    """What a row means to the patient; colour may follow it, the words already say it."""

    STOP = "stop"
    DO = "do"
    FREE = "free"
    INFO = "info"
    VISIT = "visit"


@value
class VerbWords:
    """What a verb is called, and the tone of its rows.

    They are messages: who prints one says it in its own context.
    """

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


_STOP = VerbWords(
    verb=mark_as("verb", "avoid"),
    brief=mark_as("brief", "stop"),
    tone=Tone.STOP,
    title=mark_as("verb", "avoid"),
    compared="avoid",
    sentence=mark("{since} avoid {what}"),
)

WORDS: dict[Verb, VerbWords] = {
    Verb.AVOID: _STOP,
    Verb.WAIT_SINCE: _STOP,
    Verb.TAKE: VerbWords(
        verb=mark_as("verb", "take"),
        brief=mark_as("brief", "take"),
        tone=Tone.DO,
        title=mark_as("verb", "take"),
        compared="take",
        sentence=mark("{since} take {what}"),
    ),
    Verb.USE: VerbWords(
        verb=mark_as("verb", "use"),
        brief=mark_as("brief", "use"),
        tone=Tone.DO,
        title=mark_as("verb", "use"),
        compared="use",
        sentence=mark("{since} use {what}"),
    ),
    Verb.DO: VerbWords(
        verb=mark_as("verb", "do"),
        brief=mark_as("brief", "due"),
        tone=Tone.DO,
        title=mark_as("verb", "do:"),
        compared="do",
        sentence=mark("due {at}: {what}"),
    ),
    Verb.MAY: VerbWords(
        verb=mark_as("verb", "allowed"),
        brief=mark_as("brief", "allowed"),
        tone=Tone.FREE,
        title=mark_as("verb", "allowed:"),
        compared="may",
        sentence=mark("allowed {since}: {what}"),
    ),
    Verb.EXPECT: VerbWords(
        verb=mark_as("verb", "expect"),
        brief=mark_as("brief", "expect"),
        tone=Tone.INFO,
        title=mark_as("verb", "expect"),
        compared="expect",
        sentence=mark("expect {what}"),
    ),
    Verb.ARRIVE: VerbWords(
        verb=mark_as("verb", "arrive"),
        brief=mark_as("brief", "arrive"),
        tone=Tone.DO,
        title=mark_as("verb", "arrive:"),
        compared="arrive",
        sentence=mark("arrive {at}: {what}"),
        early=mark("arrive early for your appointment"),
    ),
    Verb.TELL: VerbWords(
        verb=mark_as("verb", "tell us"),
        brief=mark_as("brief", "tell us"),
        tone=Tone.DO,
        title=mark_as("verb", "tell us:"),
        compared="tell",
        sentence=mark("tell us: {what}"),
    ),
    Verb.ARRANGE: VerbWords(
        verb=mark_as("verb", "arrange"),
        brief=mark_as("brief", "arrange"),
        tone=Tone.DO,
        title=mark_as("verb", "arrange"),
        compared="arrange",
        sentence=mark("arrange {what}"),
    ),
    Verb.SCREEN: VerbWords(
        verb=mark_as("verb", "check"),
        brief=mark_as("brief", "check"),
        tone=Tone.STOP,
        title="",
        compared="do not treat if",
        sentence=mark("check {what}"),
    ),
    Verb.CALL_IF: VerbWords(
        verb=mark_as("verb", "call us"),
        brief=mark_as("brief", "call us"),
        tone=Tone.DO,
        title=mark_as("verb", "call us about"),
        compared="call if",
        sentence=mark("call us about {what}"),
    ),
    Verb.REPEAT: VerbWords(
        verb=mark_as("verb", "repeat"),
        brief=mark_as("brief", "due"),
        tone=Tone.INFO,
        title=mark_as("verb", "due:"),
        compared="repeat",
        sentence=mark("due {at}: {what}"),
    ),
}


def verb_words(verb: Verb) -> str:
    """Return a verb before its topics, in a plan's row and of what is still in force."""
    return say_as("verb", WORDS[verb].verb)


def title_words(verb: Verb) -> str:
    """Return a verb before its topics in a calendar's title; empty where it has none."""
    return say_as("verb", WORDS[verb].title) if WORDS[verb].title else ""


def brief_words(message: str) -> str:
    """Return what stands in the column of the verbs, of a verb's `brief` or another message."""
    return say_as("brief", message)


def written_verb(instruction: Instruction) -> str:
    """Return the verb as the protocol's file has it, in words: "may resume"."""
    return say_as("file", (instruction.stated_as or instruction.verb.value).replace("-", " "))


_WRITTEN = (
    mark_as("file", "avoid"),
    mark_as("file", "wait since"),
    mark_as("file", "take"),
    mark_as("file", "use"),
    mark_as("file", "do"),
    mark_as("file", "may"),
    mark_as("file", "may resume"),
    mark_as("file", "expect"),
    mark_as("file", "arrive"),
    mark_as("file", "tell"),
    mark_as("file", "arrange"),
    mark_as("file", "screen"),
    mark_as("file", "call if"),
    mark_as("file", "repeat"),
)
"""What `written_verb` says, for the catalogues."""
