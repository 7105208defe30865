"""What each code of a problem means."""

from __future__ import annotations

from microcare.core.sheet.problems import Code

MEANINGS: dict[Code, str] = {
    Code.UNREADABLE: "there is no such file, or it may not be read",
    Code.NOT_TEXT: "the file is not UTF-8 text",
    Code.TOO_LARGE: "the file is larger than any protocol",
    Code.TOO_DEEP: "lists and maps are nested too deep",
    Code.YAML: "the file is not valid YAML",
    Code.ALIAS: "a YAML alias (`*name`) refers to nothing, contains itself, or spells out too much",
    Code.TAG: "a YAML tag (`!name`) has no meaning here",
    Code.DUPLICATE_KEY: "a key stands twice in one map",
    Code.DUPLICATE_ID: "two instructions have one id, or a variant changes one twice",
    Code.MISSING_KEY: "a key that is needed is missing",
    Code.UNKNOWN_KEY: "the language has no such key, or not in this place",
    Code.WRONG_SHAPE: "a text stands where a list or a map belongs, or the other way round",
    Code.EMPTY: "a key has no value",
    Code.BAD_VALUE: "the value is none that the key takes",
    Code.BAD_TIME: "a time can't be read, counts down, or is absurdly long",
    Code.IMPOSSIBLE_TIME: "a window ends before it begins, whatever the date",
    Code.UNKNOWN_VERB: "the instruction has no verb, or a misspelt one",
    Code.SEVERAL_VERBS: "the instruction has more than one verb",
    Code.MISPLACED_KEY: "a key that the verb doesn't take, or that another key excludes",
    Code.UNKNOWN_TOPIC: "no topic has this name",
    Code.UNKNOWN_FACTOR: "no factor has this name",
    Code.UNKNOWN_ANCHOR: "a time counts from an event that `anchors` doesn't name",
    Code.UNKNOWN_INSTRUCTION: "a variant changes an instruction that its base doesn't have",
    Code.UNUSABLE_BASE: "the protocol that a variant extends can't be found, read or used",
    Code.CYCLE: "topics, times or protocols hold, await or extend each other in a circle",
    Code.TOO_MANY_DOSES: "a course has more than 1,000 doses, or goes on for many years",
    Code.CONFLICT: "instructions about one topic contradict each other",
    Code.CONTRADICTED_MAY: "a `may` allows what another instruction forbids",
    Code.NO_EFFECT: "`except` leaves out every topic that the instruction names",
    Code.IDLE_EXCEPTION: "`except` leaves out what the instruction doesn't cover anyway",
    Code.OVER_DAILY_MAX: "a day's doses come to more than the instruction's own `daily-max`",
    Code.NO_SENTENCE: "an instruction has no sentence (`say`) for the patient",
    Code.NO_SOURCE: "an instruction has no `source`, though others have or a `document` is named",
    Code.UNUSED_FACTOR: "a factor is described, and nothing depends on it",
    Code.UNUSED_ANCHOR: "an event is named, and no time counts from it",
    Code.UNUSED_TOPIC: "a topic is described, and no instruction names it, a group or a member",
    Code.KNOWN_TOPIC: "a topic of the file's own takes a name of a known one",
    Code.CONDITIONAL_ANCHOR: "a time counts from an instruction that holds only if something is so",
    Code.LONG_SENTENCE: "a sentence is long",
    Code.HARD_WORDS: "a sentence has hard words",
}
"""What each code means, for the reference."""
