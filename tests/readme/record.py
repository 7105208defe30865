"""Write the present output into the README's examples and tables: make readme-record.

An example that still matches keeps its elisions; one that does not gets its whole output.
"""

import tempfile
from pathlib import Path

from tests.readme.examples import README, find_examples, matches, run_examples
from tests.readme.reference import REFERENCE, fill_tables


def record_examples(text: str, folder: Path) -> tuple[str, list[int]]:
    """The README with the present output, and the lines of the commands that changed."""
    lines = text.splitlines()
    examples = find_examples(text)
    outputs = run_examples(examples, folder)
    changed = []
    for example, output in reversed(list(zip(examples, outputs, strict=True))):
        if not matches(example.shown, output):
            lines[example.start : example.end] = output
            changed.append(example.line)
    return "\n".join(lines) + "\n", changed[::-1]


if __name__ == "__main__":
    reference = fill_tables(REFERENCE.read_text(encoding="utf-8"))
    REFERENCE.write_text(reference, encoding="utf-8", newline="\n")
    with tempfile.TemporaryDirectory() as name:
        recorded, changed_lines = record_examples(README.read_text(encoding="utf-8"), Path(name))
    README.write_text(recorded, encoding="utf-8", newline="\n")
    for line in changed_lines:
        print(f"README.md:{line}: recorded anew; shorten it with a line `...` where it is long")
