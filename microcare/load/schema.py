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
from microcare.load.rhythm import MOST_A_DAY
from microcare.load.schema_times import (
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

if TYPE_CHECKING:
    from collections.abc import Mapping

Schema = dict[str, Any]

_ALWAYS = tuple(key for key in PROTOCOL_REQUIRED if key in VARIANT_REQUIRED)


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
            "pattern": rf"^{BLANK}[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}{BLANK}$",
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
            "pattern": rf"^{BLANK}[a-z0-9]+(-[a-z0-9]+)*{BLANK}$",
            **_advice("use small letters, digits and hyphens"),
        },
        "topics": _one_or_more({"anyOf": [{"enum": list(BUILT_IN_TOPICS)}, _ref("text")]}),
        "factor": {"anyOf": [{"enum": list(BUILT_IN_FACTORS)}, _ref("text")]},
        "factors": _one_or_more(_ref("factor")),
        "condition": _condition(),
        "length": _pattern(quantity(), "write it like “45 minutes”"),
        "lasting": _pattern(length(), "write it like “5 days” or “up to 48 hours”"),
        "time": _pattern(
            point(), "write it like “48 hours before”, “day 2” or “21:00 the day before”"
        ),
        "days": _pattern(days(), "write it like “treatment day” or “days 2 to 7”"),
        "interval": _pattern(interval(), "write it like “2 weeks before” or “… before and after”"),
        "every": _pattern(every(), "write it like “2 hours”, “day” or “3 hours while awake”"),
        "daily": {
            "anyOf": [
                {"type": "integer", "minimum": 1, "maximum": MOST_A_DAY},
                _pattern(daily(), "write it like “3 times” or “08:00 and bedtime”"),
                {"type": "array", "minItems": 1, "items": _ref("time-of-day")},
            ]
        },
        "time-of-day": _pattern(time_of_day(), "write it like “08:00”, “9 pm” or “evening”"),
        "part-of-day": _pattern(part_of_day(), "write it like “22:30” or “19:00 to 21:00”"),
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
        "for": _ref("lasting"),
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
            "pattern": rf"^{BLANK}\d{{1,3}}( ?(to|-|–) ?\d{{1,3}})?{BLANK}$",
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


def _pattern(pattern: str, hint: str, types: list[str] | None = None) -> Schema:
    kinds = types or ["string"]
    kind = kinds[0] if len(kinds) == 1 else kinds
    return {"type": kind, "pattern": f"^{BLANK}{pattern}{BLANK}$", **_advice(hint)}


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
