"""The built-in topics and factors: both files are sound, and what they hold can be relied on."""

from __future__ import annotations

import csv
from collections import Counter
from io import StringIO
from itertools import groupby
from re import fullmatch

import pytest

from microcare.core.sheet.conditions import FactorKind
from microcare.core.sheet.vocabulary import find_groups, find_members
from microcare.load.keys import FACTOR_KINDS
from microcare.load.vocabulary import (
    FOLDER,
    fold_name,
    load_built_in_factors,
    load_built_in_topics,
)

FILES = ("topics.csv", "factors.csv")
TOPICS = load_built_in_topics()
FACTORS = load_built_in_factors()
MARKS = {"medicine", "two-sided"}


def rows(file: str) -> list[dict[str, str]]:
    """Return the rows of a file by the names of its columns."""
    return list(csv.DictReader(StringIO((FOLDER / file).read_text(encoding="utf-8"))))


def cells(file: str) -> list[str]:
    """Return every value of a file, those that share a cell each for itself."""
    return [each for row in rows(file) for cell in row.values() for each in cell.split("; ")]


def test_the_columns_are_those_that_are_read() -> None:
    """By their place, so that one that was moved would be taken for another."""
    heads = [(FOLDER / file).read_text(encoding="utf-8").partition("\n")[0] for file in FILES]
    assert heads == [
        "id,label,short,synonyms,groups,marks,private,section",
        "id,kind,yes,no,short,name,ask,section",
    ]


@pytest.mark.parametrize("file", FILES)
def test_a_file_is_as_it_would_be_written(file: str) -> None:
    """UTF-8 and LF without needless quotes, so that a change shows the rows that it changes."""
    data = (FOLDER / file).read_bytes()
    written = StringIO(newline="")
    csv.writer(written, lineterminator="\n").writerows(csv.reader(StringIO(data.decode())))
    assert written.getvalue().encode() == data


@pytest.mark.parametrize("file", FILES)
def test_every_value_can_be_read_in_a_spreadsheet(file: str) -> None:
    """None is taken for a formula, and none has a blank or a separator too much."""
    odd = [each for each in cells(file) if each.startswith(("=", "+", "-", "@")) or ";" in each]
    assert odd == []
    assert [each for each in cells(file) if each != " ".join(each.split())] == []


@pytest.mark.parametrize(
    ("file", "may_be_empty"),
    [
        ("topics.csv", {"short", "synonyms", "groups", "marks", "private"}),
        ("factors.csv", {"short", "name"}),
    ],
)
def test_no_cell_is_left_empty(file: str, may_be_empty: set[str]) -> None:
    """But for what a topic need not have."""
    for row in rows(file):
        empty = {column for column, cell in row.items() if not cell}
        assert empty <= may_be_empty, row["id"]


@pytest.mark.parametrize("file", FILES)
def test_every_id_is_a_short_name_of_its_own(file: str) -> None:
    """In small letters with hyphens; two rows of one id would leave the last one only."""
    ids = [row["id"] for row in rows(file)]
    assert [each for each in ids if not fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", each)] == []
    assert [each for each, times in Counter(ids).items() if times > 1] == []


@pytest.mark.parametrize("file", FILES)
def test_the_rows_of_a_section_stand_together(file: str) -> None:
    """A heading of the format reference stands once."""
    sections = [section for section, _ in groupby(row["section"] for row in rows(file))]
    assert len(sections) == len(set(sections))


def test_every_row_is_there_in_the_order_of_the_file() -> None:
    """Which is that of a comparison's rows."""
    assert [row["id"] for row in rows("topics.csv")] == list(TOPICS)
    assert [each.id for each in TOPICS.values()] == list(TOPICS)
    assert [each.rank for each in TOPICS.values()] == list(range(len(TOPICS)))
    assert [row["id"] for row in rows("factors.csv")] == list(FACTORS)
    assert [each.id for each in FACTORS.values()] == list(FACTORS)


def test_a_row_becomes_a_topic() -> None:
    """Several values of one cell are told apart, and an empty cell has none."""
    drops, food = TOPICS["antibiotic-steroid-eye-drops"], TOPICS["food"]
    assert drops.label == "antibiotic and steroid eye drops"
    assert drops.synonyms == ("TobraDex", "Maxitrol", "Zylet")
    assert drops.part_of == ("antibiotic-eye-drops", "steroid-eye-drops")
    assert (drops.medicine, food.medicine, food.part_of) == (True, False, ())


def test_a_label_is_also_known_without_its_brand() -> None:
    """What stands in brackets and is no brand belongs to it."""
    assert TOPICS["botulinum-toxin"].brandless == "botulinum toxin"
    assert (TOPICS["aha"].brandless, TOPICS["makeup"].brandless) == (None, None)


def test_a_row_becomes_a_factor() -> None:
    """With the kind that its row names."""
    both = FACTORS["both-eyes"]
    assert (both.kind, both.before) == (FactorKind.OPTION, None)
    assert both.ask == next(row["ask"] for row in rows("factors.csv") if row["id"] == "both-eyes")


def test_the_kinds_and_marks_are_known() -> None:
    """A misspelt mark would silently mark nothing."""
    assert {row["kind"] for row in rows("factors.csv")} == set(FACTOR_KINDS)
    marks = {mark for row in rows("topics.csv") for mark in row["marks"].split("; ")}
    assert marks == {"", *MARKS}


def test_every_group_is_known_and_in_no_circle() -> None:
    """A misspelt group would silently hold nothing."""
    for topic in TOPICS.values():
        assert set(topic.part_of) <= set(TOPICS), topic.id
    for topic in TOPICS.values():
        assert all(topic.id not in find_groups(group, TOPICS) for group in topic.part_of), topic.id
        assert topic.id not in topic.part_of


def test_no_two_topics_share_a_name() -> None:
    """A synonym of two topics would silently mean one of them."""
    names = Counter(
        name
        for topic in TOPICS.values()
        for name in {fold_name(each) for each in (topic.id, topic.label, *topic.synonyms)}
    )
    assert [name for name, times in names.items() if times > 1] == []


def test_a_topic_s_short_is_no_name_of_another() -> None:
    """Nor another's short, with a label for a topic that has none: a plan names it alone."""
    owners = {
        fold_name(name): topic.id
        for topic in TOPICS.values()
        for name in (topic.id, topic.label, *topic.synonyms)
    }
    taken = [each for each in TOPICS.values() if owners.get(fold_name(each.short)) != each.id]
    assert [each.short for each in taken if fold_name(each.short) in owners] == []
    shorts = Counter(fold_name(each.short) for each in TOPICS.values())
    assert [short for short, times in shorts.items() if times > 1] == []


def test_a_factor_s_short_is_its_own() -> None:
    """Two reasons of one wording would be one."""
    texts = [text for each in FACTORS.values() for text in {each.short, each.yes, each.no}]
    assert [text for text, times in Counter(texts).items() if times > 1] == []


def test_what_has_no_short_has_its_words() -> None:
    """A reader asks for `short` alone."""
    assert (TOPICS["aha"].short, TOPICS["makeup"].short) == ("AHA", "makeup")
    assert FACTORS["cold-sores"].short == "prone to cold sores"
    assert FACTORS["warts"].short == "you have warts"


@pytest.mark.parametrize(
    ("file", "full", "most"), [("topics.csv", "label", 22), ("factors.csv", "yes", 33)]
)
def test_a_short_fits_its_cell(file: str, full: str, most: int) -> None:
    """A comparison's cell, or a line of 40 columns after "unless"; so does what has none."""
    assert [row["id"] for row in rows(file) if len(row["short"] or row[full]) > most] == []


@pytest.mark.parametrize(("file", "full"), [("topics.csv", "label"), ("factors.csv", "yes")])
def test_a_short_is_shorter(file: str, full: str) -> None:
    """Than what it stands for; and it is a part of a sentence or a list, not the whole of it."""
    shorts = {row["short"]: row[full] for row in rows(file) if row["short"]}
    assert [short for short, text in shorts.items() if len(short) >= len(text)] == []
    assert [short for short in shorts if "," in short or short.endswith((".", "?", "!"))] == []


def test_no_topic_has_a_name_or_a_group_twice() -> None:
    """One of them would be a slip."""
    for topic in TOPICS.values():
        assert len(set(topic.synonyms)) == len(topic.synonyms), topic.id
        assert len(set(topic.part_of)) == len(topic.part_of), topic.id


def test_a_factor_completes_a_sentence() -> None:
    """`yes` and `no` differ and stand after "if", in mid-sentence; `ask` is one of its own."""
    for factor in FACTORS.values():
        assert factor.yes != factor.no, factor.id
        for part in (factor.yes, factor.no):
            assert part[0].islower(), factor.id
            assert part[-1] not in ".?! ", factor.id
        assert factor.ask[0].isupper(), factor.id
        assert factor.ask.endswith("?"), factor.id


def test_brand_names_are_known() -> None:
    """Accutane is isotretinoin, Botox a neurotoxin, Motrin ibuprofen."""
    assert "Accutane" in TOPICS["isotretinoin"].synonyms
    assert "Botox" in TOPICS["botulinum-toxin"].synonyms
    assert "Motrin" in TOPICS["ibuprofen"].synonyms


@pytest.mark.parametrize(
    ("group", "members"),
    [
        ("anti-inflammatories", {"ibuprofen", "naproxen", "aspirin", "low-dose-aspirin"}),
        ("blood-thinners", {"aspirin", "warfarin", "clopidogrel", "apixaban", "rivaroxaban"}),
        ("acetaminophen", {"hydrocodone-acetaminophen", "oxycodone-acetaminophen"}),
        ("diabetes-medicines", {"metformin", "empagliflozin", "semaglutide", "insulin"}),
        ("photosensitizing-medicines", {"doxycycline", "minocycline", "st-johns-wort"}),
        ("supplements", {"fish-oil", "vitamin-e", "ginkgo", "garlic", "iron"}),
        ("eye-drops", {"prednisolone-eye-drops", "artificial-tears", "latanoprost"}),
        ("bowel-prep-solution", {"peg-solution", "sodium-picosulfate", "sulfate-solution"}),
        ("solid-food", {"seeds-and-nuts", "popcorn", "whole-grains", "low-fiber-food"}),
        ("food", {"solid-food", "soft-food", "milk", "hot-food"}),
        ("drinks", {"water", "coffee", "alcohol", "red-drinks", "hot-drinks", "milk"}),
        ("clear-liquids", {"water", "broth", "black-coffee", "sports-drinks"}),
        ("contact-lenses", {"soft-contact-lenses", "toric-contact-lenses", "hard-contact-lenses"}),
        ("makeup", {"eye-makeup", "mascara", "lipstick"}),
        ("laser", {"laser-hair-removal", "tattoo-removal", "ablative-laser", "vascular-laser"}),
        ("hair-removal", {"laser-hair-removal", "threading", "plucking", "waxing"}),
        ("microneedling", {"rf-microneedling"}),
        ("rinsing", {"salt-water-rinse", "mouthwash", "chlorhexidine-rinse"}),
        ("bleeding", {"heavy-bleeding", "rectal-bleeding"}),
    ],
)
def test_a_ban_of_a_group_covers(group: str, members: set[str]) -> None:
    """What a patient would rightly take for a part of it, directly or through another group."""
    assert members <= find_members(group, TOPICS)


@pytest.mark.parametrize(
    ("group", "others"),
    [
        ("solid-food", {"clear-liquids", "water", "broth", "gelatin", "soft-food"}),
        ("clear-liquids", {"milk", "red-drinks", "juice-with-pulp", "alcohol", "coffee"}),
        ("anti-inflammatories", {"acetaminophen", "nsaid-eye-drops", "opioids"}),
        ("blood-thinners", {"acetaminophen", "fish-oil", "ibuprofen"}),
        ("laxatives", {"bowel-prep-solution", "peg-solution", "simethicone"}),
        ("antibiotics", {"antibiotic-eye-drops", "antibiotic-ointment"}),
        ("laser", {"ipl", "lasik", "laser-eye-surgery"}),
        ("injections", {"numbing-injections", "vaccines", "insulin"}),
        ("contact-lenses", {"bandage-lens", "glasses"}),
        ("sun-protection", {"sunglasses", "self-tanner"}),
    ],
)
def test_a_ban_of_a_group_leaves_alone(group: str, others: set[str]) -> None:
    """What sounds like a part of it and is none: a ban or a release would be wrong."""
    assert others <= set(TOPICS)
    assert others.isdisjoint(find_members(group, TOPICS))


def test_what_a_group_of_medicines_holds_is_a_medicine() -> None:
    """So that a new one can't be left unmarked, wherever its row stands."""
    for group in TOPICS.values():
        if group.medicine:
            members = find_members(group.id, TOPICS)
            assert [each for each in members if not TOPICS[each].medicine] == []


def test_the_sections_of_medicines_hold_medicines() -> None:
    """Each row of theirs is marked; food and drinks are none."""
    medicines = [row for row in rows("topics.csv") if row["section"].startswith("Medicines ")]
    assert len({row["section"] for row in medicines}) == 4
    assert [row["id"] for row in medicines if "medicine" not in row["marks"]] == []
    for thing in ("water", "coffee", "fish-oil", "sunscreen", "solid-food", "escort"):
        assert not TOPICS[thing].medicine


PUBLIC_MEDICINES = {
    # Kinds of them, which tell nobody whether or what for.
    *("pain-relievers", "anti-inflammatories", "photosensitizing-medicines", "usual-medicines"),
    *("prescribed-medicines", "topical-prescriptions", "eye-drops", "prescribed-eye-drops"),
    "eye-ointment",
    # What anybody buys, against what anybody has.
    *("ibuprofen", "naproxen", "aspirin", "acetaminophen", "antacids", "iron", "decongestants"),
    *("pseudoephedrine", "antihistamines", "diphenhydramine", "cetirizine", "loratadine"),
    *("artificial-tears", "preservative-free-artificial-tears", "redness-relief-drops"),
    # Products for the skin.
    *("retinoids", "azelaic-acid", "hydroquinone", "acne-products", "benzoyl-peroxide"),
    *("hydrocortisone-cream", "antibiotic-ointment", "numbing-cream"),
}
"""The medicines that a title may name; for each other one `private` says what it is called."""


def test_of_every_medicine_it_is_decided_who_may_read_its_name() -> None:
    """A new one is private, with a word of its own, or named here."""
    public = {each.id for each in TOPICS.values() if each.medicine and not each.private}
    assert public - PUBLIC_MEDICINES == set(), "neither private nor named as public"
    assert PUBLIC_MEDICINES - public == set(), "private, or no medicine"


def test_a_member_of_a_private_group_is_private() -> None:
    """Unless it is sold without a prescription, and so among the public ones."""
    for group in TOPICS.values():
        if group.private:
            open_ = {each for each in find_members(group.id, TOPICS) if not TOPICS[each].private}
            assert open_ <= {"aspirin", "antibiotic-ointment"}, group.id


def test_a_harmless_word_is_harmless() -> None:
    """It is no name of the topic, and one of a few that were looked at."""
    for each in TOPICS.values():
        names = {each.label, each.short, *each.synonyms, each.id.replace("-", " ")}
        assert fold_name(each.private) not in {fold_name(name) for name in names} - {""}, each.id
    assert {each.private for each in TOPICS.values()} == {
        *("", "prescribed course", "prescribed medicine", "medicine", "prescribed skin product"),
        *("eye drops", "mouth rinse", "preparation", "cream", "supplement"),
        *("personal matter", "personal task"),
    }


@pytest.mark.parametrize(
    "private",
    [
        *("st-johns-wort", "diarrhea", "rectal-bleeding", "cold-sore-breakout", "insulin"),
        *("pregnancy-status", "implants-and-devices", "blood-sugar-check", "bowel-prep-solution"),
        *("isotretinoin", "antiviral", "blood-thinners", "semaglutide", "oxycodone", "lorazepam"),
        *("contraceptive-pill", "levothyroxine", "lisinopril", "prescription-retinoids"),
    ],
)
def test_what_betrays_an_illness_is_private(private: str) -> None:
    """A medicine or not."""
    assert TOPICS[private].private


@pytest.mark.parametrize(
    "public", ["retinoids", "ibuprofen", "acetaminophen", "sunscreen", "fever", "vitamins", "food"]
)
def test_what_anybody_may_read_is_public(public: str) -> None:
    """A title that hides it helps nobody."""
    assert TOPICS[public].private == ""


def test_a_factor_s_name_is_the_end_of_its_words() -> None:
    """A list says what comes before it once, for all that begin alike."""
    assert (FACTORS["warts"].lead, FACTORS["warts"].name) == ("you have ", "warts")
    assert FACTORS["pregnancy"].lead == ""
    for each in FACTORS.values():
        assert each.short == f"{each.lead}{each.name}" or not each.name, each.id
        assert bool(each.name) is each.short.startswith(("you have ", "you are ", "you had "))


def test_the_sections_of_factors_are_of_one_kind() -> None:
    """What is asked in one section is asked at the same time."""
    for section, found in groupby(rows("factors.csv"), lambda row: row["section"]):
        assert len({row["kind"] for row in found}) == 1, section


@pytest.mark.parametrize(
    ("kind", "factors"),
    [
        (FactorKind.TRAIT, {"diabetes", "pacemaker", "glaucoma", "insulin", "allergy-latex"}),
        (FactorKind.OPTION, {"sedation", "both-eyes", "stitches", "split-dose"}),
        (FactorKind.SYMPTOM, {"fever", "heavy-bleeding", "vision-changes", "trouble-breathing"}),
    ],
)
def test_what_is_asked_at_booking(kind: FactorKind, factors: set[str]) -> None:
    """Traits and options are; a symptom comes later."""
    assert {FACTORS[name].kind for name in factors} == {kind}
