"""Finding what a protocol file may name."""

from __future__ import annotations

import json

import pytest

from tests.commands.running import Runner


@pytest.mark.parametrize(
    ("words", "first"),
    [
        (("Advil",), "ibuprofen: ibuprofen"),
        (("advil",), "ibuprofen: ibuprofen"),
        (("ibuprofen",), "ibuprofen: ibuprofen"),
        (("Accutane",), "isotretinoin: isotretinoin"),
        (("painkillers",), "pain-relievers: pain relievers"),
        (("ice", "packs"), "cool-compress: cool compress"),
        (("isotret",), "isotretinoin: isotretinoin"),
        (("peel",), "chemical-peel: "),
        (("melasma",), "melasma: if you have melasma (a factor)"),
    ],
)
def test_word_is_found(words: tuple[str, ...], first: str, microcare: Runner) -> None:
    """By id, label, synonym, brand or beginning, whatever the case; the closest comes first."""
    done = microcare("topics", *words)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(first)


def test_group_is_shown_with_what_it_holds(microcare: Runner) -> None:
    """And a member with its group."""
    assert "\n  holds: hot-showers, hot-baths, sauna, " in microcare("topics", "heat").out
    assert "\n  part of: heat\n" in microcare("topics", "sauna").out


def test_topics_and_factors_are_told_apart(microcare: Runner) -> None:
    """One word may mean both."""
    out = microcare("topics", "cold sores").out
    assert "antiviral: antiviral medicine\n" in out
    assert "cold-sores: if you are prone to cold sores (a factor)\n" in out
    assert "\n  asks: Are you prone to cold sores?\n" in out


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("xyzzy", "Describe it under “topics” or “factors” in your file"),
        ("suna", "Did you mean “sauna”?"),
        ("my ice pack thing", "Did you mean “cool-compress”?"),
    ],
)
def test_nothing_found_is_no_failure(word: str, hint: str, microcare: Runner) -> None:
    """What is near is a remark; the data is empty."""
    done = microcare("topics", word)
    assert (done.code, done.out) == (0, "")
    assert done.err == f"Nothing is found under “{word}”.\n  {hint}\n"
    data = json.loads(microcare("topics", word, "--format", "json").out)
    assert (data["topics"], data["factors"]) == ([], [])


def test_without_a_word_all_are_listed(microcare: Runner) -> None:
    """Every topic and factor of the vocabulary, in its order."""
    from microcare.load.vocabulary import load_built_in_factors, load_built_in_topics

    data = json.loads(microcare("topics", "--format", "json").out)
    assert data["format"] == "microcare.topics/1"
    assert [each["id"] for each in data["topics"]] == list(load_built_in_topics())
    assert [each["id"] for each in data["factors"]] == list(load_built_in_factors())
    assert list(data["topics"][0]) == [
        "id", "label", "short", "synonyms", "part_of", "members", "medicine", "private",
    ]  # fmt: skip
    assert list(data["factors"][0]) == ["id", "kind", "yes", "no", "short", "ask"]
    assert "skin-products: skin products\n" in microcare("topics").out


def test_wrong_format_is_bad_input(microcare: Runner) -> None:
    """As for every command."""
    assert microcare("topics", "ice", "--format", "xml").code == 2
