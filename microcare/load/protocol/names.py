"""The names of topics and factors: whose a name is, and what one may mean that is nobody's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from microcare.core.sheet.conditions import Factor
from microcare.core.sheet.vocabulary import Topic
from microcare.load.source.refusals import find_nearest, suggest
from microcare.load.vocabulary import fold_name, load_built_in_topics

_SHORT = 4
_MOST_SUGGESTED = 3
_SLIP = 0.88
"""As near is what is misspelt, and hardly another word."""


def name_owners(topics: Iterable[Topic]) -> dict[str, str]:
    """Return for every name, folded, the id of the topic that it names.

    Ids come first, then the names that a file gives, then the built-in ones.
    """
    built_in = load_built_in_topics()
    listed = sorted(topics, key=lambda each: each == built_in.get(each.id))
    owners = {topic.id: topic.id for topic in listed}
    for topic in listed:
        for name in (topic.label, *topic.synonyms):
            owners.setdefault(fold_name(name), topic.id)
    return owners


def find_exact(name: str, things: Mapping[str, Topic] | Mapping[str, Factor]) -> str | None:
    """Return the id of what has a name of just these words, None where nothing has."""
    from microcare.core.sheet.word_search import find_by_words, split_words  # on errors only

    found = find_by_words(name, things)
    exact = bool(found) and split_words(found[0].name) == split_words(name)
    return found[0].id if exact else None


def find_topic(name: str, topics: Mapping[str, Topic]) -> str | None:
    """Return the id of the one topic that has a name of just these words, None where none has."""
    if name in topics:
        return name
    owner = name_owners(topics.values()).get(fold_name(name))
    if owner is not None:
        return owner
    from microcare.core.sheet.word_search import find_by_words, split_words

    wanted = split_words(name)
    exact = [each.id for each in find_by_words(name, topics) if split_words(each.name) == wanted]
    return exact[0] if len(exact) == 1 else None


def suggest_topics(name: str, topics: Mapping[str, Topic]) -> tuple[str, ...]:
    """Return the topics that a name may mean which is none of theirs."""
    owners = name_owners(topics.values())
    found = find_near(name, topics, owners)
    return tuple(dict.fromkeys(owners.get(each, each) for each in found))


def suggest_names(
    name: str, things: Mapping[str, Topic] | Mapping[str, Factor], spelt: Iterable[str]
) -> str | None:
    """Return a hint at what is near a name, None where nothing is."""
    return suggest(*find_near(name, things, spelt))


def find_near(
    name: str, things: Mapping[str, Topic] | Mapping[str, Factor], spelt: Iterable[str]
) -> tuple[str, ...]:
    """Return what is near a name, by its meaning, else by its spelling.

    First comes what has all of its words, then one of `spelt` with a slip or two, then what has
    some of its words, and last what is only spelt alike.
    """
    from microcare.core.sheet.word_search import (  # on errors only: start-up counts
        find_by_words,
        find_within,
        split_words,
    )

    folded = fold_name(name)
    # A word as short as “ice” has at least its first letter right: it is not “rice”.
    likely = [each for each in spelt if len(folded) > _SHORT or each[:1] == folded[:1]]
    found = find_by_words(name, things)
    exact = tuple(each for each in found if split_words(each.name) == split_words(name))
    slip = None if found else find_nearest(folded, likely, _SLIP)
    if slip is not None:
        return (slip,)
    found = exact or found or find_within(name, things)
    near = tuple(each.id for each in found[:_MOST_SUGGESTED])
    nearest = None if near else find_nearest(folded, likely)
    return near or ((nearest,) if nearest is not None else ())
