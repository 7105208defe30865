"""What all tests share: how many examples a property tries, a cache, outputs kept in files."""

import gc
import os
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings

# The same examples on every run and every machine: a failure is never a matter of luck. Few of
# them are for measuring coverage, which is slow: they reach the same lines.
for name, number in (("default", 40), ("few", 12)):
    settings.register_profile(
        name,
        max_examples=number,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
# For hours of searching: `make fuzz`. New examples on every run.
settings.register_profile(
    "long",
    max_examples=3000,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


# Protocols that the tests read are kept here, and never in the developer's home; from the
# beginning, since modules read some. Gone when the process ends.
CACHE = TemporaryDirectory(prefix="microcare-")
os.environ["XDG_CACHE_HOME"] = CACHE.name


def pytest_collection_finish() -> None:
    """Look for garbage seldom, and not among thousands of tests that stay to the end."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


# Golden outputs: what the commands print, kept in tests/golden.

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--record-golden`, which `make golden` gives."""
    text = "write the present output into the golden files instead of comparing"
    parser.addoption("--record-golden", action="store_true", help=text)


@pytest.fixture
def check_golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Return what compares an output with its golden file, or records it where that is asked."""
    record = request.config.getoption("--record-golden")

    def check(name: str, output: str) -> None:
        file = GOLDEN / name
        if record:
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(output.encode())
        assert file.is_file(), f"{file} is missing: make golden"
        # After a change that is meant: make golden, and read the diff.
        assert output == file.read_bytes().decode()

    return check
