"""Tables of bookings, and what a folder holds after a run over one."""

from __future__ import annotations

from pathlib import Path

from tests.commands.running import NOW, Outcome, Runner, put_protocol

LATER = ("--now", "2026-11-23T10:00-05:00")
HEAD = "booking,date\n"
REPORT = "batch.txt"
"""The golden file of what a run says on stderr."""


def put_table(folder: Path, text: str | bytes, name: str = "bookings.csv") -> Path:
    """Write a table; return its file."""
    file = folder / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


class Desk:
    """Runs `batch` with one small protocol, which is quick, in the zone of the worked example."""

    def __init__(self, microcare: Runner, folder: Path) -> None:
        self.microcare, self.folder = microcare, folder
        self.protocol = put_protocol(folder, "ours", language="en")
        self.out = folder / "out"

    def run(self, table: Path | str, *more: str, now: tuple[str, ...] = NOW) -> Outcome:
        """Run `batch` over a table into the one folder."""
        words = ("batch", str(table), "--out", str(self.out), *now, *more)
        return self.microcare(*words, **self.environment)

    def fill(self, text: str | bytes, *more: str, now: tuple[str, ...] = NOW) -> Outcome:
        """Run `batch` over a table of this text."""
        return self.run(put_table(self.folder, text), *more, now=now)

    @property
    def environment(self) -> dict[str, str]:
        """What the settings are made of."""
        return {
            "MICROCARE_PROTOCOL": str(self.protocol),
            "MICROCARE_TZ": "America/New_York",
        }


def read_folder(out: Path) -> dict[str, bytes]:
    """Return what is in each file of a folder, the records among them."""
    files = (each for each in out.rglob("*") if each.is_file())
    return {each.relative_to(out).as_posix(): each.read_bytes() for each in files}


def list_calendars(out: Path) -> list[str]:
    """Return the names of the calendars in a folder."""
    return sorted(each.name for each in out.glob("*.ics"))
