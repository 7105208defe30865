"""Chromium without a window, told what to do over a pipe: no driver, and nothing from elsewhere."""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import signal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
ABSENT = f"Chromium is not installed: none of {', '.join(NAMES)} is on the PATH"
_PATIENCE = 60
"""Seconds after which a browser that says nothing is broken."""
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
    "--no-first-run", "--disable-extensions", "--disable-background-networking",
    "--remote-debugging-pipe",
)  # fmt: skip


def find_browser() -> str | None:
    """Return the path of an installed Chromium, on a system where it can be told over a pipe."""
    if os.name != "posix":
        return None
    return next(filter(None, map(shutil.which, NAMES)), None)


class Browser:
    """One Chromium with one page; `home` is where it keeps what it must."""

    def __init__(self, program: str, home: Path) -> None:
        told, self._say = _make_pipe()
        self._hear, answer = _make_pipe()
        # It reads at 3 and writes at 4. Those of ours lie above 9, so that none is in the way.
        places = [(os.POSIX_SPAWN_DUP2, told, 3), (os.POSIX_SPAWN_DUP2, answer, 4)]
        errors = os.open(home / "stderr", os.O_WRONLY | os.O_CREAT)
        self._process = os.posix_spawn(
            program,
            [program, *_FLAGS, f"--user-data-dir={home / 'profile'}", "about:blank"],
            {**os.environ, "HOME": str(home), "LC_ALL": "C.UTF-8"},
            file_actions=[*places, (os.POSIX_SPAWN_DUP2, errors, 2)],
            setsid=True,
        )
        for each in (told, answer, errors):
            os.close(each)
        self._heard = b""
        self._count = 0
        self._session: str | None = None
        self._shown = ""
        self._loaded = False
        self.requests: list[str] = []
        self.complaints: list[str] = []
        pages = self._ask("Target.getTargets")["targetInfos"]
        target = next(each["targetId"] for each in pages if each["type"] == "page")
        attached = self._ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Network", "Log"):
            self._ask(f"{domain}.enable")

    def close(self) -> None:
        """End it, and wait until it has ended."""
        for each in (self._say, self._hear):
            os.close(each)
        os.killpg(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)

    def open(self, file: Path) -> None:
        """Open a page and wait until it is loaded; notes what it asks for, and what is refused."""
        self.requests, self.complaints = [], []
        self._shown, self._loaded = file.as_uri(), False
        self._ask("Page.navigate", url=file.as_uri())
        while not self._loaded:
            self._read()

    def look(self, width: int, *, dark: bool = False) -> None:
        """Show the page in a window so many CSS pixels wide, by day or by night."""
        self._ask(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=800, deviceScaleFactor=1, mobile=width < 800,
        )  # fmt: skip
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._ask("Emulation.setEmulatedMedia", features=[scheme])

    def run(self, script: str) -> Any:  # noqa: ANN401 - what a script gives is any JSON
        """Return what an expression of the page comes to, awaited; its policy does not stop it."""
        done = self._ask(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in done:
            raise RuntimeError(done["exceptionDetails"])
        return done["result"].get("value")

    def print(self, width: float, height: float) -> bytes:
        """Return the page as a tagged PDF on paper of so many inches."""
        done = self._ask(
            "Page.printToPDF",
            paperWidth=width, paperHeight=height, printBackground=True, preferCSSPageSize=True,
            generateTaggedPDF=True,
        )  # fmt: skip
        return base64.b64decode(done["data"])

    def _ask(self, method: str, **parameters: object) -> dict[str, Any]:
        """Return the answer to a command; raises RuntimeError where it can't be done."""
        self._count += 1
        told = {"id": self._count, "method": method, "params": parameters}
        if self._session is not None:
            told["sessionId"] = self._session
        rest = json.dumps(told).encode() + b"\0"
        while rest:
            rest = rest[os.write(self._say, rest) :]
        while (answer := self._read()).get("id") != self._count:
            pass
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']['message']}")
        found: dict[str, Any] = answer["result"]
        return found

    def _read(self) -> dict[str, Any]:
        """Return the next thing that the browser says; raises TimeoutError or EOFError."""
        while b"\0" not in self._heard:
            if not select.select([self._hear], [], [], _PATIENCE)[0]:
                raise TimeoutError(f"the browser says nothing for {_PATIENCE} s")
            more = os.read(self._hear, 1 << 20)
            if not more:
                raise EOFError("the browser has ended")
            self._heard += more
        first, _, self._heard = self._heard.partition(b"\0")
        said: dict[str, Any] = json.loads(first)
        method, told = said.get("method"), said.get("params", {})
        # A frame that is refused shows a page of the browser's own.
        if method == "Network.requestWillBeSent" and told["documentURL"] == self._shown:
            self.requests.append(told["request"]["url"])
        elif method == "Log.entryAdded":
            self.complaints.append(told["entry"]["text"])
        self._loaded |= method == "Page.loadEventFired"
        return said


def _make_pipe() -> Iterator[int]:
    """Return the end to read and the end to write of a pipe, both above 9."""
    import fcntl  # not on Windows

    for low in os.pipe():
        yield fcntl.fcntl(low, fcntl.F_DUPFD_CLOEXEC, 10)
        os.close(low)
