"""Processes of `microcare` without Python's start: children of one that has all of it loaded.

Half of the time of a short process goes into starting Python and importing packages, and the tests
start many hundreds. A child that is forked from a process which has done both is a process like
any other: it has its own streams, closed or open, its own environment and folder, its terminal and
its signals, and ends as Python ends. What Python reads while it starts can't be given to it
(`can_fork`).
"""

from __future__ import annotations

import atexit
import io
import json
import os
import runpy
import signal
import socket
import struct
import subprocess
import sys
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).parents[2]
STREAMS = (0, 1, 2)
_NUMBER = struct.Struct("i")
_LONGEST = 100_000
_LOADED = (
    *("microcare.cli", "microcare.export.ics.builder", "microcare.export.ics.writer"),
    *("microcare.export.data.plan", "microcare.render.brief_text", "microcare.render.plan_text"),
    *("microcare.commands.plan", "microcare.commands.diff", "microcare.commands.export_ics"),
    *("microcare.commands.shared.booking", "microcare.load.library.protocols"),
    *("microcare.wording.plan.brief", "microcare.wording.plan.outline", "rich.console"),
    *("rich.table", "tomllib"),
)
"""What reads nothing of its environment when it is imported."""


class Fork:
    """A process that `start_fork` began, to be waited for before the next."""

    def __init__(self, server: socket.socket) -> None:
        self._server = server
        (self._pid,) = _NUMBER.unpack(server.recv(_NUMBER.size))

    def wait(self, timeout: float) -> int:
        """Return its exit code, negative for the signal that ended it."""
        self._server.settimeout(timeout)
        (code,) = _NUMBER.unpack(self._server.recv(_NUMBER.size))
        return int(code)

    def send_signal(self, number: int) -> None:
        """Send it a signal."""
        os.kill(self._pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)


def can_fork(environment: Mapping[str, str]) -> bool:
    """Return whether a forked process would be what a started one is.

    Not where Python itself starts otherwise.
    """
    return sys.platform == "linux" and _read_at_start(environment) == _read_at_start()


def _read_at_start(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return what Python reads when it starts, but for what `_open_streams` heeds."""
    heeded = {"PYTHONIOENCODING", "PYTHONUNBUFFERED", "PYTHONPATH"}
    return {
        name: text
        for name, text in environment.items()
        if name.startswith(("PYTHON", "LANG", "LC_")) and name not in heeded
    }


def start_fork(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    folder: Path,
    streams: Mapping[int, int],
) -> Fork:
    """Return a process of `microcare`; a stream that is not among its `streams` is closed."""
    server = _start_server()
    server.settimeout(None)
    given = sorted(streams)
    order = [list(arguments), dict(environment), str(folder), given]
    socket.send_fds(server, [json.dumps(order).encode()], [streams[each] for each in given])
    return Fork(server)


@cache
def _start_server() -> socket.socket:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.commands.forks", str(theirs.fileno())],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        pass_fds=[theirs.fileno()],
        stdin=subprocess.DEVNULL,
    )
    theirs.close()

    def stop() -> None:
        ours.close()
        process.wait()

    atexit.register(stop)
    return ours


def serve(orders: socket.socket) -> None:
    """Fork a process for each order, one after another; return in each of them, and at the end."""
    for name in _LOADED:
        __import__(name)
    while True:
        block, descriptors, _, _ = socket.recv_fds(orders, _LONGEST, len(STREAMS))
        if not block:
            os._exit(0)
        pid = os.fork()
        if not pid:
            orders.close()
            arguments, environment, folder, streams = json.loads(block)
            os.chdir(folder)
            _take_streams(streams, descriptors)
            _become(arguments, environment)
            return
        for each in descriptors:
            os.close(each)
        orders.send(_NUMBER.pack(pid))
        orders.send(_NUMBER.pack(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])))


def _take_streams(streams: list[int], descriptors: list[int]) -> None:
    """Make descriptors the standard streams of these numbers, and close the others."""
    import fcntl  # not on Windows, which has no fork

    # A descriptor may have the number of a stream that another one takes.
    moved = [fcntl.fcntl(each, fcntl.F_DUPFD, 10) for each in descriptors]
    for each in (*STREAMS, *descriptors):
        with suppress(OSError):
            os.close(each)
    for stream, each in zip(streams, moved, strict=True):
        os.dup2(each, stream)
        os.close(each)


def _become(arguments: list[str], environment: dict[str, str]) -> None:
    """Make this process what Python is when it starts with these arguments."""
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    sys.argv = [str(ROOT / "microcare" / "__main__.py"), *arguments]
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        setattr(sys, name, _open_stream(number))


def _open_stream(number: int) -> TextIO | None:
    """Return a standard stream as Python opens it when it starts, None where it is closed."""
    try:
        os.fstat(number)
    except OSError:
        return None
    encoding, _, errors = os.environ.get("PYTHONIOENCODING", "").partition(":")
    binary = open(number, "wb" if number else "rb", closefd=False)  # noqa: SIM115
    return io.TextIOWrapper(
        binary,
        encoding or "utf-8",
        "backslashreplace" if number == 2 else errors or "strict",
        newline="\n" if number else None,
        line_buffering=number == 2 or binary.isatty(),
        write_through="PYTHONUNBUFFERED" in os.environ,
    )


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
    runpy.run_module("microcare", run_name="__main__", alter_sys=True)
