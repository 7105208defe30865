"""Where protocols live: the built-in ones, a clinic's own folder, a single file."""

from __future__ import annotations

import errno
import os
import stat
import sys
from codecs import BOM_UTF8
from collections.abc import Sequence
from pathlib import Path

from microcare.core.values import value
from microcare.load.source.refusals import ProtocolError, Refusal, find_nearest, suggest

MAX_BYTES = 4_000_000
_ENDINGS = (".yaml", ".yml")
_PACKAGE = Path(__file__).parents[2]


@value
class ProtocolFile:
    """A protocol file in a folder of protocols; `id` is its name without the ending."""

    id: str
    path: Path
    built_in: bool


def find_built_in_folder() -> Path:
    """Return the folder of the built-in protocols: in the package, in a checkout beside it."""
    packaged = _PACKAGE / "protocols"
    return packaged if packaged.is_dir() else _PACKAGE.parent / "protocols"


def list_protocols(folders: Sequence[Path]) -> tuple[ProtocolFile, ...]:
    """Return the protocol files of the clinic's `folders`, then the built-in ones.

    A clinic's own file hides one of the same name that comes later. Raises Refusal where a
    folder can't be read.
    """
    found: dict[str, ProtocolFile] = {}
    built_in = find_built_in_folder()
    for folder in (*folders, built_in):
        for path in _list_folder(folder):
            found.setdefault(path.stem, ProtocolFile(path.stem, path, folder == built_in))
    return tuple(found.values())


def _list_folder(folder: Path) -> list[Path]:
    try:
        files = (path for path in folder.iterdir() if path.suffix in _ENDINGS)
        return sorted(path for path in files if path.is_file())
    except OSError as error:
        message = f"The folder of protocols {folder} can't be read: {error.strerror}."
        raise Refusal(message, "check the folder and its permissions") from error


def find_protocol(reference: str, folders: Sequence[Path]) -> Path:
    """Return the file that an id or a path names; raises Refusal.

    What looks like a path is one.
    """
    if looks_like_path(reference):
        return Path(reference)
    known = {each.id: each.path for each in list_protocols(folders)}
    if reference in known:
        return known[reference]
    hint = suggest(find_nearest(reference, known)) or f"there are {', '.join(sorted(known))}"
    raise Refusal(f"There is no protocol “{reference[:60]}”.", hint)


def looks_like_path(reference: str) -> bool:
    """Return whether a path is meant, not an id: it has a separator or a YAML ending."""
    return "/" in reference or "\\" in reference or reference.endswith(_ENDINGS)


def find_folder(path: Path) -> Path:
    """Return the folder in which a file really lies; that of `-` is the working folder."""
    return Path() if str(path) == "-" else resolve_path(path).parent


def resolve_path(path: Path) -> Path:
    """Return where a file really lies; of what can't be followed, its path from the root."""
    try:
        return path.resolve()
    except (OSError, ValueError, RuntimeError):  # a name too long, a null byte, a loop of links
        return path.absolute()


def show_path(path: Path) -> str:
    """Return a path as messages name it: relative to the working folder where it lies below."""
    if str(path) == "-":
        return "<stdin>"
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError, RuntimeError):  # of a loop of links
        pass
    if path.is_relative_to(find_built_in_folder()):
        return f"protocols/{path.name}"
    return str(path)


def read_text(path: Path, name: str) -> str:
    """Return the text of a file, `-` being stdin; raises ProtocolError, which calls it `name`."""
    return decode_text(read_bytes(path, name), name)


def read_bytes(path: Path, name: str) -> bytes:
    """Return what is in a file, `-` being stdin; raises ProtocolError, which calls it `name`."""
    try:
        if str(path) == "-":
            # A process may be started without one.
            data = sys.stdin.buffer.read(MAX_BYTES + 1) if sys.stdin else b""
        else:
            data = read_ordinary(path, MAX_BYTES)
    except (OSError, ValueError) as error:
        raise _refuse(name, "unreadable-file", *_describe_failure(error)) from error
    if len(data) > MAX_BYTES:
        raise _refuse(name, "too-large", f"The file is larger than {MAX_BYTES:,} bytes.")
    return data


def decode_text(data: bytes, file: str) -> str:
    """Return a file's text; raises ProtocolError where it is not UTF-8."""
    try:
        return data.removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode(errors="replace")
        place = before.count("\n") + 1, len(before) - before.rfind("\n")
        hint = "save the file as UTF-8 in your editor"
        raise _refuse(file, "not-utf8-text", "This is not UTF-8 text.", hint, place) from error


def read_ordinary(path: Path, most: int) -> bytes:
    """Return what is in a file, of one with more than `most` bytes the first `most + 1`.

    Raises OSError, also where it is no ordinary file: a pipe may never speak, a device never end.
    """
    with open(path, "rb", opener=open_ordinary) as file:
        return file.read(most + 1)


def open_ordinary(name: str, flags: int) -> int:
    """Open a file for `open`; raises OSError where it is no ordinary one."""
    # Without O_NONBLOCK a pipe that nobody writes to is waited for before it is known as one.
    handle = os.open(name, flags | getattr(os, "O_NONBLOCK", 0))
    kind = os.fstat(handle).st_mode
    if stat.S_ISREG(kind) or stat.S_ISDIR(kind):  # a folder is refused by `open`
        return handle
    os.close(handle)
    raise OSError(errno.ENXIO, "it is a pipe or a device")  # as of a socket, which can't be opened


def _refuse(
    file: str, code: str, message: str, hint: str | None = None, place: tuple[int, int] = (1, 1)
) -> ProtocolError:
    from microcare.core.sheet.problems import Code, Problem  # rare: start-up counts

    return ProtocolError([Problem(file, *place, Code(code), message, hint)])


def _describe_failure(error: Exception) -> tuple[str, str | None]:
    """Return why a file can't be read, and what to do."""
    match error:
        case FileNotFoundError():
            return "There is no such file.", "check the path and its spelling"
        case IsADirectoryError():
            return "This is a folder, not a file.", "name a file in it"
        case PermissionError():
            return "The file may not be read.", "check its permissions"
        case OSError(errno=errno.ENXIO):
            return "This is a pipe or a device, not a file.", "“-” reads from stdin"
        case _:
            reason = getattr(error, "strerror", None) or str(error)
            return f"The file can't be read: {reason}.", None
