"""The protocol language as a JSON Schema (draft 2020-12), made from the loader's own tables.

It accepts whatever the loader accepts. What it can't tell is left to `microcare check`:
references (topics, factors, events, duplicates, what a variant extends), times that contradict
each other, and dates and zones that don't exist. An editor reads numbers and truth values where
the loader reads text, so a text may be those here. The empty value and YAML's `null` are one to
an editor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from microcare.core.factors import BUILT_IN_FACTORS
from microcare.core.model import DayOne, StateRule, Strength, Verb
from microcare.core.topics import BUILT_IN_TOPICS
from microcare.load.keys import (
    AMOUNT_KEYS,
    CHANGE_KEYS,
    CLINIC_KEYS,
    COMMON_TIMES,
    DAY_PART_KEYS,
    FACTOR_KEYS,
    FACTOR_KINDS,
    FACTOR_REQUIRED,
    INSTRUCTION_KEYS,
    LANGUAGE_VERSION,
    MAY_RESUME,
    PROTOCOL_KEYS,
    PROTOCOL_REQUIRED,
    STEP_KEYS,
    TIME_KEYS,
    TOPIC_KEYS,
    VARIANT_REQUIRED,
    VERB_REQUIRED,
    VERB_TIMES,
    VERBS,
)
from microcare.load.phrases import NUMBER_WORDS, TREATMENT_NAMES, UNIT_NAMES
from microcare.load.rhythm import FLAGS, MOST_A_DAY, TIMES_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

Schema = dict[str, Any]

_ALWAYS = tuple(key for key in PROTOCOL_REQUIRED if key in VARIANT_REQUIRED)
_BLANK = r"\s*"
_GAP = r"\s+"
_REST = r"[\s\S]*"
_DASH = "[-–—]"


def protocol_schema() -> Schema:
    """Return the schema of a protocol file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:microcare:protocol:{LANGUAGE_VERSION}",
        "title": "microcare protocol",
        "description": "One clinic's variant of one procedure, as `microcare check` reads it.",
        **_map(PROTOCOL_KEYS, _protocol_values(), _ALWAYS),
        **_variant_rules(),
        "$defs": _definitions(),
    }


def _variant_rules() -> Schema:
    """Return what a protocol needs that extends another, and what one that doesn't."""
    return {
        "if": {"required": ["extends"]},
        "then": {"properties": {"instructions": False}},
        "else": {
            "required": [key for key in PROTOCOL_REQUIRED if key not in _ALWAYS],
            "properties": dict.fromkeys(CHANGE_KEYS, False),
        },
    }


def _protocol_values() -> dict[str, Schema]:
    return {
        "microcare": {"enum": [LANGUAGE_VERSION, int(LANGUAGE_VERSION)]},
        "id": _ref("name"),
        "revised": {
            "type": "string",
            "pattern": rf"^{_BLANK}[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}{_BLANK}$",
            **_advice("write it like 2026-12-10"),
        },
        "duration": _ref("length"),
        "day-1": {"enum": [each.value for each in DayOne]},
        "clinic": _map(CLINIC_KEYS, {}),
        "times-of-day": _map(DAY_PART_KEYS, dict.fromkeys(DAY_PART_KEYS, _ref("part-of-day"))),
        "notes": _ref("texts"),
        "anchors": _named(_ref("text")),
        "factors": _named(
            _map(
                FACTOR_KEYS,
                {"kind": {"enum": list(FACTOR_KINDS)}},
                FACTOR_REQUIRED,
            )
        ),
        "topics": _named(
            _map(
                TOPIC_KEYS,
                {
                    "kind": {"enum": ["medicine", "thing"]},
                    "synonyms": _ref("texts"),
                    "part-of": _ref("topics"),
                    "members": _ref("topics"),
                },
            )
        ),
        "remove": _one_or_more(_ref("text")),
        **dict.fromkeys(("instructions", "replace", "add"), _ref("instructions")),
    }


def _definitions() -> dict[str, Schema]:
    return {
        "text": {"type": ["string", "number", "boolean"], "pattern": r"\S"},
        "texts": _one_or_more(_ref("text")),
        "name": {
            "type": ["string", "integer", "boolean"],
            "pattern": rf"^{_BLANK}[a-z0-9]+(-[a-z0-9]+)*{_BLANK}$",
            **_advice("use small letters, digits and hyphens"),
        },
        "topics": _one_or_more({"anyOf": [{"enum": list(BUILT_IN_TOPICS)}, _ref("text")]}),
        "factor": {"anyOf": [{"enum": list(BUILT_IN_FACTORS)}, _ref("text")]},
        "factors": _one_or_more(_ref("factor")),
        "condition": _condition(),
        "length": _pattern(_length(), "write it like “45 minutes”"),
        "time": _pattern(_time(), "write it like “48 hours before”, “day 2” or “start”"),
        "days": _pattern(_days(), "write it like “treatment day” or “days 2 to 7”"),
        "interval": _pattern(_offset(), "write it like “2 weeks before”"),
        "every": _pattern(_every(), "write it like “2 hours”, “day” or “3 hours while awake”"),
        "daily": {
            "anyOf": [
                {"type": "integer", "minimum": 1, "maximum": MOST_A_DAY},
                _pattern(_daily(), "write it like “3 times” or “08:00 and bedtime”"),
                {"type": "array", "minItems": 1, "items": _ref("time-of-day")},
            ]
        },
        "time-of-day": _pattern(_day_time(), "write it like “08:00”, “9 pm” or “evening”"),
        "part-of-day": _pattern(
            rf"{_clock()}({_BLANK}({_word('to')}|{_DASH}){_BLANK}{_clock()})?",
            "write it like “22:30” or “19:00 to 21:00”",
        ),
        "instruction": _instruction(),
        "instructions": {"type": "array", "minItems": 1, "items": _ref("instruction")},
    }


def _instruction() -> Schema:
    values = {
        "id": _ref("name"),
        **dict.fromkeys(VERBS, _ref("topics")),
        Verb.SCREEN.value: _ref("factors"),
        "except": _ref("topics"),
        "from": _ref("time"),
        "until": _ref("time"),
        "on": _ref("days"),
        "at": _ref("time"),
        "at-least": _ref("interval"),
        "whichever": {"enum": [StateRule.LATER.value, StateRule.EARLIER.value]},
        "if": _ref("condition"),
        "strength": {"enum": [each.value for each in Strength]},
        "amounts": _amounts(),
        "every": _ref("every"),
        "daily": _ref("daily"),
        "steps": {"type": "array", "minItems": 1, "items": _step()},
        "count": {
            "type": ["string", "integer"],
            "pattern": rf"^{_BLANK}\d{{1,3}}( ?(to|-|–) ?\d{{1,3}})?{_BLANK}$",
            "minimum": 1,
            "maximum": 999,
            **_advice("write “3” or “3 to 5”"),
        },
    }
    return {
        **_map(INSTRUCTION_KEYS, values, ("id",)),
        "oneOf": [{"required": [verb]} for verb in VERBS],
        "allOf": [
            *_verb_rules(),
            *_time_rules(),
            *_course_rules(),
            {"if": {"required": ["call"]}, "then": {"required": [Verb.CALL_IF.value]}},
        ],
    }


def _verb_rules() -> list[Schema]:
    """Return which times each verb takes, and which it needs."""
    rules = []
    for verb in VERBS:
        allowed = VERB_TIMES.get(verb, COMMON_TIMES)
        then: Schema = {
            "properties": {key: False for key in TIME_KEYS if key not in allowed},
            "required": list(VERB_REQUIRED.get(verb, ())),
        }
        if verb == MAY_RESUME:
            then["anyOf"] = [{"required": ["from"]}, {"required": ["once"]}]
        rules.append({"if": {"required": [verb]}, "then": then})
    return rules


def _time_rules() -> list[Schema]:
    """Return which times stand alone, and what `whichever` chooses between."""
    alone = [
        {
            "if": {"required": [key]},
            "then": {"properties": {other: False for other in TIME_KEYS if other != key}},
        }
        for key in ("at", "on")
    ]
    choice = {
        "if": {"required": ["whichever"]},
        "then": {
            "anyOf": [
                {"required": ["until", "until-state"]},
                {"required": [MAY_RESUME, "from", "once"]},
            ]
        },
    }
    return [*alone, choice]


def _amounts() -> Schema:
    """Return amounts of all the topics, or a map of them; not both in one map."""
    spf = {
        "type": ["string", "integer"],
        "pattern": rf"^{_BLANK}\d{{1,3}}{_BLANK}$",
        "minimum": 0,
        "maximum": 999,
    }
    same = _map(AMOUNT_KEYS, {"spf-min": spf})
    none_of_them = {"properties": dict.fromkeys(AMOUNT_KEYS, False)}
    all_of_them = {"propertyNames": {"enum": list(AMOUNT_KEYS)}}
    each = {"additionalProperties": {**same}, "anyOf": [none_of_them, all_of_them]}
    return {**same, **each}


def _step() -> Schema:
    values = {"for": _ref("length"), "every": _ref("every"), "daily": _ref("daily")}
    either = [{"required": [key], "properties": {other: False}} for key, other in _EITHER]
    return {**_map(STEP_KEYS, values), "oneOf": either}


_EITHER = (("every", "daily"), ("daily", "every"))


def _course_rules() -> list[Schema]:
    """Return which ways of saying how often exclude each other."""
    excluded = {"every": ("daily", "steps"), "daily": ("steps",), "steps": ("count", "at")}
    return [
        {"if": {"required": [key]}, "then": {"properties": dict.fromkeys(others, False)}}
        for key, others in excluded.items()
    ]


def _condition() -> Schema:
    several = {"type": "array", "minItems": 1, "items": _ref("condition")}
    combined = {"all": several, "any": several, "not": _ref("condition")}
    return {
        "anyOf": [
            _ref("factor"),
            {
                "type": "object",
                "properties": combined,
                "additionalProperties": False,
                "minProperties": 1,
                "maxProperties": 1,
            },
        ]
    }


# The words of times, in any case: JSON Schema has no flag for it.


def _time() -> str:
    visit = "|".join(map(_word, sorted(TREATMENT_NAMES)))
    the = rf"({_word('the')}{_GAP})?"
    named = "|".join(
        (
            *map(_word, ("start", "end", "day before", "day after", "next day")),
            rf"({visit}){_GAP}{_word('day')}",
            rf"{_word('days')}?{_GAP}\d{{1,3}}",
        )
    )
    of_visit = rf"{_GAP}{_word('of')}{_GAP}{the}({visit})"
    return rf"({the}(({named})({of_visit})?|{_word('day')}{of_visit})|{_offset()})"


def _days() -> str:
    until = rf"{_BLANK}({_word('to')}|{_DASH}){_BLANK}\d{{1,3}}"
    on = rf"{_GAP}{_word('on')}({_word('ward')}[sS]?)?"
    return rf"({_time()}|{_word('days')}?{_GAP}\d{{1,3}}({until}|{_BLANK}\+|{on})?)"


def _offset() -> str:
    hedge = "|".join(map(_word, ("at least", "up to", "within")))
    relation = "|".join(map(_word, ("before", "after", "prior to")))
    wish = rf",{_GAP}{_word('if possible')}{_GAP}{_REST}"
    return rf"(({hedge}){_GAP})?{_quantity()}{_GAP}({relation})({_GAP}{_REST}|{wish})?"


def _quantity() -> str:
    number = "|".join((r"\d{1,6}", *map(_word, NUMBER_WORDS)))
    between = rf"({_word('to')}|{_word('or')}|{_DASH})"
    return rf"({number})({_BLANK}{between}{_BLANK}({number}))?{_BLANK}({_unit()})"


def _length() -> str:
    return _quantity()


def _clock() -> str:
    """Return a clock time: `08:00`, `9 pm`; `9:00` may be morning or afternoon."""
    half = rf"{_BLANK}[aApP]\.?[mM]\.?"
    short = r"(0?[1-9]|1[0-2])"
    return rf"(([01]\d|2[0-3]):[0-5]\d|24:00|{short}(:[0-5]\d)?{half})"


def _day_time() -> str:
    part = "|".join(map(_word, DAY_PART_KEYS))
    lead = "|".join(map(_word, ("at", "in")))
    return rf"(({lead}){_GAP})?({_clock()}|({_word('the')}{_GAP})?({part}))"


def _every() -> str:
    flag = "|".join(map(_word, FLAGS))
    interval = rf"{_quantity()}|{_unit()}|{_word('other day')}"
    return rf"({interval})({_BLANK},?{_GAP}({flag}))*"


def _daily() -> str:
    number = "|".join((r"\d{1,3}", *map(_word, (*TIMES_WORDS, *NUMBER_WORDS))))
    between = rf"({_word('to')}|{_word('or')}|{_DASH})"
    a_day = rf"({_GAP}({_word('a')}|{_word('per')}){_GAP}{_word('day')})?"
    times = rf"({_GAP}({_word('times')}|{_word('time')}))?"
    count = rf"({number})({_BLANK}{between}{_BLANK}({number}))?{times}{a_day}"
    gap = rf"({_BLANK},?{_GAP}{_word('and')}{_GAP}|{_BLANK},{_BLANK})"
    clocks = rf"{_day_time()}({gap}{_day_time()})*"
    return rf"({count}|{clocks})({_BLANK},?{_GAP}{_word('as needed')})?"


def _unit() -> str:
    return rf"({'|'.join(map(_word, UNIT_NAMES))})[sS]?"


def _word(words: str) -> str:
    """Return a pattern of words in any case, any white space between them."""
    letters = (f"[{each.upper()}{each}]" if each.isalpha() else _GAP for each in words)
    return "".join(letters)


def _pattern(pattern: str, hint: str, types: list[str] | None = None) -> Schema:
    kinds = types or ["string"]
    kind = kinds[0] if len(kinds) == 1 else kinds
    return {"type": kind, "pattern": f"^{_BLANK}{pattern}{_BLANK}$", **_advice(hint)}


def _advice(hint: str) -> Schema:
    """Return what editors say instead of quoting the pattern (a keyword of the YAML server)."""
    return {"patternErrorMessage": hint}


# Shapes


def _map(
    keys: Mapping[str, str], values: Mapping[str, Schema], required: tuple[str, ...] = ()
) -> Schema:
    properties = {
        key: {"description": about, **values.get(key, _ref("text"))} for key, about in keys.items()
    }
    found: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**found, "required": list(required)} if required else found


def _named(value: Schema) -> Schema:
    return {"type": "object", "propertyNames": _ref("name"), "additionalProperties": value}


def _one_or_more(item: Schema) -> Schema:
    return {"anyOf": [item, {"type": "array", "minItems": 1, "items": item}]}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}
