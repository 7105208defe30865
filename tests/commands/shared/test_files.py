"""Files are written whole or not at all, and nothing else is touched."""

from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING

import pytest

from microcare.commands.shared.files import check_target, claim_name, write_file
from microcare.load.source.refusals import BAD_INPUT, Refusal

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


def test_a_file_is_written_without_asking_for_the_umask(tmp_path: Path) -> None:
    """To ask is to change it, for every thread that makes a file at that moment."""
    called: list[object] = []
    sys.setprofile(lambda _, event, what: called.append(what) if event == "c_call" else None)
    try:
        write_file(tmp_path / "care.ics", b"new")
    finally:
        sys.setprofile(None)
    assert os.open in called
    assert os.umask not in called


def test_a_file_that_is_replaced_keeps_its_mode(tmp_path: Path) -> None:
    """What nobody else may read stays so, behind a link too."""
    path, link = tmp_path / "care.ics", tmp_path / "link.ics"
    path.write_bytes(b"old")
    path.chmod(0o600)
    link.symlink_to(path)
    for each in (path, link):
        write_file(each, b"new", force=True)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


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


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("x" * 300, "File name too long"),
        ("a\0b", "that is no name of a file"),
        ("loop.ics/care.ics", "Too many levels of symbolic links"),
    ],
    ids=["long", "null", "loop"],
)
@pytest.mark.parametrize("force", [True, False])
def test_an_impossible_name_is_bad_input(
    tmp_path: Path, name: str, reason: str, force: bool
) -> None:
    """It is the name that is wrong, not the disk, and it is told before any work is done."""
    (tmp_path / "loop.ics").symlink_to("loop.ics")
    with pytest.raises(Refusal) as caught:
        check_target(str(tmp_path / name), force=force)
    assert caught.value.exit_code == BAD_INPUT
    assert len(caught.value.message) < 300
    assert reason in caught.value.message or "does not exist" in caught.value.message


@pytest.mark.parametrize("force", [True, False])
def test_a_name_that_ends_like_a_folder_is_none_of_a_file(tmp_path: Path, force: bool) -> None:
    """`-o calendars/` means the folder, which isn't there; no file of that name is made."""
    with pytest.raises(Refusal, match=r"calendars does not exist"):
        check_target(f"{tmp_path / 'calendars'}/", force=force)


def test_a_file_that_appeared_in_between_is_not_overwritten(tmp_path: Path) -> None:
    """All eight saw that nothing was there: one has the name, and seven are told."""
    targets = [check_target(str(tmp_path / "care.ics")) for _ in range(8)]
    write_file(targets[0], b"first")
    for target in targets[1:]:
        with pytest.raises(Refusal, match=r"care\.ics exists already") as caught:
            write_file(target, b"second")
        assert (caught.value.exit_code, caught.value.hint) == (
            BAD_INPUT,
            "add --force to replace it, or name another",
        )
    assert (tmp_path / "care.ics").read_bytes() == b"first"
    assert names(tmp_path) == ["care.ics"]


def test_a_link_that_appeared_in_between_is_not_followed(tmp_path: Path) -> None:
    """Not even one that leads to nothing."""
    target = check_target(str(tmp_path / "care.ics"))
    (tmp_path / "care.ics").symlink_to("elsewhere.ics")
    with pytest.raises(Refusal, match="exists already"):
        write_file(target, b"new")
    assert names(tmp_path) == ["care.ics"]


def test_where_a_name_can_not_be_linked_none_is_left(tmp_path: Path) -> None:
    """Where there are no links the name is kept by an empty file, which goes where that fails.

    A folder can't be linked, nor take the place of a file.
    """
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="directory"):
        claim_name(tmp_path / "folder", tmp_path / "care.ics")
    assert names(tmp_path) == ["folder"]
