"""The `amounts` of an instruction: for all of its topics, or for each its own."""

from __future__ import annotations

import re

from microcare.core.sheet.instruction import Amounts
from microcare.core.sheet.problems import Code, Subject
from microcare.load.keys import AMOUNT_KEYS
from microcare.load.protocol.topics import TopicNames
from microcare.load.source.fields import Fields
from microcare.load.source.nodes import Mapping
from microcare.load.source.refusals import PhraseError, quote


def read_amounts(fields: Fields, topics: tuple[str, ...], names: TopicNames) -> Amounts | None:
    """Return what an instruction about some topics counts beside time; problems are reported.

    A map whose values are maps has the amounts of each topic.
    """
    node = fields.node_of("amounts")
    inner = {
        key: value
        for key, (_, value) in (node.entries.items() if isinstance(node, Mapping) else ())
        if isinstance(value, Mapping) and key not in AMOUNT_KEYS
    }
    if not inner or not isinstance(node, Mapping):
        same = fields.mapping("amounts", AMOUNT_KEYS)
        return _read_one(same) if same is not None else None
    found: dict[str, Amounts] = {}
    for key, (name, value) in node.entries.items():
        if not isinstance(value, Mapping) or key in AMOUNT_KEYS:
            message = f"{quote(key)} stands beside amounts of single topics."
            hint = "give every topic its own amounts, or all of them the same"
            fields.reporter.report(name.mark, Code.MISPLACED_KEY, message, hint)
            continue
        amounts = _read_one(Fields(value, AMOUNT_KEYS, fields.reporter))
        for topic in names.resolve(((name.text.strip(), name.mark),)):
            about = tuple(Subject("topics", each) for each in (topic, *topics))
            if topic not in topics:
                message = f"The instruction doesn't name {quote(key)}."
                named = f"it names {', '.join(topics)}" if topics else None
                fields.reporter.report(name.mark, Code.BAD_VALUE, message, named, subjects=about)
            elif topic in found:
                message = f"{quote(key)} is another name of “{topic}”, whose amounts stand above."
                hint = "write them once"
                fields.reporter.report(name.mark, Code.BAD_VALUE, message, hint, subjects=about)
            found.setdefault(topic, amounts)
    return Amounts(by_topic=tuple(found.items()))


def _read_one(amounts: Fields) -> Amounts:
    return Amounts(
        amounts.parsed("spf-min", _parse_spf),
        amounts.said("dose"),
        amounts.said("daily-max"),
        amounts.said("threshold"),
    )


def _parse_spf(text: str) -> int:
    if re.fullmatch(r"[0-9]{1,3}", text) is None:
        raise PhraseError(f"{quote(text)} is no sun protection factor; write a number like 30.")
    return int(text)
