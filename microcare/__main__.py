"""The entry point: `--version` is answered before anything heavy is imported."""

import sys

from microcare import __version__


def main() -> int:
    """Run the command line of this process; return its exit code."""
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"microcare {__version__}\n")
        return 0
    from microcare.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
