"""The Spanish of the built-in protocols and of one example: whole, and with the facts unchanged."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from microcare.load.check.checked_files import check_file
from microcare.load.library.protocols import read_protocol
from tests.commands.running import BOOKING, make_runner  # noqa: F401 - the fixture `microcare`

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.commands.running import Runner

_ROOT = Path(__file__).parents[1]
_FILES = [
    _ROOT / "protocols" / "clinic-a.yaml",
    _ROOT / "protocols" / "clinic-b.yaml",
    _ROOT / "tests" / "examples" / "valid" / "eye-surgery.yaml",
]

_NUMBERS = {"two": "2", "three": "3", "four": "4", "ten": "10"}
_NUMBERS |= {"dos": "2", "tres": "3", "cuatro": "4", "diez": "10"}
_UNITS = [
    ("minute", "minutes", "minuto", "minutos"),
    ("hour", "hours", "horas"),
    ("day", "days", "día", "días"),
    ("week", "weeks", "semana", "semanas"),
    ("month", "months", "mes", "meses"),
    ("pounds", "libras"),
    ("drop", "drops", "gota", "gotas"),
    ("tablet", "tablets", "pastilla", "pastillas"),
]
_MEASURES = {word: words[0] for words in _UNITS for word in words} | {"spf": "spf", "fps": "spf"}
_MEASURES |= {word: word for word in ("mg", "kg", "c")}
_AFTER_A_FIGURE = {"times": "times", "veces": "times"}
_WORDS = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+")


def _figures(text: str) -> list[str]:
    """Return the figures of a sentence and what they count, in their order."""
    found: list[str] = []
    for word in _WORDS.findall(text.lower()):
        if word[0].isdigit() or word in _NUMBERS:
            found.append(_NUMBERS.get(word, word))
        elif word in _MEASURES:
            found.append(_MEASURES[word])
        elif word in _AFTER_A_FIGURE and found and found[-1][0].isdigit():
            found.append(_AFTER_A_FIGURE[word])
    return found


def _names(text: str) -> set[str]:
    """Return the brands and abbreviations of a sentence: capitals that begin none."""
    found = set(re.findall(r"(?<![.:] )(?<!^)\b[A-Z]\w+", text))
    return found - {"SPF", "Day"}


def _texts(file: Path) -> Mapping[str, str]:
    return read_protocol(file).translations["es"].texts


@pytest.mark.parametrize("file", _FILES, ids=lambda file: file.stem)
def test_nothing_that_a_patient_reads_lacks_its_spanish(file: Path) -> None:
    """A new sentence without one is told."""
    codes = {each.code.value for each in check_file(file, ()).problems}
    assert "untranslated" not in codes


@pytest.mark.parametrize("file", _FILES, ids=lambda file: file.stem)
@pytest.mark.parametrize("shape", ["brief", "full", "json", "calendar"])
def test_no_plan_falls_back_on_english(
    file: Path, shape: str, microcare: Runner, tmp_path: Path
) -> None:
    """English stands behind the Spanish of what much depends on, as nobody has checked it."""
    common = ("--protocol", str(file), *BOOKING, "--language", "es")
    if shape == "calendar":
        done = microcare("export-ics", *common, "-o", str(tmp_path / "plan.ics"))
        out = (tmp_path / "plan.ics").read_text("utf-8").replace("\n ", "")
    else:
        done = microcare(
            "plan", *common, *{"full": ["--full"], "json": ["-f", "json"]}.get(shape, [])
        )
        out = done.out
    assert done.code == 0, done.err
    # That the original stands behind [EN] is told at the top.
    assert "[EN] " not in out
    assert "[EN: " in out or shape == "brief"


@pytest.mark.parametrize("file", _FILES, ids=lambda file: file.stem)
def test_no_translation_is_said_to_be_checked(file: Path) -> None:
    """No clinic has read the Spanish; whoever does puts the name and the date into the file."""
    assert read_protocol(file).translations["es"].reviewed is None


@pytest.mark.parametrize("file", _FILES, ids=lambda file: file.stem)
def test_every_figure_is_the_same_in_spanish(file: Path) -> None:
    """In its place, and with the hours, days, drops or SPF that it counts."""
    for english, spanish in _texts(file).items():
        assert _figures(spanish) == _figures(english), english


@pytest.mark.parametrize("file", _FILES, ids=lambda file: file.stem)
def test_every_brand_keeps_its_name_in_spanish(file: Path) -> None:
    """What stands on a package reads alike in both."""
    for english, spanish in _texts(file).items():
        assert [name for name in _names(english) if name not in spanish] == [], english


@pytest.mark.parametrize("file", _FILES, ids=lambda file: file.stem)
def test_every_sentence_ends_as_one(file: Path) -> None:
    """What goes into a sentence has no full stop, what is one has it, in both languages."""
    for english, spanish in _texts(file).items():
        assert spanish[-1] == english[-1] or not {spanish[-1], english[-1]} & set(".?"), english
