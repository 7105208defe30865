"""Collect the messages of the package into its catalogues: make messages.

A new message has no translation yet, and one that nobody says any more is dropped; the order is
that of the code.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from microcare.language.messages import CATALOGUES

PACKAGE = Path(__file__).parents[2] / "microcare"
FOLDERS = ("export", "language", "load", "render", "wording")
"""What speaks to patients: a command speaks to the desk, in English."""

_PLAIN, _IN_CONTEXT, _COUNTED = {"say", "mark"}, {"say_as", "mark_as"}, {"count"}


def collect_messages() -> Catalog:
    """Return every message of the package, without translations.

    Babel's own reader of Python sees no call inside an f-string.
    """
    found = Catalog(project="microcare", charset="utf-8")
    for folder in FOLDERS:
        for path in sorted((PACKAGE / folder).rglob("*.py")):
            place = path.relative_to(PACKAGE.parent).as_posix()
            for context, message in _list_messages(ast.parse(path.read_text("utf-8"))):
                found.add(message, locations=[(place, 0)], context=context)
    return found


def _list_messages(tree: ast.AST) -> Iterable[tuple[str | None, str | tuple[str, ...]]]:
    """Yield the messages of a module with their contexts, in the order of its lines."""
    calls = [each for each in ast.walk(tree) if isinstance(each, ast.Call)]
    for each in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        name = each.func.id if isinstance(each.func, ast.Name) else None
        texts = [
            text.value if isinstance(text, ast.Constant) and isinstance(text.value, str) else None
            for text in each.args
        ]
        match name, texts:
            case _, [str() as message, *_] if name in _PLAIN:
                yield None, message
            case _, [str() as context, str() as message, *_] if name in _IN_CONTEXT:
                yield context, message
            case _, [str() as one, str() as many, *_] if name in _COUNTED:
                yield None, (one, many)


def read_catalogue(path: Path) -> Catalog:
    """Return a catalogue of the package."""
    with path.open("rb") as file:
        return read_po(file, locale=path.stem)


def update(path: Path) -> list[str]:
    """Bring a catalogue up to date; return the messages that it lacks."""
    known, made = read_catalogue(path), Catalog(charset="utf-8", fuzzy=False)
    for each in collect_messages():
        if each.id:
            old = known.get(each.id if isinstance(each.id, str) else each.id[0], each.context)
            places = sorted({(file, 0) for file, _ in each.locations})
            told = old.string if old is not None else ""
            comments = old.user_comments if old is not None else ()
            made.add(each.id, told, places, context=each.context, user_comments=comments)
    with path.open("wb") as file:
        file.write(_HEADER.format(language=path.stem, plural=known.plural_forms).encode())
        write_po(file, made, width=100, omit_header=True, include_lineno=False)
    return [f"{each.id}" for each in made if each.id and not each.string]


_HEADER = """\
# The words of microcare in the language of this file's name; CONTRIBUTING.md says how.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural}\\n"

"""

if __name__ == "__main__":
    for catalogue in sorted(CATALOGUES.glob("*.po")):
        for each in update(catalogue):
            sys.stdout.write(f"{catalogue.name} lacks {each}\n")
