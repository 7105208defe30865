"""Protocols as they were read, kept in the user's cache until anything they come from changes.

An entry says what its protocol was made from: this program, the name and the text of the file, and
of each that it extends. It counts where all of that is still so, byte for byte, and else it is
written anew; so it may be deleted at any time. It holds nothing but protocols.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from importlib.machinery import PathFinder
from io import BytesIO
from pathlib import Path
from zlib import crc32

from microcare.core.sheet.protocol import Protocol
from microcare.core.values import replace
from microcare.load.library.folders import open_ordinary
from microcare.load.library.settings import expand
from microcare.load.variants.bases import Base, FindBase
from microcare.version import LOADED, __version__

try:
    from _pickle import Unpickler  # without all that `pickle` has for writing: start-up counts
except ImportError:  # this Python has no quicker one
    from pickle import Unpickler

MOST_ENTRIES = 50
MOST_BYTES = 4_000_000
"""Of an entry; that of a clinic's protocol has a twentieth."""
_ENDING = ".protocol"
_SHEET = "microcare.core.sheet."
_SUM = 4
ABOVE = {"commands", "export", "render"}
"""Folders of the package that the loader can't know: see its layers."""
_Bases = list[tuple[str, str, str, str]]
"""What is extended, the nearest first: by which reference, the file's name, key and text."""


def describe_program(package: Path, loaded: int) -> str:
    """Return what is another text wherever the program is another one that may read otherwise.

    Each file of it counts that a protocol may be made by, by its size and times, also where it was
    edited without a new version. Empty where one is newer than what was `loaded`, in nanoseconds:
    nobody knows which of the two a protocol would be made by.
    """
    yaml = PathFinder.find_spec("yaml")
    files = [yaml.origin] if yaml is not None and yaml.origin is not None else []
    waiting, skipped = [str(package)], {"__pycache__", *ABOVE}
    while waiting:
        with os.scandir(waiting.pop()) as found:
            for each in found:
                if not each.is_dir():
                    files.append(each.path)
                elif each.name not in skipped:
                    waiting.append(each.path)
        skipped = {"__pycache__"}
    states = [(file, os.stat(file)) for file in sorted(files)]  # noqa: PTH116 - start-up counts
    told = [
        f"{file}\0{each.st_size} {each.st_mtime_ns} {each.st_ctime_ns}" for file, each in states
    ]
    newest = max((max(each.st_mtime_ns, each.st_ctime_ns) for _, each in states), default=0)
    return "\n".join((__version__, sys.version, *told)) if newest < loaded else ""


# While it is imported, lest what is later put in the place of a running program be taken for it.
try:
    _PROGRAM = describe_program(Path(__file__).parents[2], LOADED)
except OSError:  # it lies in an archive
    _PROGRAM = ""


def recall_protocol(
    text: str,
    name: str,
    find_base: FindBase,
    key: str,
    parse: Callable[[str, str, FindBase], Protocol],
) -> Protocol:
    """Return the protocol that `parse` makes of a file's text, as it was kept or made and kept.

    `name` is that of the file in positions, and `key` the same however it is reached. Raises what
    `parse` does; that nothing can be kept is no error.
    """
    folder = find_kept_folder() if _PROGRAM else None
    if folder is None:
        return parse(text, name, find_base)
    place = crc32(f"{_PROGRAM}\0{key}\0{name}".encode(errors="surrogatepass"))
    entry = folder / f"{place:08x}{_ENDING}"
    head = f"{_PROGRAM}\0{name}\0{len(text)}\0{text}".encode(errors="surrogatepass")
    with suppress(OSError):
        kept = _read_entry(entry, head, find_base)
        if kept is not None:
            return kept
    bases: _Bases = []
    made = parse(text, name, _watch(find_base, bases))
    with suppress(OSError, RecursionError):
        _write_entry(entry, head + _pickle(bases) + _pickle(made))
    return made


def _watch(find_base: FindBase, bases: _Bases) -> FindBase:
    def find(reference: str) -> Base:
        base = find_base(reference)
        bases.append((reference, base.file, base.key, base.text))
        return replace(base, find=_watch(base.find, bases))

    return find


def find_kept_folder() -> Path | None:
    """Return the folder of the entries, be it there or not; None where nobody knows one."""
    shared = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if not shared.is_absolute():  # to be passed over, its specification says
        match sys.platform:
            case "win32":
                shared = Path(os.environ.get("LOCALAPPDATA", ""))
            case "darwin":
                shared = expand("~/Library/Caches")
            case _:
                shared = expand("~/.cache")
    return shared / "microcare" if shared.is_absolute() else None


def _is_ours(found: os.stat_result) -> bool:
    """Return whether a file or folder is the user's, and nobody else may write to it."""
    return os.name != "posix" or (found.st_uid == os.geteuid() and not found.st_mode & 0o022)


def _read_entry(entry: Path, head: bytes, find_base: FindBase) -> Protocol | None:
    """Return the protocol of an entry that counts, else None; raises OSError if there is none."""
    with open(entry, "rb", opener=open_ordinary) as file:
        if not _is_ours(entry.parent.stat()) or not _is_ours(os.fstat(file.fileno())):
            return None
        data = file.read(MOST_BYTES)
    start = _SUM + len(head)
    if data[_SUM:start] != head or int.from_bytes(data[:_SUM], "big") != crc32(data[_SUM:]):
        return None
    rest = BytesIO(data[start:])
    try:
        if not _is_unchanged(_Unpickler(rest).load(), find_base):
            return None
        kept = _Unpickler(rest).load()
    except Exception:  # noqa: BLE001 - a base is gone; what somebody else wrote may raise anything
        return None
    return kept if isinstance(kept, Protocol) else None


def _is_unchanged(bases: _Bases, find_base: FindBase) -> bool:
    """Return whether each file that is extended is still the one that is found, with its text.

    Raises Refusal where there is none.
    """
    for reference, *known in bases:
        base = find_base(reference)
        if known != [base.file, base.key, base.text]:
            return False
        find_base = base.find
    return True


class _Unpickler(Unpickler):
    """Makes values of a sheet and nothing else."""

    def find_class(self, module: str, name: str) -> type:
        if module.startswith(_SHEET) or (module == "datetime" and name in {"date", "timedelta"}):
            found = getattr(import_module(module), name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise ValueError(f"{module}.{name} is no part of a protocol")


def _pickle(made: object) -> bytes:
    from pickle import dumps  # rare, as the next: start-up counts
    from pickletools import optimize

    return optimize(dumps(made, 5))


def _write_entry(entry: Path, data: bytes) -> None:
    """Put an entry in its place whole, and remove the oldest; raises OSError."""
    from tempfile import mkstemp  # rare: start-up counts

    folder = entry.parent
    if len(data) > MOST_BYTES - _SUM:
        return
    for each in (folder.parent, folder):
        with suppress(FileExistsError):
            each.mkdir(0o700)
    if not _is_ours(folder.stat()):
        return
    handle, name = mkstemp(_ENDING, "new-", folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(crc32(data).to_bytes(_SUM, "big") + data)
        Path(name).replace(entry)
    finally:
        Path(name).unlink(missing_ok=True)
    entries = sorted(folder.glob(f"*{_ENDING}"), key=lambda each: each.stat().st_mtime_ns)
    for old in entries[:-MOST_ENTRIES]:
        old.unlink(missing_ok=True)
