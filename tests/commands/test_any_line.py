"""No command line, however odd, ends in a crash."""

from __future__ import annotations

import io
import os
from contextlib import redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcare.cli import run
from tests.commands.running import BOOKING, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OPTIONS = (
    "--date", "--protocol", "-p", "--tz", "--with", "--without", "--now", "--duration", "--format",
    "-f", "--notes", "--full", "--color", "--quiet", "-q", "--help", "-h", "--version", "--debug",
    "--", "-",
)  # fmt: skip
VALUES = (
    "2026-12-10 14:30", "03/04/2026", "10 Dec 2pm", "tomorrow", "31 Dec 2199 23:59", "1900-01-01",
    "America/New_York", "Pacific/Apia", "Africa/Monrovia", "EST", "clinic-a", "clinic-b", "nope",
    str(ROOT / "protocols"), "/dev/null", "cold-sores", "pregnancy", "peel", "45 minutes",
    "24 hours", "text", "json", "markdown", "always", "", " ", "\x1b[31m", "日本", "\udcff", "%s",
)  # fmt: skip
WORDS = st.sampled_from(OPTIONS) | st.sampled_from(VALUES) | st.text(max_size=8)
LINES = st.tuples(
    st.sampled_from(["plan", "diff", "show", "protocols"]), st.lists(WORDS, max_size=6)
)


@pytest.fixture(scope="module", autouse=True)
def nobody_s_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the developer's own settings out; hypothesis takes no fixture of a single test."""
    home: Path = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "XDG_CONFIG_HOME"):
            patch.setenv(name, str(home))
        for name in [each for each in os.environ if each.startswith("MICROCARE_")]:
            patch.delenv(name)
        yield


@given(LINES)
def test_any_line_is_done_or_refused_with_a_sentence(line: tuple[str, list[str]]) -> None:
    """The exit code is 0 or 2; what is refused has its reason on stderr, and nothing on stdout."""
    command, words = line
    booking = list(BOOKING) if command == "plan" else []
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run([command, *booking, *words])
    assert code in {0, 2}
    assert (out.getvalue() != "") == (code == 0)
    assert (err.getvalue() != "") == (code == 2) or "time zone is this machine's" in err.getvalue()
    if "--debug" not in words:
        assert "Traceback" not in err.getvalue()
