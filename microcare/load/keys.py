"""The keys of a protocol file and what each means: one table for the loader and its readers."""

from __future__ import annotations

from microcare.core.sheet.conditions import FactorKind
from microcare.core.sheet.verbs import Verb
from microcare.core.values import value

LANGUAGE_VERSION = "1"

MAY_RESUME = "may-resume"
"""The verb that a file may use for a ban that ends; it is kept as an `avoid`."""

TIME_KEYS = ("from", "until", "for", "on", "at", "at-least", "until-state", "once", "until-words")
"""The keys of an instruction that say when."""

COURSE_KEYS = ("every", "daily", "count", "steps")
"""The keys of an instruction that say how often."""

_COMMON_TIMES = frozenset(TIME_KEYS) - {"at-least", "once"}


@value
class WrittenVerb:
    """A verb as a file may have it: the verb that it is kept as, and what it means.

    `times` are the time keys that it takes, `required` those that it can't do without, `own` the
    further keys that no other verb takes.
    """

    verb: Verb
    means: str
    times: frozenset[str] = _COMMON_TIMES
    required: tuple[str, ...] = ()
    own: tuple[str, ...] = ()


VERBS: dict[str, WrittenVerb] = {
    "avoid": WrittenVerb(Verb.AVOID, "what the patient must not do or use"),
    "wait-since": WrittenVerb(
        Verb.WAIT_SINCE,
        "what must lie far enough back; goes with `at-least`",
        times=frozenset({"at-least"}),
        required=("at-least",),
    ),
    "take": WrittenVerb(Verb.TAKE, "a medicine to take"),
    "use": WrittenVerb(Verb.USE, "a product to use"),
    "do": WrittenVerb(Verb.DO, "something to do"),
    "may": WrittenVerb(Verb.MAY, "what is allowed, where nothing forbade it"),
    MAY_RESUME: WrittenVerb(
        Verb.AVOID,
        "what is forbidden until a time and allowed from then on",
        times=frozenset({"from", "once"}),
    ),
    "expect": WrittenVerb(Verb.EXPECT, "what the patient may notice"),
    "arrive": WrittenVerb(
        Verb.ARRIVE, "how or when to arrive", times=frozenset({"at"}), required=("at",)
    ),
    "tell": WrittenVerb(Verb.TELL, "what to tell the clinic"),
    "arrange": WrittenVerb(Verb.ARRANGE, "what to arrange, buy or bring"),
    "screen": WrittenVerb(
        Verb.SCREEN, "patient factors with which the treatment is not done", times=frozenset()
    ),
    "call-if": WrittenVerb(Verb.CALL_IF, "when to call the clinic", own=("call",)),
    "repeat": WrittenVerb(Verb.REPEAT, "a follow-up or a series", times=frozenset({"at"})),
}

PROTOCOL_KEYS: dict[str, str] = {
    "microcare": "version of this language: 1",
    "id": "short name, as in `--protocol clinic-a`: small letters, digits and hyphens",
    "extends": "the protocol that this one is a variant of: its id, or its file's path from here",
    "title": "what a patient calls the treatment",
    "procedure": "the treatment, in one word or a few",
    "version": "the clinic's version of its protocol; a new one for each change",
    "revised": "date of the last revision, YYYY-MM-DD",
    "language": "language of the sentences, like `en` or `es-MX`",
    "reviewed": "who checked the translations, and when: `{es: A. Name 2026-11-20}`",
    "time-zone": "the clinic's time zone, like `America/New_York`",
    "duration": "how long an appointment takes, like `45 minutes`",
    "day-1": "which date “Day 1” is: `treatment day`, `next day` or `unstated`",
    "clinic": "whom to ask: `name`, `phone`, `address`",
    "times-of-day": "what the parts of the day are here, like `evening: 19:00 to 21:00`",
    "document": "the clinic's own document that `source` refers to",
    "notes": "list of remarks for staff on the whole protocol",
    "anchors": "events at the appointment that times may count from, each with its label",
    "factors": "patient factors of this protocol's own",
    "topics": "topics of this protocol's own, or more about known ones",
    "instructions": "the statements of the sheet, one by one",
    "remove": "in a variant, ids of instructions to leave out",
    "replace": "in a variant, instructions that stand for those with the same ids",
    "add": "in a variant, further instructions",
}
PROTOCOL_REQUIRED = ("microcare", "id", "title", "procedure", "version", "instructions")

CHANGE_KEYS = ("remove", "replace", "add")
"""What a variant has instead of `instructions`."""

VARIANT_REQUIRED = ("microcare", "id", "extends", "version")
"""What a variant can't take from its base."""

CLINIC_KEYS: dict[str, str] = {
    "name": "name of the clinic",
    "phone": "phone number that patients call",
    "address": "where the clinic is",
}

DAY_PART_KEYS: dict[str, str] = {
    "morning": "the morning, else 06:00 to 12:00",
    "noon": "noon, else 12:00",
    "afternoon": "the afternoon, else 12:00 to 18:00",
    "evening": "the evening, else 18:00 to 22:00",
    "night": "the night, else 18:00 to 24:00",
    "bedtime": "when people go to bed, else 22:00",
    "waking": "the hours awake, a range, else 08:00 to 22:00",
}

FACTOR_KEYS: dict[str, str] = {
    "yes": "how it reads after “if” when it is so: `you are prone to cold sores`",
    "no": "how it reads after “if” when it is not so",
    "short": "`yes` in a few words; left out, `yes`: `prone to cold sores`",
    "name": "its last words, by which lists call it: `warts` of `you have warts`",
    "ask": "the front desk's question",
    "kind": "`trait` of the patient, `option` of the treatment, or `symptom` that comes later",
}
FACTOR_KINDS = (FactorKind.TRAIT.value, FactorKind.OPTION.value, FactorKind.SYMPTOM.value)
FACTOR_REQUIRED = ("yes", "no", "ask")

TOPIC_KEYS: dict[str, str] = {
    "label": "what a patient reads",
    "short": "the label in a few words; left out, the label",
    "synonyms": "list of other names and brands",
    "part-of": "list of the groups that hold this topic",
    "members": "list of the topics that this group holds",
    "kind": "`medicine` or `thing`",
    "private": "what a calendar's titles call it, like `eye drops`; `no` where they may name it",
}

INSTRUCTION_KEYS: dict[str, str] = {
    "id": "short name, unlike any other in the file: small letters, digits and hyphens",
    **{name: each.means for name, each in VERBS.items()},
    "except": "topics that the instruction leaves out of a group it names",
    "from": "when it begins: `48 hours before`, `day 2`; for `may-resume`, when it is allowed",
    "until": "when it ends, that day included: `10 days after`, `start`",
    "for": "instead of `until`, how long it lasts: `5 days`, `up to 2 weeks`",
    "on": "the days, hours or part of a day on which it holds: `days 2 to 7`, `the evening before`",
    "at": "the moment at which it happens: `20 to 30 minutes before`, `21:00 the day before`",
    "at-least": "with `wait-since`, the shortest time allowed: `2 weeks before`, `… and after`",
    "until-state": "the state that ends it: `your skin has healed`",
    "once": "with `may-resume`, the state from which it is allowed",
    "whichever": "which of a time and a state counts: `later` or `earlier`; left out, unstated",
    "until-words": "an end that the sheet leaves vague: `a few days`",
    "if": "a factor or `appointment before 10:30`, `not` one, or `all`, `any`, `not` with them",
    "say": "the sentence for the patient",
    "strength": "`must` (as when left out), `should` or `may`",
    "amounts": "what is counted beside time: `dose`, `daily-max`, …, or a map of these per topic",
    "every": "how often: `2 hours`, `day`; behind it `while awake`, `as needed`, `in turn`",
    "daily": "how often a day: `3 times`, or when: `[08:00, bedtime]`; behind it `as needed`",
    "steps": "a course that changes: a list of maps, one after another",
    "count": "how many times in all: `3 to 5`",
    "ask-first": "whom the patient asks before following it: `the doctor who prescribes it`",
    "unless-told-by": "who may lift it: `your surgeon`",
    "call": "with `call-if`, whom to call instead of the clinic: `the emergency number`",
    "area": "the part of the body, where the sheet limits it to one",
    "source": "the place in the clinic's document",
    "unclear": "what the sheet leaves open to the patient, in one sentence: a footnote of plans",
    "note": "a remark for staff: what is ambiguous and which reading was taken",
}

AMOUNT_KEYS: dict[str, str] = {
    "spf-min": "sun protection factor, at least",
    "dose": "how much, in the sheet's words",
    "daily-max": "the most in a day, in the sheet's words",
    "threshold": "from which value a symptom counts: `above 38 °C`",
}

SAID_OF_AMOUNTS = ("dose", "daily-max", "threshold")
SAID_OF_FACTORS = ("yes", "no", "short", "name", "ask")
SAID_OF_TOPICS = ("label", "short", "private")
SAID_OF_INSTRUCTIONS = (
    *("say", "until-state", "once", "until-words", "ask-first", "unless-told-by", "call", "area"),
    "unclear",
)
"""The keys whose texts patients read, each a text or one in each language.

So are `title`, the labels under `anchors` and the `dose` of a step.
"""

STEP_KEYS: dict[str, str] = {
    "for": "how long the step lasts: `1 week`; the last may leave it out",
    "every": "how often, as for the instruction",
    "daily": "how often a day, as for the instruction",
    "dose": "how much in this step, where it isn't the instruction's own `dose`",
}
