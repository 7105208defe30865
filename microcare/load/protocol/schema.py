"""The protocol language as a JSON Schema (draft 2020-12), made from the loader's own tables.

It accepts whatever the loader accepts, and more: the keys, their shapes and what goes with what
are told here, while `microcare check` reads the times, of which each key shows one example, and
the references (topics, factors, events, duplicates, what a variant extends), dates and zones. An
editor reads numbers and truth values where the loader reads text, so a text may be those here.
The empty value and YAML's `null` are one to an editor.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from microcare.core.sheet.instruction import StateRule, Strength
from microcare.core.sheet.points import TIMES_OF_DAY, DayTime
from microcare.core.sheet.protocol import DayOne
from microcare.load import keys
from microcare.load.vocabulary import load_built_in_factors, load_built_in_topics

Schema = dict[str, Any]

_ALWAYS = tuple(key for key in keys.PROTOCOL_REQUIRED if key in keys.VARIANT_REQUIRED)


def make_schema() -> Schema:
    """Return the schema of a protocol file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:microcare:protocol:{keys.LANGUAGE_VERSION}",
        "title": "microcare protocol",
        "description": "One clinic's variant of one procedure, as `microcare check` reads it.",
        **_map_schema(keys.PROTOCOL_KEYS, _protocol_values(), _ALWAYS),
        **_variant_rules(),
        "$defs": _definitions(),
    }


def _variant_rules() -> Schema:
    """Return what a protocol needs that extends another, and what one that doesn't."""
    return {
        "if": {"required": ["extends"]},
        "then": _without(("instructions",)),
        "else": {
            "required": [key for key in keys.PROTOCOL_REQUIRED if key not in _ALWAYS],
            **_without(keys.CHANGE_KEYS),
        },
    }


def _protocol_values() -> dict[str, Schema]:
    return {
        "microcare": {"enum": [keys.LANGUAGE_VERSION, int(keys.LANGUAGE_VERSION)]},
        "id": _ref("name"),
        "revised": {
            "type": "string",
            "pattern": r"^\s*[0-9]{4}-[0-9]{2}-[0-9]{2}\s*$",
            **_advice("write it like 2026-12-10"),
        },
        "language": {
            "type": ["string", "boolean"],
            "pattern": r"^\s*[A-Za-z]{2,3}([-_]([A-Za-z]{2}|[0-9]{3}))?\s*$",
            **_advice("write it like en or es-MX"),
        },
        "duration": _time("45 minutes"),
        "day-1": {"enum": [each.value for each in DayOne]},
        "clinic": _map_schema(keys.CLINIC_KEYS, {}),
        "times-of-day": _map_schema(
            keys.DAY_PART_KEYS, {name: _time(_spell(part)) for name, part in TIMES_OF_DAY.items()}
        ),
        "notes": _ref("texts"),
        "reviewed": _languages(
            {
                "type": "string",
                "pattern": r"\S[\s\S]*\s[0-9]{4}-[0-9]{2}-[0-9]{2}\s*$",
                **_advice("write a name and a date, like A. Name 2026-11-20"),
            }
        ),
        "title": _ref("said"),
        "anchors": _named_schema(_ref("said")),
        "factors": _named_schema(
            _map_schema(
                keys.FACTOR_KEYS,
                {
                    **dict.fromkeys(keys.SAID_OF_FACTORS, _ref("said")),
                    "kind": {"enum": list(keys.FACTOR_KINDS)},
                },
                keys.FACTOR_REQUIRED,
            )
        ),
        "topics": _named_schema(
            _map_schema(
                keys.TOPIC_KEYS,
                {
                    **dict.fromkeys(keys.SAID_OF_TOPICS, _ref("said")),
                    "kind": {"enum": ["medicine", "thing"]},
                    "private": _like("said", "eye drops"),
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
        "said": {"anyOf": [_ref("text"), _languages(_ref("text"))]},
        "texts": _one_or_more(_ref("text")),
        "name": {
            "type": ["string", "integer", "boolean"],
            "pattern": r"^\s*[a-z0-9]+(-[a-z0-9]+)*\s*$",
            **_advice("use small letters, digits and hyphens"),
        },
        "time": {"type": "string", "pattern": r"\S"},
        "topic": {"anyOf": [{"enum": list(load_built_in_topics())}, _ref("text")]},
        "topics": _one_or_more(_ref("topic")),
        "factor": {"anyOf": [{"enum": list(load_built_in_factors())}, _ref("text")]},
        "factors": _one_or_more(_ref("factor")),
        "condition": _condition(),
        "instruction": _instruction(),
        "instructions": {"type": "array", "minItems": 1, "items": _ref("instruction")},
    }


def _instruction() -> Schema:
    values = {
        "id": _ref("name"),
        **dict.fromkeys(keys.SAID_OF_INSTRUCTIONS, _ref("said")),
        **{
            name: _ref("factors" if each.verb.traits.screens else "topics")
            for name, each in keys.VERBS.items()
        },
        "except": _ref("topics"),
        "from": _time("48 hours before"),
        "until": _time("10 days after"),
        "for": _time("5 days"),
        "on": _time("days 2 to 7"),
        "at": _time("20 to 30 minutes before"),
        "at-least": _time("2 weeks before"),
        "until-state": _like("said", "your skin has healed"),
        "once": _like("said", "your skin has healed"),
        "until-words": _like("said", "a few days"),
        "whichever": {"enum": [StateRule.LATER.value, StateRule.EARLIER.value]},
        "if": _ref("condition"),
        "strength": {"enum": [each.value for each in Strength]},
        "amounts": _amounts(),
        **_rhythms(),
        "steps": {"type": "array", "minItems": 1, "items": _step()},
        "count": _like("text", "3 to 5"),
    }
    own_keys = [
        _rule(key, {"required": [verb]}) for verb, each in keys.VERBS.items() for key in each.own
    ]
    return {
        **_map_schema(keys.INSTRUCTION_KEYS, values, ("id",)),
        "oneOf": [{"required": [verb]} for verb in keys.VERBS],
        "allOf": [*_verb_rules(), *_time_rules(), *_course_rules(), *own_keys],
    }


def _verb_rules() -> list[Schema]:
    """Return which times each verb takes, and which it needs."""
    rules = []
    for verb, each in keys.VERBS.items():
        then = _without(key for key in keys.TIME_KEYS if key not in each.times)
        then["required"] = list(each.required)
        if verb == keys.MAY_RESUME:
            then |= _any_of(["from"], ["once"])
        rules.append(_rule(verb, then))
    return rules


def _time_rules() -> list[Schema]:
    """Return which times stand alone, and what `whichever` chooses between."""
    alone = [
        _rule(key, _without(each for each in keys.TIME_KEYS if each != key)) for key in ("at", "on")
    ]
    states = ["until", "until-state"], ["for", "until-state"], [keys.MAY_RESUME, "from", "once"]
    return [*alone, _rule("whichever", _any_of(*states)), {"not": {"required": ["for", "until"]}}]


def _amounts() -> Schema:
    """Return amounts of all the topics, or a map of them; not both in one map."""
    spf = {
        "type": ["string", "integer"],
        "pattern": r"^\s*\d{1,3}\s*$",
        "minimum": 0,
        "maximum": 999,
    }
    said = dict.fromkeys(keys.SAID_OF_AMOUNTS, _ref("said"))
    same = _map_schema(keys.AMOUNT_KEYS, {"spf-min": spf, **said})
    none_of_them = {"properties": dict.fromkeys(keys.AMOUNT_KEYS, False)}
    all_of_them = {"propertyNames": {"enum": list(keys.AMOUNT_KEYS)}}
    each = {"additionalProperties": {**same}, "anyOf": [none_of_them, all_of_them]}
    return {**same, **each}


def _step() -> Schema:
    values = {"for": _time("1 week"), **_rhythms(), "dose": _ref("said")}
    return {
        **_map_schema(keys.STEP_KEYS, values),
        "oneOf": [{"required": [key]} for key in _rhythms()],
    }


def _rhythms() -> dict[str, Schema]:
    return {"every": _time("2 hours"), "daily": _like("texts", "3 times")}


def _course_rules() -> list[Schema]:
    """Return which ways of saying how often exclude each other."""
    excluded = {"every": ("daily", "steps"), "daily": ("steps",), "steps": ("count", "at")}
    return [_rule(key, _without(others)) for key, others in excluded.items()]


def _condition() -> Schema:
    several = {"type": "array", "minItems": 1, "items": _ref("condition")}
    combined = {"all": several, "any": several, "not": _ref("condition")}
    return {
        "anyOf": [
            _ref("factor"),
            {**_object(combined), "minProperties": 1, "maxProperties": 1},
        ]
    }


def _rule(key: str, then: Schema) -> Schema:
    """Return what holds of a map where it has a key."""
    return {"if": {"required": [key]}, "then": then}


def _without(names: Iterable[str]) -> Schema:
    return {"properties": dict.fromkeys(names, False)}


def _any_of(*needed: list[str]) -> Schema:
    return {"anyOf": [{"required": each} for each in needed]}


def _map_schema(
    known: Mapping[str, str], values: Mapping[str, Schema], required: tuple[str, ...] = ()
) -> Schema:
    """Return a map whose keys are all in `known`, each with its meaning."""
    properties = {
        key: {"description": about, **values.get(key, _ref("text"))} for key, about in known.items()
    }
    found = _object(properties)
    return {**found, "required": list(required)} if required else found


def _object(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _named_schema(value: Schema) -> Schema:
    """Return a map of any short names to one kind of value."""
    return {"type": "object", "propertyNames": _ref("name"), "additionalProperties": value}


def _languages(value: Schema) -> Schema:
    """Return a map from tags of languages to one kind of value."""
    tag = {"pattern": r"^\s*[A-Za-z]{2,3}(-([A-Za-z]{2}|[0-9]{3}))?\s*$"}
    return {
        "type": "object",
        "propertyNames": tag,
        "additionalProperties": value,
        "minProperties": 1,
    }


def _one_or_more(item: Schema) -> Schema:
    """Return an item, or a list of at least one."""
    return {"anyOf": [item, {"type": "array", "minItems": 1, "items": item}]}


def _ref(name: str) -> Schema:
    """Return a reference to a definition."""
    return {"$ref": f"#/$defs/{name}"}


def _like(name: str, example: str) -> Schema:
    """Return a reference to a definition, with what an editor offers to write."""
    return {**_ref(name), "examples": [example]}


def _time(example: str) -> Schema:
    return _like("time", example)


def _spell(part: DayTime) -> str:
    """Return a part of the day as a file sets it: `12:00`, `19:00 to 21:00`."""
    return " to ".join(f"{end // 60:02}:{end % 60:02}" for end in sorted({part.least, part.most}))


def _advice(hint: str) -> Schema:
    """Return what editors say instead of quoting the pattern (a keyword of the YAML server)."""
    return {"patternErrorMessage": hint}
