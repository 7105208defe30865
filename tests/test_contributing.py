"""CONTRIBUTING.md names files and functions: each of them is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
# `phrase.py: parse_when`; a path is from the root, from the package, or the end of one.
NAMED = re.compile(r"`([\w/.]+\.(?:py|csv|toml|md))(?:: (\w+)(?:\.(\w+))?)?`")
FILES = [
    *(file for file in ROOT.iterdir() if file.is_file()),
    *(file for name in ("microcare", "protocols", "tests") for file in (ROOT / name).rglob("*.*")),
]


def definitions(file: Path) -> set[str]:
    """Return the names of a module's functions, classes, methods and constants."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    stored = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    return {node.name for node in nodes} | stored


def test_every_file_and_function_that_is_named_is_there() -> None:
    """A route through the house that leads into a wall helps nobody."""
    wrong = []
    for found in NAMED.finditer(GUIDE):
        path, *names = found.groups()
        if "NAME" in path:  # it stands for any
            continue
        files = [file for file in FILES if file.as_posix().endswith(f"/{path}")]
        defined = {name for file in files if file.suffix == ".py" for name in definitions(file)}
        if not files or not {name for name in names if name} <= defined:
            wrong.append(found[0])
    assert wrong == []


def test_every_name_in_code_is_one_of_the_code() -> None:
    """What was renamed is renamed in the guide as well."""
    code = "\n".join(file.read_text("utf-8") for file in FILES if file.suffix in {".py", ".toml"})
    words = set(re.findall(r"\w+", code))
    named = re.findall(r"`((?:[a-z]+_)+[a-z_]+|[A-Z]+[a-z]\w+|[A-Z]+_[A-Z_]+)`", GUIDE)
    assert [name for name in named if name not in words] == []
