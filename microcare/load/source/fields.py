"""One map of a protocol file, read key by key; whatever goes unread or wrong is reported."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING, TypeVar

from microcare.core.sheet.problems import Code, Problem, Subject
from microcare.core.sheet.protocol import find_base_code
from microcare.load.source.nodes import Mapping, Mark, Node, Scalar, Sequence
from microcare.load.source.refusals import PhraseError, find_nearest, quote, suggest

if TYPE_CHECKING:
    from microcare.load.source.languages import Translations

S = TypeVar("S")
T = TypeVar("T")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SHAPES = {Scalar: "a text", Sequence: "a list", Mapping: "a map"}
_SHAPE_HINTS = {
    Scalar: "write one text behind the colon",
    Sequence: "write each on a line of its own that begins with “- ”",
    Mapping: "write keys and values, like “key: value”",
}


class Reporter:
    """Collects the problems of one file, and the translations that stand beside its texts.

    `language` is that of the texts, empty where the file's own is refused; `translations` is None
    as long as there are none.
    """

    def __init__(self, file: str, problems: Iterable[Problem] = ()) -> None:
        self.file = file
        self.problems = list(problems)
        self.language = "en"
        self.translations: Translations | None = None

    def report(
        self,
        mark: Mark,
        code: Code,
        message: str,
        hint: str | None = None,
        *,
        subjects: tuple[Subject, ...] = (),
    ) -> None:
        """Add a problem at a position in the file, or in the one that the position names."""
        file = mark.file or self.file
        self.problems.append(Problem(file, mark.line, mark.column, code, message, hint, subjects))

    def is_own(self, mark: Mark) -> bool:
        """Return whether a position is in the file itself, not in one that it extends."""
        return mark.file is None or mark.file == self.file


class Fields:
    """A map whose keys are all in `known`; reading a value of the wrong shape reports it.

    Every reader returns None (or an empty tuple) where the key is absent or its value is wrong,
    so that one pass finds all the problems of a file.
    """

    def __init__(
        self, node: Mapping, known: Collection[str], reporter: Reporter, verbs: Collection[str] = ()
    ) -> None:
        """Report unknown keys; one that is nearly one of `verbs`, of which one is needed, as such.

        `misspelt_verb` is that key.
        """
        self.node = node
        self.mark = node.mark
        self.misspelt_verb: str | None = None
        self.reporter = reporter
        has_verb = any(verb in node.entries for verb in verbs)
        for key, (key_node, _) in node.entries.items():
            if key in known:
                continue
            near = find_nearest(key, known)
            hint = suggest(near) or f"known keys are {', '.join(known)}"
            may_be_verb = near is not None and not has_verb and not self.misspelt_verb
            if may_be_verb and near == find_nearest(key, verbs):
                self.misspelt_verb = key
                reporter.report(key_node.mark, Code.UNKNOWN_VERB, f"{quote(key)} is no verb.", hint)
            else:
                message = f"The key {quote(key)} is not known here."
                reporter.report(key_node.mark, Code.UNKNOWN_KEY, message, hint)

    def __contains__(self, key: str) -> bool:
        return key in self.node.entries

    def require(self, keys: Iterable[str], what: str) -> None:
        """Report each of the keys that is missing from `what`."""
        for key in keys:
            if key not in self:
                message = f"{what} has no “{key}”."
                self.reporter.report(self.mark, Code.MISSING_KEY, message, f"add “{key}: …”")

    @property
    def problem_count(self) -> int:
        """How many problems the whole file has so far."""
        return len(self.reporter.problems)

    def mark_of(self, key: str) -> Mark:
        """Return where a key's value stands; the map's own position where the key is absent."""
        node = self.node_of(key)
        return node.mark if node else self.mark

    def report(
        self,
        key: str,
        code: Code,
        message: str,
        hint: str | None = None,
        *,
        subjects: tuple[Subject, ...] = (),
    ) -> None:
        """Report a problem at a key's value."""
        self.reporter.report(self.mark_of(key), code, message, hint, subjects=subjects)

    def peek(self, key: str) -> str | None:
        """Return a text without reporting what is wrong with it; None where it is no text."""
        node = self.node_of(key)
        return " ".join(node.text.split()) or None if isinstance(node, Scalar) else None

    def text(self, key: str) -> str | None:
        """Return a text that is not empty."""
        node = self.node_of(key)
        return self._scalar(node, key) if node is not None else None

    def ident(self, key: str) -> str | None:
        """Return a text that is an identifier."""
        text = self.text(key)
        if text is None or is_short_name(text):
            return text
        self.report(key, Code.BAD_VALUE, *_no_short_name(text))
        return None

    def choice(self, key: str, choices: Collection[str]) -> str | None:
        """Return a text that is one of `choices`."""
        text = self.text(key)
        if text is None or text in choices:
            return text
        message = f"{quote(text)} is none of {', '.join(choices)}."
        self.report(key, Code.BAD_VALUE, message, suggest(find_nearest(text, choices)))
        return None

    def parsed(
        self,
        key: str,
        parse: Callable[[str], T],
        code: Code = Code.BAD_VALUE,
        *,
        said: bool = False,
    ) -> T | None:
        """Return a text as `parse` reads it; its PhraseError becomes the problem.

        One that is `said` to patients may be a map of languages.
        """
        text = self.said(key) if said else self.text(key)
        return self._parsed(key, text, parse, code) if text is not None else None

    def parsed_list(
        self, key: str, parse: Callable[[tuple[str, ...]], T], code: Code = Code.BAD_VALUE
    ) -> T | None:
        """Return a list of texts as `parse` reads them; its PhraseError becomes the problem."""
        texts = tuple(text for text, _ in self.texts(key))
        return self._parsed(key, texts, parse, code) if texts else None

    def said(self, key: str) -> str | None:
        """Return a text for patients, of a map of languages the one in the file's own.

        The others are kept as its translations.
        """
        node = self.node_of(key)
        if isinstance(node, Mapping):
            return self._said_in_languages(node, key)
        return self._scalar(node, key) if node is not None else None

    def by_language(self, key: str, parse: Callable[[str], T]) -> dict[str, T]:
        """Return a map of languages, by their tags, with each text as `parse` reads it."""
        from microcare.load.source.languages import read_tag

        node = self._shaped(key, Mapping)
        if node is None:
            return {}
        fields, found = Fields(node, node.entries, self.reporter), {}
        for name, (name_node, _) in node.entries.items():
            tag, read = read_tag(name), fields.parsed(name, parse)
            if tag is None:
                self._report_language(name_node.mark, name)
            elif read is not None:
                found[tag] = read
        return found

    def texts(self, key: str) -> tuple[tuple[str, Mark], ...]:
        """Return a list of texts, or one text as a list of one, each with its position."""
        node = self.node_of(key)
        if node is None:
            return ()
        items = node.items if isinstance(node, Sequence) else [node]
        if not items:
            self.report(key, Code.EMPTY, f"“{key}” is an empty list.", "leave the key out")
        read = ((self._scalar(item, key), item.mark) for item in items)
        return tuple((text, mark) for text, mark in read if text is not None)

    def mapping(self, key: str, known: Collection[str]) -> Fields | None:
        """Return a map with known keys."""
        node = self._shaped(key, Mapping)
        return Fields(node, known, self.reporter) if node is not None else None

    def mappings(self, key: str, known: Collection[str]) -> tuple[tuple[Scalar, Fields], ...]:
        """Return a map of maps: each inner one with the key that names it, a short name."""
        node = self._shaped(key, Mapping)
        if node is None:
            return ()
        found = []
        self.check_names(key)
        for name, inner in node.entries.values():
            if isinstance(inner, Mapping):
                found.append((name, Fields(inner, known, self.reporter)))
            else:
                self._wrong_shape(inner, name.text, Mapping)
        return tuple(found)

    def check_names(self, key: str) -> None:
        """Report the keys of the map at a key that are no short names."""
        node = self.node_of(key)
        for name, _ in node.entries.values() if isinstance(node, Mapping) else ():
            if not is_short_name(name.text):
                self.reporter.report(name.mark, Code.BAD_VALUE, *_no_short_name(name.text))

    def items(
        self, key: str, known: Collection[str], verbs: Collection[str] = ()
    ) -> tuple[Fields, ...]:
        """Return a list of maps with known keys, one of `verbs` among them."""
        return tuple(Fields(item, known, self.reporter, verbs) for item in self.maps(key))

    def maps(self, key: str) -> tuple[Mapping, ...]:
        """Return a list of maps as they stand, none of them read."""
        node = self._shaped(key, Sequence)
        if node is None:
            return ()
        if not node.items:
            self.report(key, Code.EMPTY, f"“{key}” is an empty list.", "write at least one")
        for item in node.items:
            if not isinstance(item, Mapping):
                self._wrong_shape(item, key, Mapping)
        return tuple(item for item in node.items if isinstance(item, Mapping))

    def node_of(self, key: str) -> Node | None:
        """Return the raw node of a key, None where it is absent."""
        entry = self.node.entries.get(key)
        return entry[1] if entry else None

    def _said_in_languages(self, node: Mapping, key: str) -> str | None:
        from microcare.load.source.languages import read_tag  # few are translated: start-up counts

        tags = {name: read_tag(name) for name in node.entries}
        if not any(tags.values()):
            self._wrong_shape(node, key, Scalar)
            return None
        said: dict[str, tuple[str | None, Mark]] = {}
        for name, (name_node, each) in node.entries.items():
            tag, mark, text = tags[name], name_node.mark, self._scalar(each, name)
            if tag is None:
                self._report_language(mark, name)
            elif tag in said or (self._is_spoken(tag) and any(map(self._is_spoken, said))):
                message = f"{quote(key)} has two texts in one language, {quote(tag)}."
                self.reporter.report(mark, Code.DUPLICATE_KEY, message, "keep one of the two")
            else:
                said[tag] = text, mark
        spoken = next(filter(self._is_spoken, said), None)
        if spoken is not None:
            original, _ = said.pop(spoken)
            if original is not None:
                self._keep(original, said, own=self.reporter.is_own(node.mark))
            return original
        language = self.reporter.language
        if not language:
            return None
        message = f"{quote(key)} has no text in the protocol's language, {quote(language)}."
        hint, about = f"add “{language}: …”", (Subject("language"),)
        self.reporter.report(node.mark, Code.MISSING_KEY, message, hint, subjects=about)
        return None

    def _keep(self, original: str, said: dict[str, tuple[str | None, Mark]], *, own: bool) -> None:
        """Keep the translations of a text; one that differs from an earlier one is reported."""
        from microcare.load.source.languages import Translations

        kept = self.reporter.translations = self.reporter.translations or Translations()
        for tag, (text, mark) in said.items():
            other = kept.add(tag, original, text, own=own) if text is not None else None
            if other is not None:
                message = f"{quote(original)} is translated in two ways, as {quote(other)} too."
                hint = "write both alike, or word the originals differently"
                self.reporter.report(mark, Code.BAD_VALUE, message, hint)

    def _report_language(self, mark: Mark, name: str) -> None:
        hint = "write the code of one, like “es” or “es-MX”"
        self.reporter.report(mark, Code.BAD_VALUE, f"{quote(name)} is no language.", hint)

    def _is_spoken(self, tag: str) -> bool:
        """Return whether a tag is of the protocol's own language, whatever the region."""
        return find_base_code(tag) == find_base_code(self.reporter.language)

    def _parsed(self, key: str, given: S, parse: Callable[[S], T], code: Code) -> T | None:
        try:
            return parse(given)
        except PhraseError as error:
            found = error.code or code
            self.report(key, found, error.message, error.hint, subjects=error.subjects)
            return None

    def _scalar(self, node: Node, key: str) -> str | None:
        if not isinstance(node, Scalar):
            self._wrong_shape(node, key, Scalar)
            return None
        if not node.text.strip():
            message = f"“{key}” has no value."
            self.reporter.report(node.mark, Code.EMPTY, message, "write one, or leave the key out")
            return None
        return node.text.strip()

    def _shaped(self, key: str, shape: type[T]) -> T | None:
        node = self.node_of(key)
        if node is None or isinstance(node, shape):
            return node
        if isinstance(node, Scalar) and not node.text.strip():
            self._scalar(node, key)
        else:
            self._wrong_shape(node, key, shape)
        return None

    def _wrong_shape(self, node: Node, key: str, shape: type) -> None:
        message = f"{quote(key)} takes {_SHAPES[shape]}, but here stands {_SHAPES[type(node)]}."
        self.reporter.report(node.mark, Code.WRONG_SHAPE, message, _SHAPE_HINTS[shape])


def is_short_name(text: str) -> bool:
    """Return whether a text may be an id."""
    return _ID.fullmatch(text) is not None


def _no_short_name(text: str) -> tuple[str, str]:
    return f"{quote(text)} is no short name.", "use small letters, digits and hyphens"
