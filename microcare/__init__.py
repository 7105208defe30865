"""Turn a clinic's treatment instructions into a dated, day-by-day plan.

The library's face: what other programs call. Each name is imported when it is first asked for, so
that the command line pays for none of them.
"""

from __future__ import annotations

from microcare.version import __version__

# As in `typing`, which alone takes longer to import than `--version` to answer.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from microcare.core.compare.protocols import compare_protocols
    from microcare.core.plan.plan import build_plan
    from microcare.core.time.appointment import make_timed_appointment, make_whole_day_appointment
    from microcare.export.ics.builder import build_events
    from microcare.export.ics.earlier import read_calendar
    from microcare.export.ics.replacements import next_sequence
    from microcare.export.ics.writer import calendar_bytes
    from microcare.load.library.protocols import load_protocol

__all__ = [
    "__version__",
    "build_events",
    "build_plan",
    "calendar_bytes",
    "compare_protocols",
    "load_protocol",
    "make_timed_appointment",
    "make_whole_day_appointment",
    "next_sequence",
    "read_calendar",
]

_HOMES = {
    "build_events": "microcare.export.ics.builder",
    "build_plan": "microcare.core.plan.plan",
    "calendar_bytes": "microcare.export.ics.writer",
    "compare_protocols": "microcare.core.compare.protocols",
    "load_protocol": "microcare.load.library.protocols",
    "make_timed_appointment": "microcare.core.time.appointment",
    "make_whole_day_appointment": "microcare.core.time.appointment",
    "next_sequence": "microcare.export.ics.replacements",
    "read_calendar": "microcare.export.ics.earlier",
}


def __getattr__(name: str) -> object:
    """Import a name of the face from the module that it lives in."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
