"""A comparison as JSON: the contract `microcare.diff/1`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microcare.export.data.conditions import condition_data
from microcare.export.data.json_text import json_text
from microcare.wording.compare.sayings import position_words
from microcare.wording.compare.verdicts import VerdictWriter

if TYPE_CHECKING:
    from microcare.core.compare.comparison import ComparedTopic, Comparison
    from microcare.core.plan.plan import Plan
    from microcare.core.sheet.protocol import Protocol
    from microcare.wording.compare.outline import DateWriter

FORMAT = "microcare.diff/1"


def comparison_json(comparison: Comparison, plans: tuple[Plan, Plan] | None = None) -> str:
    """Return a comparison as JSON text, pure ASCII, ending in a line break.

    `plans` are the two protocols dated for one appointment; they add `appointment`, and to each
    change `left_dates` and `right_dates` in words.
    """
    writer = VerdictWriter(comparison)
    dates: list[DateWriter] = []
    data: dict[str, object] = {
        "format": FORMAT,
        "left": _protocol(comparison.left),
        "right": _protocol(comparison.right),
    }
    if plans:
        # What dates a plan is not needed to compare two sheets: start-up counts.
        from microcare.wording.compare.outline import DateWriter

        dates = [DateWriter(plan) for plan in plans]
        visit = plans[0].visit
        data["appointment"] = {
            "start": visit.local(visit.start).isoformat(),
            "timezone": visit.zone.key,
            "timezone_source": visit.zone_source,
            "all_day": visit.all_day,
        }
    data["changes"] = [_change(compared, writer, dates) for compared in comparison.compared]
    data["summary"] = {verdict.value: count for verdict, count in comparison.summary.items()}
    return json_text(data)


def _protocol(protocol: Protocol) -> dict[str, object]:
    return {"id": protocol.id, "title": protocol.title, "version": protocol.version}


def _change(
    compared: ComparedTopic, writer: VerdictWriter, dates: list[DateWriter]
) -> dict[str, object]:
    left, right = writer.told(compared)
    condition = compared.condition
    change: dict[str, object] = {
        "topic": compared.topic,
        "verb": compared.verb.value,
        "side": compared.side.value,
        "left": left.words,
        "right": right.words,
        "if": condition_data(condition) if condition is not None else None,
        "verdict": compared.verdict.value,
        "left_source": position_words(compared.left),
        "right_source": position_words(compared.right),
        "sentence": writer.sentence(compared),
    }
    for name, said, each in zip(("left", "right"), compared.sides, dates, strict=False):
        change[f"{name}_dates"] = each.said(said, compared)
    return change
