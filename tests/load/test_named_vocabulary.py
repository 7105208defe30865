"""The built-in vocabulary in another language, from the rows of a translation."""

from __future__ import annotations

from microcare.load.vocabulary import (
    ENGLISH,
    fold_name,
    load_built_in_factors,
    load_built_in_topics,
    load_factors_in,
    load_topics_in,
    name_factors,
    name_topics,
)


def test_topic_has_its_words_and_its_english_names() -> None:
    """What is not a word stays: its groups, whether it is a medicine, its rank."""
    rows = [["sun", "exposición al sol", "sol", "rayos de sol; luz solar", ""]]
    (found,) = name_topics(rows).values()
    sun = load_built_in_topics()["sun"]
    assert (found.id, found.label, found.short) == ("sun", "exposición al sol", "sol")
    assert found.synonyms[:2] == ("rayos de sol", "luz solar")
    assert {sun.label, sun.stated_short, *sun.synonyms} <= {*found.synonyms, ""}
    assert (found.part_of, found.medicine, found.rank) == (sun.part_of, sun.medicine, sun.rank)


def test_name_that_means_another_topic_in_the_language() -> None:
    """Whoever types it there means that one, and not what the English word means."""
    rows = [
        ["sun", "sol", "", "sunlight", ""],
        ["sauna", "sauna", "", "Sun", ""],
    ]
    found = name_topics(rows)
    assert "sun" not in found["sun"].synonyms
    assert found["sun"].synonyms.count("sunlight") == 1
    assert found["sauna"].synonyms[0] == "Sun"


def test_brand_and_private_word() -> None:
    """A label's brand is that of the English names; without a word of its own the English one."""
    medicine = next(each for each in load_built_in_topics().values() if each.brandless)
    brand = medicine.label.removeprefix(f"{medicine.brandless} (").removesuffix(")")
    rows = [[medicine.id, f"medicina ({brand})", "", "", ""]]
    (found,) = name_topics(rows).values()
    assert found.brandless == "medicina"
    assert found.private == medicine.private
    (named,) = name_topics([[medicine.id, "medicina", "", "", "gotas"]]).values()
    assert named.private == "gotas"


def test_factor_has_its_words() -> None:
    """And its kind, which is no word."""
    rows = [["warts", "tiene verrugas", "no tiene verrugas", "", "verrugas", "¿Tiene verrugas?"]]
    (found,) = name_factors(rows).values()
    assert (found.yes, found.no, found.name) == ("tiene verrugas", "no tiene verrugas", "verrugas")
    assert (found.short, found.lead, found.ask) == ("tiene verrugas", "tiene ", "¿Tiene verrugas?")
    assert found.kind is load_built_in_factors()["warts"].kind


def test_languages() -> None:
    """English is the built-in one; what nobody has translated has no names."""
    assert load_topics_in(ENGLISH) is load_built_in_topics()
    assert load_factors_in(ENGLISH) is load_built_in_factors()
    assert load_topics_in("es").keys() == load_built_in_topics().keys()
    assert load_factors_in("es").keys() == load_built_in_factors().keys()
    assert not load_topics_in("xx")
    assert not load_factors_in("xx")


def test_accents_mean_nothing() -> None:
    """Who is on the phone leaves them out."""
    assert fold_name("Exposición  al SOL") == fold_name("exposicion al sol") == "exposicion-al-sol"
    assert fold_name("piña") == "pina"
