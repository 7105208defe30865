"""The protocols of a batch: each file is read once, and again where it was changed."""

from __future__ import annotations

import os
from pathlib import Path

from microcare.commands.batches.records import hash_bytes
from microcare.commands.shared.settings import choose_default
from microcare.core.sheet.protocol import Protocol
from microcare.core.values import replace, value
from microcare.load.library.folders import find_protocol, read_text, show_path
from microcare.load.library.protocols import make_base_finder
from microcare.load.library.settings import Settings
from microcare.load.source.refusals import Refusal
from microcare.load.variants.bases import Base, FindBase
from microcare.load.variants.parsing import parse_protocol

_MOST = 64
_Stamp = tuple[int, ...]


@value
class Sheet:
    """A protocol, the hash of its text and of those that it extends, and the state of its files."""

    protocol: Protocol
    digest: str
    stamps: tuple[tuple[str, _Stamp], ...]


_read: dict[tuple[str, tuple[Path, ...]], Sheet] = {}
"""What this process has read. It changes no answer: a file that was changed is read anew."""


def find_sheet(reference: str | None, settings: Settings) -> Sheet:
    """Return the protocol that an id or a path names, else the usual one; raises Refusal."""
    named = reference or choose_default(settings).value
    if named == "-":
        raise Refusal("The protocol of a row can't be read from stdin.", "name its file or its id")
    path = find_protocol(named, settings.folders)
    key = (str(path.absolute()), settings.folders)
    known = _read.get(key)
    if known is not None and all(_stamp(name) == stamp for name, stamp in known.stamps):
        return known
    if len(_read) >= _MOST:
        _read.clear()
    found = _read[key] = _load_sheet(path, settings)
    return found


def _load_sheet(path: Path, settings: Settings) -> Sheet:
    texts: dict[str, str] = {}
    stamps: dict[str, _Stamp] = {}

    def watch(find: FindBase) -> FindBase:
        def found(reference: str) -> Base:
            base = find(reference)
            stamps[base.key] = _stamp(base.key)
            texts[base.key] = base.text
            return replace(base, find=watch(base.find))

        return found

    stamps[str(path)] = _stamp(str(path))
    name = show_path(path)
    text = read_text(path, name)
    texts[str(path)] = text
    protocol = parse_protocol(text, name, watch(make_base_finder(path, settings.folders)))
    digest = hash_bytes("\0".join(texts.values()).encode())
    return Sheet(protocol, digest, tuple(stamps.items()))


def _stamp(name: str) -> _Stamp:
    """Return what changes where a file does; nothing of one that is not there."""
    try:
        found = os.stat(name)  # noqa: PTH116 - each row asks
    except (OSError, ValueError):
        return ()
    return found.st_ino, found.st_size, found.st_mtime_ns
