"""Files that a patient keeps: when none is written, when it was made, and what is said of it."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from microcare.commands.shared.files import Target, write_file, write_name
from microcare.commands.shared.output import say, write_bytes
from microcare.core.sheet.conditions import Answer
from microcare.load.source.refusals import DO_NOT_TREAT, Refusal

if TYPE_CHECKING:
    from microcare.commands.shared.booking import Booking
    from microcare.core.plan.plan import Plan


def refuse_guessed_zone(loaded: Booking) -> None:
    """Raise Refusal where nobody knows in which time zone the clinic is."""
    from microcare.commands.shared.settings import describe_machine_zone, knows_zone

    if not knows_zone(loaded.visit):
        zone = describe_machine_zone(loaded.visit)
        message = f"The clinic's time zone is not known: this machine's is {zone}."
        raise Refusal(message, "name it: --tz America/New_York, or set MICROCARE_TZ")


def refuse_barred(plan: Plan, kind: str, further: str = "") -> None:
    """Raise Refusal where the treatment must not be done; `kind` is what is not written then.

    `further` is said behind the hint.
    """
    # Which answer or last time it was stays out of errors: they may end up in a log.
    if plan.blocked_by:
        message = f"DO NOT TREAT: an answer rules the treatment out. No {kind} was written."
        hint = f"The command plan with the same answers says why.{further}"
        raise Refusal(message, hint, DO_NOT_TREAT)
    if plan.broken:
        from microcare.wording.plan.last_times import list_earliest

        message = f"DO NOT TREAT ON THIS DATE: it is too soon after a last time. No {kind} was"
        told = (*list_earliest(plan), "The command plan with the same --last says why.")
        raise Refusal(f"{message} written.", " ".join(told), DO_NOT_TREAT)


def read_stamp(now: datetime) -> datetime:
    """Return when a file is made: SOURCE_DATE_EPOCH where it is set, else the plan's `now`."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return now
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        message = f"SOURCE_DATE_EPOCH is “{epoch[:40]}”."
        raise Refusal(message, "set it to a number of seconds, or unset it") from None


def write_patient_file(target: Target, data: bytes, *, named: bool = True) -> str:
    """Write a file, if it is to be written; return in words what was done.

    Its name goes to stdout if it is to be `named`.
    """
    path = target.check()
    if path is None and not target.dry_run:
        write_bytes(data)
    elif path is not None and not target.dry_run:
        write_file(path, data, force=target.force)
        if named:
            write_name(path)
    return f"{'would write' if target.dry_run else 'wrote'} {'stdout' if path is None else path}"


def report_left_out(plan: Plan) -> None:
    """Say how many instructions are left out of a file, since something rules them out."""
    left_out = sum(each.applies is Answer.NO for each in plan.instructions)
    if left_out:
        what = "1 instruction" if left_out == 1 else f"{left_out} instructions"
        say(f"microcare: {what} left out, because {_ruling(plan)} rules it out.")


def _ruling(plan: Plan) -> str:
    """Return what may have settled that an instruction doesn't apply."""
    timed = [plan.protocol.factors[name].before is not None for name in plan.answers]
    if not any(timed):
        return "an answer"
    return "the appointment's time" if all(timed) else "an answer or the appointment's time"
