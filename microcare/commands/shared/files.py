"""Files written whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from microcare.commands.shared.errors import InputError, UnfinishedError

_REPLACE = "add --force to replace it, or name another"


def check_target(path: Path, *, force: bool = False, hint: str = _REPLACE) -> None:
    """Raise InputError where a file stands already, or its folder doesn't.

    `hint` says what to do where it stands.
    """
    if path.is_dir():
        raise InputError(f"{path} is a folder.", "name a file in it")
    if path.exists() and not path.is_file():
        raise InputError(f"{path} is a device or a pipe, not a file.", "-o - writes to stdout")
    if os.path.lexists(path) and not force:
        raise InputError(f"{path} exists already.", hint)
    if not path.absolute().parent.is_dir():
        raise InputError(f"The folder {path.parent} does not exist.", "make it, or name another")


def write_file(path: Path, data: bytes) -> None:
    """Write a file by way of a temporary one beside it; on an error nothing is left behind.

    A link stays, and what it points to is written. Raises InputError where the folder can't be
    written to.
    """
    target = Path(os.path.realpath(path))
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", dir=target.parent)
    except OSError as error:
        raise _unwritable(path, error) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(target)
    except BaseException as error:
        # Ctrl-C too leaves nothing behind.
        with suppress(OSError):
            temporary.unlink()
        if isinstance(error, OSError):
            raise _unwritable(path, error) from error
        raise


def _umask() -> int:
    # The only way to ask is to set it.
    mask = os.umask(0)
    os.umask(mask)
    return mask


_REFUSALS = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT, errno.ENAMETOOLONG}
"""A place that takes no files is the wrong place; all else is a disk that failed."""


def _unwritable(path: Path, error: OSError) -> InputError | UnfinishedError:
    message = f"{path} can't be written: {error.strerror or 'the disk refused it'}."
    hint = "nothing was written; name another place with -o"
    kind = InputError if error.errno in _REFUSALS else UnfinishedError
    return kind(message, hint)
