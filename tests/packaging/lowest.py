"""Print constraints.txt with every run-time dependency at its lower bound."""

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOWER_BOUND = re.compile(r"(?P<name>[\w.-]+)>=(?P<version>[^,;\s]+)")


def lower_bounds(requirements: list[str]) -> dict[str, str]:
    """The lowest allowed version of each requirement, by lower-case name."""
    bounds = {}
    for requirement in requirements:
        bound = LOWER_BOUND.match(requirement)
        if bound is None:
            sys.exit(f"{requirement!r} has no lower bound")
        bounds[bound["name"].lower()] = bound["version"]
    return bounds


def lower_constraints(constraints: str, bounds: dict[str, str]) -> list[str]:
    """The constraint lines, those of the dependencies in `bounds` lowered."""
    left = dict(bounds)
    lines = []
    for line in constraints.splitlines():
        name, pinned, _ = line.partition("==")
        low = left.pop(name.lower(), None) if pinned else None
        lines.append(line if low is None else f"{name}=={low}")
    if left:
        sys.exit(f"not in constraints.txt: {', '.join(sorted(left))}")
    return lines


if __name__ == "__main__":
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    constraints = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    print("\n".join(lower_constraints(constraints, lower_bounds(project["dependencies"]))))
