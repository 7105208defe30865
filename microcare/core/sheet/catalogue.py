"""An entry of the list of protocols."""

from __future__ import annotations

from microcare.core.sheet.protocol import Protocol
from microcare.core.values import value


@value
class CatalogueEntry:
    """One protocol file. `protocol` is None where the file has `problems` that keep it unused."""

    id: str
    file: str
    built_in: bool
    is_default: bool
    protocol: Protocol | None
    problems: int
