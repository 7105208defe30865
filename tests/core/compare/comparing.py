"""Two protocols of a few lines each, compared, and the rows in short."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from microcare.core.compare.protocols import compare_protocols
from tests.samples import protocol

if TYPE_CHECKING:
    from microcare.core.compare.comparison import ComparedTopic, Comparison
    from microcare.core.sheet.protocol import Protocol


SAME, LEFT, RIGHT, DIFFERS = "same", "left-stricter", "right-stricter", "differs"


def compare(left: str, right: str, header: str = "", other_header: str | None = None) -> Comparison:
    """Return two protocols compared, each given as its instructions."""
    other = header if other_header is None else other_header
    return compare_protocols(_read(left, header), _read(right, other))


def _read(instructions: str, header: str) -> Protocol:
    """Return a protocol of instructions on a line each, which get ids of their own."""
    lines = [line.strip() for line in instructions.strip().splitlines()]
    return protocol(
        "\n".join(f"- {{id: i{place}, {line}}}" for place, line in enumerate(lines)), header
    )


def found(comparison: Comparison) -> list[str]:
    """Return the rows in short: `before avoid sun: same`."""
    return [
        f"{row.side.value} {row.verb.value} {row.topic}: {row.verdict.value}"
        for row in comparison.compared
    ]


def verdict(left: str, right: str, header: str = "") -> str:
    """Return the verdict on one topic that both protocols speak of once."""
    (row,) = compare(left, right, header).compared
    return row.verdict.value


def mirrored(row: ComparedTopic) -> ComparedTopic:
    """Return a row with its two sides exchanged."""
    return replace(row, left=row.right, right=row.left, verdict=row.verdict.mirrored)
