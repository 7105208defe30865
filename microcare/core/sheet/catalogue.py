"""An entry of the list of protocols."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microcare.core.values import value

if TYPE_CHECKING:
    from microcare.core.sheet.protocol import Protocol


@value
class CatalogueEntry:
    """One protocol file. `protocol` is None where the file has `problems` that keep it unused."""

    id: str
    file: str
    built_in: bool
    is_default: bool
    protocol: Protocol | None
    problems: int
