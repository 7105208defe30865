"""Verbs: each has its row of traits, and no module keeps another table of them."""

import ast
from pathlib import Path

import pytest

from microcare.core.sheet.verbs import TRAITS, Verb

PACKAGE = Path(__file__).parents[3] / "microcare"
TABLES = {"core/sheet/verbs.py", "wording/verbs.py", "load/keys.py"}


@pytest.mark.parametrize("verb", Verb)
def test_a_verb_has_its_traits(verb: Verb) -> None:
    """A new verb needs a row: a trait that nobody thought of would be an error at a patient's."""
    assert verb in TRAITS


@pytest.mark.parametrize("verb", TRAITS)
def test_a_family_says_the_same(verb: Verb) -> None:
    """The verb that stands for a family is of it, and alike in all that a comparison asks."""
    own, family = verb.traits, verb.traits.family.traits
    assert family.family is own.family
    for trait in ("restricts", "screens", "opposes_bans"):
        assert getattr(own, trait) is getattr(family, trait)


def test_no_other_table_of_verbs() -> None:
    """Two verbs beside each other anywhere else are a trait or a word that a new verb lacks."""
    found = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path in PACKAGE.rglob("*.py")
        if path.relative_to(PACKAGE).as_posix() not in TABLES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Set | ast.List | ast.Tuple | ast.Dict)
        if sum(map(_is_verb, node.keys if isinstance(node, ast.Dict) else node.elts)) > 1
    ]
    assert found == []


def test_no_module_tells_verbs_apart() -> None:
    """One that names several verbs, each for itself, asks for what a trait should say."""
    found = {}
    for path in PACKAGE.rglob("*.py"):
        name = path.relative_to(PACKAGE).as_posix()
        tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        verbs = {node.attr for node in tree if isinstance(node, ast.Attribute) and _is_verb(node)}
        if len(verbs & set(Verb.__members__)) > 1 and name not in TABLES:
            found[name] = verbs & set(Verb.__members__)
    assert found == {}


def _is_verb(node: ast.expr | None) -> bool:
    if isinstance(node, ast.Attribute) and node.attr == "value":
        node = node.value
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "Verb"
    )
