"""The entry point: `--version` is answered before anything heavy is imported."""

import gc
import os
import sys

from microcare.version import __version__

STOPPED = 130


def main() -> int:
    """Run the command line of this process; return its exit code."""
    _open_missing_streams()
    streams = (sys.stdout, sys.stderr)
    try:
        return _answer(sys.argv[1:])
    except KeyboardInterrupt:
        return STOPPED
    finally:
        for stream in streams:
            try:
                stream.flush()
            except OSError:
                # What could not be written is settled: Python may not try again at its end.
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _open_missing_streams() -> None:
    """Open the streams that the process lacks (`>&-`), lest a file be opened in their place.

    Such a stdout takes nothing, like a full disk; on such a stderr remarks are lost.
    """
    if sys.stdin is None:
        sys.stdin = os.fdopen(os.open(os.devnull, os.O_RDONLY))
    if sys.stdout is None:
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_RDONLY), "w")
    if sys.stderr is None:
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")


def _answer(arguments: list[str]) -> int:
    if arguments == ["--version"]:
        try:
            sys.stdout.write(f"microcare {__version__}\n")
            sys.stdout.flush()
            return 0
        except OSError:
            # The command line as a whole says what is wrong with stdout.
            pass
    # A command is over before garbage could matter: looking for it slows the imports, and
    # once more, by a tenth of the whole time, the end of the process.
    gc.disable()
    from microcare.cli import run

    code = run(arguments)
    gc.freeze()
    return code


if __name__ == "__main__":
    sys.exit(main())
