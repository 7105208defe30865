"""What titles call topics: their names where anybody may read them, else harmless, true words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256

from microcare.core.sheet.protocol import Protocol
from microcare.core.sheet.verbs import Verb
from microcare.core.sheet.vocabulary import Topic, find_groups
from microcare.language.locales import join_all
from microcare.language.messages import mark, say

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Those of which none looks like a figure."""

_MATTER = mark("a personal matter")


class TitleNames:
    """The names that the titles of one protocol's calendars have for its topics."""

    def __init__(self, protocol: Protocol) -> None:
        self._topics = protocol.topics
        self._letters = _letter_topics(protocol)

    def list_labels(self, verb: Verb, topics: Iterable[str]) -> list[str]:
        """Return what a title calls the topics of a verb, each once.

        What is private has its word where it is asked for. Elsewhere it comes last, and a ban or a
        permission sends to the description: a wider word would forbid or allow too much.
        """
        labels, inside = self.list_names(verb, topics)
        return [*labels[:-1], f"{labels[-1]}{see_inside()}"] if inside else labels

    def list_names(self, verb: Verb, topics: Iterable[str]) -> tuple[list[str], bool]:
        """Return the same without the words that send to the description, and whether it does."""
        found = [self._topics[name] for name in dict.fromkeys(topics)]
        if _is_asked_for(verb):
            return [*map(self._name, found)], False
        labels = [_show(each) for each in found if not each.private]
        private = [each for each in found if each.private]
        wide = verb.traits.restricts or verb.traits.permits
        if private:
            labels.append(self._veil(private) if wide else say(_MATTER))
        return labels, wide and bool(private)

    def list_letters(self, verb: Verb, topics: Iterable[str]) -> list[str]:
        """Return what titles call topics that have a letter, for a description to explain it."""
        return self.list_labels(verb, sorted(self._letters.keys() & {*topics}))

    def _name(self, topic: Topic) -> str:
        letter = self._letters.get(topic.id, "")
        return f"{_show(topic)} {letter}".rstrip()

    def _veil(self, private: list[Topic]) -> str:
        """Return true words for topics of which no name may be read."""
        medicines = sum(map(self._is_medicine, private))
        words = []
        if medicines:
            one = medicines == 1
            words.append(say("one of your medicines") if one else say("some of your medicines"))
        if medicines < len(private):
            words.append(say(_MATTER))
        return join_all(words)

    def _is_medicine(self, topic: Topic) -> bool:
        """Return whether a topic is one, or a file's own that a group of them holds."""
        held_by = find_groups(topic.id, self._topics)
        return topic.medicine or any(self._topics[group].medicine for group in held_by)


def see_inside() -> str:
    """Return what follows what a title doesn't name, where there is room."""
    return f": {say('see inside')}"


def _show(topic: Topic) -> str:
    """Return the word of a topic, or its name without a brand."""
    return topic.private or topic.stated_short or topic.brandless or topic.label


def _is_asked_for(verb: Verb) -> bool:
    """Return whether a title has to say what is to be taken, done or got."""
    return verb.traits.doses or verb.traits.is_prepared


def _letter_topics(protocol: Protocol) -> Mapping[str, str]:
    """Return letters for the topics that would be called the same, by which they are told apart.

    A patient writes them on the bottles, so they come from the topic alone: neither an answer nor
    a new version of the protocol gives one's letter to another. A newcomer whose letter is taken
    makes both a letter longer.
    """
    alike: dict[str, dict[str, str]] = {}
    for each in protocol.instructions:
        if _is_asked_for(each.verb):
            for name in each.topics:
                alike.setdefault(_show(protocol.topics[name]), {})[name] = _spell(name)
    return {
        name: _tell_apart(code, [other for other in codes.values() if other != code])
        for codes in alike.values()
        if len(codes) > 1
        for name, code in codes.items()
    }


def _spell(topic: str) -> str:
    return "".join(_LETTERS[byte % len(_LETTERS)] for byte in sha256(topic.encode()).digest())


def _tell_apart(code: str, others: Iterable[str]) -> str:
    """Return the fewest letters of a code with which no other begins."""
    beginnings = (code[:length] for length in range(1, len(code)))
    taken = tuple(others)
    return next((each for each in beginnings if not any(o.startswith(each) for o in taken)), code)
