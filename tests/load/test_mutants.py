"""Both clinics' files, broken in hundreds of ways: each ends in a plan or in problems."""

from __future__ import annotations

from contextlib import suppress
from random import Random

import pytest

from microcare.load.check.checked_files import check_text
from microcare.load.library.folders import decode_text, find_built_in_folder
from microcare.load.source.refusals import ProtocolError
from tests.mutants import LONG, check_outcome, lies_within, mutant

FILES = {
    name: (find_built_in_folder() / f"{name}.yaml").read_bytes()
    for name in ("clinic-a", "clinic-b")
}
HUNDREDS = 100 if LONG else 2
"""Of each file; one half with lines and letters out of place, one half with bytes."""

ODD_BYTES = (
    b"\x00",
    b"\xff",
    b"\xc3",
    b"\xe2\x80\xae",
    b"\r",
    b"\t",
    b"&a ",
    b"*a ",
    b"? ",
    b"{",
    b"- ",
)


def byte_mutant(data: bytes, seed: int) -> bytes:
    """Return a file with runs of its bytes dropped, doubled, swapped or added to, or cut off."""
    random = Random(seed)  # noqa: S311 - a fixed seed, no secret
    for _ in range(random.randint(1, 3)):
        here, there = sorted(random.randrange(len(data) + 1) for _ in range(2))
        run = here + random.randint(1, 40)
        match random.randrange(5):
            case 0:
                data = data[:here] + data[run:]
            case 1:
                data = data[:run] + data[here:]
            case 2:
                data = data[:here] + data[there : there + run - here] + data[run:]
            case 3:
                data = data[:here] + random.choice(ODD_BYTES) + data[here:]
            case _:
                data = data[: max(there, 1)]
    return data


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("hundred", range(HUNDREDS))
def test_no_accident_ends_in_a_traceback(name: str, hundred: int) -> None:
    """A hundred mutants from fixed seeds: a plan of all instructions, or problems with places."""
    whole = FILES[name].decode()
    for seed in range(hundred * 100, hundred * 100 + 100):
        if seed % 2:
            check_outcome(mutant(whole, seed))
        else:
            with suppress(ProtocolError):
                check_outcome(decode_text(byte_mutant(FILES[name], seed), "mutant.yaml"))


@pytest.mark.parametrize("name", FILES)
def test_check_warns_of_a_mutant_within_the_file(name: str) -> None:
    """What is still a protocol is checked for doubts, each of which lies in the file."""
    whole = FILES[name].decode()
    for seed in range(1500 if LONG else 60):
        text = mutant(whole, seed)
        for each in check_text(text, "mutant.yaml", reading_level=True):
            assert lies_within(text, each.line, each.column), (seed, each)
