"""The tables of protocols/README.md, made from the loader's own tables: make readme-record.

A comment `<!-- keys: protocol -->` is followed by the table it names, up to a blank line.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from microcare.core.sheet.problems import Code
from microcare.load.keys import (
    AMOUNT_KEYS,
    CLINIC_KEYS,
    DAY_PART_KEYS,
    FACTOR_KEYS,
    FACTOR_REQUIRED,
    INSTRUCTION_KEYS,
    PROTOCOL_KEYS,
    PROTOCOL_REQUIRED,
    STEP_KEYS,
    TOPIC_KEYS,
    VERBS,
)

REFERENCE = Path(__file__).parents[2] / "protocols" / "README.md"
_PLACE = re.compile(r"<!-- (keys: \w+|codes) -->\n(?:\n?\|[^\n]*\n(?:\|[^\n]*\n)*)?")


def fill_tables(text: str) -> str:
    """The reference with every table as the loader knows it."""
    return _PLACE.sub(lambda found: f"<!-- {found[1]} -->\n\n{_TABLES[found[1]]()}\n", text)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _keys(keys: Mapping[str, str], required: tuple[str, ...] = ()) -> str:
    rows = [(f"`{key}`{' *' if key in required else ''}", about) for key, about in keys.items()]
    return _table(("key (* required)" if required else "key", "means"), rows)


def _instruction_keys() -> str:
    return _keys({key: about for key, about in INSTRUCTION_KEYS.items() if key not in VERBS})


def _maps() -> str:
    rows = [
        (f"`{name}`", f"`{key}`", about)
        for name, keys in {
            "clinic": CLINIC_KEYS,
            "times-of-day": DAY_PART_KEYS,
            "factors": FACTOR_KEYS,
            "topics": TOPIC_KEYS,
            "amounts": AMOUNT_KEYS,
            "steps": STEP_KEYS,
        }.items()
        for key, about in keys.items()
    ]
    assert FACTOR_REQUIRED == ("yes", "no", "ask")
    return _table(("under", "key", "means"), rows)


def _codes() -> str:
    rows = [(f"`{code.value}`", code.severity.value, _MEANINGS[code]) for code in Code]
    return _table(("code", "is", "means"), rows)


_MEANINGS: dict[Code, str] = {
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
    Code.BAN_AT_MOMENT: "what is forbidden is forbidden at one moment, other than the start",
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
    Code.UNTOLD: "a plan would tell the sentence of an instruction nowhere",
    Code.CONFLICT: "instructions about one topic contradict each other",
    Code.CONTRADICTED_MAY: "a `may` allows what another instruction forbids",
    Code.NO_EFFECT: "`except` leaves out every topic that the instruction names",
    Code.IDLE_EXCEPTION: "`except` leaves out what the instruction doesn't cover anyway",
    Code.OVER_DAILY_MAX: "a day's doses come to more than the instruction's own `daily-max`",
    Code.OTHER_SIDE: "an instruction lies before the treatment, its section after it, or turned",
    Code.OTHER_TIME: "the sentence says another length, time or rhythm than the rule",
    Code.OTHER_SPF: "the sentence says another sun protection factor than `spf-min`",
    Code.OTHER_DOSE: "the sentence says another dose, limit or temperature than `amounts`",
    Code.OTHER_TOTAL: "the sentence says another number in all than the course has",
    Code.OTHER_MEDICINE: "the sentence names a medicine that the topics don't",
    Code.STATE_FOR_A_DAY: "a ban of the day says how to come: it would end as “fine again”",
    Code.ONE_DATE_MORE: "days are counted from a part of a day, and so reach one date further",
    Code.NO_SENTENCE: "an instruction has no sentence (`say`) for the patient",
    Code.NO_SOURCE: "an instruction has no `source`, though others have or a `document` is named",
    Code.UNUSED_FACTOR: "a factor is described, and nothing depends on it",
    Code.UNUSED_ANCHOR: "an event is named, and no time counts from it",
    Code.UNUSED_TOPIC: "a topic is described, and no instruction names it, a group or a member",
    Code.KNOWN_TOPIC: "a topic of the file's own takes a name of a known one",
    Code.CONDITIONAL_ANCHOR: "a time counts from an instruction that holds only if something is so",
    Code.UNTRANSLATED: "a text has no translation into a language that others have one into",
    Code.UNREVIEWED: "a file is translated into a language, and nobody has checked it",
    Code.LONG_SENTENCE: "a sentence is long",
    Code.HARD_WORDS: "a sentence has hard words, and reads above the sixth grade",
}

_TABLES: dict[str, Callable[[], str]] = {
    "keys: protocol": lambda: _keys(PROTOCOL_KEYS, PROTOCOL_REQUIRED),
    "keys: verbs": lambda: _keys({name: each.means for name, each in VERBS.items()}),
    "keys: instruction": _instruction_keys,
    "keys: maps": _maps,
    "codes": _codes,
}
