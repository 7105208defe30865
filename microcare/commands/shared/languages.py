"""The language in which a patient is told: asked for with --language, else the protocol's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microcare.core.sheet.protocol import find_base_code
from microcare.core.values import value
from microcare.load.source.languages import read_language

if TYPE_CHECKING:
    from microcare.core.sheet.protocol import Protocol


def speak_to_patient(
    given: str | None, sheets: tuple[Protocol, ...]
) -> tuple[tuple[Protocol, ...], str]:
    """Return protocols in the language that was given, else that of the first, and its tag.

    Raises Refusal of one that nobody has words of. A protocol in such a language is told in its
    own sentences and the program's English, since nobody asked for more.
    """
    language = sheets[0].language if given is None else read_language(given)
    codes = {find_base_code(tag) for tag in (language, *(each.language for each in sheets))}
    if codes == {"en"}:
        return sheets, language
    return tuple(each.recall(_Translator(language)) for each in sheets), language


@value
class _Translator:
    """Translates a protocol, of which many bookings are told."""

    language: str

    def __call__(self, sheet: Protocol) -> Protocol:
        from microcare.load.protocol.translating import translate_protocol  # start-up counts

        return translate_protocol(sheet, self.language)
