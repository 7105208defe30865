"""The catalogues have each message of the package, and nothing else."""

from __future__ import annotations

import re
from string import Formatter
from typing import TYPE_CHECKING

import pytest

from microcare.language.messages import CATALOGUES, list_languages
from tests.language.collect import collect_messages, read_catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from babel.messages.catalog import Message

FILES = sorted(CATALOGUES.glob("*.po"))


def _forms(text: str | Iterable[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def _key(each: Message) -> tuple[object, object]:
    return each.context, _forms(each.id)


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_spanish_is_spoken_beside_english() -> None:
    """There are these languages, of which English needs no catalogue."""
    assert list_languages() == ("en", "es")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_message_is_translated(path: Path) -> None:
    """No message of the package is without a translation, none stands in for another one."""
    wanted = {_key(each) for each in collect_messages() if each.id}
    known = {_key(each): each for each in read_catalogue(path) if each.id}
    assert known.keys() == wanted
    assert [each.id for each in known.values() if not all(_forms(each.string))] == []
    assert [each.id for each in known.values() if each.fuzzy] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_translation_has_the_fields_of_its_message(path: Path) -> None:
    """Each form of a translation is filled in with what the message is."""
    for each in read_catalogue(path):
        if each.id:
            wanted = set.union(*map(_fields, _forms(each.id)))
            for text in _forms(each.string):
                assert _fields(text) - {"number"} == wanted - {"number"}, each.id


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_translation_begins_and_ends_as_its_message(path: Path) -> None:
    """What is joined with other texts has their spaces and marks, and a sentence its end."""
    for each in read_catalogue(path):
        if each.id:
            for message, text in zip(_forms(each.id), _forms(each.string), strict=True):
                assert _edges(text) == _edges(message), message


def _edges(text: str) -> tuple[str, str]:
    """Return the spaces and marks at the two ends of a text."""
    begin, end = re.match(r"[\s,;:(\[]*", text), re.search(r"[\s,;:.?!]*$", text)
    return begin[0] if begin else "", end[0] if end else ""
