"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from microcare.commands.errors import InputError

_REPLACE = "add --force to replace it, or name another"


def check_target(path: Path, *, force: bool = False, hint: str = _REPLACE) -> None:
    """Raise InputError where a file stands already, or its folder doesn't.

    `hint` says what to do where it stands.
    """
    if path.is_dir():
        raise InputError(f"{path} is a folder.", "name a file in it")
    if path.exists() and not force:
        raise InputError(f"{path} exists already.", hint)
    if not path.absolute().parent.is_dir():
        raise InputError(f"The folder {path.parent} does not exist.", "make it, or name another")


def write_file(path: Path, data: bytes) -> None:
    """Write a file by way of a temporary one beside it; on an error nothing is left behind.

    Raises InputError where the folder can't be written to.
    """
    folder = path.absolute().parent
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=folder)
    except OSError as error:
        raise _unwritable(path, error) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        raise _unwritable(path, error) from error


def _umask() -> int:
    # The only way to ask is to set it.
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _unwritable(path: Path, error: OSError) -> InputError:
    return InputError(
        f"{path} can't be written: {error.strerror or 'the disk refused it'}.",
        "nothing was written; name another place with -o",
    )
