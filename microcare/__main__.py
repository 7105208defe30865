"""The entry point: `--version` is answered before anything heavy is imported."""

import gc
import os
import sys

from microcare.version import __version__

STOPPED = 130


def main() -> int:
    """Run the command line of this process; return its exit code."""
    try:
        return _answer(sys.argv[1:])
    except BrokenPipeError:
        # The reader has seen enough (`| head`). Nothing may be written to the pipe at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return STOPPED


def _answer(arguments: list[str]) -> int:
    if arguments == ["--version"]:
        sys.stdout.write(f"microcare {__version__}\n")
        sys.stdout.flush()
        return 0
    # A command is over before garbage could matter: looking for it slows the imports, and
    # once more, by a tenth of the whole time, the end of the process.
    gc.disable()
    from microcare.cli import run

    code = run(arguments)
    gc.freeze()
    return code


if __name__ == "__main__":
    sys.exit(main())
