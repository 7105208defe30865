"""How a desk is set up as JSON: `microcare.config/1`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microcare.core.sheet.desk import OpenSpan
from microcare.export.data.json_text import json_text
from microcare.wording.dates import WEEKDAYS, opening_hours

if TYPE_CHECKING:
    from microcare.core.sheet.desk import Desk, Found


def desk_json(desk: Desk) -> str:
    """Return the settings as JSON text, pure ASCII, ending in a line break."""
    listed = [
        {
            "name": each.name,
            "value": _value(each.found),
            "source": each.source,
            "flag": each.flag,
            "variable": each.variable,
            "problem": each.problem,
        }
        for each in desk.settings
    ]
    data = {
        "format": "microcare.config/1",
        "file": desk.file,
        "exists": desk.exists,
        "settings": listed,
        "unknown": list(desk.unknown),
    }
    return json_text(data)


def _value(found: Found) -> object:
    if found is None or isinstance(found, str):
        return found
    return [_span(each) if isinstance(each, OpenSpan) else str(each) for each in found]


def _span(span: OpenSpan) -> dict[str, str]:
    opens, _, closes = opening_hours([span]).partition(" ")[2].partition("-")
    return {"weekday": WEEKDAYS[span.weekday].lower(), "opens": opens, "closes": closes}
