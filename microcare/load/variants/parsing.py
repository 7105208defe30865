"""A text to a protocol; a variant's with the one that it extends, or the problems of both."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Lookup
from dataclasses import field

from microcare.core.sheet.problems import Code, Problem, Subject
from microcare.core.sheet.protocol import Extension, Protocol, Translation
from microcare.core.values import replace, value
from microcare.load.protocol.protocol import read_root
from microcare.load.source.fields import Fields, Reporter
from microcare.load.source.nodes import Mapping, Mark, Scalar, Sequence, compose_nodes
from microcare.load.source.refusals import ProtocolError, Refusal, quote
from microcare.load.variants.bases import BaseError, ChainError, FindBase

_UNTELLABLE = frozenset(
    {Code.UNKNOWN_TOPIC, Code.UNKNOWN_FACTOR, Code.UNKNOWN_ANCHOR, Code.UNKNOWN_INSTRUCTION}
)
"""What can't be told where the base is unusable: it may have what the variant names."""
_SURE_KEY = (
    r"(?:^|[{,\r])[ \t]*(?:\"microcare\"|'microcare'|microcare)[ \t]*:[ \t]*[\"']?\d"
    r"|(?:^|\r)(?:extends|instructions)[ \t]*:(?:\s|$)"
)
"""The version of the format, or at the margin a key that hardly any other file has."""
_TOP = Mark(1, 1)
_NOWHERE = Mark(0, 0)
"""The position of what stands for an unusable base; what is reported there is no problem."""


@value
class Parsed:
    """A protocol and the nodes that it was read from: a variant's and its bases', as one map.

    `changed` is where a variant changes what it takes from its base.
    """

    root: Mapping
    protocol: Protocol
    changed: Lookup[Subject, Mark] = field(default_factory=dict)


def parse_protocol(text: str, file: str, find_base: FindBase | None = None) -> Protocol:
    """Return the protocol that a YAML text describes; `file` names it in positions.

    `find_base` finds the protocol that it extends. Without it a variant is refused: what an id
    names is a matter of folders, which a text knows nothing of. Raises ProtocolError with every
    problem of the file, and of the files that it extends.
    """
    return parse_with_nodes(text, file, find_base).protocol


def parse_with_nodes(
    text: str, file: str, find_base: FindBase | None = None, *, key: str | None = None
) -> Parsed:
    """Return a protocol together with the nodes that it was read from, for their positions.

    `key` is given where the text is itself a base: the one of that `Base`. Raises
    ProtocolError with every problem of the file.
    """
    is_protocol = is_protocol_text(text)
    try:
        root, problems = compose_nodes(text, file, inherited=key is not None)
    except ProtocolError as error:
        # Only the last says why it ends there; those before may quote a name.
        raise ProtocolError(error.problems if is_protocol else error.problems[-1:]) from error
    reporter = Reporter(file, problems if is_protocol else ())
    if not isinstance(root, Mapping) or not is_protocol:
        what = (
            "none of the keys of one" if isinstance(root, Mapping) else "no map of keys and values"
        )
        message = f"This is no protocol: the file holds {what}."
        hint = "start with “microcare: 1”, “id: …”, “title: …”"
        reporter.report(root.mark if root else _TOP, Code.WRONG_SHAPE, message, hint)
        raise ProtocolError(reporter.problems)
    if "extends" in root.entries:
        return _read_variant(root, reporter, find_base, key)
    return Parsed(root, read_root(root, reporter))


def is_protocol_text(text: str) -> bool:
    """Return whether a text, however wrong, is meant to be a protocol.

    Of any other file nothing may be quoted: it may be one of secrets, named by mistake.
    """
    if text.startswith("microcare: 1") or "\nmicrocare: 1" in text:
        return True
    import re  # almost no protocol is written otherwise: start-up counts

    return bool(re.search(_SURE_KEY, text, re.MULTILINE))


def _read_variant(
    root: Mapping, reporter: Reporter, find_base: FindBase | None, key: str | None
) -> Parsed:
    """Return the merged nodes of a variant and its base, and the protocol read from them.

    `key` is that of the variant where it is itself a base, else None. Raises ProtocolError
    with all the problems of the variant and then those of its base, and ChainError where that is
    to be told of a file further up.
    """
    # The keys are checked when the merged map is read; here each is known.
    fields = Fields(root, root.entries, reporter)
    base, below = _read_base(fields, find_base, key)
    from microcare.load.variants.merging import merge_variant  # only for variants: start-up counts

    merged, changed = merge_variant(fields, base.root if base else _no_base())
    try:
        protocol = read_root(merged, reporter)
    except ProtocolError as error:
        found = _tellable(error.problems, reporter.file, is_whole=base is not None)
        own = (_locate_cause(each, reporter.file, changed) for each in found)
        in_order = sorted(own, key=lambda each: (each.line, each.column))
        raise ProtocolError([*in_order, *below]) from None
    assert base is not None  # noqa: S101 - else a problem was reported
    file = base.root.mark.file or ""
    extends = _describe(protocol, base.protocol, file, root)
    translations: Lookup[str, Translation] = {}
    if protocol.translations or base.protocol.translations:
        # Few are translated: start-up counts.
        from microcare.load.protocol.translations import inherit_translations

        kept = reporter.translations
        added = kept.own if kept is not None else {}
        translations = inherit_translations(protocol, base.protocol, added)
    return Parsed(merged, replace(protocol, extends=extends, translations=translations), changed)


def _describe(protocol: Protocol, base: Protocol, file: str, root: Mapping) -> Extension:
    before = {each.id for each in base.instructions}
    now = {each.id: each for each in protocol.instructions}
    kept = [(old, now[old.id]) for old in base.instructions if old.id in now]
    return Extension(
        base=base,
        file=file,
        written=frozenset(root.entries),
        removed=tuple(each for each in base.instructions if each.id not in now),
        # What is inherited has the position that it has in the base.
        replaced=tuple((old, new) for old, new in kept if old.position != new.position),
        added=tuple(each for each in protocol.instructions if each.id not in before),
    )


# The base


def _read_base(
    fields: Fields, find_base: FindBase | None, key: str | None
) -> tuple[Parsed | None, tuple[Problem, ...]]:
    """Return the base's nodes and protocol; None, reported, and its problems if it is unusable."""
    reference = fields.text("extends")
    if reference is None:
        return None, ()
    if find_base is None:
        message = "A protocol that extends another can't be read from its text alone."
        fields.report("extends", Code.UNUSABLE_BASE, message)
        return None, ()
    from shlex import quote as quote_word  # only for variants: start-up counts

    checked = quote(reference)
    try:
        base = find_base(reference)
        checked = quote_word(base.reference)
        return parse_with_nodes(base.text, base.file, base.find, key=base.key), ()
    except ChainError as error:
        if error.key != key:
            raise
        code = Code.CYCLE if error.is_circle else Code.UNUSABLE_BASE
        fields.report("extends", code, error.message, error.hint)
        return None, ()
    except ProtocolError as error:
        count = "a problem" if len(error.problems) == 1 else f"{len(error.problems)} problems"
        message = f"The protocol {quote(reference)} can't be extended: it has {count}."
        hint = f"see them with: microcare check {checked}"
        fields.report("extends", Code.UNUSABLE_BASE, message, hint)
        return None, error.problems
    except Refusal as error:
        fields.report("extends", Code.UNUSABLE_BASE, error.message, error.hint)
        return None, error.problems if isinstance(error, BaseError) else ()


def _no_base() -> Mapping:
    """Return what stands for an unusable base, so that the rest of the variant can be read."""
    texts = {"title": "-", "procedure": "-", "day-1": "unstated"}
    stand_ins = {key: Scalar(_NOWHERE, text) for key, text in texts.items()}
    entries = {key: (Scalar(_NOWHERE, key), node) for key, node in stand_ins.items()}
    empty = Sequence(_NOWHERE)
    return Mapping(_NOWHERE, {**entries, "instructions": (Scalar(_NOWHERE, "instructions"), empty)})


# The positions of problems


def _tellable(problems: Iterable[Problem], file: str, *, is_whole: bool) -> list[Problem]:
    """Return the problems without those that follow from an unusable base, or from another one."""
    found = [each for each in problems if each.line]
    own = [each for each in found if each.file == file]
    if not is_whole:
        return [each for each in own if each.code not in _UNTELLABLE]
    return [each for each in found if not own or each.file == file or each.code not in _UNTELLABLE]


def _locate_cause(each: Problem, file: str, changed: Lookup[Subject, Mark]) -> Problem:
    """Return a problem of the variant; what it spoils in its base is told where it does so."""
    if each.file == file:
        return each
    from microcare.load.variants.merging import find_change

    mark = find_change(each.subjects, changed)
    position = f"{each.file}:{each.line}"
    said = f"What this file changes spoils {position}: {each.message}"
    hint = each.hint
    if each.code is Code.UNKNOWN_ANCHOR:
        hint = f"keep it, or replace or remove the instruction at {position} too"
    return replace(each, file=file, line=mark.line, column=mark.column, message=said, hint=hint)
