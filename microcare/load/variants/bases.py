"""The file that a variant extends: found by id or path, read once, in no circle."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping, Sequence
from pathlib import Path

from microcare.core.values import value
from microcare.load.library.files import (
    LibraryError,
    find_protocol,
    folder_of,
    looks_like_path,
    read_bytes,
    show_path,
)
from microcare.load.protocol.protocol import decode_protocol
from microcare.load.source.refusals import Code, Problem, ProtocolError

MAX_BASES = 8
"""How many protocols may extend each other below a variant."""


@value
class Base:
    """The text of a protocol that another extends; `file` names it in positions.

    `key` is the same however the file is reached, `find` finds what it extends in turn, and
    `reference` is what `microcare check` takes for it.
    """

    text: str
    file: str
    key: str
    find: FindBase
    reference: str


FindBase = Callable[[str], Base]
"""Finds the protocol that the value of `extends` names; raises BaseError or ChainError."""


class BaseError(LookupError):
    """A base that can't be found or read; `problems` are those of its file, if it is one."""

    def __init__(self, message: str, hint: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.hint = hint
        self.problems = tuple(problems)


class ChainError(Exception):
    """Protocols that extend each other without an end; `key` is that of the file to tell it at.

    None is the key of the first file, the one that is no base.
    """

    def __init__(self, message: str, hint: str, code: Code, key: str | None) -> None:
        super().__init__(message)
        self.hint = hint
        self.code = code
        self.key = key


def find_base_of(
    path: Path,
    folders: Sequence[Path],
    texts: MutableMapping[str, str],
    above: Mapping[str, str],
    reference: str,
) -> Base:
    """Return the protocol that the file at `path`, `-` being stdin, extends.

    `reference` is an id, or a path from the folder in which the file really lies. `above` are the
    files that lead to it, itself the last, each with its name by its key. The base's text is put
    into `texts` by its file's name. Raises BaseError or ChainError.
    """
    found = _locate(path, folders, reference)
    key, name = _key(found), show_path(found)
    keys = list(above)
    if key in above:
        _refuse_circle([*above.values(), name][keys.index(key) :], reference, _told_at(keys, key))
    if len(above) > MAX_BASES:
        message = f"More than {MAX_BASES} protocols extend each other."
        hint = f"extend one that is nearer to {name}"
        raise ChainError(message, hint, Code.UNUSABLE_BASE, None)
    text = texts[name] = _read_text(found, name)
    inner = {**above, key: name}

    def find(reference: str) -> Base:
        return find_base_of(found, folders, texts, inner, reference)

    return Base(text, name, key, find, name if looks_like_path(reference) else reference)


def first_file(path: Path) -> dict[str, str]:
    """Return the beginning of a chain: the name of the first file by its key."""
    return {_key(path): show_path(path)}


def _key(path: Path) -> str:
    return str(path) if str(path) == "-" else str(_real(path))


def _told_at(keys: list[str], key: str) -> str | None:
    return None if key == keys[0] else key


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, ValueError, RuntimeError):  # a name too long, a null byte, a loop of links
        return path.absolute()


def _locate(path: Path, folders: Sequence[Path], reference: str) -> Path:
    if looks_like_path(reference):
        return folder_of(path) / reference
    try:
        return find_protocol(reference, folders)
    except LibraryError as error:
        raise BaseError(str(error), error.hint) from error


def _read_text(path: Path, name: str) -> str:
    try:
        return decode_protocol(read_bytes(path, name), name)
    except ProtocolError as error:
        problem = error.problems[0]
        if problem.code is Code.UNREADABLE:
            message = f"{name} can't be read: {problem.message}"
            hint = "name it by its id, or by its path from the folder of this file"
            raise BaseError(message, hint) from error
        message = f"{name} can't be used: {problem.message}"
        hint = problem.hint or f"see: microcare check {name}"
        raise BaseError(message, hint, error.problems) from error


def _refuse_circle(names: list[str], reference: str, key: str | None) -> None:
    if len(names) > 2:
        message = f"Protocols extend each other in a circle: {', '.join(names)}."
        raise ChainError(message, "let one of them extend none of the others", Code.CYCLE, key)
    message = "The protocol extends itself."
    hint = "name the protocol that it is a variant of"
    if not looks_like_path(reference):
        hint = f"“{reference}” finds this file; give it another name to extend a built-in protocol"
    raise ChainError(message, hint, Code.CYCLE, key)
