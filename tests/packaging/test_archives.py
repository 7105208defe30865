"""The wheel and the source archive hold all that a user and a packager need."""

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROTOCOLS = sorted(path.name for path in (ROOT / "protocols").glob("*.yaml"))


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a fresh wheel and source archive."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return folder


@pytest.fixture(scope="module")
def wheel(archives: Path) -> zipfile.ZipFile:
    """The wheel, open."""
    (path,) = archives.glob("*.whl")
    return zipfile.ZipFile(path)


def test_wheel_holds_the_protocols_beside_the_code(wheel: zipfile.ZipFile) -> None:
    """`pip install` alone must be enough to plan with every built-in protocol."""
    folder = "microcare/protocols/"
    packed = [name for name in wheel.namelist() if name.startswith(folder)]
    assert PROTOCOLS
    assert sorted(packed) == sorted([f"{folder}README.md", *(folder + name for name in PROTOCOLS)])


def test_wheel_holds_the_vocabulary(wheel: zipfile.ZipFile) -> None:
    """Data that no import names; without it no protocol can be read."""
    needed = {
        f"microcare/vocabulary/{name}{language}.csv"
        for name in ("topics", "factors")
        for language in ("", ".es")
    }
    assert needed <= set(wheel.namelist())


def test_wheel_holds_the_templates_of_the_handout(wheel: zipfile.ZipFile) -> None:
    """Data that no import names; without it no page can be laid out."""
    needed = {f"microcare/export/handout/page.{kind}" for kind in ("html", "typ")}
    assert needed <= set(wheel.namelist())


def test_wheel_holds_the_schemas_of_the_contracts(wheel: zipfile.ZipFile) -> None:
    """A booking system finds them beside the command that it calls."""
    schemas = (ROOT / "microcare/export/data").glob("*.schema.json")
    needed = {f"microcare/export/data/{path.name}" for path in schemas}
    assert len(needed) > 5
    assert needed <= set(wheel.namelist())


def test_wheel_is_typed_and_installs_the_command(wheel: zipfile.ZipFile) -> None:
    """Type checkers need py.typed; the shell needs the entry point."""
    (entry_points,) = (name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert "microcare/py.typed" in wheel.namelist()
    assert b"microcare = microcare.__main__:main" in wheel.read(entry_points)


def test_wheel_holds_nothing_beside_the_package(wheel: zipfile.ZipFile) -> None:
    """A stray top-level folder would land in the user's site-packages."""
    assert {name.split("/")[0].split("-")[0] for name in wheel.namelist()} == {"microcare"}


def test_source_archive_can_be_built_and_tested(archives: Path) -> None:
    """A packager works from the source archive alone."""
    (path,) = archives.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    needed = {"pyproject.toml", "README.md", "LICENSE", "Makefile", "constraints.txt"}
    assert needed | {f"protocols/{name}" for name in PROTOCOLS} <= names
    assert "tests/packaging/test_archives.py" in names
    pictures = [path.name for path in (ROOT / "docs" / "pictures").iterdir()]
    assert pictures
    assert {f"docs/pictures/{name}" for name in pictures} <= names
