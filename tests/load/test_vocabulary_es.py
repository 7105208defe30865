"""The Spanish names of the built-in vocabulary: a row for each English one, and fit to be read."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from io import StringIO
from re import findall
from unicodedata import combining, normalize

import pytest

from microcare.load.vocabulary import FOLDER, drop_brand, fold_name

PAIRS = (("topics.csv", "topics.es.csv"), ("factors.csv", "factors.es.csv"))
FILES = tuple(spanish for _, spanish in PAIRS)
LEADS = ("tiene ", "está ", "tuvo ")
"""What a list of factors says once, as English does with "you have"."""

SAME_IN_BOTH = {
    *("perfume", "alcohol", "enema", "cannabis", "sauna", "yoga", "ginkgo", "ginseng", "pus"),
    *("meloxicam", "celecoxib", "tramadol", "clopidogrel", "prasugrel", "ticagrelor"),
    *("lisinopril", "diazepam", "lorazepam", "alprazolam"),
    *("HydraFacial", "dermaplaning", "LASIK", "PRK"),
}
"""International words; any other label that is the English one was forgotten."""

PRIVATE = {
    "": "",
    "prescribed course": "tratamiento recetado",
    "prescribed medicine": "medicamento recetado",
    "medicine": "medicamento",
    "prescribed skin product": "producto recetado para la piel",
    "eye drops": "gotas para los ojos",
    "mouth rinse": "enjuague bucal",
    "preparation": "preparación",
    "cream": "crema",
    "supplement": "suplemento",
    "personal matter": "asunto personal",
    "personal task": "tarea personal",
}
"""The harmless words that were looked at, by the English ones."""


def rows(file: str) -> list[dict[str, str]]:
    """Return the rows of a file by the names of its columns."""
    return list(csv.DictReader(StringIO((FOLDER / file).read_text(encoding="utf-8"))))


def split(cell: str) -> list[str]:
    """Return the values that share a cell."""
    return cell.split("; ") if cell else []


def fold(name: str) -> str:
    """Return a name as it is looked up, without its accents as well."""
    return "".join(each for each in normalize("NFD", fold_name(name)) if not combining(each))


def names(row: dict[str, str]) -> list[str]:
    """Return all by which a row's topic is found or called, once unless a cell repeats another."""
    return [name for name in (row["label"], row["short"], *split(row["synonyms"])) if name]


def test_the_columns_are_those_that_are_read() -> None:
    """By their place, so that one that was moved would be taken for another."""
    heads = [(FOLDER / file).read_text(encoding="utf-8").partition("\n")[0] for file in FILES]
    assert heads == ["id,label,short,synonyms,private", "id,yes,no,short,name,ask"]


@pytest.mark.parametrize(("english", "spanish"), PAIRS)
def test_every_row_has_its_translation_in_the_same_place(english: str, spanish: str) -> None:
    """A missing one would leave an English word in a Spanish sentence."""
    assert [row["id"] for row in rows(spanish)] == [row["id"] for row in rows(english)]


@pytest.mark.parametrize("file", FILES)
def test_a_file_is_as_it_would_be_written(file: str) -> None:
    """UTF-8 and LF without needless quotes; composed letters, so that equal words are equal."""
    data = (FOLDER / file).read_bytes()
    written = StringIO(newline="")
    csv.writer(written, lineterminator="\n").writerows(csv.reader(StringIO(data.decode())))
    assert written.getvalue().encode() == data
    assert normalize("NFC", data.decode()) == data.decode()


@pytest.mark.parametrize("file", FILES)
def test_every_value_can_be_read_in_a_spreadsheet(file: str) -> None:
    """None is taken for a formula, and none has a blank or a separator too much."""
    cells = [each for row in rows(file) for cell in row.values() for each in cell.split("; ")]
    assert [each for each in cells if each.startswith(("=", "+", "-", "@")) or ";" in each] == []
    assert [each for each in cells if each != " ".join(each.split())] == []


@pytest.mark.parametrize(
    ("file", "needed"), [("topics.es.csv", {"label"}), ("factors.es.csv", {"yes", "no", "ask"})]
)
def test_no_word_is_left_empty(file: str, needed: set[str]) -> None:
    """But for what an English row need not have either."""
    assert [row["id"] for row in rows(file) if not all(row[each] for each in needed)] == []


@pytest.mark.parametrize(
    ("file", "full", "most"), [("topics.es.csv", "label", 28), ("factors.es.csv", "yes", 40)]
)
def test_a_short_fits_its_cell(file: str, full: str, most: int) -> None:
    """Of a comparison, a little wider than English needs; so does what has none."""
    assert [row["id"] for row in rows(file) if len(row["short"] or row[full]) > most] == []


@pytest.mark.parametrize(("file", "full"), [("topics.es.csv", "label"), ("factors.es.csv", "yes")])
def test_a_short_is_shorter(file: str, full: str) -> None:
    """Than what it stands for; and it is a part of a sentence or a list, not the whole of it."""
    shorts = {row["short"]: row[full] for row in rows(file) if row["short"]}
    assert [short for short, text in shorts.items() if len(short) >= len(text)] == []
    assert [short for short in shorts if "," in short or short.endswith((".", "?", "!"))] == []


def test_no_two_topics_share_a_name() -> None:
    """In neither language: both are known wherever one of them is spoken."""
    owners = defaultdict(set)
    for english, spanish in zip(rows("topics.csv"), rows("topics.es.csv"), strict=True):
        for name in (english["id"], *names(english), *names(spanish)):
            owners[fold(name)].add(english["id"])
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}


def test_no_topic_has_a_name_twice() -> None:
    """One of them would be a slip, or adds nothing to an English one."""
    for english, spanish in zip(rows("topics.csv"), rows("topics.es.csv"), strict=True):
        known = {fold(name) for name in names(english)}
        folded = [fold(name) for name in names(spanish)]
        assert [name for name, times in Counter(folded).items() if times > 1] == []
        assert [name for name in split(spanish["synonyms"]) if fold(name) in known] == []


def test_private_is_what_is_private_in_english() -> None:
    """With a word that was looked at, and that is no name of the topic."""
    for english, spanish in zip(rows("topics.csv"), rows("topics.es.csv"), strict=True):
        assert spanish["private"] == PRIVATE[english["private"]], spanish["id"]
        assert fold(spanish["private"]) not in map(fold, names(spanish)), spanish["id"]


def test_a_label_is_spanish() -> None:
    """One that is as in English was forgotten, unless the word is the same in both."""
    pairs = zip(rows("topics.csv"), rows("topics.es.csv"), strict=True)
    assert {new["label"] for old, new in pairs if old["label"] == new["label"]} == SAME_IN_BOTH


def test_no_title_names_a_brand() -> None:
    """A label that ends with one has a short without it."""
    for english, spanish in zip(rows("topics.csv"), rows("topics.es.csv"), strict=True):
        brands = tuple(each for each in split(english["synonyms"]) if each[0].isupper())
        if drop_brand(spanish["label"], brands):
            assert spanish["short"], spanish["id"]


def test_a_factor_completes_a_sentence() -> None:
    """`yes` and `no` stand after "si", in mid-sentence; `ask` is a question of its own."""
    for row in rows("factors.es.csv"):
        assert row["yes"] != row["no"], row["id"]
        for part in (row["yes"], row["no"]):
            assert part[0].islower(), row["id"]
            assert part[-1] not in ".?! ", row["id"]
        assert row["ask"].startswith("¿"), row["id"]
        assert row["ask"][1].isupper(), row["id"]
        assert row["ask"].endswith("?"), row["id"]


def test_a_factor_s_words_are_its_own() -> None:
    """Two reasons of one wording would be one."""
    texts = [
        text
        for row in rows("factors.es.csv")
        for text in {row["yes"], row["no"], row["short"] or row["yes"]}
    ]
    assert [text for text, times in Counter(texts).items() if times > 1] == []


def test_a_factor_s_name_is_the_end_of_its_words() -> None:
    """A list says what comes before it once, for all that begin alike."""
    for row in rows("factors.es.csv"):
        short = row["short"] or row["yes"]
        lead = next((each for each in LEADS if short.startswith(each)), "")
        assert row["name"] == (short.removeprefix(lead) if lead else ""), row["id"]


@pytest.mark.parametrize(("file", "full"), [("topics", "label"), ("factors", "yes")])
def test_every_number_stays(file: str, full: str) -> None:
    """A threshold that is lost or changed would let the wrong patient through."""
    for english, spanish in zip(rows(f"{file}.csv"), rows(f"{file}.es.csv"), strict=True):
        assert findall(r"\d+", spanish[full]) == findall(r"\d+", english[full]), spanish["id"]
