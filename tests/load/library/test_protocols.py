"""The protocol that a variant extends: where it is found, and what happens where it isn't."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from microcare.load.check.checked_files import check_file
from microcare.load.library.folders import MAX_BYTES
from microcare.load.library.protocols import MAX_BASES, read_protocol
from tests.samples import HEADER

BASE = f"{HEADER}instructions:\n  - {{id: a, avoid: sauna, until: 2 days after}}\n"


def variant(extends: str, more: str = "") -> str:
    """Return a variant's file."""
    return f"microcare: 1\nid: variant\nextends: {extends}\nversion: 1\n{more}"


def write(path: Path, text: str) -> Path:
    """Return a file with this text, in a folder that is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def base_of(path: Path, *folders: Path) -> str:
    """Return the title of the protocol that a file extends."""
    extends = read_protocol(path, folders).extends
    assert extends is not None
    return extends.base.title


def told(path: Path, *folders: Path) -> list[str]:
    """Return the problems of a file and of its bases: name, place, code."""
    found = check_file(path, folders)
    return [
        f"{Path(each.file).name}:{each.line}:{each.column} {each.code.value}"
        for file in (found, *found.bases)
        for each in file.problems
    ]


def test_id_is_found_among_the_built_in_ones(tmp_path: Path) -> None:
    """As `--protocol` finds it."""
    found = read_protocol(write(tmp_path / "v.yaml", variant("clinic-a")))
    assert found.extends is not None
    assert (found.extends.base.id, found.extends.file) == ("clinic-a", "protocols/clinic-a.yaml")


def test_own_protocol_hides_a_built_in_one(tmp_path: Path) -> None:
    """A clinic's own file of the same id is extended, where its folder is configured."""
    folder = write(
        tmp_path / "ours" / "clinic-a.yaml", BASE.replace("Microneedling", "Ours")
    ).parent
    file = write(tmp_path / "v.yaml", variant("clinic-a"))
    assert base_of(file, folder) == "Ours"
    assert base_of(file) == "Microneedling"


def test_path_counts_from_the_variants_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not from the working folder, where another file has the same name."""
    write(tmp_path / "a" / "base.yaml", BASE.replace("Microneedling", "Beside it"))
    write(tmp_path / "b" / "base.yaml", BASE.replace("Microneedling", "Elsewhere"))
    write(tmp_path / "a" / "v.yaml", variant("base.yaml"))
    write(tmp_path / "a" / "w.yaml", variant("../b/./base.yaml"))
    monkeypatch.chdir(tmp_path / "b")
    assert base_of(tmp_path / "a" / "v.yaml") == "Beside it"
    assert base_of(Path("../a/v.yaml")) == "Beside it"
    assert base_of(Path("../a/w.yaml"), tmp_path / "b") == "Elsewhere"


def test_path_counts_from_where_the_file_really_lies(tmp_path: Path) -> None:
    """A link to a variant leads to the variant's own base, not to one beside the link."""
    write(tmp_path / "a" / "base.yaml", BASE.replace("Microneedling", "Real"))
    write(tmp_path / "b" / "base.yaml", BASE)
    link = tmp_path / "b" / "v.yaml"
    link.symlink_to(write(tmp_path / "a" / "v.yaml", variant("base.yaml")))
    assert base_of(link) == "Real"


def test_stdin_counts_from_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It lies nowhere itself."""
    write(tmp_path / "base.yaml", BASE)
    monkeypatch.chdir(tmp_path)
    text = variant("base.yaml").encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
    found = read_protocol(Path("-"))
    assert [each.position.file for each in found.instructions] == ["base.yaml"]


@pytest.mark.parametrize(
    ("extends", "said", "hint"),
    [
        ("clinic-aa", "There is no protocol “clinic-aa”.", "did you mean “clinic-a”?"),
        ('"-"', "There is no protocol “-”.", "there are clinic-a, clinic-b"),
        ("./none.yaml", "none.yaml can't be read: There is no such file.", "by its path from"),
        ("./", "can't be read: This is a folder, not a file.", "by its path from"),
        ("a\\b", "can't be read: There is no such file.", "by its path from"),
        ('"a\\0/b"', "can't be read: ", "by its path from"),
        ("./latin.yaml", "latin.yaml can't be used: This is not UTF-8 text.", "save the file as"),
        ("./large.yaml", "large.yaml can't be used: The file is larger than", "microcare check"),
    ],
)
def test_base_that_can_not_be_read(extends: str, said: str, hint: str, tmp_path: Path) -> None:
    """One problem at the value, with the reason and what to do."""
    (tmp_path / "latin.yaml").write_bytes(b"id: caf\xe9")
    (tmp_path / "large.yaml").write_bytes(b"#" * (MAX_BYTES + 1))
    found = check_file(write(tmp_path / "v.yaml", variant(extends)))
    (problem,) = found.problems
    assert (problem.line, problem.column, problem.code.value) == (3, 10, "unusable-base")
    assert said in problem.message
    assert hint in (problem.hint or "")


@pytest.mark.parametrize("way", ["up", "whole", "link", "linked folder", "home", "below up"])
def test_base_outside_of_the_folders_is_refused(
    way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a file says leads to nothing outside of its folder, not even to learn what is there."""
    secret = write(tmp_path / "secret.yaml", BASE)
    (tmp_path / "ours" / "below").mkdir(parents=True)
    (tmp_path / "ours" / "link.yaml").symlink_to(secret)
    (tmp_path / "ours" / "folder").symlink_to(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    named = {
        "up": "../secret.yaml",
        "whole": str(secret),
        "link": "./link.yaml",
        "linked folder": "folder/secret.yaml",
        "home": "~/secret.yaml",
        "below up": "below/../../secret.yaml",
    }[way]
    file = write(tmp_path / "ours" / "v.yaml", variant(named))
    (problem,) = check_file(file).problems
    assert problem.code.value == "unusable-base"
    if way == "home":  # which is a folder of that name here
        assert "~/secret.yaml can't be read: There is no such file." in problem.message
        return
    lies = f"“{named}” lies outside of the folder of the file that extends it."
    assert problem.message == (lies if len(named) < 60 else problem.message)
    assert problem.hint == "put it there, or name its folder in MICROCARE_PROTOCOLS"
    secret.unlink()
    assert check_file(file).problems == (problem,)


def test_base_in_a_configured_folder_is_reached_by_any_path(tmp_path: Path) -> None:
    """Who configures a folder opens it to all files; what an id finds there may be a link."""
    shared = write(tmp_path / "shared" / "base.yaml", BASE).parent
    for named in ("../shared/base.yaml", str(shared / "base.yaml")):
        file = write(tmp_path / "ours" / "v.yaml", variant(named))
        assert base_of(file, shared) == "Microneedling"
    (shared / "linked.yaml").symlink_to(write(tmp_path / "far" / "far.yaml", BASE))
    assert base_of(write(file, variant("linked")), shared) == "Microneedling"


def test_base_of_a_base_lies_in_the_folder_of_that(tmp_path: Path) -> None:
    """Each file of a chain is held to its own folder."""
    write(tmp_path / "base.yaml", BASE)
    write(tmp_path / "below" / "middle.yaml", variant("../base.yaml"))
    top = write(tmp_path / "v.yaml", variant("below/middle.yaml"))
    assert told(top) == ["v.yaml:3:10 unusable-base", "middle.yaml:3:10 unusable-base"]


def test_base_with_errors(tmp_path: Path) -> None:
    """One problem at the value, which names the command, and each of the base's own."""
    write(tmp_path / "a b.yaml", BASE.replace("avoid", "avoyd").replace("version: 1", "version:"))
    file = write(tmp_path / "v.yaml", variant("./a b.yaml"))
    assert told(file) == [
        "v.yaml:3:10 unusable-base",
        "a b.yaml:5:9 empty-value",
        "a b.yaml:7:13 unknown-verb",
    ]
    (problem,) = check_file(file).problems
    assert problem.message == "The protocol “./a b.yaml” can't be extended: it has 2 problems."
    assert problem.hint == f"see them with: microcare check '{tmp_path}/a b.yaml'"
    assert check_file(file).bases[0].text.startswith("microcare: 1")


def test_error_at_the_bottom_of_a_chain_is_told_at_each_step(tmp_path: Path) -> None:
    """Each file names the one below it, and the last says what is wrong."""
    write(tmp_path / "c.yaml", BASE.replace("sauna", "unicorns"))
    write(tmp_path / "b.yaml", variant("c.yaml"))
    file = write(tmp_path / "a.yaml", variant("b.yaml"))
    assert told(file) == [
        "a.yaml:3:10 unusable-base",
        "b.yaml:3:10 unusable-base",
        "c.yaml:7:20 unknown-topic",
    ]


def test_circle_of_three(tmp_path: Path) -> None:
    """One problem, in whichever file one begins, and it names all three."""
    for one, two in ("ab", "bc", "ca"):
        write(tmp_path / f"{one}.yaml", variant(f"./{two}.yaml"))
    for name in "abc":
        assert told(tmp_path / f"{name}.yaml") == [f"{name}.yaml:3:10 cycle"]
    (problem,) = check_file(tmp_path / "a.yaml").problems
    names = [problem.message.find(f"{name}.yaml") for name in "abc"]
    assert names == sorted(names)
    assert -1 not in names


def test_circle_below_is_told_in_the_files_that_make_it(tmp_path: Path) -> None:
    """A variant of a variant of itself is that one's mistake."""
    write(tmp_path / "b.yaml", variant("./c.yaml"))
    write(tmp_path / "c.yaml", variant("./b.yaml"))
    file = write(tmp_path / "a.yaml", variant("./b.yaml"))
    assert told(file) == ["a.yaml:3:10 unusable-base", "b.yaml:3:10 cycle"]


def test_file_that_extends_itself(tmp_path: Path) -> None:
    """By its path, by a link or by its id, which hides the built-in one that is meant."""
    file = write(tmp_path / "clinic-a.yaml", variant("clinic-a"))
    (problem,) = check_file(file, [tmp_path]).problems
    assert (problem.message, problem.code.value) == ("The protocol extends itself.", "cycle")
    assert "another name" in (problem.hint or "")
    assert told(file) == []
    (tmp_path / "link.yaml").symlink_to(file)
    write(file, variant("link.yaml"))
    assert told(file) == ["clinic-a.yaml:3:10 cycle"]


def test_chain_is_bounded(tmp_path: Path) -> None:
    """So many are taken; one more is told in the first file alone."""
    write(tmp_path / "v0.yaml", BASE)
    for number in range(1, MAX_BASES + 2):
        write(tmp_path / f"v{number}.yaml", variant(f"v{number - 1}.yaml"))
    assert told(tmp_path / f"v{MAX_BASES}.yaml") == []
    last = f"v{MAX_BASES + 1}.yaml"
    assert told(tmp_path / last) == [f"{last}:3:10 unusable-base"]


def test_loop_of_links_is_an_error_like_any_other(tmp_path: Path) -> None:
    """The system's own word on it is enough."""
    (tmp_path / "x.yaml").symlink_to(tmp_path / "y.yaml")
    (tmp_path / "y.yaml").symlink_to(tmp_path / "x.yaml")
    assert told(write(tmp_path / "v.yaml", variant("x.yaml"))) == ["v.yaml:3:10 unusable-base"]


def test_folder_that_can_not_be_read(tmp_path: Path) -> None:
    """A configured folder that vanished in the meantime."""
    file = write(tmp_path / "v.yaml", variant("clinic-a"))
    assert told(file, tmp_path / "gone") == ["v.yaml:3:10 unusable-base"]
