"""Files are written whole or not at all, and nothing else is touched."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from microcare.commands.shared.files import check_target, write_file
from microcare.load.source.refusals import Refusal

if TYPE_CHECKING:
    from pathlib import Path


def names(folder: Path) -> list[str]:
    """Return what is in a folder, hidden files too."""
    return sorted(each.name for each in folder.iterdir())


def test_a_file_holds_the_bytes(tmp_path: Path) -> None:
    """Every octet arrives, and no temporary file stays."""
    path = tmp_path / "care.ics"
    write_file(path, b"\xf0\x9f\x8c\x9e\r\n\x00")
    assert path.read_bytes() == b"\xf0\x9f\x8c\x9e\r\n\x00"
    assert names(tmp_path) == ["care.ics"]


def test_a_file_replaces_another_as_a_whole(tmp_path: Path) -> None:
    """Nothing of a longer file stays behind a shorter one."""
    path = tmp_path / "care.ics"
    path.write_bytes(b"old and longer")
    write_file(path, b"new", force=True)
    assert path.read_bytes() == b"new"
    assert names(tmp_path) == ["care.ics"]


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_file_has_the_mode_of_the_user(tmp_path: Path, mask: int, mode: int) -> None:
    """Who may read it is what the user's umask says, not what a temporary file has."""
    path = tmp_path / "care.ics"
    before = os.umask(mask)
    try:
        write_file(path, b"new")
        assert os.umask(mask) == mask
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_an_interruption_leaves_nothing(tmp_path: Path) -> None:
    """An error that is not the disk's passes on, without a temporary file in its wake."""
    data = memoryview(b"new")
    data.release()
    with pytest.raises(ValueError, match="released"):
        write_file(tmp_path / "care.ics", data)  # type: ignore[arg-type]
    assert names(tmp_path) == []


def test_a_folder_that_takes_no_files_is_named(tmp_path: Path) -> None:
    """Where no temporary file can be made, the sentence names the file that was asked for."""
    gone = tmp_path / "gone"
    with pytest.raises(Refusal, match=r"gone/care\.ics can't be written: No such file"):
        write_file(gone / "care.ics", b"new")
    assert names(tmp_path) == []


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """What a link points to is written, and the link is not replaced."""
    target, link = tmp_path / "target.ics", tmp_path / "link.ics"
    target.write_bytes(b"old")
    link.symlink_to(target.name)
    write_file(link, b"new", force=True)
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_name_in_the_present_folder_is_written_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bare name needs no folder."""
    monkeypatch.chdir(tmp_path)
    write_file(check_target("care.ics"), b"new")
    assert names(tmp_path) == ["care.ics"]


def test_a_new_name_is_accepted(tmp_path: Path) -> None:
    """Nothing stands there, and its folder exists."""
    check_target(str(tmp_path / "care.ics"), force=False)
    assert names(tmp_path) == []


def test_a_file_is_not_overwritten(tmp_path: Path) -> None:
    """Without force a file that exists is refused, with force it is accepted."""
    path = tmp_path / "care.ics"
    path.write_bytes(b"old")
    with pytest.raises(Refusal, match="exists already") as caught:
        check_target(str(path), force=False)
    assert caught.value.hint == "add --force to replace it, or name another"
    check_target(str(path), force=True)


def test_a_link_to_nothing_is_not_overwritten(tmp_path: Path) -> None:
    """A link stands there, even where what it points to doesn't."""
    link = tmp_path / "link.ics"
    link.symlink_to("nowhere.ics")
    with pytest.raises(Refusal, match="exists already"):
        check_target(str(link), force=False)


@pytest.mark.parametrize("force", [True, False])
def test_a_folder_is_no_file(tmp_path: Path, force: bool) -> None:
    """A folder is never replaced."""
    with pytest.raises(Refusal, match="is a folder"):
        check_target(str(tmp_path), force=force)


@pytest.mark.parametrize("force", [True, False])
def test_a_missing_folder_is_not_made(tmp_path: Path, force: bool) -> None:
    """A name in a folder that doesn't exist is most likely a mistake."""
    with pytest.raises(Refusal, match=r"gone does not exist"):
        check_target(str(tmp_path / "gone" / "care.ics"), force=force)
    assert names(tmp_path) == []


@pytest.mark.parametrize("force", [True, False])
def test_a_pipe_is_no_file(tmp_path: Path, force: bool) -> None:
    """What is no ordinary file, such as /dev/null, is never replaced by one."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(Refusal, match="device or a pipe"):
        check_target(str(pipe), force=force)
