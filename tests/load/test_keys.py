"""The verbs of the language: each verb has its row, and the rows name keys that exist."""

import pytest

from microcare.core.sheet.verbs import Verb
from microcare.load.keys import MAY_RESUME, TIME_KEYS, VERBS


@pytest.mark.parametrize("verb", Verb)
def test_a_verb_can_be_written(verb: Verb) -> None:
    """A verb that no file can have would be one that nobody can use."""
    assert verb.value in VERBS
    assert VERBS[verb.value].verb is verb


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_takes_times_that_exist(name: str) -> None:
    """A verb can't need a time that it doesn't take, nor take one that no file can have."""
    assert set(VERBS[name].required) <= VERBS[name].times <= set(TIME_KEYS)


def test_what_may_be_resumed_is_a_ban() -> None:
    """The one verb that only a file has is kept as a ban until then."""
    assert VERBS[MAY_RESUME].verb is Verb.AVOID
