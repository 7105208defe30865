"""YAML text to nodes with positions: every scalar stays text, nothing is guessed or executed.

Size, nesting and aliases are bounded on the parser's events, before anything is composed:
PyYAML's own C composer recurses and crashes the process on deeply nested brackets.
"""

from __future__ import annotations

import re
from functools import cached_property

import yaml

from microcare.core.sheet.problems import Code, Problem
from microcare.core.values import value
from microcare.load.source.refusals import ProtocolError, quote

MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 64
MAX_NODES = 50_000
"""With every alias counted as often as it is used."""

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_CORE_TAG = "!"
_IN_QUOTES = "while scanning a quoted scalar"
_OPEN_QUOTE = (
    "The quote that opens here is not closed.",
    "close it at the end of its text, or leave both of its quotes out",
)
_KEY = r"\s*(?:- +)?(?:\{ *)?[a-z][a-z0-9-]*:(?: |$)"
_TOO_DEEP = f"Lists and maps are nested more than {MAX_DEPTH} deep."


@value
class Mark:
    """A position in a file; both count from 1. `file` is None in the file that is being read.

    What a variant inherits keeps the name of the file it was written in.
    """

    line: int
    column: int
    file: str | None = None


@value
class Scalar:
    """A text. `quoted` tells an empty string from a value left out."""

    mark: Mark
    text: str
    quoted: bool = False
    size: int = 1
    depth: int = 0


class _Collection:
    """What holds nodes. `size` counts the nodes within, itself included, `depth` the levels."""

    __slots__ = ("depth", "mark", "size")

    def __init__(self, mark: Mark) -> None:
        self.mark = mark
        self.size = self.depth = 1


class Sequence(_Collection):
    """A list of nodes."""

    __slots__ = ("items",)

    def __init__(self, mark: Mark, items: list[Node] | None = None) -> None:
        super().__init__(mark)
        self.items = [] if items is None else items


class Mapping(_Collection):
    """Keys and values in the file's order; each key once."""

    __slots__ = ("entries",)

    def __init__(self, mark: Mark, entries: dict[str, tuple[Scalar, Node]] | None = None) -> None:
        super().__init__(mark)
        self.entries = {} if entries is None else entries


Node = Scalar | Sequence | Mapping


def compose_nodes(
    text: str, file: str, *, inherited: bool = False
) -> tuple[Node | None, list[Problem]]:
    """Return the one document of a YAML text and the problems that don't stop its reading.

    The positions in a text that is `inherited` name its file. Raises ProtocolError where nothing
    can be made of the text.
    """
    if len(text) > MAX_CHARACTERS:
        message = f"The file holds {len(text):,} characters; at most {MAX_CHARACTERS:,} are read."
        raise ProtocolError([Problem(file, 1, 1, Code.TOO_LARGE, message)])
    composer = _Composer(file, file if inherited else None, text)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        message = "The text holds half a character."
        raise ProtocolError([Problem(file, line, 1, Code.NOT_TEXT, message)]) from error
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            composer.take(event)
    except yaml.YAMLError as error:
        problems = composer.problems
        if not composer.lost_quote:
            problems = [*problems, _syntax_problem(error, text, file)]
        raise ProtocolError(problems) from error
    return composer.root, composer.problems


class _Composer:
    """Builds nodes from parser events, one open collection on the stack for each level."""

    def __init__(self, file: str, origin: str | None, text: str) -> None:
        """Read events of `text`; `lost_quote` is whether a quote in it took in the next keys."""
        self.file = file
        self.lost_quote = False
        self._text = text
        self._origin = origin
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self._documents = 0
        self._open: list[Sequence | Mapping] = []
        self._keys: list[Scalar | None] = []
        self._anchors: dict[str, Node] = {}
        self._repeated = 0

    def take(self, event: yaml.Event) -> None:
        match event:
            case yaml.ScalarEvent():
                quoted = event.style in {"'", '"'}
                node = Scalar(self._mark(event), event.value, quoted)
                if quoted:
                    self._check_quote(event, node.mark)
                self._name(event, node)
                self._add(node)
            case yaml.SequenceStartEvent():
                self._push(event, Sequence(self._mark(event)))
            case yaml.MappingStartEvent():
                self._push(event, Mapping(self._mark(event)))
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                self._keys.pop()
                self._add(self._open.pop())
            case yaml.AliasEvent():
                self._follow(event)
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    message = "The file holds more than one YAML document."
                    hint = "keep one protocol in each file"
                    self._stop(self._mark(event), Code.YAML, message, hint)
            case _:
                pass

    def _check_quote(self, event: yaml.ScalarEvent, mark: Mark) -> None:
        """Report a quote that reaches over lines which begin with a key, as far left as its own."""
        if event.end_mark is None or event.end_mark.line < mark.line or self.lost_quote:
            return
        opening, *lines = self._lines[mark.line - 1 : event.end_mark.line + 1]
        start = opening.lstrip(" -")
        key = start if re.match(_KEY, start) else opening.lstrip()
        margin = len(opening) - len(key)
        margins = (len(line) - len(line.lstrip()) for line in lines if re.match(_KEY, line))
        if any(each <= margin for each in margins):
            self.lost_quote = True
            self._report(mark, Code.YAML, *_OPEN_QUOTE)

    @cached_property
    def _lines(self) -> list[str]:
        return self._text.split("\n")

    def _push(self, event: yaml.CollectionStartEvent, node: Sequence | Mapping) -> None:
        self._name(event, node)
        self._open.append(node)
        self._keys.append(None)
        if len(self._open) > MAX_DEPTH:
            self._stop(node.mark, Code.TOO_DEEP, _TOO_DEEP)

    def _name(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, node: Node) -> None:
        tag = event.tag
        if tag is not None and tag != _CORE_TAG:
            message = f"The YAML tag {quote(tag)} has no meaning here."
            self._report(node.mark, Code.TAG, message, "remove the word that starts with “!”")
        if event.anchor is not None:
            self._anchors[event.anchor] = node

    def _follow(self, event: yaml.AliasEvent) -> None:
        name, mark = event.anchor or "", self._mark(event)
        node = self._anchors.get(name)
        if node is None:
            message = f"The alias {quote(name)} refers to nothing that stands before it."
            self._report(mark, Code.ALIAS, message)
            node = Scalar(mark, "")
        elif any(node is each for each in self._open):
            self._stop(mark, Code.ALIAS, f"The alias {quote(name)} contains itself.")
        self._repeated += node.size
        self._add(node)

    def _add(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        parent.size += node.size
        parent.depth = max(parent.depth, node.depth + 1)
        if len(self._open) + node.depth > MAX_DEPTH:
            self._stop(node.mark, Code.TOO_DEEP, _TOO_DEEP)
        if parent.size > MAX_NODES:
            self._refuse_size(node.mark, parent.size)
        if isinstance(parent, Sequence):
            parent.items.append(node)
            return
        key = self._keys[-1]
        if key is not None:
            self._keys[-1] = None
            self._enter(parent, key, node)
        elif isinstance(node, Scalar):
            self._keys[-1] = node
        else:
            message = "A key must be a plain word, not a list or a map."
            self._report(node.mark, Code.YAML, message, "put quotes around a text with brackets")
            self._keys[-1] = Scalar(node.mark, "")

    def _refuse_size(self, mark: Mark, size: int) -> None:
        if self._repeated > size // 2:
            message = (
                f"With what its aliases repeat, the file holds more than {MAX_NODES:,} values."
            )
            self._stop(mark, Code.ALIAS, message, "repeat less of it")
        message = f"The file holds more than {MAX_NODES:,} values."
        self._stop(mark, Code.TOO_LARGE, message, "make several protocols of it")

    def _enter(self, parent: Mapping, key: Scalar, node: Node) -> None:
        if key.text in parent.entries:
            first = parent.entries[key.text][0].mark.line
            message = f"The key {quote(key.text)} stands twice; the first is in line {first}."
            self._report(key.mark, Code.DUPLICATE_KEY, message, "keep one of the two")
        else:
            parent.entries[key.text] = (key, node)

    def _stop(self, mark: Mark, code: Code, message: str, hint: str | None = None) -> None:
        self._report(mark, code, message, hint)
        raise ProtocolError(self.problems)

    def _report(self, mark: Mark, code: Code, message: str, hint: str | None = None) -> None:
        self.problems.append(Problem(self.file, mark.line, mark.column, code, message, hint))

    def _mark(self, event: yaml.Event) -> Mark:
        mark = event.start_mark
        if mark is None:
            return Mark(1, 1, self._origin)
        return Mark(mark.line + 1, mark.column + 1, self._origin)


def _syntax_problem(error: yaml.YAMLError, text: str, file: str) -> Problem:
    line = column = 1
    said = str(error)
    if isinstance(error, yaml.MarkedYAMLError):
        said = error.problem or said
        if error.context == _IN_QUOTES and said == "found unexpected end of stream":
            opens = error.context_mark or error.problem_mark
            if opens is not None:
                return Problem(file, opens.line + 1, opens.column + 1, Code.YAML, *_OPEN_QUOTE)
        mark = error.problem_mark or error.context_mark
        if mark is not None:
            line, column = mark.line + 1, mark.column + 1
    elif isinstance(error, yaml.reader.ReaderError):
        # The C parser counts the position in octets; the character itself is easier to find.
        control = chr(int(error.character))
        before = text[: max(text.find(control), 0)]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        said = f"the control character U+{ord(control):04X} is not allowed"
    lines = text.split("\n")
    if line > len(lines):
        # What is missing at the end of the file is missing behind its last character.
        line, column = len(lines), len(lines[-1]) + 1
    here = lines[line - 1]
    hint = "check the indentation and the punctuation of this line and of the one above"
    if "\t" in here:
        hint = "indent with spaces; YAML takes no tabs"
    elif re.search(r": '[^']*'\w", here):
        hint = "an apostrophe ends a text in single quotes; write it twice, or use double quotes"
    elif ": " in here.partition(": ")[2]:
        hint = "put quotes around a text that holds “: ”"
    return Problem(file, line, column, Code.YAML, f"This is not valid YAML: {said}.", hint)
