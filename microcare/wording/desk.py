"""The settings of a desk in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microcare.core.sheet.desk import OpenSpan
from microcare.wording.dates import opening_hours

if TYPE_CHECKING:
    from microcare.core.sheet.desk import DeskSetting


def setting_words(setting: DeskSetting) -> str:
    """Return what a setting is, and where that comes from: "clinic-b (from your configuration)".

    Hours and dates are as `config set` takes them.
    """
    found = setting.found
    if not found:
        words = "built-in ones only" if setting.source == "default" else "not set"
        words = "no text" if setting.problem else words
    elif isinstance(found, str):
        words = found
    else:
        spans = [each for each in found if isinstance(each, OpenSpan)]
        words = opening_hours(spans) if spans else ", ".join(map(str, found))
    return f"{words} ({setting.by})" if setting.by else words
