"""Files written whole or not at all, and none in the place of another by chance."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from microcare.commands.shared.output import write
from microcare.core.values import value
from microcare.load.source.refusals import BAD_INPUT, UNFINISHED, Refusal

_REPLACE = "add --force to replace it, or name another"
_ELSEWHERE = "nothing was written; name another place with -o"
_NEW = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
UNFINISHED_ENDING = ".microcare"
"""Of a file that is being written; what a killed process leaves has it."""


@value
class Target:
    """Where a file goes, - being stdout, and how: the options that commands share."""

    name: str
    force: bool
    dry_run: bool
    quiet: bool

    def check(self) -> Path | None:
        """Return the path, None for stdout; raises Refusal as `check_target` does."""
        return None if self.name == "-" else check_target(self.name, force=self.force)


def check_target(name: str, *, force: bool = False, hint: str = _REPLACE) -> Path:
    """Return the path of a file to be written.

    Raises Refusal where a file stands already, or its folder doesn't, or the name can't be one.
    `hint` says what to do where it stands.
    """
    path = Path(name)
    try:
        if path.is_dir():
            raise Refusal(f"{path} is a folder.", "name a file in it")
        if path.exists() and not path.is_file():
            raise Refusal(f"{path} is a device or a pipe, not a file.", "-o - writes to stdout")
        is_folder = name.endswith((os.sep, os.altsep or os.sep))
        if is_folder or not path.absolute().parent.is_dir():
            shown = path if is_folder else path.parent
            raise Refusal(f"The folder {shown} does not exist.", "make it, or name another")
        path.lstat()
    except FileNotFoundError:
        return path
    except (OSError, ValueError) as error:
        raise _unwritable(path, error) from error
    if not force:
        raise _standing(path, hint)
    return path


def write_file(
    path: Path,
    data: bytes,
    *,
    force: bool = False,
    hint: str = _REPLACE,
    elsewhere: str = _ELSEWHERE,
    lasting: bool = True,
) -> None:
    """Write a file as `open_whole` does."""
    options = {"force": force, "lasting": lasting}
    with open_whole(path, hint=hint, elsewhere=elsewhere, **options) as file:
        file.write(data)


@contextmanager
def open_whole(
    path: Path,
    *,
    force: bool = False,
    hint: str = _REPLACE,
    elsewhere: str = _ELSEWHERE,
    lasting: bool = True,
) -> Iterator[BinaryIO]:
    """Open a temporary file that takes its place at the end; on an error nothing is left behind.

    What stands there is replaced with `force` alone, also where it appeared this very moment.
    A link stays then, and what it points to is written; so does who may read it. Raises Refusal
    where a file stands, or the folder can't be written to, when `elsewhere` says what to do. What
    isn't `lasting` may be lost where the machine itself stops.
    """
    target = Path(os.path.realpath(path)) if force else path
    name = f".{target.name[:40]}.{os.urandom(8).hex()}{UNFINISHED_ENDING}"
    temporary = target.parent / name
    kept = _find_mode(target) if force else None
    try:
        # Whom the umask keeps out the system says: to ask for it is to change it for each thread.
        handle = os.open(temporary, _NEW, 0o666 if kept is None else 0o600)
    except (OSError, ValueError) as error:
        raise _unwritable(path, error, elsewhere) from error
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        if kept is not None:
            temporary.chmod(kept)
        if force:
            temporary.replace(target)
        else:
            claim_name(temporary, target)
    except FileExistsError as error:
        raise _standing(path, hint) from error
    except OSError as error:
        raise _unwritable(path, error, elsewhere) from error
    finally:
        # Ctrl-C too leaves nothing behind.
        with suppress(OSError):
            temporary.unlink()


def claim_name(temporary: Path, target: Path) -> None:
    """Give a whole file its name in one step; raises FileExistsError where the name is taken."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise
    except OSError:
        # A file system without links, as on a memory stick: an empty file keeps the name free.
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        try:
            temporary.replace(target)
        except BaseException:
            target.unlink()
            raise


@contextmanager
def lock_folder(folder: Path, *, wait: bool = True) -> Iterator[None]:
    """Let one process at a time change files of a folder; others wait for it if they are to.

    Where the file system knows no locks, nobody waits. A lock is gone with its process, however
    that ends. Raises Refusal where another process is at it, on Windows also for those that wait.
    """
    message = f"Another microcare is changing {folder} at this moment."
    if sys.platform == "win32":
        flags = os.O_CREAT | os.O_EXCL | os.O_TEMPORARY
        try:
            handle = os.open(folder / ".microcare.lock", flags)
        except FileExistsError as error:
            raise Refusal(message, "run the command again", UNFINISHED) from error
    else:
        from fcntl import LOCK_EX, LOCK_NB, flock  # not on Windows

        handle = os.open(folder, os.O_RDONLY)
        try:
            flock(handle, LOCK_EX if wait else LOCK_EX | LOCK_NB)
        except BlockingIOError as error:
            os.close(handle)
            raise Refusal(message, "run the command again", UNFINISHED) from error
        except OSError:
            pass
    try:
        yield
    finally:
        os.close(handle)


def write_name(path: Path) -> None:
    """Write the name of a file that was written to stdout, for scripts; raises Refusal."""
    try:
        write(f"{path}\n")
    except OSError as error:
        from microcare.commands.shared.errors import reason_of  # rare: start-up counts

        message = f"{path} was written, but its name could not be printed: {reason_of(error)}."
        raise Refusal(message, exit_code=UNFINISHED) from error


def _find_mode(path: Path) -> int | None:
    """Return who may do what with a file, None where there is none."""
    with suppress(OSError, ValueError):
        return stat.S_IMODE(path.stat().st_mode)
    return None


_WRONG_PLACES = {
    *(errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT, errno.ENOTDIR, errno.EISDIR),
    *(errno.ENAMETOOLONG, errno.ELOOP, errno.EINVAL, errno.EILSEQ, None),
}
"""A place or a name that takes no files (None of what is no name at all); all else failed."""
_LONGEST = 255
"""What most systems take for a name; a longer one is cut in messages."""


def _standing(path: Path, hint: str) -> Refusal:
    return Refusal(f"{path} exists already.", hint)


def _unwritable(path: Path, error: OSError | ValueError, hint: str = _ELSEWHERE) -> Refusal:
    reason = getattr(error, "strerror", None) or "that is no name of a file"
    code = BAD_INPUT if getattr(error, "errno", None) in _WRONG_PLACES else UNFINISHED
    shown = str(path) if len(str(path)) <= _LONGEST else f"{str(path)[:60]}…"
    return Refusal(f"{shown} can't be written: {reason}.", hint, code)
