"""How a plan, a check and a diff grow with their instructions, side by side: part of make bench.

The instructions end on 60 dates, as those of a long sheet do. Each figure is the best of its
rounds in one process, with the ratio to the size before; slowness is printed, never an error.
"""

import argparse
import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from microcare.core.compare.protocols import compare_protocols
from microcare.core.plan.plan import build_plan
from microcare.core.time.appointment import make_timed_appointment
from microcare.load.check.checked_files import check_text
from microcare.load.variants.parsing import parse_protocol
from microcare.wording.compare.outline import outline_comparison
from microcare.wording.plan.outline import outline_plan

DATES = 60
START = datetime(2026, 12, 10, 19, 30, tzinfo=UTC)
VISIT = make_timed_appointment(START, ZoneInfo("America/New_York"), "")
HEAD = "microcare: 1\nid: sheet\ntitle: Peel\nprocedure: peel\nversion: 1\ninstructions:\n"
KINDS = {
    "bans on one topic": "avoid: sauna, until: {} days after",
    "duties": "use: sunscreen, from: end, until: {} days after",
}


def write_sheet(kind: str, count: int, shift: int = 0) -> str:
    """A file of so many instructions, whose ends lie `shift` days further on."""
    times = (KINDS[kind].format((7 * each + shift) % DATES + 1) for each in range(count))
    lines = (f"  - {{id: i{each}, {said}, say: Rest.}}\n" for each, said in enumerate(times))
    return HEAD + "".join(lines)


def list_tasks(kind: str, count: int) -> dict[str, Callable[[], object]]:
    """What is measured, each ready to be run."""
    text = write_sheet(kind, count)
    ours, theirs = parse_protocol(text, "a"), parse_protocol(write_sheet(kind, count, 1), "b")
    return {
        "load": lambda: parse_protocol(text, "a"),
        "plan": lambda: outline_plan(build_plan(ours, VISIT, now=START), ours.clinic),
        "check": lambda: check_text(text, "a"),
        "diff": lambda: outline_comparison(compare_protocols(ours, theirs)),
    }


def measure(sizes: list[int], rounds: int) -> None:
    """Print each task's seconds and how many times those of the size before they are."""
    for kind in KINDS:
        print(f"\n{kind + ', seconds':24}", *(f"{size:>7,}        " for size in sizes))
        tasks = [list_tasks(kind, size) for size in sizes]
        for name in tasks[0]:
            taken = [min(_time(task[name]) for _ in range(rounds)) for task in tasks]
            ratios = [f"×{now / before:<6.1f}" for before, now in pairwise(taken)]
            figures = zip(taken, ["       ", *ratios], strict=True)
            print(f"{name:24}", *(f"{seconds:7.3f} {ratio}" for seconds, ratio in figures))


def _time(task: Callable[[], object]) -> float:
    begun = time.perf_counter()
    task()
    return time.perf_counter() - begun


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measure growth.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 4000])
    parser.add_argument("--rounds", type=int, default=2)
    given = parser.parse_args()
    measure(given.sizes, given.rounds)
