"""Run `microcare` again and again in forks, each of which is killed one step further on.

A step is whatever changes a file system: a file that is opened to be written, a name that is given,
changed or taken away. What is read from stdin is JSON: the words of the command line, the folder
that each fork finds as its `out`, or null, where the folders of the forks are to be made, and how
many steps further each of them may go.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from pathlib import Path

_CHANGES = {"open", "os.rename", "os.remove", "os.mkdir", "os.chmod"}


def main() -> None:
    """Fork until one is not killed any more; print its step."""
    from microcare.cli import run

    order = json.load(sys.stdin)
    run([*order["words"], "--out", str(Path(order["place"], "warm"))])
    step = 0
    while True:
        out = Path(order["place"], str(step))
        if order["start"]:
            shutil.copytree(order["start"], out)
        pid = os.fork()
        if not pid:
            _count_steps(out, step)
            os._exit(run([*order["words"], "--out", str(out)]))
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        if code != -signal.SIGKILL:
            break
        step += order["stride"]
    os.write(1, f"\n{step}\n".encode())


def _count_steps(out: Path, last: int) -> None:
    """Kill this process before it changes anything in a folder for one more than the last time."""
    left = last

    def hook(event: str, words: tuple[object, ...]) -> None:
        nonlocal left
        if event not in _CHANGES or not str(words[0]).startswith(str(out)):
            return
        if event == "open" and not int(str(words[2])) & (os.O_WRONLY | os.O_RDWR):
            return
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1

    sys.addaudithook(hook)


if __name__ == "__main__":
    main()
