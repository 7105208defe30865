"""The protocol language as a JSON Schema (draft 2020-12), made from the loader's own tables.

It accepts whatever the loader accepts. What it can't tell is left to `microcare check`:
references (topics, factors, events, duplicates, what a variant extends), times that contradict
each other, and dates and zones that don't exist. An editor reads numbers and truth values where
the loader reads text, so a text may be those here. The empty value and YAML's `null` are one to
an editor.
"""

from __future__ import annotations

from microcare.core.sheet.factors import BUILT_IN_FACTORS
from microcare.core.sheet.instruction import StateRule, Strength
from microcare.core.sheet.protocol import DayOne
from microcare.core.sheet.topics import BUILT_IN_TOPICS
from microcare.core.sheet.verbs import Verb
from microcare.load.keys import (
    AMOUNT_KEYS,
    CHANGE_KEYS,
    CLINIC_KEYS,
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
    VERBS,
)
from microcare.load.protocol.schema_shapes import (
    Schema,
    advice,
    map_schema,
    named_schema,
    one_or_more,
    pattern_schema,
    ref,
)
from microcare.load.protocol.schema_times import (
    BLANK,
    daily,
    days,
    every,
    interval,
    length,
    part_of_day,
    point,
    quantity,
    time_of_day,
)
from microcare.load.times.rhythm import MOST_A_DAY

_ALWAYS = tuple(key for key in PROTOCOL_REQUIRED if key in VARIANT_REQUIRED)


def protocol_schema() -> Schema:
    """Return the schema of a protocol file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:microcare:protocol:{LANGUAGE_VERSION}",
        "title": "microcare protocol",
        "description": "One clinic's variant of one procedure, as `microcare check` reads it.",
        **map_schema(PROTOCOL_KEYS, _protocol_values(), _ALWAYS),
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
        "id": ref("name"),
        "revised": {
            "type": "string",
            "pattern": rf"^{BLANK}[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}{BLANK}$",
            **advice("write it like 2026-12-10"),
        },
        "duration": ref("length"),
        "day-1": {"enum": [each.value for each in DayOne]},
        "clinic": map_schema(CLINIC_KEYS, {}),
        "times-of-day": map_schema(DAY_PART_KEYS, dict.fromkeys(DAY_PART_KEYS, ref("part-of-day"))),
        "notes": ref("texts"),
        "anchors": named_schema(ref("text")),
        "factors": named_schema(
            map_schema(
                FACTOR_KEYS,
                {"kind": {"enum": list(FACTOR_KINDS)}},
                FACTOR_REQUIRED,
            )
        ),
        "topics": named_schema(
            map_schema(
                TOPIC_KEYS,
                {
                    "kind": {"enum": ["medicine", "thing"]},
                    "synonyms": ref("texts"),
                    "part-of": ref("topics"),
                    "members": ref("topics"),
                },
            )
        ),
        "remove": one_or_more(ref("text")),
        **dict.fromkeys(("instructions", "replace", "add"), ref("instructions")),
    }


def _definitions() -> dict[str, Schema]:
    return {
        "text": {"type": ["string", "number", "boolean"], "pattern": r"\S"},
        "texts": one_or_more(ref("text")),
        "name": {
            "type": ["string", "integer", "boolean"],
            "pattern": rf"^{BLANK}[a-z0-9]+(-[a-z0-9]+)*{BLANK}$",
            **advice("use small letters, digits and hyphens"),
        },
        "topics": one_or_more({"anyOf": [{"enum": list(BUILT_IN_TOPICS)}, ref("text")]}),
        "factor": {"anyOf": [{"enum": list(BUILT_IN_FACTORS)}, ref("text")]},
        "factors": one_or_more(ref("factor")),
        "condition": _condition(),
        "length": pattern_schema(quantity(), "write it like “45 minutes”"),
        "lasting": pattern_schema(length(), "write it like “5 days” or “up to 48 hours”"),
        "time": pattern_schema(
            point(), "write it like “48 hours before”, “day 2” or “21:00 the day before”"
        ),
        "days": pattern_schema(days(), "write it like “treatment day” or “days 2 to 7”"),
        "interval": pattern_schema(
            interval(), "write it like “2 weeks before” or “… before and after”"
        ),
        "every": pattern_schema(every(), "write it like “2 hours”, “day” or “3 hours while awake”"),
        "daily": {
            "anyOf": [
                {"type": "integer", "minimum": 1, "maximum": MOST_A_DAY},
                pattern_schema(daily(), "write it like “3 times” or “08:00 and bedtime”"),
                {"type": "array", "minItems": 1, "items": ref("time-of-day")},
            ]
        },
        "time-of-day": pattern_schema(time_of_day(), "write it like “08:00”, “9 pm” or “evening”"),
        "part-of-day": pattern_schema(part_of_day(), "write it like “22:30” or “19:00 to 21:00”"),
        "instruction": _instruction(),
        "instructions": {"type": "array", "minItems": 1, "items": ref("instruction")},
    }


def _instruction() -> Schema:
    values = {
        "id": ref("name"),
        **{
            name: ref("factors" if each.verb.traits.screens else "topics")
            for name, each in VERBS.items()
        },
        "except": ref("topics"),
        "from": ref("time"),
        "until": ref("time"),
        "for": ref("lasting"),
        "on": ref("days"),
        "at": ref("time"),
        "at-least": ref("interval"),
        "whichever": {"enum": [StateRule.LATER.value, StateRule.EARLIER.value]},
        "if": ref("condition"),
        "strength": {"enum": [each.value for each in Strength]},
        "amounts": _amounts(),
        "every": ref("every"),
        "daily": ref("daily"),
        "steps": {"type": "array", "minItems": 1, "items": _step()},
        "count": {
            "type": ["string", "integer"],
            "pattern": rf"^{BLANK}\d{{1,3}}( ?(to|-|–) ?\d{{1,3}})?{BLANK}$",
            "minimum": 1,
            "maximum": 999,
            **advice("write “3” or “3 to 5”"),
        },
    }
    return {
        **map_schema(INSTRUCTION_KEYS, values, ("id",)),
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
    for verb, each in VERBS.items():
        then: Schema = {
            "properties": {key: False for key in TIME_KEYS if key not in each.times},
            "required": list(each.required),
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
                {"required": ["for", "until-state"]},
                {"required": [MAY_RESUME, "from", "once"]},
            ]
        },
    }
    return [*alone, choice, {"not": {"required": ["for", "until"]}}]


def _amounts() -> Schema:
    """Return amounts of all the topics, or a map of them; not both in one map."""
    spf = {
        "type": ["string", "integer"],
        "pattern": rf"^{BLANK}\d{{1,3}}{BLANK}$",
        "minimum": 0,
        "maximum": 999,
    }
    same = map_schema(AMOUNT_KEYS, {"spf-min": spf})
    none_of_them = {"properties": dict.fromkeys(AMOUNT_KEYS, False)}
    all_of_them = {"propertyNames": {"enum": list(AMOUNT_KEYS)}}
    each = {"additionalProperties": {**same}, "anyOf": [none_of_them, all_of_them]}
    return {**same, **each}


def _step() -> Schema:
    values = {"for": ref("length"), "every": ref("every"), "daily": ref("daily")}
    either = [{"required": [key], "properties": {other: False}} for key, other in _EITHER]
    return {**map_schema(STEP_KEYS, values), "oneOf": either}


_EITHER = (("every", "daily"), ("daily", "every"))


def _course_rules() -> list[Schema]:
    """Return which ways of saying how often exclude each other."""
    excluded = {"every": ("daily", "steps"), "daily": ("steps",), "steps": ("count", "at")}
    return [
        {"if": {"required": [key]}, "then": {"properties": dict.fromkeys(others, False)}}
        for key, others in excluded.items()
    ]


def _condition() -> Schema:
    several = {"type": "array", "minItems": 1, "items": ref("condition")}
    combined = {"all": several, "any": several, "not": ref("condition")}
    return {
        "anyOf": [
            ref("factor"),
            {
                "type": "object",
                "properties": combined,
                "additionalProperties": False,
                "minProperties": 1,
                "maxProperties": 1,
            },
        ]
    }
