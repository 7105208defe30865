"""What an instruction is about: its verb, its topics and what it leaves out."""

from __future__ import annotations

import pytest

from microcare.load.vocabulary import load_built_in_topics
from microcare.wording.labels import about_words, list_labels, name_words, topic_labels
from tests.samples import entry, protocol


def test_labels_are_listed_in_order() -> None:
    """As a patient reads them."""
    assert topic_labels(("sauna", "sun"), load_built_in_topics()) == "sauna, sun exposure"


@pytest.mark.parametrize(
    ("fields", "name", "about", "labels"),
    [
        (
            "avoid: [sauna, skin-products]\nexcept: sunscreen",
            "avoid sauna, skin products, except sunscreen",
            "sauna, skin products",
            ("sauna", "skin products (except sunscreen)"),
        ),
        (
            "may-resume: makeup\nfrom: 3 days after",
            "may resume makeup",
            "makeup",
            ("makeup",),
        ),
        (
            "screen: pregnancy",
            "screen you are pregnant",
            "you are pregnant",
            ("you are pregnant",),
        ),
    ],
)
def test_each_form_names_the_same(
    fields: str, name: str, about: str, labels: tuple[str, ...]
) -> None:
    """With the verb, without exceptions, and a label a topic; a screening is about factors."""
    sheet = protocol(entry(fields))
    (found,) = sheet.instructions
    assert name_words(found, sheet) == name
    assert about_words(found, sheet) == about
    assert list_labels(found, sheet) == labels
