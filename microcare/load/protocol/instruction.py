"""One entry under `instructions` to an Instruction: its verb, its times, its condition."""

from __future__ import annotations

from collections.abc import Mapping

from microcare.core.sheet.conditions import Factor
from microcare.core.sheet.instruction import Instruction, Position, Repetition, Step, Strength
from microcare.core.sheet.points import APPOINTMENT, DayTime, Point, is_numbered
from microcare.core.sheet.problems import Code, Subject
from microcare.core.sheet.protocol import DayOne
from microcare.core.sheet.verbs import Verb
from microcare.core.sheet.vocabulary import Topic
from microcare.core.values import value
from microcare.language.locales import join_any
from microcare.language.messages import mark, say, speak
from microcare.load.keys import COURSE_KEYS, MAY_RESUME, VERBS
from microcare.load.protocol.amounts import read_amounts
from microcare.load.protocol.conditions import read_condition, read_screening
from microcare.load.protocol.topics import TopicNames
from microcare.load.source.fields import Fields, Reporter
from microcare.load.times.offsets import TimeNames
from microcare.load.times.window import check_ban, read_window

_SENTENCES = {
    "avoid": mark("Avoid: {names}."),
    "wait-since": mark("Wait since: {names}."),
    "take": mark("Take: {names}."),
    "use": mark("Use: {names}."),
    "do": mark("Do: {names}."),
    "may": mark("May: {names}."),
    MAY_RESUME: mark("May resume: {names}."),
    "expect": mark("Expect: {names}."),
    "arrive": mark("Arrive: {names}."),
    "tell": mark("Tell: {names}."),
    "arrange": mark("Arrange: {names}."),
    "call-if": mark("Call if: {names}."),
    "repeat": mark("Repeat: {names}."),
}
"""What an instruction without a sentence of its own says, by its verb as it is written."""


def make_sentence(
    verb: str, about: tuple[str, ...], topics: Mapping[str, Topic], factors: Mapping[str, Factor]
) -> str:
    """Return what an instruction without a sentence says, in the language that is spoken.

    `verb` is the written one, `about` the ids of its topics, or of its factors where it screens.
    """
    if VERBS[verb].verb.traits.screens:
        return say("Not done if {names}.", names=join_any(factors[each].yes for each in about))
    return say(_SENTENCES[verb], names=", ".join(topics[each].label for each in about))


@value
class Names:
    """What the instructions of one file may name, each by its id.

    `anchors` are the events that the protocol names, `instructions` the ids of them all.
    What they say of the appointment's time of day is added to `factors`.
    """

    topics: Mapping[str, Topic]
    factors: dict[str, Factor]
    anchors: Mapping[str, str]
    instructions: frozenset[str]
    times_of_day: Mapping[str, DayTime]


class InstructionReader:
    """Reads the instructions of one file, which share a vocabulary and a numbering of days."""

    def __init__(self, *, reporter: Reporter, names: Names, day_one: DayOne | None) -> None:
        self.day_one = day_one
        self._reporter = reporter
        self._names = names
        self._topics = TopicNames(names.topics, reporter, names.factors)
        self._times = TimeNames({*names.anchors, *names.instructions}, names.times_of_day)
        self._ids: dict[str, int] = {}

    def read(self, fields: Fields) -> Instruction | None:
        """Return one instruction, None where something is wrong with it."""
        ident, mark = self._read_id(fields), fields.mark
        problems = fields.problem_count
        named = self._read_verb(fields)
        window = read_window(fields, named, self._times)
        factors = self._names.factors
        condition = read_condition(fields, "if", factors, self._times.parts)
        topics: tuple[str, ...] = ()
        # Whatever the verb, the rest is read, so that all its problems come in one go.
        verb = Verb.AVOID if named is None else VERBS[named].verb
        if verb.traits.screens:
            topics, condition = read_screening(fields, condition, factors)
        elif named is not None:
            topics = self._topics.resolve(fields.texts(named))
        self._check_numbered(fields, window.points)
        if verb.traits.restricts and window.at is not None:
            check_ban(fields, window.at, self._names.anchors, self._times)
        repetition, steps = self._read_course(fields, topics)
        instruction = Instruction(
            id=ident or "",
            verb=verb,
            topics=topics,
            text=fields.said("say") or self._make_text(named, topics),
            position=Position(mark.file or self._reporter.file, mark.line, mark.column),
            window=window,
            exceptions=self._topics.resolve(fields.texts("except")),
            stated_as=MAY_RESUME if named == MAY_RESUME else None,
            condition=condition,
            strength=_read_strength(fields, verb),
            amounts=read_amounts(fields, topics, self._topics),
            repetition=repetition,
            steps=steps,
            ask_first=fields.said("ask-first"),
            override_by=fields.said("unless-told-by"),
            call=_read_call(fields, named),
            area=fields.said("area"),
            anchor=next((p.anchor for p in window.points if p.anchor != APPOINTMENT), APPOINTMENT),
            source=fields.text("source"),
            unclear=fields.said("unclear"),
            note=fields.text("note"),
        )
        return instruction if fields.problem_count == problems else None

    def _read_course(
        self, fields: Fields, topics: tuple[str, ...]
    ) -> tuple[Repetition | None, tuple[Step, ...]]:
        if not any(key in fields for key in COURSE_KEYS):
            return None, ()
        # Only here, because few files have courses: start-up counts.
        from microcare.load.times.rhythm import read_course

        return read_course(fields, topics, self._times.parts)

    def _read_id(self, fields: Fields) -> str | None:
        fields.require(("id",), "The instruction")
        ident = fields.ident("id")
        if ident is not None and ident in self._ids:
            message = f"The id “{ident}” stands twice; the first is in line {self._ids[ident]}."
            fields.report("id", Code.DUPLICATE_ID, message, "give one of them another id")
        elif ident in self._names.anchors:
            message = f"The id “{ident}” is the name of an event under “anchors” already."
            hint = "give one of the two another name"
            about = (Subject("anchors", ident),)
            fields.report("id", Code.DUPLICATE_ID, message, hint, subjects=about)
        elif ident is not None:
            self._ids[ident] = fields.mark_of("id").line
        return ident

    def _read_verb(self, fields: Fields) -> str | None:
        verbs = [name for name in VERBS if name in fields]
        if fields.misspelt_verb is not None:
            # Reported already; what it names is looked up all the same.
            self._topics.resolve(fields.texts(fields.misspelt_verb))
            return None
        if not verbs:
            message = "The instruction says nothing to do: it has no verb."
            hint = f"verbs are {', '.join(VERBS)}"
            self._reporter.report(fields.mark, Code.UNKNOWN_VERB, message, hint)
            return None
        for extra in verbs[1:]:
            message = f"The instruction has two verbs, “{verbs[0]}” and “{extra}”."
            fields.report(extra, Code.SEVERAL_VERBS, message, "make two instructions of it")
            if not VERBS[extra].verb.traits.screens:
                self._topics.resolve(fields.texts(extra))
        return verbs[0]

    def _check_numbered(self, fields: Fields, points: tuple[Point, ...]) -> None:
        if self.day_one is None and any(map(is_numbered, points)):
            self._reporter.report(
                fields.mark,
                Code.MISSING_KEY,
                "The instruction numbers days, but the protocol doesn't say which date Day 1 is.",
                "add “day-1: treatment day”, “day-1: next day” or “day-1: unstated” at the top",
            )
            self.day_one = DayOne.UNSTATED

    def _make_text(self, named: str | None, topics: tuple[str, ...]) -> str:
        if named is None:
            return ""
        # The names are English, whatever is spoken; `translate_protocol` makes it anew.
        with speak("en"):
            return make_sentence(named, topics, self._names.topics, self._names.factors)


def _read_strength(fields: Fields, verb: Verb) -> Strength:
    stated = fields.choice("strength", [each.value for each in Strength])
    if stated is not None:
        return Strength(stated)
    return Strength.MAY if verb.traits.permits else Strength.MUST


def _read_call(fields: Fields, verb: str | None) -> str | None:
    if "call" in fields and verb is not None and "call" not in VERBS[verb].own:
        message = f"“{verb}” takes no “call”."
        fields.report("call", Code.MISPLACED_KEY, message, "it says whom to call in a “call-if”")
    return fields.said("call")
