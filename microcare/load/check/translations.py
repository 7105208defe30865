"""What a file that is translated leaves untranslated, and translations that nobody has checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from microcare.core.sheet.instruction import Amounts, Instruction
from microcare.core.sheet.problems import Code
from microcare.core.sheet.protocol import Protocol, find_base_code
from microcare.load.check.doubts import Doubt, Entry, find_child, list_declared
from microcare.load.protocol.translating import Texts, translate_protocol
from microcare.load.source.nodes import Mapping, Mark
from microcare.load.source.refusals import quote
from microcare.load.vocabulary import fold_name

_SAID = {
    "say": "text",
    "ask-first": "ask_first",
    "unless-told-by": "override_by",
    "call": "call",
    "area": "area",
    "unclear": "unclear",
}
_OF_FACTOR = {"yes": "yes", "no": "no", "short": "stated_short", "name": "name", "ask": "ask"}
_OF_TOPIC = {"label": "label", "short": "stated_short", "private": "private"}


def check_translations(
    entries: tuple[Entry, ...], root: Mapping, protocol: Protocol
) -> Iterator[Doubt]:
    """Yield what patients read that a language lacks into which the file is translated.

    It is once for each instruction, topic, factor, event and language. A region has the words of
    its language.
    """
    languages = sorted(tag for tag, each in protocol.translations.items() if each.texts)
    for tag in languages:
        if find_base_code(tag) == tag or find_base_code(tag) not in languages:
            yield from _Checker(protocol, tag).check(entries, root)
    base = protocol.extends.base.translations if protocol.extends is not None else {}
    for tag in languages:
        found = protocol.translations[tag]
        # What a variant merely takes over is told of its base.
        if found.reviewed is None and found != base.get(tag):
            message = f"Nobody has checked the translation into {quote(tag)}."
            hint = f"have it read, then add “reviewed: {{{tag}: A. Name 2026-11-20}}”"
            yield Doubt(root.mark, Code.UNREVIEWED, message, hint)


class _Checker:
    """Compares a protocol with itself in another language."""

    def __init__(self, protocol: Protocol, tag: str) -> None:
        self._original = protocol
        self._other = translate_protocol(protocol, tag)
        self._texts = Texts(protocol, tag)
        self._tag = tag

    def check(self, entries: Iterable[Entry], root: Mapping) -> Iterator[Doubt]:
        """Yield what is untranslated in the file itself."""
        one, other = self._original, self._other
        title = root.entries["title"][1]
        if title.mark.file is None and self._lacks(one.title, other.title):
            yield self._tell("The protocol", title.mark, "title")
        for name in list_declared(root, "anchors"):
            ident = fold_name(name.text).removeprefix("the-")
            if self._lacks(one.anchors[ident], other.anchors[ident]):
                yield self._tell("“anchors”", name.mark, name.text)
        for name in list_declared(root, "factors"):
            ident = fold_name(name.text)
            lacking = self._list_lacking(one.factors[ident], other.factors[ident], _OF_FACTOR)
            if lacking:
                yield self._tell(f"The factor {quote(name.text)}", name.mark, *lacking)
        for name in list_declared(root, "topics"):
            ident = fold_name(name.text)
            lacking = self._list_lacking(one.topics[ident], other.topics[ident], _OF_TOPIC)
            if lacking:
                yield self._tell(f"The topic {quote(name.text)}", name.mark, *lacking)
        for entry in entries:
            lacking = self._list_of_instruction(entry)
            if lacking:
                node = find_child(entry.node, lacking[0]) or entry.node
                yield self._tell(quote(entry.instruction.id), node.mark, *lacking)

    def _list_of_instruction(self, entry: Entry) -> list[str]:
        """Return the keys of an instruction that lack something."""
        one, other = entry.instruction, self._other.by_id[entry.instruction.id]
        said = {key: name for key, name in _SAID.items() if key in entry.node.entries}
        lacking = self._list_lacking(one, other, said)
        for key, name in (("until-state", "until_state"), ("until-words", "until_words")):
            if self._lacks(getattr(one.window, name), getattr(other.window, name)):
                lacking.append("once" if "once" in entry.node.entries else key)
        if self._lacks_amounts(one.amounts, other.amounts):
            lacking.append("amounts")
        if any(map(self._lacks_amounts, *(_list_of_steps(each) for each in (one, other)))):
            lacking.append("steps")
        return lacking

    def _list_lacking(self, one: object, other: object, names: dict[str, str]) -> list[str]:
        return [
            key
            for key, name in names.items()
            if self._lacks(getattr(one, name), getattr(other, name))
        ]

    def _lacks_amounts(self, one: Amounts | None, other: Amounts | None) -> bool:
        if one is None or other is None:
            return False
        names = ("dose", "daily_max", "threshold")
        if any(self._lacks(getattr(one, name), getattr(other, name)) for name in names):
            return True
        pairs = zip(one.by_topic, other.by_topic, strict=True)
        return any(self._lacks_amounts(own, its) for (_, own), (_, its) in pairs)

    def _lacks(self, one: str | None, other: str | None) -> bool:
        return bool(one) and other == self._texts.mark(one or "", self._texts.original)

    def _tell(self, what: str, mark: Mark, *lacking: str) -> Doubt:
        """Return what to say of something that lacks the words of these keys."""
        message = f"{what} lacks {', '.join(map(quote, lacking))} in {quote(self._tag)}."
        example = f"{lacking[0]}: {{{self._original.language}: …, {self._tag}: …}}"
        hint = f"write both, like “{example}”; else a plan shows the original, marked"
        return Doubt(mark, Code.UNTRANSLATED, message, hint)


def _list_of_steps(instruction: Instruction) -> list[Amounts | None]:
    return [step.amounts for step in instruction.steps]
