"""What a run says on stderr: each row that fails, a bar on a terminal, and the sum at the end."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from microcare.commands.batches.records import Status
from microcare.commands.batches.run import Report, Survey, Tally
from microcare.commands.batches.writing import Written
from microcare.commands.shared.output import Color, make_console, say

if TYPE_CHECKING:
    from collections.abc import Callable

_BAD = (Status.FAILED, Status.DO_NOT_TREAT)


@contextmanager
def follow_run(name: str, total: int, *, quiet: bool) -> Iterator[Report]:
    """Give what says of each row at once what is wrong with it; a quiet one says no more.

    `name` is the table's, `total` how many rows it has.
    """
    done = 0
    zones: set[str] = set()

    def report(line: int | None, written: Written) -> None:
        nonlocal done
        if line is not None:
            done += 1
            advance()
        where = f"{name}:{line}" if line is not None else name
        if written.told and (written.status in _BAD or not quiet):
            first, *others = written.told
            say(f"{where}: {first}")
            for each in others:
                say(f"  {each[0].upper()}{each[1:]}")
        if written.guessed_zone is not None and written.guessed_zone not in zones:
            zones.add(written.guessed_zone)
            if not quiet:
                say(
                    "microcare: the time zone is this machine's,"
                    f" {written.guessed_zone}; set the clinic's with MICROCARE_TZ."
                )

    with _bar(total, shown=not quiet and sys.stderr.isatty()) as advance:
        try:
            yield report
        except KeyboardInterrupt:
            rows = "1 row is" if done == 1 else f"{done} rows are"
            say(f"microcare: stopped: {rows} done; the same command goes on with the rest.")
            raise


@contextmanager
def _bar(total: int, *, shown: bool) -> Iterator[Callable[[], None]]:
    """Give what is called for each row that is done; show a bar with the rate and the time left."""
    if not shown:
        yield lambda: None
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.completed} of {task.total}"),
        BarColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    console = make_console(Color.AUTO, sys.stderr)
    with Progress(*columns, console=console, transient=True, redirect_stdout=False) as progress:
        task = progress.add_task("", total=total, rate="")

        def advance() -> None:
            speed = progress.tasks[0].speed
            progress.update(task, advance=1, rate=f"{speed:.0f} a second" if speed else "")

        yield advance


def tell_sum(name: str, survey: Survey, tally: Tally, *, cancels: bool, quiet: bool) -> None:
    """Say how a run ended, which `cancels` what is missing or doesn't.

    A quiet one says only what somebody must look after.
    """
    counts = tally.counts
    if not quiet:
        parts = {
            "written": tally.written,
            "right already": counts[Status.WRITTEN] - tally.written,
            "told twice": counts[Status.REPEATED],
            "DO NOT TREAT": counts[Status.DO_NOT_TREAT],
            "failed": counts[Status.FAILED],
        }
        listed = ", ".join(f"{number} {what}" for what, number in parts.items() if number)
        rows = "1 row" if survey.total == 1 else f"{survey.total} rows"
        say(f"microcare: {name}: {rows}{': ' if listed else ''}{listed}.")
        if tally.cancelled:
            calendars = "1 calendar" if tally.cancelled == 1 else f"{tally.cancelled} calendars"
            say(f"microcare: {calendars} cancelled: their bookings are in no row any more.")
        if (gone := tally.others[Status.GONE]) and not tally.spared:
            how = "are past and stay" if cancels else "stay"
            say(
                f"microcare: of earlier bookings {gone} {'is' if gone == 1 else 'are'} in no row"
                f" any more, and their calendars {how} as they were."
                f"{'' if cancels else ' --cancel-missing cancels them.'}"
            )
    if tally.changed:
        say(f"microcare: {name} was changed while it was read: run the command again.")
    if tally.spared:
        say("microcare: nothing was cancelled: a row that can't be read may be of any booking.")
