"""Where protocols are found, and how a file that can't be read is told."""

from __future__ import annotations

import io
import os
import socket
import sys
from pathlib import Path

import pytest

from microcare.core.sheet.problems import Code
from microcare.load.library.folders import (
    MAX_BYTES,
    decode_text,
    find_built_in_folder,
    find_protocol,
    list_protocols,
    read_ordinary,
    show_path,
)
from microcare.load.library.protocols import read_protocol
from microcare.load.source.refusals import ProtocolError, Refusal

SMALL = """\
microcare: 1
id: small
title: T
procedure: p
version: 1
instructions:
  - {id: a, avoid: sauna, until: 2 days after}
"""


def problem(path: Path) -> tuple[Code, str]:
    """Return the code and the message of the one problem of a file."""
    with pytest.raises(ProtocolError) as caught:
        read_protocol(path)
    (found,) = caught.value.problems
    return found.code, found.message


def test_built_in_protocols_are_found_without_a_folder() -> None:
    """Both are there, in the order of their names."""
    found = list_protocols(())
    assert [(each.id, each.built_in) for each in found] == [("clinic-a", True), ("clinic-b", True)]
    assert all(each.path.parent == find_built_in_folder() for each in found)


def test_own_folders_come_first_in_their_order(tmp_path: Path) -> None:
    """The first of a name is the one that counts, built-in ones last of all."""
    one, two = tmp_path / "one", tmp_path / "two"
    for folder, names in ((one, ["b.yaml", "a.yml"]), (two, ["a.yaml", "clinic-b.yaml"])):
        folder.mkdir()
        for name in names:
            (folder / name).touch()
    found = list_protocols((one, two))
    assert [each.id for each in found] == ["a", "b", "clinic-b", "clinic-a"]
    assert found[0].path == one / "a.yml"
    assert [each.built_in for each in found] == [False, False, False, True]


def test_only_yaml_files_are_protocols(tmp_path: Path) -> None:
    """Other endings, folders and dangling links are passed over."""
    (tmp_path / "notes.txt").touch()
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "link.yaml").symlink_to(tmp_path / "nowhere")
    assert list_protocols((tmp_path,)) == list_protocols(())


def test_folder_that_is_none_is_an_error(tmp_path: Path) -> None:
    """A folder that vanished, or is a file, is told with its name and the reason."""
    file = tmp_path / "file"
    file.touch()
    for folder in (tmp_path / "gone", file):
        with pytest.raises(Refusal, match=f"{folder.name} can't be read: .+") as caught:
            list_protocols((folder,))
        assert "permissions" in (caught.value.hint or "")


@pytest.mark.parametrize("reference", ["ours.yaml", "ours.yml", "./ours", "a/b", "a\\b", "/x"])
def test_what_looks_like_a_path_is_one(reference: str) -> None:
    """A separator or an ending makes a path, whether it exists or not."""
    assert find_protocol(reference, ()) == Path(reference)


def test_id_is_found_among_the_folders(tmp_path: Path) -> None:
    """A name without an ending is one of the protocols that can be named."""
    (tmp_path / "ours.yaml").touch()
    assert find_protocol("ours", (tmp_path,)) == tmp_path / "ours.yaml"
    assert find_protocol("clinic-b", (tmp_path,)) == find_built_in_folder() / "clinic-b.yaml"


def test_unknown_id_is_an_error_with_the_nearest() -> None:
    """A slip meets the nearest name, anything else all of them."""
    with pytest.raises(Refusal) as caught:
        find_protocol("clnic-b", ())
    assert caught.value.hint == "did you mean “clinic-b”?"
    with pytest.raises(Refusal) as caught:
        find_protocol("zzz", ())
    assert caught.value.hint == "there are clinic-a, clinic-b"


def test_protocol_is_read_from_a_file(tmp_path: Path) -> None:
    """Positions name the file as the user would."""
    file = tmp_path / "small.yaml"
    file.write_text(SMALL, encoding="utf-8")
    (found,) = read_protocol(file).instructions
    assert (found.position.file, found.position.line) == (str(file), 7)


def test_protocol_is_read_from_stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    """`-` is stdin, and is called so in positions."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SMALL.encode())))
    (found,) = read_protocol(Path("-")).instructions
    assert found.position.file == "<stdin>"


def test_largest_file_is_read_and_no_larger_one(tmp_path: Path) -> None:
    """The bound is on bytes, before anything is decoded."""
    file = tmp_path / "large.yaml"
    file.write_bytes(b"#" * (MAX_BYTES + 1))
    assert problem(file)[0] is Code.TOO_LARGE
    file.write_bytes(b"\xff" * MAX_BYTES)
    assert problem(file)[0] is Code.NOT_TEXT


def test_file_that_can_not_be_read_is_a_problem(tmp_path: Path) -> None:
    """A missing file, a folder and an impossible name each have their sentence."""
    assert problem(tmp_path / "gone.yaml") == (Code.UNREADABLE, "There is no such file.")
    assert problem(tmp_path) == (Code.UNREADABLE, "This is a folder, not a file.")
    assert problem(Path("a\0b")) == (Code.UNREADABLE, "The file can't be read: embedded null byte.")
    code, message = problem(tmp_path / ("x" * 300))
    assert code is Code.UNREADABLE
    assert message.startswith("The file can't be read: ")


@pytest.mark.parametrize("kind", ["pipe", "socket", "device"])
def test_what_is_no_ordinary_file_is_not_read(kind: str, tmp_path: Path) -> None:
    """A pipe that nobody writes to would be waited for, a device would never end."""
    path = tmp_path / kind
    with socket.socket(socket.AF_UNIX) as listener:
        match kind:
            case "pipe":
                os.mkfifo(path)
            case "socket":
                listener.bind(os.path.relpath(path))  # of whole paths few characters fit
            case _:
                path = Path("/dev/zero")
        assert problem(path) == (Code.UNREADABLE, "This is a pipe or a device, not a file.")


def test_bound_holds_for_each_reader(tmp_path: Path) -> None:
    """One byte more than asked for, which tells that there are more; a folder is refused."""
    file = tmp_path / "file"
    file.write_bytes(b"12345")
    assert read_ordinary(file, 5) == b"12345"
    assert read_ordinary(file, 3) == b"1234"
    with pytest.raises(IsADirectoryError):
        read_ordinary(tmp_path, 3)


def test_path_below_the_working_folder_is_shown_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Relative where it can be, the same on every system."""
    monkeypatch.chdir(tmp_path)
    assert show_path(tmp_path / "a" / "b.yaml") == "a/b.yaml"
    assert show_path(Path("b.yaml")) == "b.yaml"


def test_other_paths_are_shown_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file elsewhere keeps its folder; a built-in one doesn't show where it is installed."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert show_path(tmp_path / "b.yaml") == str(tmp_path / "b.yaml")
    assert show_path(find_built_in_folder() / "clinic-a.yaml") == "protocols/clinic-a.yaml"


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"\xff\xfea\x00:\x00", (1, 1)),
        ("id: a".encode("utf-16"), (1, 1)),
        (b"id: caf\xe9", (1, 8)),
        (b"id: a\ntitle: caf\xe9\n", (2, 11)),
        ("id: é\ntitle: é".encode() + b"\x80", (2, 9)),
        (b"\x89PNG\r\n\x1a\n\x00\x00", (1, 1)),
        (b"\x1f\x8b\x08\x00", (1, 2)),
    ],
)
def test_not_text(data: bytes, place: tuple[int, int]) -> None:
    """UTF-16, Latin-1, a picture and an archive: where UTF-8 ends."""
    with pytest.raises(ProtocolError) as error:
        decode_text(data, "sample.yaml")
    (found,) = error.value.problems
    assert (found.line, found.column, found.code) == (*place, Code.NOT_TEXT)
