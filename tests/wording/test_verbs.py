"""The words of the verbs: each has its row."""

import pytest

from microcare.core.sheet.verbs import Verb
from microcare.wording.verbs import WORDS


@pytest.mark.parametrize("verb", Verb)
def test_a_verb_has_its_words(verb: Verb) -> None:
    """A new verb needs a row, or the outputs don't know what to call it."""
    assert verb in WORDS


@pytest.mark.parametrize("verb", WORDS)
def test_only_a_screening_has_no_title(verb: Verb) -> None:
    """Whatever has a day or a time is called something in the calendar."""
    assert bool(WORDS[verb].title) is not verb.traits.screens
