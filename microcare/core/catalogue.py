"""An entry of the list of protocols."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from microcare.core.model import Protocol


@dataclass(frozen=True, slots=True)
class Entry:
    """One protocol file. `protocol` is None where the file has `problems` that keep it unused."""

    id: str
    file: str
    built_in: bool
    is_default: bool
    protocol: Protocol | None
    problems: int
