"""The shapes of which the JSON Schema is made: maps, lists, texts of one form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from microcare.load.protocol.schema_times import BLANK

if TYPE_CHECKING:
    from collections.abc import Mapping

Schema = dict[str, Any]


def map_schema(
    keys: Mapping[str, str], values: Mapping[str, Schema], required: tuple[str, ...] = ()
) -> Schema:
    """Return a map whose keys are all in `keys`, each with its meaning."""
    properties = {
        key: {"description": about, **values.get(key, ref("text"))} for key, about in keys.items()
    }
    found: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**found, "required": list(required)} if required else found


def named_schema(value: Schema) -> Schema:
    """Return a map of any short names to one kind of value."""
    return {"type": "object", "propertyNames": ref("name"), "additionalProperties": value}


def one_or_more(item: Schema) -> Schema:
    """Return an item, or a list of at least one."""
    return {"anyOf": [item, {"type": "array", "minItems": 1, "items": item}]}


def ref(name: str) -> Schema:
    """Return a reference to a definition."""
    return {"$ref": f"#/$defs/{name}"}


def pattern_schema(pattern: str, hint: str, types: list[str] | None = None) -> Schema:
    """Return a text of one form; `types` are the JSON types that it may have."""
    kinds = types or ["string"]
    kind = kinds[0] if len(kinds) == 1 else kinds
    return {"type": kind, "pattern": f"^{BLANK}{pattern}{BLANK}$", **advice(hint)}


def advice(hint: str) -> Schema:
    """Return what editors say instead of quoting the pattern (a keyword of the YAML server)."""
    return {"patternErrorMessage": hint}
