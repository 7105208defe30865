"""Tags of languages, and the translations that a file has beside its texts."""

from __future__ import annotations

from microcare.core.sheet.protocol import find_base_code
from microcare.language.messages import list_languages, split_tag
from microcare.load.source.refusals import Refusal

_LONGEST = 30


def read_tag(text: str) -> str | None:
    """Return a tag of a language as it is kept (`es`, `es-MX`), None where the text is none."""
    try:
        name, region = split_tag(text.strip())
    except ValueError:
        return None
    return f"{name}-{region}" if region else name


def read_language(text: str) -> str:
    """Return the tag of a language that microcare has the words of; raises Refusal of any other."""
    known, tag = list_languages(), read_tag(text)
    if tag is not None and find_base_code(tag) in known:
        return tag
    message = f"“{text[:_LONGEST]}” is no language that microcare has the words of."
    raise Refusal(message, f"choose one of {', '.join(known)}, like --language {known[-1]}")


class Translations:
    """The translations of one file by the tags of their languages, from the original text.

    Of a variant `own` are those that stand in its own file, `inherited` those of its bases.
    """

    def __init__(self) -> None:
        self.own: dict[str, dict[str, str]] = {}
        self.inherited: dict[str, dict[str, str]] = {}

    def add(self, tag: str, original: str, text: str, *, own: bool) -> str | None:
        """Keep a translation; return another of the same original where the file has one."""
        texts = (self.own if own else self.inherited).setdefault(tag, {})
        known = texts.setdefault(original, text)
        return known if own and known != text else None

    def texts(self, tag: str) -> dict[str, str]:
        """Return the translations into one language, the file's own before those of its bases."""
        return {**self.inherited.get(tag, {}), **self.own.get(tag, {})}
