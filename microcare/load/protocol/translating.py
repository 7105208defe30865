"""A protocol with every text in another language, where that is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from microcare.core.sheet.conditions import Factor
from microcare.core.sheet.instruction import Amounts, Instruction
from microcare.core.sheet.protocol import Protocol, Translated, find_base_code
from microcare.core.sheet.vocabulary import Topic, Vocabulary
from microcare.core.values import replace
from microcare.language.messages import list_languages, speak
from microcare.load.protocol.instruction import make_sentence
from microcare.load.source.languages import read_tag
from microcare.load.times.appointment_time import make_appointment_factor
from microcare.load.vocabulary import (
    ENGLISH,
    drop_brand,
    fold_name,
    load_built_in_factors,
    load_built_in_topics,
    load_factors_in,
    load_topics_in,
)

_FIGURES = re.compile(
    r"(?:[\W\d_]|(?<![^\W\d_])(?:mg|mcg|µg|g|kg|ml|mL|l|L|cm|mm|C|F)(?![^\W\d_]))*"
)
"""What reads alike in every language: “400 mg”, “38 °C”."""


class Texts:
    """The texts of one protocol in another language."""

    def __init__(self, protocol: Protocol, language: str) -> None:
        """`language` is a tag; what a region has no words for it says in those of its language."""
        tag = read_tag(language) or language
        tags = dict.fromkeys((tag, find_base_code(tag)))
        found = [protocol.translations[each] for each in tags if each in protocol.translations]
        self._texts = [each.texts for each in found]
        # Who has checked a region's words has read the others with them.
        self.checked = bool(found) and found[0].reviewed is not None
        self.language = tag
        self.original = find_base_code(protocol.language)
        # Of what the program says itself.
        self.has_catalogue = find_base_code(tag) in list_languages()
        self.is_spoken = find_base_code(tag) == self.original

    def has(self, text: str) -> bool:
        """Return whether the file itself has a translation of a text."""
        return any(text in texts for texts in self._texts)

    def find(self, text: str) -> str | None:
        """Return a text in the language, None where the protocol doesn't have it."""
        own = next((texts[text] for texts in self._texts if text in texts), None)
        reads_alike = self.is_spoken or _FIGURES.fullmatch(text)
        return text if own is None and reads_alike else own

    def say(self, text: str) -> str:
        """Return a text in the language; one that is not there in the original, with a mark."""
        found = self.find(text)
        return self.mark(text, self.original) if found is None else found

    def mark(self, text: str, language: str) -> str:
        """Return a text that is not there in the language, with a mark of which it is in."""
        return text if self.is_spoken else f"[{language.upper()}] {text}"

    def say_maybe(self, text: str | None) -> str | None:
        """Return what there is in the language."""
        return None if text is None else self.say(text)

    def beside(self, text: str, original: str) -> str:
        """Return a text of which much depends; unless it was checked, with the original behind."""
        untranslated = {original, *(self.mark(original, each) for each in (self.original, ENGLISH))}
        if self.checked or text in untranslated:
            return text
        return f"{text} [{self.original.upper()}: {original}]"

    def say_carefully(self, text: str | None) -> str | None:
        """Return what there is, where much depends on it."""
        return None if text is None else self.beside(self.say(text), text)


def translate_protocol(protocol: Protocol, language: str) -> Protocol:
    """Return a protocol with its texts in the language of a tag, and else as it is.

    A text without a translation stays in the original and is marked: “[EN] Avoid alcohol.” As long
    as nobody has checked the translation, what is forbidden or to be taken stands in both. The
    protocol itself is returned where it is in that language; where that is another than English
    of which the program has words, with its names of the built-in topics and factors.
    """
    texts = Texts(protocol, language)
    if texts.is_spoken and (texts.original == ENGLISH or not texts.has_catalogue):
        return protocol
    factors = {name: _factor(each, texts) for name, each in protocol.factors.items()}
    translated = Translated(texts.language, protocol.language, texts.checked)
    found = replace(
        protocol,
        title=texts.say(protocol.title),
        topics=_translate_topics(protocol, texts),
        factors=factors,
        anchors={name: texts.say(each) for name, each in protocol.anchors.items()},
        language=texts.language,
        translated=None if texts.is_spoken else translated,
    )
    instructions = (_instruction(each, protocol, found, texts) for each in protocol.instructions)
    return replace(found, instructions=tuple(instructions))


# Topics and factors


_Thing = TypeVar("_Thing", Topic, Factor)


def _word(key: str, thing: _Thing, known: _Thing | None, named: _Thing | None, texts: Texts) -> str:
    """Return a word of a topic or a factor: as the file says it, else as the vocabulary does.

    `known` is the built-in one and `named` the same in the language, where there is one.
    """
    said: str = getattr(thing, key)
    if not said or known is None or said != getattr(known, key):
        return texts.say(said)
    own = texts.find(said) if texts.has(said) else None
    other: str | None = None if named is None else getattr(named, key)
    return own or other or texts.mark(said, ENGLISH)


def _translate_topics(protocol: Protocol, texts: Texts) -> Vocabulary:
    named = load_topics_in(find_base_code(texts.language))
    built_in = load_built_in_topics()
    private = {
        each.private: named[each.id].private for each in built_in.values() if each.id in named
    }
    topics = {}
    taken: dict[str, str] = {}
    for name, topic in protocol.topics.items():
        if topic == built_in.get(name) and name in named:
            topics[name] = named[name]
            continue
        topics[name] = found = _topic(topic, named.get(name), private, texts)
        if topic != built_in.get(name):
            taken |= dict.fromkeys(map(fold_name, (found.label, *found.synonyms)), name)
    if taken:
        # A known topic gives up its names to the file's own.
        for name, topic in topics.items():
            kept = tuple(
                each for each in topic.synonyms if taken.get(fold_name(each), name) == name
            )
            if len(kept) < len(topic.synonyms):
                topics[name] = replace(topic, synonyms=kept)
    return Vocabulary(topics)


def _topic(topic: Topic, named: Topic | None, private: Mapping[str, str], texts: Texts) -> Topic:
    known = load_built_in_topics().get(topic.id)
    label = _word("label", topic, known, named, texts)
    short = _word("stated_short", topic, known, named, texts)
    if named and known and (topic.label, topic.stated_short) == (known.label, known.stated_short):
        short = named.stated_short
    words = (*(named.synonyms if named else ()), topic.label, topic.stated_short, *topic.synonyms)
    names = tuple(dict.fromkeys(each for each in words if each and each != label))
    hidden = topic.private
    is_common = hidden in private and not texts.has(hidden)
    return replace(
        topic,
        label=label,
        synonyms=names,
        brandless=drop_brand(label, names),
        stated_short=short,
        private=private[hidden] if is_common else texts.say(hidden),
    )


def _factor(factor: Factor, texts: Texts) -> Factor:
    if factor.before is not None and texts.has_catalogue:
        with speak(texts.language):
            return make_appointment_factor(factor.before)
    built_in = load_built_in_factors().get(factor.id)
    named = load_factors_in(find_base_code(texts.language)).get(factor.id)
    if factor == built_in and named is not None:
        return named
    known = factor if factor.before is not None else built_in

    words = {
        key: _word(key, factor, known, named, texts)
        for key in ("yes", "no", "ask", "stated_short", "name")
    }
    found = replace(
        factor,
        yes=words["yes"],
        no=words["no"],
        ask=words["ask"],
        stated_short=words["stated_short"],
        name=words["name"],
    )
    # A list that takes a name for the end of what is none would lose its beginning.
    return found if found.short.endswith(found.name) else replace(found, name="")


# Instructions


def _instruction(
    each: Instruction, original: Protocol, translated: Protocol, texts: Texts
) -> Instruction:
    is_weighty = each.verb.traits.restricts or each.verb.traits.doses
    carefully = texts.say_carefully if is_weighty else texts.say_maybe
    text = _sentence(each, original, translated, texts)
    window = replace(
        each.window,
        until_state=texts.say_maybe(each.window.until_state),
        until_words=texts.say_maybe(each.window.until_words),
    )
    return replace(
        each,
        text=texts.beside(text, each.text) if is_weighty else text,
        window=window,
        amounts=_amounts(each.amounts, carefully),
        steps=tuple(
            replace(step, amounts=_amounts(step.amounts, carefully)) for step in each.steps
        ),
        ask_first=texts.say_maybe(each.ask_first),
        override_by=texts.say_maybe(each.override_by),
        call=texts.say_maybe(each.call),
        area=texts.say_maybe(each.area),
        unclear=texts.say_maybe(each.unclear),
    )


def _sentence(each: Instruction, original: Protocol, translated: Protocol, texts: Texts) -> str:
    """Return the sentence of an instruction; one that the file doesn't have is made anew."""
    if texts.has(each.text) or not has_made_sentence(each, original):
        return texts.say(each.text)
    if not texts.has_catalogue:
        return texts.mark(each.text, ENGLISH)
    return _make_sentence(each, translated, texts.language)


def has_made_sentence(each: Instruction, protocol: Protocol) -> bool:
    """Return whether an instruction has the sentence that is made where a file has none."""
    return each.text == _make_sentence(each, protocol, ENGLISH)


def _make_sentence(each: Instruction, protocol: Protocol, language: str) -> str:
    with speak(language):
        verb = each.stated_as or each.verb.value
        return make_sentence(verb, each.topics, protocol.topics, protocol.factors)


def _amounts(amounts: Amounts | None, say: Callable[[str | None], str | None]) -> Amounts | None:
    if amounts is None:
        return None
    return replace(
        amounts,
        dose=say(amounts.dose),
        daily_max=say(amounts.daily_max),
        threshold=say(amounts.threshold),
        by_topic=tuple((name, _amounts(own, say) or own) for name, own in amounts.by_topic),
    )
