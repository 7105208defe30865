"""The codes of what `check` doubts in a file of one instruction and, if need be, some more."""

from __future__ import annotations

from microcare.load.check.checked_files import check_text
from tests.samples import HEADER

_HEAD = f"{HEADER}day-1: next day\ninstructions:\n"


def doubts(rule: str, say: str, *more: str) -> list[str]:
    """Return the codes about an instruction with a rule and a sentence; `more` are others."""
    lines = (
        f"  - {{id: i{n}, {each}}}\n" for n, each in enumerate((f'{rule}, say: "{say}"', *more))
    )
    found = check_text(_HEAD + "".join(lines), "sample.yaml")
    return [each.code.value for each in found]
