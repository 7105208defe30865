"""Find the circles in which modules import each other: make imports.

Every import counts, lazy and type-only ones too: a circle is a circle for whoever reads it.
"""

import sys
from graphlib import CycleError, TopologicalSorter


def find_circle(imports: dict[str, set[str]]) -> list[str]:
    """Return modules of which each imports the next and the last is the first; none: empty."""
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        # It names them from the imported to the importing one.
        return list(reversed(error.args[1]))
    return []


def main() -> int:
    """Print a circle of the package, if there is one; return the exit code."""
    import grimp  # it comes with import-linter, which the tests alone don't need

    graph = grimp.build_graph("microcare")
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    circle = find_circle(imports)
    if circle:
        print("These modules import each other in a circle:", *circle, sep="\n  ")
    return 1 if circle else 0


if __name__ == "__main__":
    sys.exit(main())
