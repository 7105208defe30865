"""A file to all of its problems: errors, or else warnings, and those of what it extends apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from microcare.load.check.checked_files import check_file, check_text
from tests.load.variants.samples import HEAD
from tests.samples import HEADER

if TYPE_CHECKING:
    from pathlib import Path

CLEAN = f"{HEADER}instructions:\n  - {{id: a, avoid: sauna, say: No sauna.}}\n"


def test_clean_text_has_no_problems() -> None:
    """A sentence of four words is not hard to read either."""
    assert check_text(CLEAN, "a.yaml") == ()
    assert check_text(CLEAN, "a.yaml", reading_level=True) == ()


def test_errors_hide_the_warnings() -> None:
    """What is doubtful in a file is told once it can be used."""
    doubtful = CLEAN.replace(", say: No sauna.", "")
    wrong = doubtful.replace("sauna", "unicorns")
    assert [each.code.value for each in check_text(doubtful, "a.yaml")] == ["no-sentence"]
    assert [each.code.value for each in check_text(wrong, "a.yaml")] == ["unknown-topic"]


def test_missing_file_has_no_text(tmp_path: Path) -> None:
    """It is told by its path, and there is no line to show."""
    found = check_file(tmp_path / "none.yaml")
    assert (found.file, found.text, found.bases) == (f"{tmp_path}/none.yaml", "", ())
    assert [each.code.value for each in found.problems] == ["unreadable-file"]


def test_file_that_is_no_text_is_shown_as_far_as_it_can_be(tmp_path: Path) -> None:
    """With a mark where an octet is no character, so that its line can be printed."""
    (tmp_path / "latin.yaml").write_bytes(b"microcare: 1\nid: caf\xe9\n")
    found = check_file(tmp_path / "latin.yaml")
    assert found.text == "microcare: 1\nid: caf\ufffd\n"
    assert [(each.line, each.column) for each in found.problems] == [(2, 8)]


def test_problems_of_a_base_come_with_its_text(tmp_path: Path) -> None:
    """Each file has those that lie in it, and no other."""
    base = CLEAN.replace("sauna,", "unicorns,")
    (tmp_path / "base.yaml").write_text(base, encoding="utf-8")
    variant = HEAD.replace("extends: base", "extends: ./base.yaml")
    (tmp_path / "own.yaml").write_text(variant, encoding="utf-8")
    found = check_file(tmp_path / "own.yaml")
    (below,) = found.bases
    assert [each.code.value for each in found.problems] == ["unusable-base"]
    assert [each.code.value for each in below.problems] == ["unknown-topic"]
    assert (found.text, below.text) == (variant, base)


@pytest.mark.parametrize(
    "text",
    [
        "root:x:0:0:hunter2:/root:/bin/bash\nmicrocare:x:1:1:hunter2:/:/bin/sh\n",
        "API_KEY=hunter2\n",
        "hunter2: 1\nhunter2: 2\npassword: !hunter2 x\nother: *hunter2\n",
        "- hunter2\n",
        "password: hunter2\n\tb: [\n",
        "hunter2: {\n",
        "# microcare: 1\nhunter2: 1\n",
        "microcare:\n  token: hunter2\n  token: hunter2\n",
        "services:\n  microcare:\n    extends: base\n    token: hunter2 : [\n",
        "a: hunter2\xff",
        "\x00hunter2",
    ],
)
def test_no_word_of_a_file_that_is_no_protocol_is_told(text: str, tmp_path: Path) -> None:
    """It may be a file of secrets: what is wrong and where is said, and no line is shown."""
    (tmp_path / "base.yaml").write_bytes(text.encode("latin-1"))
    found = check_file(tmp_path / "base.yaml")
    assert len(found.problems) == 1
    variant = tmp_path / "own.yaml"
    variant.write_text(HEAD.replace("extends: base", "extends: ./base.yaml"), encoding="utf-8")
    for each in (found, check_file(variant), *check_file(variant).bases):
        assert "hunter2" not in each.text
        assert "hunter2" not in str(each.problems)


@pytest.mark.parametrize(
    "text",
    [
        "# Ours\nmicrocare: 1\nwrong: [\n",
        '{"microcare": 1, "wrong": 2}',
        "{id: a, microcare: 1, wrong: 2}",
        "  microcare : 1\n  wrong: 2\n",
        "id: a\ninstructions:\n- {wrong: 2}\n",
        "id: a\rextends: none\rwrong: 1\r",
    ],
)
def test_line_of_a_protocol_is_shown_however_it_is_written(text: str, tmp_path: Path) -> None:
    """With a key that only protocols have the file is one, be it ever so wrong."""
    file = tmp_path / "ours.yaml"
    file.write_text(text, encoding="utf-8", newline="")
    found = check_file(file)
    assert found.text == text
    assert "This is no protocol" not in str(found.problems)
