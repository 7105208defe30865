"""Turn a clinic's treatment instructions into a dated, day-by-day plan.

The library's face: what other programs call, and the values that they get. Each name is imported
when it is first asked for, so that the command line pays for none of them. Every value is frozen,
equal to another by what it says, and can be pickled; every function gives the same for the same
arguments, in any thread or process, but for the files that it reads.
"""

from __future__ import annotations

from microcare.version import __version__

# As in `typing`, which alone takes longer to import than `--version` to answer.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from microcare.commands.batches.records import Status
    from microcare.commands.batches.writing import Written, write_booking
    from microcare.commands.shared.pages import PageFormat
    from microcare.core.compare.comparison import Comparison
    from microcare.core.compare.protocols import compare_protocols
    from microcare.core.plan.last_times import LastTime
    from microcare.core.plan.plan import Plan, build_plan
    from microcare.core.sheet.problems import CheckedFile
    from microcare.core.sheet.protocol import Clinic, Protocol
    from microcare.core.time.appointment import (
        Appointment,
        make_timed_appointment,
        make_whole_day_appointment,
    )
    from microcare.export.ics.calendars import calendar_bytes
    from microcare.export.ics.events import CalendarOptions
    from microcare.load.check.checked_files import check_protocol
    from microcare.load.library.protocols import load_protocol
    from microcare.load.source.refusals import ProtocolError, Refusal

__all__ = [
    "Appointment",
    "CalendarOptions",
    "CheckedFile",
    "Clinic",
    "Comparison",
    "LastTime",
    "PageFormat",
    "Plan",
    "Protocol",
    "ProtocolError",
    "Refusal",
    "Status",
    "Written",
    "__version__",
    "build_plan",
    "calendar_bytes",
    "check_protocol",
    "compare_protocols",
    "load_protocol",
    "make_timed_appointment",
    "make_whole_day_appointment",
    "write_booking",
]

_HOMES = {
    "Appointment": "core.time.appointment",
    "CalendarOptions": "export.ics.events",
    "CheckedFile": "core.sheet.problems",
    "Clinic": "core.sheet.protocol",
    "Comparison": "core.compare.comparison",
    "LastTime": "core.plan.last_times",
    "PageFormat": "commands.shared.pages",
    "Plan": "core.plan.plan",
    "Protocol": "core.sheet.protocol",
    "ProtocolError": "load.source.refusals",
    "Refusal": "load.source.refusals",
    "Status": "commands.batches.records",
    "Written": "commands.batches.writing",
    "build_plan": "core.plan.plan",
    "calendar_bytes": "export.ics.calendars",
    "check_protocol": "load.check.checked_files",
    "compare_protocols": "core.compare.protocols",
    "load_protocol": "load.library.protocols",
    "make_timed_appointment": "core.time.appointment",
    "make_whole_day_appointment": "core.time.appointment",
    "write_booking": "commands.batches.writing",
}

if not TYPE_CHECKING:  # to a type checker a misspelt name is none

    def __getattr__(name: str) -> object:
        """Import a name of the face from the module that it lives in."""
        from importlib import import_module

        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
