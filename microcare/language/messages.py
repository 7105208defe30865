"""Messages in the language that is spoken: a whole sentence or phrase each, filled in by name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Protocol

from microcare.core.values import value

CATALOGUES = Path(__file__).parent / "catalogues"
"""A folder of one `es.po` a language, in the format of gettext."""

_TAG = r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{2}|[0-9]{3}))?"


class Translations(Protocol):
    """What translates messages, as gettext does."""

    def gettext(self, message: str) -> str:
        """Return a message in the language."""

    def pgettext(self, context: str, message: str) -> str:
        """Return a message that means what it does in this context."""

    def ngettext(self, one: str, many: str, number: int) -> str:
        """Return the form of a message for a number."""


@value
class Language:
    """A language: its `tag` ("es-MX"), what translates into it, and the `locale` of its dates.

    Its `joints` are what becomes of two words that meet in a message: "a el" is "al".
    """

    tag: str
    translations: Translations
    locale: str
    joints: tuple[tuple[str, str], ...] = ()


_WEEKDAY = (
    r"(?:lun(?:es)?|mar(?:tes)?|mié(?:rcoles)?|jue(?:ves)?|vie(?:rnes)?|sáb(?:ado)?|dom(?:ingo)?)\b"
)
_MONTH = r"(?:ene|feb|mar|abr|may|jun|jul|ago|sept?|oct|nov|dic)\b"
_BEFORE_A_TIME = (
    r"\b(desde|hasta|entre|para|a partir de|antes de|después de|a más tardar|como máximo|"
    r"última vez) "
)

_JOINTS = {
    "es": (
        (rf"(?i){_BEFORE_A_TIME}(?={_WEEKDAY}|\d\d? (?:de )?{_MONTH})", r"\1 el "),
        (r"(?i)\b(a más tardar|como máximo) (?=\d\d?:\d\d)", r"\1 a las "),
        (rf"(?i){_BEFORE_A_TIME}(?=\d\d?:\d\d)", r"\1 las "),
        (r"\b(a|de|A|De) el\b", r"\1l"),
        (r"(?i)\by (?=h?[ií](?![eao]))", "e "),
        (r"(?i)\bo (?=h?[oó]|8|11\b)", "u "),
        (r"\blas (?=1:)", "la "),
        (r"(?i)\b([ap]\.m\.)\.", r"\1"),
    )
}
"""The articles of dates and hours, contractions, "e" and "u" for "y" and "o", and one o'clock."""

_spoken: ContextVar[Language | None] = ContextVar("spoken", default=None)


def find_spoken() -> Language | None:
    """Return the language that is spoken, None for the English of the messages themselves."""
    return _spoken.get()


def speaks_english() -> bool:
    """Return whether English is spoken, of whatever region."""
    language = _spoken.get()
    return language is None or split_tag(language.tag)[0] == "en"


@contextmanager
def speak(language: str | Language) -> Iterator[None]:
    """Speak a language for a while: a tag like "es" or "es-MX", or a whole `Language`.

    A tag without a catalogue speaks English; that is for the caller to refuse beforehand.
    """
    found = load_language(language) if isinstance(language, str) else language
    token = _spoken.set(found)
    try:
        yield
    finally:
        _spoken.reset(token)


def say(message: str, /, **fields: object) -> str:
    """Return a message in the language that is spoken, with its `{fields}` filled in."""
    language = _spoken.get()
    if language is None:
        return message.format(**fields) if fields else message
    return _fill(language, language.translations.gettext(message), fields)


def say_as(context: str, message: str, /, **fields: object) -> str:
    """Return a message that means different things by its context: "no" of a ban, of an answer."""
    language = _spoken.get()
    if language is None:
        return message.format(**fields) if fields else message
    return _fill(language, language.translations.pgettext(context, message), fields)


def count(one: str, many: str, number: int, /, **fields: object) -> str:
    """Return the message for a number of things, which it has as `{number}`."""
    language, fields = _spoken.get(), {"number": number, **fields}
    if language is None:
        return (one if number == 1 else many).format(**fields)
    return _fill(language, language.translations.ngettext(one, many, number), fields)


def _fill(language: Language, message: str, fields: Mapping[str, object]) -> str:
    """Return a message with its fields, and what becomes of the words that meet there."""
    if not fields:
        return message
    return join_words(language, message.format(**fields))


def join_words(language: Language, text: str) -> str:
    """Return a text in which words that meet are written as the language does."""
    for found, other in language.joints:
        text = re.sub(found, other, text)
    return text


def mark(message: str) -> str:
    """Return a message as it is, for a catalogue to have it; who prints it says it."""
    return message


def mark_as(context: str, message: str) -> str:  # noqa: ARG001 - read by who collects the messages
    """Return a message as it is, for a catalogue to have it in this context."""
    return message


def split_tag(tag: str) -> tuple[str, str]:
    """Return the language and the region of a tag: "es", "MX"; the region may be empty.

    Raises ValueError where it is no tag.
    """
    found = re.fullmatch(_TAG, tag)
    if found is None:
        raise ValueError(f"{tag!r} is no language tag")
    return found[1].lower(), (found[2] or "").upper()


def list_languages() -> tuple[str, ...]:
    """Return the languages that have a catalogue, and English first, without regions."""
    return ("en", *sorted(path.stem for path in CATALOGUES.glob("*.po")))


@cache
def load_language(tag: str) -> Language | None:
    """Return the language of a tag, None for English without a region or one without words."""
    if tag == "en":  # as most are, and to compile the pattern of tags takes long
        return None
    try:
        name, region = split_tag(tag)
    except ValueError:
        return None
    path = CATALOGUES / f"{name}.po"
    if name == "en" and region:
        from gettext import NullTranslations

        return Language(tag, NullTranslations(), f"en_{region}")
    if not path.exists():
        return None
    # Loaded for a language other than English alone: start-up counts.
    from gettext import GNUTranslations
    from io import BytesIO

    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=name))
    compiled.seek(0)
    locale = f"{name}_{region}" if region else name
    return Language(tag, GNUTranslations(compiled), locale, _JOINTS.get(name, ()))
