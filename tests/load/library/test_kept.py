"""Protocols that are kept: equal to those read anew, and taken only where nothing has changed."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tomllib
from fractions import Fraction
from pathlib import Path
from shutil import copytree
from zlib import crc32

import pytest
from hypothesis import given

from microcare.core.sheet.protocol import Protocol
from microcare.load.library.folders import find_built_in_folder, read_text, show_path
from microcare.load.library.kept import (
    ABOVE,
    MOST_BYTES,
    MOST_ENTRIES,
    describe_program,
    find_kept_folder,
    recall_protocol,
)
from microcare.load.library.protocols import make_base_finder, read_protocol
from microcare.load.protocol.names import find_topic
from microcare.load.source.refusals import ProtocolError
from microcare.load.variants.bases import Base, FindBase
from microcare.load.variants.parsing import parse_protocol
from tests.commands.running import (
    BOOKING,
    ROOT,
    Runner,
    clean_environment,
    make_runner,  # noqa: F401 - the fixture `microcare`
    put_protocol,
)
from tests.strategies import sheets

FILES = [
    *sorted(find_built_in_folder().glob("*.yaml")),
    *sorted((ROOT / "tests" / "examples" / "valid").glob("*.yaml")),
]
VARIANT = "microcare: 1\nid: variant\nversion: 1\nextends: "
_LATER = 2**63
"""An instant at which any program has long been loaded, in nanoseconds."""
POSIX = pytest.mark.skipif(os.name != "posix", reason="owners and modes are POSIX's")


@pytest.fixture(name="cache", autouse=True)
def make_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of the entries, which is not there yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "microcare"


def read(file: Path, *folders: Path) -> tuple[Protocol, bool]:
    """Return the protocol of a file, and whether it was kept: nothing was parsed."""
    parsed = []

    def parse(text: str, name: str, find_base: FindBase) -> Protocol:
        parsed.append(name)
        return parse_protocol(text, name, find_base)

    name = show_path(file)
    finder = make_base_finder(file, folders)
    return recall_protocol(read_text(file, name), name, finder, str(file), parse), not parsed


def is_kept(file: Path, *folders: Path) -> bool:
    """Return whether a file is not parsed, after checking that it reads as if it were."""
    found, was_kept = read(file, *folders)
    name = show_path(file)
    assert found == parse_protocol(read_text(file, name), name, make_base_finder(file, folders))
    return was_kept


def extend(file: Path, base: str) -> Path:
    """Return a file that extends another by its id or path."""
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"{VARIANT}{base}\n", encoding="utf-8")
    return file


def entry_of(cache: Path) -> Path:
    """Return the only entry."""
    (entry,) = cache.iterdir()
    return entry


# What is kept


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_kept_protocol_is_the_one_that_was_read(file: Path) -> None:
    """By all that it says, in the same order: `repr` tells what equal mappings don't."""
    fresh, was_kept = read(file)
    again, is_kept = read(file)
    assert (was_kept, is_kept) == (False, True)
    assert again == fresh
    if fresh.extends is None:  # whose `written` has no order
        assert repr(again) == repr(fresh)


@given(sheet=sheets())
def test_any_protocol_is_kept(sheet: Protocol) -> None:
    """Whatever a sheet may say comes back as it was."""

    def find(reference: str) -> Base:
        raise AssertionError(reference)

    def fail(*_: object) -> Protocol:
        raise AssertionError

    text = repr(sheet)
    assert recall_protocol(text, "drawn.yaml", find, "drawn", lambda *_: sheet) == sheet
    assert recall_protocol(text, "drawn.yaml", find, "drawn", fail) == sheet


@pytest.mark.parametrize(
    "command",
    [
        ("plan", *BOOKING, "--full", "--notes"),
        ("plan", *BOOKING, "--protocol", "clinic-b", "--format", "json"),
        ("plan", *BOOKING, "--language", "es"),
        ("export-ics", *BOOKING, "--booking", "1", "-o", "-"),
        ("handout", *BOOKING, "--format", "html", "-o", "-"),
        ("can", "sun", *BOOKING, "--at", "2026-12-12 10:00"),
        ("earliest", "--last", "Botox=2026-11-20", *BOOKING[2:]),
        ("diff", "clinic-a", "clinic-b", "--full"),
        ("show", "clinic-b"),
        ("protocols", "--format", "json"),
        ("topics", "retinol"),
    ],
    ids=" ".join,
)
def test_a_command_says_the_same(command: tuple[str, ...], microcare: Runner) -> None:
    """The first run reads the files, the second takes what the first kept."""
    first = microcare(*command)
    assert first.code in {0, 1}
    assert microcare(*command) == first


def test_a_name_is_whose_it_was(tmp_path: Path) -> None:
    """A file's own topic takes a built-in one's name, also where neither was made here."""
    file = put_protocol(tmp_path, "ours", topics="{nose-spray: {synonyms: [eye cosmetics]}}")
    assert {find_topic("eye cosmetics", read(file)[0].topics) for _ in range(2)} == {"nose-spray"}


def test_positions_are_named_from_where_it_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One file is two to the cache where it is named otherwise."""
    file = put_protocol(tmp_path / "sheets", "ours")
    for folder, name in ((tmp_path, "sheets/ours.yaml"), (file.parent, "ours.yaml")):
        monkeypatch.chdir(folder)
        for _ in range(2):
            assert read_protocol(file).instructions[0].position.file == name


def test_nothing_of_a_patient_is_kept(cache: Path, microcare: Runner) -> None:
    """Another date and other answers leave the folder as it is."""
    microcare("plan", *BOOKING)
    before = entry_of(cache).read_bytes()
    microcare("plan", "--date", "2027-03-01", *BOOKING[2:], "--with", "cold-sores,pregnancy")
    assert entry_of(cache).read_bytes() == before


def test_what_has_problems_is_not_kept(cache: Path, tmp_path: Path) -> None:
    """It says all of them each time."""
    file = put_protocol(tmp_path, "ours", duration="soon", language="1")
    told = []
    for _ in range(2):
        with pytest.raises(ProtocolError) as caught:
            read_protocol(file)
        told.append(caught.value.problems)
    assert told[0] == told[1]
    assert len(told[0]) == 2
    assert not cache.exists()


def test_stdin_is_not_kept(cache: Path, microcare: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has no place by which it could be found again."""
    with FILES[0].open(encoding="utf-8") as file:
        monkeypatch.setattr(sys, "stdin", file)
        assert microcare("show", "-").code == 0
    assert not cache.exists()


# What changes


def test_a_changed_text_is_read(tmp_path: Path) -> None:
    """Also where neither its length nor its date tells."""
    file = put_protocol(tmp_path, "ours")
    read(file)
    state = file.stat()
    file.write_text(file.read_text(encoding="utf-8").replace("2 days", "3 days"), encoding="utf-8")
    os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert not is_kept(file)
    assert is_kept(file)


def test_a_changed_base_is_read(tmp_path: Path) -> None:
    """The nearest, and one below it; so is one that is gone."""
    bottom = put_protocol(tmp_path, "bottom")
    extend(tmp_path / "middle.yaml", "bottom.yaml")
    file = extend(tmp_path / "top.yaml", "./middle.yaml")
    assert [is_kept(file), is_kept(file)] == [False, True]
    text = bottom.read_text(encoding="utf-8")
    bottom.write_text(text.replace("2 days", "3 days"), encoding="utf-8")
    assert [is_kept(file), is_kept(file)] == [False, True]
    extend(tmp_path / "middle.yaml", "bottom.yaml\ntitle: Changed")
    assert [is_kept(file), is_kept(file)] == [False, True]
    bottom.unlink()
    with pytest.raises(ProtocolError):
        read(file)


def test_a_base_that_is_found_elsewhere_is_read(tmp_path: Path) -> None:
    """A file of the same name appears in the clinic's folder, before the built-in one."""
    ours = tmp_path / "ours"
    file = extend(tmp_path / "variant.yaml", "clinic-a")
    ours.mkdir()
    assert [is_kept(file, ours), is_kept(file, ours)] == [False, True]
    put_protocol(ours, "clinic-a")
    assert [is_kept(file, ours), is_kept(file, ours)] == [False, True]
    # Of two files with one text the one that is found counts: positions name it.
    other = tmp_path / "other"
    put_protocol(other, "clinic-a")
    assert [is_kept(file, other, ours), is_kept(file, other, ours)] == [False, True]


def run_copy(folder: Path, *options: str) -> tuple[str, bool]:
    """Return the plan of a copy of the program, and whether it came without YAML."""
    code = "from microcare.cli import run; code = run(sys.argv[1:])"
    code = f"import sys; {code}; print('yaml' in sys.modules, file=sys.stderr); sys.exit(code)"
    done = subprocess.run(
        [sys.executable, *options, "-c", code, "plan", *BOOKING, "--format", "json"],
        env=clean_environment(folder, PYTHONPATH=str(folder)),
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout, done.stderr == "False\n"


def test_another_program_reads_anew(tmp_path: Path) -> None:
    """One whose code or vocabulary was edited in place, with the version that it had."""
    for name in ("microcare", "protocols"):
        copytree(ROOT / name, tmp_path / name)
    plan, _ = run_copy(tmp_path)
    assert run_copy(tmp_path) == (plan, True)
    for name, old, new in (
        ("load/protocol/protocol.py", 'title=fields.said("title")', 'title="Edited"'),
        ("vocabulary/factors.csv", ",you are ", ",perhaps you are "),
    ):
        file = tmp_path / "microcare" / name
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(old, new), encoding="utf-8")
        changed, was_kept = run_copy(tmp_path)
        assert (changed != plan, was_kept) == (True, False)
        file.write_text(text, encoding="utf-8")
        assert run_copy(tmp_path) == (plan, False)
    assert run_copy(tmp_path) == (plan, True)


def test_a_program_that_is_newer_than_what_was_loaded_is_not_described(tmp_path: Path) -> None:
    """Half of it may be in memory as it was, and half be loaded as it is now."""
    (tmp_path / "a.py").write_text("1", encoding="utf-8")
    changed = (tmp_path / "a.py").stat().st_ctime_ns
    assert describe_program(tmp_path, changed) == ""
    assert describe_program(tmp_path, _LATER)


def test_a_program_is_described_by_its_files(tmp_path: Path) -> None:
    """One more, one less, another name, another date; not by what Python keeps of it."""
    seen = [describe_program(tmp_path, _LATER)]

    def is_another() -> bool:
        seen.append(describe_program(tmp_path, _LATER))
        return seen[-1] not in seen[:-1]

    folder = tmp_path / "load"
    folder.mkdir()
    (folder / "a.py").write_text("1", encoding="utf-8")
    assert is_another()
    os.utime(folder / "a.py", (1, 1))
    assert is_another()
    (folder / "a.py").rename(folder / "b.py")
    assert is_another()
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "b.pyc").write_text("1", encoding="utf-8")
    assert not is_another()


def test_all_that_the_loader_may_know_counts() -> None:
    """What is left out is kept from it by the layers that the imports are held to."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = [
        [name.strip() for name in layer.split("|")]
        for contract in settings["tool"]["importlinter"]["contracts"]
        for layer in contract.get("layers", ())
        if contract["id"] == "layers"
    ]
    own = next(number for number, layer in enumerate(layers) if "load" in layer)
    assert {name for layer in layers[: own + 1] for name in layer} - {"load"} >= ABOVE


# What does not count


def test_a_torn_entry_is_replaced(cache: Path, tmp_path: Path) -> None:
    """Cut anywhere, empty, or with a byte that was lost on the disk."""
    file = put_protocol(tmp_path, "ours")
    read(file)
    entry = entry_of(cache)
    whole = entry.read_bytes()
    for size in (0, 3, 100, len(whole) // 2, len(whole) - 1):
        entry.write_bytes(whole[:size])
        assert [is_kept(file), is_kept(file)] == [False, True]
    entry.write_bytes(whole[:-300] + bytes([whole[-300] ^ 1]) + whole[-299:])
    assert [is_kept(file), is_kept(file)] == [False, True]
    assert entry.read_bytes() == whole


class Trap:
    """What does something where it is unpickled."""

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, ("sprung",)


@pytest.mark.parametrize(
    "found",
    [Trap(), Fraction(1, 2), Protocol, "a text", []],
    ids=["trap", "fraction", "class", "text", "list"],
)
def test_what_is_no_protocol_is_not_made(
    found: object, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing but the classes of a sheet is called, whatever an entry names."""
    monkeypatch.chdir(tmp_path)
    file = put_protocol(tmp_path, "ours")
    read(file)
    entry = entry_of(cache)
    head = entry.read_bytes()[4:].partition(b"\x80\x05")[0]
    for data in (pickle.dumps([]) + pickle.dumps(found), pickle.dumps(found)):
        whole = head + data
        entry.write_bytes(crc32(whole).to_bytes(4, "big") + whole)
        assert [is_kept(file), is_kept(file)] == [False, True]
    assert not (tmp_path / "sprung").exists()


@POSIX
def test_what_others_may_write_does_not_count(cache: Path, tmp_path: Path) -> None:
    """An entry is replaced; a folder is left alone."""
    file = put_protocol(tmp_path, "ours")
    read(file)
    assert cache.stat().st_mode & 0o777 == 0o700
    for mode in (0o620, 0o602, 0o666):
        entry_of(cache).chmod(mode)
        assert [is_kept(file), is_kept(file)] == [False, True]
    cache.chmod(0o770)
    state = entry_of(cache).stat()
    assert [is_kept(file), is_kept(file)] == [False, False]
    assert entry_of(cache).stat() == state


@POSIX
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root")
def test_what_belongs_to_others_does_not_count(cache: Path, tmp_path: Path) -> None:
    """Though nobody else may write it."""
    file = put_protocol(tmp_path, "ours")
    read(file)
    os.chown(entry_of(cache), 12345, -1)
    assert [is_kept(file), is_kept(file)] == [False, True]


def test_a_pipe_is_no_entry(cache: Path, tmp_path: Path) -> None:
    """Nobody waits for what it may say."""
    file = put_protocol(tmp_path, "ours")
    read(file)
    entry = entry_of(cache)
    entry.unlink()
    os.mkfifo(entry)
    assert [is_kept(file), is_kept(file)] == [False, True]


# Where nothing can be kept


def test_where_there_is_no_room_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file stands where the folder would, or is one on the way to it."""
    file = put_protocol(tmp_path, "ours")
    (tmp_path / "microcare").write_bytes(b"")
    for place in (tmp_path, tmp_path / "microcare", tmp_path / "not" / "there"):
        monkeypatch.setenv("XDG_CACHE_HOME", str(place))
        assert [is_kept(file), is_kept(file)] == [False, False]
    assert not (tmp_path / "not").exists()


@pytest.mark.parametrize(
    ("platform", "variables", "folder"),
    [
        ("linux", {"HOME": "/home/a", "XDG_CACHE_HOME": "/cache"}, "/cache/microcare"),
        ("linux", {"HOME": "/home/a", "XDG_CACHE_HOME": "cache"}, "/home/a/.cache/microcare"),
        ("linux", {"HOME": "/home/a"}, "/home/a/.cache/microcare"),
        ("darwin", {"HOME": "/Users/a"}, "/Users/a/Library/Caches/microcare"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/microcare"),
        ("win32", {}, None),
    ],
)
def test_each_system_has_a_folder_for_caches(
    platform: str, variables: dict[str, str], folder: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is relative to the working folder is none."""
    for name in ("HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert find_kept_folder() == (None if folder is None else Path(folder))


def test_the_oldest_go(cache: Path, tmp_path: Path) -> None:
    """Among them what a killed process left behind; other files are let alone."""
    cache.mkdir(parents=True, mode=0o700)
    for number in range(MOST_ENTRIES):
        old = cache / f"{number}.protocol"
        old.write_bytes(b"")
        os.utime(old, (number, number))
    (cache / "config.toml").write_bytes(b"")
    read(put_protocol(tmp_path, "ours"))
    left = {each.name for each in cache.iterdir()}
    assert len(left) == MOST_ENTRIES + 1
    assert "0.protocol" not in left
    assert {"1.protocol", "config.toml"} <= left


def test_what_is_too_large_is_not_kept(cache: Path, tmp_path: Path) -> None:
    """Files are bounded, and so is what is kept of all of them."""
    file = put_protocol(tmp_path, "ours")
    file.write_text(f"{file.read_text(encoding='utf-8')}\n#{'x' * MOST_BYTES}", encoding="utf-8")
    with pytest.raises(ProtocolError):
        read(file)
    small, _ = read(FILES[0])
    entry_of(cache).unlink()
    recall_protocol("x" * MOST_BYTES, "x", make_base_finder(file, ()), "x", lambda *_: small)
    assert not [*cache.iterdir()]


def test_processes_at_once_see_whole_entries(cache: Path, tmp_path: Path) -> None:
    """Each of six reads, keeps and removes the same two, and each finds what it would alone."""
    code = (
        "import sys; from pathlib import Path\n"
        "from microcare.load.library import kept, protocols\n"
        "for number in range(20):\n"
        "    found = [protocols.read_protocol(Path(each)) for each in sys.argv[1:]]\n"
        "    if number % 5 == 0:\n"
        "        for each in kept.find_kept_folder().glob('*.protocol'):\n"
        "            each.unlink(missing_ok=True)\n"
        "print(*(hash(repr(each.instructions)) for each in found))\n"
    )
    command = [sys.executable, "-c", code, str(FILES[0]), str(FILES[1])]
    variables = clean_environment(tmp_path, PYTHONHASHSEED="0")
    running = [subprocess.Popen(command, env=variables, stdout=subprocess.PIPE) for _ in range(6)]
    said = {each.communicate(timeout=120)[0] for each in running}
    assert {each.returncode for each in running} == {0}
    assert len(said) == 1
    assert {each.suffix for each in cache.iterdir()} <= {".protocol"}
    assert not [*cache.glob("new-*")]
