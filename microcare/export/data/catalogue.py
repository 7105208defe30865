"""The list of protocols as JSON: `microcare.protocols/1`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from microcare.export.data.json_text import json_text

if TYPE_CHECKING:
    from microcare.core.sheet.catalogue import CatalogueEntry
    from microcare.core.sheet.protocol import Protocol


def sheet_data(protocol: Protocol | None) -> dict[str, object]:
    """Return what a head says of its sheet: the document, its revision, the remarks for staff."""
    return {
        "document": protocol.document if protocol else None,
        "revised": protocol.revised.isoformat() if protocol and protocol.revised else None,
        "notes": list(protocol.notes) if protocol else None,
    }


def _find_base(entry: CatalogueEntry) -> str | None:
    extends = entry.protocol.extends if entry.protocol else None
    return extends.base.id if extends else None


def catalogue_json(entries: Iterable[CatalogueEntry]) -> str:
    """Return the list as JSON text, pure ASCII, ending in a line break."""
    listed = [
        {
            "id": entry.id,
            "title": entry.protocol.title if entry.protocol else None,
            "procedure": entry.protocol.procedure if entry.protocol else None,
            "version": entry.protocol.version if entry.protocol else None,
            "instructions": len(entry.protocol.instructions) if entry.protocol else None,
            "file": entry.file,
            "built_in": entry.built_in,
            "default": entry.is_default,
            "problems": entry.problems,
            "extends": _find_base(entry),
            **sheet_data(entry.protocol),
        }
        for entry in entries
    ]
    return json_text({"format": "microcare.protocols/1", "protocols": listed})
