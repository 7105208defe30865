"""CONTRIBUTING.md names files and functions: each of them is there."""

from __future__ import annotations

import ast
import re
import token
import tokenize
from pathlib import Path

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
# `phrase.py: parse_when`; a path is from the root, from the package, or the end of one.
NAMED = re.compile(r"`([\w/.]+\.(?:py|csv|toml|md))(?:: (\w+)(?:\.(\w+))?)?`")
FILES = [
    *(file for file in ROOT.iterdir() if file.is_file()),
    *(file for name in ("microcare", "protocols", "tests") for file in (ROOT / name).rglob("*.*")),
]
MODULES = [
    file for file in FILES if file.is_relative_to(ROOT / "microcare") and file.suffix == ".py"
]


def definitions(file: Path) -> set[str]:
    """Return the names of a module's functions, classes, methods and constants."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    stored = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    return {node.name for node in nodes} | stored


def spoken_names(file: Path) -> set[str]:
    """Return the names that a module uses, and its texts: a key of the JSON is one."""
    with tokenize.open(file) as lines:
        tokens = list(tokenize.generate_tokens(lines.readline))
    return {each.string.strip('"') for each in tokens if each.type in {token.NAME, token.STRING}}


def list_members(file: Path) -> set[str]:
    """Return what the classes of a module define: `Verb.AVOID`, `Plan.instructions`."""
    found = set()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in (each for each in ast.walk(tree) if isinstance(each, ast.ClassDef)):
        for part in node.body:
            if isinstance(part, ast.FunctionDef):
                found.add(f"{node.name}.{part.name}")
            elif isinstance(part, ast.Assign | ast.AnnAssign):
                targets = part.targets if isinstance(part, ast.Assign) else [part.target]
                found |= {
                    f"{node.name}.{each.id}" for each in targets if isinstance(each, ast.Name)
                }
    return found


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


def test_every_name_in_code_is_one_of_the_package() -> None:
    """What was renamed is renamed in the guide as well, though a test may still bear its name."""
    known = {name for file in MODULES for name in spoken_names(file)}
    tests = {name for file in FILES if file.match("test_*.py") for name in definitions(file)}
    named = re.findall(r"`(_?(?:[a-z]+_)+[a-z_]+|[A-Z]+[a-z]\w+|[A-Z]+_[A-Z_]+)`", GUIDE)
    places = {True: tests, False: known}
    assert [name for name in named if name not in places[name.startswith("test_")]] == []


def test_every_member_is_one_of_its_class() -> None:
    """The glossary's `Quantity.least` is found where it says."""
    known = {name for file in MODULES for name in list_members(file)}
    named = re.findall(r"`(_?[A-Z]\w*[a-z]\w*\.\w+)`", GUIDE)
    assert [name for name in named if name not in known] == []
