"""A protocol file to its protocol; what it extends is found by id or path, in no circle."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from pathlib import Path

from microcare.core.sheet.protocol import Protocol
from microcare.core.values import replace
from microcare.load.library.folders import (
    find_built_in_folder,
    find_folder,
    find_protocol,
    looks_like_path,
    read_text,
    resolve_path,
    show_path,
)
from microcare.load.library.kept import recall_protocol
from microcare.load.source.refusals import ProtocolError, Refusal, quote
from microcare.load.variants.bases import Base, BaseError, ChainError, FindBase

MAX_BASES = 8
"""How many protocols may extend each other below a variant."""


def load_protocol(
    reference: str, folders: Sequence[Path] = (), *, language: str | None = None
) -> Protocol:
    """Return the protocol that an id ("clinic-a") or a path names, `-` being stdin.

    An id is looked up in the clinic's `folders`, then among the built-in ones. Its texts are in the
    `language` of a tag ("es", "es-MX"), by default that of its file; what has no translation stays
    in the original and is marked: “[EN] Avoid alcohol.”

    Raises Refusal where there is no such protocol or language, ProtocolError, which has all of the
    `problems`, where the file can't be read or is wrong. Warnings are no errors: `check_protocol`
    tells them.
    """
    path = Path(reference) if reference == "-" else find_protocol(reference, folders)
    found = read_protocol(path, folders)
    if language is None:
        return found
    from microcare.load.protocol.translating import translate_protocol  # start-up counts
    from microcare.load.source.languages import read_language

    tag = read_language(language)
    return replace(translate_protocol(found, tag), language=tag)


def read_protocol(path: Path, folders: Sequence[Path] = ()) -> Protocol:
    """Return the protocol in a file, `-` being stdin; raises ProtocolError.

    What it extends by an id is looked up in the clinic's `folders`, then among the built-in ones.
    One that was read before, and that is as it was, is not parsed again.
    """
    name = show_path(path)
    text = read_text(path, name)
    find_base = make_base_finder(path, folders)
    if str(path) == "-":
        return _parse(text, name, find_base)
    return recall_protocol(text, name, find_base, _key(path), _parse)


def _parse(text: str, name: str, find_base: FindBase) -> Protocol:
    from microcare.load.variants.parsing import parse_protocol  # few are: start-up counts

    return parse_protocol(text, name, find_base)


def make_base_finder(
    path: Path,
    folders: Sequence[Path],
    texts: MutableMapping[str, str] | None = None,
    above: Mapping[str, str] | None = None,
) -> FindBase:
    """Return what finds the protocol that the file at `path`, `-` being stdin, extends.

    It takes an id, or a path from the folder in which the file really lies. The texts of it and of
    its own bases are put into `texts` by the names of their files. `above` are the files that
    extend this one, the first one first, each with its name by its key. Where there is none it
    raises Refusal; it is a ChainError where the chain has no end.
    """

    def find(reference: str) -> Base:
        chain = {**(above or {}), _key(path): show_path(path)}
        found = _locate(path, folders, reference)
        key, name = _key(found), show_path(found)
        if key in chain:
            keys = list(chain)
            circle = [*chain.values(), name][keys.index(key) :]
            _refuse_circle(circle, reference, None if key == keys[0] else key)
        if len(chain) > MAX_BASES:
            message = f"More than {MAX_BASES} protocols extend each other."
            hint = f"extend one that is nearer to {name}"
            raise ChainError(message, hint, None, is_circle=False)
        text = _read_base(found, name)
        if texts is not None:
            texts[name] = text
        finder = make_base_finder(found, folders, texts, chain)
        return Base(text, name, key, finder, name if looks_like_path(reference) else reference)

    return find


def _key(path: Path) -> str:
    return str(path) if str(path) == "-" else str(resolve_path(path))


def _locate(path: Path, folders: Sequence[Path], reference: str) -> Path:
    """Return the file that `extends` names in the one at `path`; raises Refusal.

    What a text says must not lead to any file of the machine. What an id leads to was put there
    by who owns the folder, be it a link.
    """
    if not looks_like_path(reference):
        return find_protocol(reference, folders)
    folder = find_folder(path)
    found = folder / reference
    allowed = map(resolve_path, (folder, *folders, find_built_in_folder()))
    if not any(resolve_path(found).is_relative_to(each) for each in allowed):
        message = f"{quote(reference)} lies outside of the folder of the file that extends it."
        hint = "put it there, or name its folder in MICROCARE_PROTOCOLS"
        raise Refusal(message, hint)
    return found


def _read_base(path: Path, name: str) -> str:
    try:
        return read_text(path, name)
    except ProtocolError as error:
        from microcare.core.sheet.problems import Code  # rare: start-up counts

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
        raise ChainError(message, "let one of them extend none of the others", key)
    message = "The protocol extends itself."
    hint = "name the protocol that it is a variant of"
    if not looks_like_path(reference):
        hint = f"“{reference}” finds this file; give it another name to extend a built-in protocol"
    raise ChainError(message, hint, key)
