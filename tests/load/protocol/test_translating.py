"""A protocol in another language: its texts and nothing else, none lost, none unmarked."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from re import sub
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcare.core.sheet.conditions import Factor
from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.protocol import Protocol, Review, Translated, Translation
from microcare.core.sheet.vocabulary import Topic
from microcare.core.values import replace
from microcare.load.library.folders import find_built_in_folder
from microcare.load.library.protocols import read_protocol
from microcare.load.protocol.names import find_topic
from microcare.load.protocol.topics import TopicNames
from microcare.load.protocol.translating import translate_protocol
from microcare.load.source.fields import Reporter
from microcare.load.source.nodes import Mark
from microcare.load.vocabulary import load_built_in_factors, load_built_in_topics, load_topics_in
from tests.mutants import EXAMPLES
from tests.samples import protocol

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEAD = "reviewed: {es: A. Name 2026-11-20}"
CHECKED = Review("A. Name", date(2026, 11, 20))

SAID = {
    Protocol: {"title"},
    Instruction: {"text", "ask_first", "override_by", "call", "area", "unclear"},
    Topic: {"label", "stated_short", "private", "synonyms", "brandless"},
    Factor: {"yes", "no", "ask", "stated_short", "name"},
}
WORDS = {"until_state", "until_words", "dose", "daily_max", "threshold"}


@cache
def translated() -> Protocol:
    """Return the example with a translation of each kind of text."""
    return read_protocol(EXAMPLES / "valid" / "translated.yaml")


def sentence(rule: str, header: str = HEAD, language: str = "es") -> str:
    """Return what the one instruction of a protocol says in a language."""
    return translate_protocol(protocol(rule, header), language).instructions[0].text


# Each text


def test_each_text_of_the_head() -> None:
    """The title, the events, the factors and the topics."""
    found = translate_protocol(translated(), "es")
    assert found.title == "Microagujas"
    assert found.anchors == {"numbing": "la crema anestésica"}
    lenses = found.factors["contact-lenses"]
    assert (lenses.yes, lenses.no) == ("usa lentes de contacto", "no usa lentes de contacto")
    assert (lenses.short, lenses.name) == ("con lentes de contacto", "lentes de contacto")
    assert lenses.ask == "¿Usa lentes de contacto?"
    baths, rinse = found.topics["thermal-baths"], found.topics["wound-rinse"]
    assert (baths.label, baths.short) == ("baños y piscinas termales", "baños termales")
    assert (rinse.label, rinse.private) == ("solución para la herida", "enjuague")


def test_each_text_of_an_instruction() -> None:
    """Also inside amounts and steps."""
    by_id = translate_protocol(translated(), "es").by_id
    assert by_id["makeup"].text == "No use maquillaje."
    assert by_id["makeup"].window.until_state == "su piel haya sanado"
    assert by_id["exercise"].window.until_state == "su piel haya sanado"
    assert (by_id["baths"].window.until_words, by_id["baths"].area) == (
        "unos días",
        "la zona tratada",
    )
    amounts, (step, _) = by_id["rinse"].amounts, by_id["rinse"].steps
    assert amounts is not None
    assert step.amounts is not None
    assert (amounts.dose, amounts.daily_max, step.amounts.dose) == (
        "1 tapita",
        "40 ml",
        "2 tapitas",
    )
    of_topic = by_id["pain"].amounts
    assert of_topic is not None
    ((_, ibuprofen),) = of_topic.by_topic
    assert (ibuprofen.dose, ibuprofen.daily_max) == ("400 mg", "3 pastillas")
    assert by_id["pain"].ask_first == "su propio médico"
    assert by_id["pain"].unclear == "La hoja no da la dosis del segundo."
    assert by_id["lenses"].override_by == "su cirujano"
    assert by_id["fever"].call == "el número de emergencias"
    fever = by_id["fever"].amounts
    assert fever is not None
    assert fever.threshold == "más de 38 °C"


def test_nothing_is_marked_where_all_is_translated() -> None:
    """The example lacks nothing of its own in Spanish."""
    found = translate_protocol(translated(), "es")
    own = [found.topics["thermal-baths"], found.topics["wound-rinse"].label, found.instructions]
    assert "[EN" not in repr([own, found.title, found.anchors, found.factors["contact-lenses"]])


# What it is


def test_own_language_is_the_protocol_itself() -> None:
    """Whatever the region."""
    for language in ("en", "en-GB", "EN"):
        assert translate_protocol(translated(), language) is translated()
    assert translated().translated is None


def test_what_it_says_of_itself() -> None:
    """Its language, that of the original, and whether anybody has checked it."""
    rule = "- {id: a, avoid: sun, say: {en: No sun., es: Nada de sol.}}"
    for header, checked in ((HEAD, True), ("", False)):
        found = translate_protocol(protocol(rule, header), "es-mx").translated
        assert found == Translated("es-MX", "en", checked)
    assert translate_protocol(protocol("- {id: a, avoid: sun}"), "fr").translated == Translated(
        "fr", "en", checked=False
    )


@pytest.mark.parametrize(
    ("reviewed", "language", "checked"),
    [
        ("{es: A 2026-11-20}", "es", True),
        ("{es: A 2026-11-20}", "es-AR", True),
        ("{es: A 2026-11-20}", "es-MX", False),
        ("{es-MX: A 2026-11-20}", "es-MX", True),
        ("{es-MX: A 2026-11-20}", "es", False),
    ],
)
def test_review_of_a_region(reviewed: str, language: str, checked: bool) -> None:
    """Who read a region's words read the others with them, and not the other way round."""
    rule = "- {id: a, avoid: sun, say: {en: No sun., es: Nada de sol., es-MX: No tome el sol.}}"
    found = translate_protocol(protocol(rule, f"reviewed: {reviewed}"), language)
    assert found.translated is not None
    assert found.translated.checked is checked


def test_region_has_its_own_words_and_else_those_of_its_language() -> None:
    """Of a region without any, all."""
    mexican = translate_protocol(translated(), "es-MX")
    assert mexican.topics["thermal-baths"].label == "balnearios"
    assert mexican.by_id["baths"].text == "No vaya a balnearios."
    assert mexican.by_id["makeup"].text == "No use maquillaje."
    chilean = translate_protocol(translated(), "es-CL")
    assert chilean.by_id["baths"].text == "No vaya a baños termales."


# What is missing, and what nobody has checked


def test_missing_text_is_marked() -> None:
    """With the language that it is in."""
    assert sentence("- {id: a, avoid: alcohol, say: Avoid alcohol.}") == "[EN] Avoid alcohol."
    header = "language: es-MX\nreviewed: {fr: A 2026-11-20}"
    assert sentence("- {id: a, avoid: sun, say: Nada de sol.}", header, "fr") == "[ES] Nada de sol."


@pytest.mark.parametrize(
    ("dose", "said"),
    [
        ("400 mg", "400 mg"),
        ("5–10 ml", "5–10 ml"),
        ("38.5 °C", "38.5 °C"),
        ("1 tablet", "[EN] 1 tablet"),
        ("mgs", "[EN] mgs"),
        ("薬", "[EN] 薬"),
    ],
)
def test_figures_need_no_translation(dose: str, said: str) -> None:
    """Numbers with units that every language writes alike; letters of any script are words."""
    found = protocol(f"- {{id: a, take: ibuprofen, amounts: {{dose: '{dose}'}}}}")
    amounts = translate_protocol(found, "es").instructions[0].amounts
    assert amounts is not None
    assert amounts.dose == said


@pytest.mark.parametrize("verb", ["avoid: sun", "may-resume: sun, from: 1 day after", "take: sun"])
def test_unchecked_bans_and_doses_stand_in_both(verb: str) -> None:
    """Much depends on them, and the original counts."""
    rule = f"- {{id: a, {verb}, say: {{en: No sun., es: Nada de sol.}}}}"
    assert sentence(rule, "") == "Nada de sol. [EN: No sun.]"
    assert sentence(rule) == "Nada de sol."


def test_other_unchecked_texts_stand_in_one() -> None:
    """A page in two languages throughout would be read in neither."""
    rule = "- {id: a, expect: redness, say: {en: Red skin., es: Piel roja.}}"
    assert sentence(rule, "") == "Piel roja."
    assert sentence("- {id: a, avoid: sun, say: No sun.}", "") == "[EN] No sun."


def test_unchecked_amounts_stand_in_both() -> None:
    """Those of a step and of one topic too; what is the same in both stands once."""
    both = "{en: 2 drops, es: 2 gotas}"
    found = protocol(
        f"""
        - id: a
          take: [ibuprofen, acetaminophen]
          amounts: {{ibuprofen: {{dose: {both}, daily-max: 9 mg, threshold: {{en: ok, es: ok}}}}}}
          steps: [{{for: 1 week, daily: 3, dose: {both}}}]
        - {{id: b, call-if: fever, amounts: {{threshold: {both}}}}}
        """
    )
    taken, fever = translate_protocol(found, "es").instructions
    assert taken.amounts is not None
    ((_, own),) = taken.amounts.by_topic
    assert (own.dose, own.daily_max, own.threshold) == ("2 gotas [EN: 2 drops]", "9 mg", "ok")
    assert taken.steps[0].amounts is not None
    assert taken.steps[0].amounts.dose == "2 gotas [EN: 2 drops]"
    assert fever.amounts is not None
    assert fever.amounts.threshold == "2 gotas"


# What the program says itself


def test_sentence_that_no_file_has_is_made_anew() -> None:
    """Of the topics' names in the language; in one that the program doesn't speak it is marked."""
    label = load_topics_in("es")["sun"].label
    assert sentence("- {id: a, avoid: sun}") == f"Evite: {label}."
    assert sentence("- {id: a, avoid: sun}", "") == f"Evite: {label}. [EN: Avoid: sun exposure.]"
    assert sentence("- {id: a, avoid: sun}", language="xx") == "[EN] Avoid: sun exposure."


def test_appointment_times_are_said_anew() -> None:
    """They are factors that no vocabulary has."""
    found = protocol("- {id: a, avoid: sun, if: appointment before 10:30}")
    name = "appointment-before-10:30"
    assert found.factors[name].yes == "your appointment is before 10:30 am"
    spanish = translate_protocol(found, "es").factors[name]
    assert spanish.yes != found.factors[name].yes
    assert (spanish.id, spanish.before, spanish.kind) == (name, 630, found.factors[name].kind)
    other = translate_protocol(found, "xx").factors[name]
    assert other.yes == "[EN] your appointment is before 10:30 am"


# The vocabulary


def test_topics_keep_their_names() -> None:
    """`can exercise` finds what `can ejercicio` does, whatever the file calls it."""
    found = translate_protocol(translated(), "es")
    for name in ("thermal baths and pools", "thermal baths", "aguas termales", "BANOS TERMALES"):
        assert find_topic(name, found.topics) == "thermal-baths"


def test_every_built_in_name_is_still_found() -> None:
    """In English by the ids and labels of all; a name may mean something else in Spanish."""
    found = translate_protocol(translated(), "es").topics
    names = TopicNames(found, Reporter(""))
    for topic in load_built_in_topics().values():
        for name in (topic.id, topic.label):
            assert names.resolve(((name, Mark(1, 1)),)) == (topic.id,)


def test_own_topics_take_names_in_every_language() -> None:
    """What a file calls its own is no name of a known topic any more."""
    header = "topics: {my-baths: {label: {en: my baths, es: mis baños}, synonyms: [sunlight]}}"
    found = protocol("- {id: a, avoid: my-baths}", header)
    assert find_topic("sunlight", found.topics) == "my-baths"
    assert find_topic("sunlight", translate_protocol(found, "es").topics) == "my-baths"


def test_brand_is_left_out_of_titles() -> None:
    """Of a label in the language, too."""
    header = """
    topics:
      my-drops: {label: {en: my drops (Optil), es: mis gotas (Optil)}, synonyms: [Optil]}
    """
    found = translate_protocol(protocol("- {id: a, take: my-drops}", header), "es")
    assert found.topics["my-drops"].brandless == "mis gotas"


def test_label_that_a_file_gives_a_known_topic() -> None:
    """Is the file's to translate; what it leaves alone is the vocabulary's."""
    header = "topics: {sauna: {label: our sauna}, sun: {synonyms: [noonday]}}"
    found = translate_protocol(protocol("- {id: a, avoid: [sauna, sun]}", header), "es").topics
    assert found["sauna"].label == "[EN] our sauna"
    assert found["sun"].label == load_topics_in("es")["sun"].label
    assert "noonday" in found["sun"].synonyms


# In all


def leaves(found: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    """Yield each part of a protocol that has none itself, and where it is; texts as “said”."""
    if is_dataclass(found):
        said = SAID.get(type(found), set()) | WORDS
        for each in fields(found):
            lead = "said" if each.name in said else "kept"
            yield from leaves(getattr(found, each.name), (*path, f"{lead} {each.name}"))
    elif isinstance(found, dict):
        for key, each in found.items():
            yield from leaves(each, (*path, str(key)))
    elif isinstance(found, tuple):
        for number, each in enumerate(found):
            yield from leaves(each, (*path, str(number)))
    else:
        yield path, found


@cache
def small(name: str) -> Protocol:
    """Return an example with those topics and factors alone that it names, or has of its own."""
    found = read_protocol(EXAMPLES / "valid" / f"{name}.yaml")
    named = {each for rule in found.instructions for each in rule.topics}
    topics, factors = load_built_in_topics(), load_built_in_factors()
    return replace(
        found,
        topics={
            name: each
            for name, each in found.topics.items()
            if name in named or each is not topics.get(name)
        },
        factors={
            name: each
            for name, each in found.factors.items()
            if name in named or each is not factors.get(name)
        },
        translations={},
    )


def is_said(path: tuple[str, ...]) -> bool:
    """Return whether patients read what is at a path."""
    is_name = path[-1] == "said brandless" or "said synonyms" in path
    return not is_name and (path[-1].startswith("said ") or path[0] == "kept anchors")


def is_name(path: tuple[str, ...]) -> bool:
    """Return whether it follows from labels, or tells the languages."""
    return path[0] in ("kept language", "kept translations", "kept translated") or (
        path[-1] == "said brandless" or "said synonyms" in path or path[-1] == "said name"
    )


@given(
    st.sampled_from(["translated", "whole-language", "courses", "eye-surgery"]),
    st.sets(st.integers(0, 199)),
    st.booleans(),
)
def test_a_translation_differs_in_its_texts_alone(
    name: str, lacking: set[int], checked: bool
) -> None:
    """What is translated stands in it, what is not in the original with a mark, and all is there.

    “XX” is no language of the vocabulary, nor of the catalogues.
    """
    original = small(name)
    texts = [text for path, text in leaves(original) if is_said(path) and isinstance(text, str)]
    kept = {
        text: f"¡{text}!"
        for number, text in enumerate(dict.fromkeys(filter(None, texts)))
        if number not in lacking
    }
    translation = Translation(kept, CHECKED if checked else None)
    found = translate_protocol(replace(original, translations={"xx": translation}), "xx")
    assert (original.language[:2], found.language) == ("en", "xx")
    before = {path: each for path, each in leaves(original) if not is_name(path)}
    after = {path: each for path, each in leaves(found) if not is_name(path)}
    assert before.keys() == after.keys()
    for path, text in before.items():
        if not is_said(path) or not isinstance(text, str):
            assert after[path] == text, path
        elif text in kept:
            told = str(after[path])
            assert told.removesuffix(f" [EN: {text}]") == kept[text]
        elif any(letter.isalpha() for letter in sub(r"\b(mg|ml|g)\b", "", text)):
            assert after[path] == f"[EN] {text}", path
    for old, new in zip(original.instructions, found.instructions, strict=True):
        weighty = old.verb.traits.restricts or old.verb.traits.doses
        both = weighty and not checked and old.text in kept
        assert (f"[EN: {old.text}]" in new.text) is both


@pytest.mark.parametrize(
    "file",
    [*sorted((EXAMPLES / "valid").glob("*.yaml")), *sorted(find_built_in_folder().glob("*.yaml"))],
    ids=lambda file: file.stem,
)
def test_every_protocol_can_be_translated(file: Path) -> None:
    """Into a language that the program speaks, and into one that it doesn't."""
    original = read_protocol(file)
    for language in ("es", "xx"):
        found = translate_protocol(original, language)
        assert [each.id for each in found.instructions] == [
            each.id for each in original.instructions
        ]
        assert found.topics.keys() == original.topics.keys()
        assert all(each.text for each in found.instructions)
