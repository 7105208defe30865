"""Files written whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from microcare.load.source.refusals import BAD_INPUT, UNFINISHED, Refusal

_REPLACE = "add --force to replace it, or name another"


def check_target(path: Path, *, force: bool = False, hint: str = _REPLACE) -> None:
    """Raise Refusal where a file stands already, or its folder doesn't.

    `hint` says what to do where it stands.
    """
    if path.is_dir():
        raise Refusal(f"{path} is a folder.", "name a file in it")
    if path.exists() and not path.is_file():
        raise Refusal(f"{path} is a device or a pipe, not a file.", "-o - writes to stdout")
    if os.path.lexists(path) and not force:
        raise Refusal(f"{path} exists already.", hint)
    if not path.absolute().parent.is_dir():
        raise Refusal(f"The folder {path.parent} does not exist.", "make it, or name another")


def write_file(path: Path, data: bytes) -> None:
    """Write a file by way of a temporary one beside it; on an error nothing is left behind.

    A link stays, and what it points to is written. Raises Refusal where the folder can't be
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


_WRONG_PLACES = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT, errno.ENAMETOOLONG}
"""A place that takes no files is the wrong place; all else is a disk that failed."""


def _unwritable(path: Path, error: OSError) -> Refusal:
    message = f"{path} can't be written: {error.strerror or 'the disk refused it'}."
    hint = "nothing was written; name another place with -o"
    return Refusal(message, hint, BAD_INPUT if error.errno in _WRONG_PLACES else UNFINISHED)
