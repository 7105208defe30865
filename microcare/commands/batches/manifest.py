"""The manifest of a folder: a line of JSON for each row, and for each booking that is in none."""

from __future__ import annotations

import json
from pathlib import Path

from microcare.commands.batches.reasons import Reason
from microcare.commands.batches.records import RECORDS
from microcare.commands.batches.writing import Written
from microcare.commands.shared.files import UNFINISHED_ENDING
from microcare.load.source.refusals import Refusal

MANIFEST = "manifest.jsonl"
FORMAT = "microcare.batch/1"


def manifest_line(written: Written, line: int | None) -> bytes:
    """Return what a manifest says of a booking; no answer is in it, and no word of the row.

    `line` is that of its row, None where it has none any more.
    """
    data = {
        "format": FORMAT,
        "line": line,
        # What is refused as a reference may be anything, a formula for a spreadsheet among them.
        "booking": None if written.reason is Reason.BOOKING else written.booking or None,
        "status": written.status.value,
        "files": [{"name": name, "sha256": digest} for name, digest in written.files.items()],
        "events": written.events,
        "hash": written.digest or None,
        "reason": written.reason.value if written.reason is not None else None,
    }
    return f"{json.dumps(data)}\n".encode()


def sweep_folder(out: Path) -> None:
    """Take away what processes that were killed have left unfinished.

    Raises Refusal where something else bears the name of the manifest, or that of the records.
    """
    manifest, records = out / MANIFEST, out / RECORDS
    if manifest.exists() and not manifest.is_file():
        raise Refusal(f"{manifest} is not a file.", "move it away")
    if records.exists() and not records.is_dir():
        raise Refusal(f"{records} is not a folder.", "move it away")
    for folder in (out, out / RECORDS):
        for left in folder.glob(f".*{UNFINISHED_ENDING}"):
            if left.name != RECORDS and left.is_file():
                left.unlink(missing_ok=True)
