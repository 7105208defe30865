"""YAML without its traps: every scalar is text, every node has its place, and nothing runs."""

from __future__ import annotations

import pytest

from microcare.core.sheet.problems import Code
from microcare.load.library.folders import decode_text
from microcare.load.source.nodes import (
    MAX_CHARACTERS,
    MAX_DEPTH,
    MAX_NODES,
    Mapping,
    Node,
    Scalar,
    Sequence,
    compose_nodes,
)
from microcare.load.source.refusals import ProtocolError
from microcare.load.variants.parsing import parse_protocol
from tests.samples import HEADER, problems


def compose(text: str) -> Node:
    """Return the nodes of a text without problems."""
    root, found = compose_nodes(text, "sample.yaml")
    assert not found
    assert root is not None
    return root


def plain(node: Node) -> object:
    """Return nodes as Python's own values."""
    match node:
        case Scalar(text=text):
            return text
        case Sequence(items=items):
            return [plain(item) for item in items]
        case Mapping(entries=entries):
            return {key: plain(value) for key, (_, value) in entries.items()}


def refused(text: str) -> list[str]:
    """Return the problems of a text as `line:column code`, whether they stop it or not."""
    try:
        _, found = compose_nodes(text, "sample.yaml")
    except ProtocolError as error:
        found = list(error.problems)
    return [f"{each.line}:{each.column} {each.code.value}" for each in found]


@pytest.mark.parametrize(
    "text",
    [
        *("no", "yes", "on", "off", "y", "n", "true", "False", "NO", "null", "~", "Null"),
        *("14:30", "1:20:30", "190:20:30", "1.10", "1.0", "1e3", "0x1F", "0o17", "017", "1_000"),
        *("2026-12-10", "2026-12-10T14:30:00Z", ".inf", ".nan", "-1", "+1", "<<", "=", "0b101"),
    ],
)
def test_every_scalar_is_text(text: str) -> None:
    """No country becomes a boolean, no time a number, no version loses its zero."""
    assert plain(compose(f"key: {text}")) == {"key": text}


def test_keys_are_text_too() -> None:
    """`on` is a key of the language, and no boolean."""
    assert plain(compose("on: day 1\n1.10: a\nno: b")) == {"on": "day 1", "1.10": "a", "no": "b"}


def test_every_node_has_its_place() -> None:
    """Lines and columns count from 1; a key and its value stand apart."""
    root = compose("first: a\nsecond:\n  - b\n  - {inner: c}\n")
    assert isinstance(root, Mapping)
    key, value = root.entries["second"]
    assert isinstance(value, Sequence)
    places = [(each.mark.line, each.mark.column) for each in (root, key, value, *value.items)]
    assert places == [(1, 1), (2, 1), (3, 3), (3, 5), (4, 5)]


def test_columns_count_characters() -> None:
    """A letter with an accent and a picture are one character each."""
    root = compose("[é, 😀, here]")
    assert isinstance(root, Sequence)
    assert root.items[2].mark.column == 8


def test_keys_keep_their_order() -> None:
    """The file's order is the order."""
    assert list(plain(compose("b: 1\na: 2\nc: 3"))) == ["b", "a", "c"]  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ('"[red]bold[/]"', "[red]bold[/]"),
        ("'[if pregnant]'", "[if pregnant]"),
        ("a [/] b", "a [/] b"),
        (r'"\e[31mred"', "\x1b[31mred"),
        (r'"\e]0;title\a"', "\x1b]0;title\x07"),
        ("\u202eabc", "\u202eabc"),
        ("38 °C → café 日本", "38 °C → café 日本"),
        (r'"\0"', "\0"),
        ('"tab\there"', "tab\there"),
        ("'it''s'", "it's"),
        (">-\n  two\n  lines", "two lines"),
        ("|-\n  two\n  lines", "two\nlines"),
        ('""', ""),
        ("", ""),
    ],
)
def test_text_is_kept_as_it_is(written: str, text: str) -> None:
    """Markup, escape sequences and directions are text here; the terminal's care is elsewhere."""
    assert plain(compose(f"key: {written}")) == {"key": text}


def test_a_quoted_empty_text_is_told_from_a_missing_one() -> None:
    """Both are empty, and only one was written."""
    root = compose("written: ''\nmissing:")
    assert isinstance(root, Mapping)
    values = [value for _, value in root.entries.values()]
    assert [each.quoted for each in values if isinstance(each, Scalar)] == [True, False]


def test_a_long_line_is_read() -> None:
    """100 KB in one line are one text."""
    assert plain(compose(f"say: {'x' * 100_000}")) == {"say": "x" * 100_000}


# What is refused, and where


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: [1, 2", ["1:9 yaml-syntax"]),
        ("a: 1\nb: : 2", ["2:4 yaml-syntax"]),
        ("a: 1\n b: 2", ["2:3 yaml-syntax"]),
        ("a:\n\tb: 1", ["2:1 yaml-syntax"]),
        ("a: 'x", ["1:4 yaml-syntax"]),
        ("a: @x", ["1:4 yaml-syntax"]),
        ("a: %x", ["1:4 yaml-syntax"]),
        ("say: stop: now", ["1:10 yaml-syntax"]),
        ("a: 1\n---\nb: 2", ["2:1 yaml-syntax"]),
        ("%YAML 9.9\n---\na: 1", ["1:1 yaml-syntax"]),
        ("[a, b]: c", ["1:1 yaml-syntax"]),
        ("{a: b}: c", ["1:1 yaml-syntax"]),
    ],
)
def test_broken_yaml(text: str, expected: list[str]) -> None:
    """Where the reading stopped is where the writer looks."""
    assert refused(text) == expected


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: \0", "1:4"),
        ("a: 1\nb: x\x1b[31m", "2:5"),
        ("# é😀\na: é\x07", "2:5"),
        ("a: 1\n\n\n  \x7f", "4:3"),
        ("a: \ufffe", "1:4"),
        ("\x01", "1:1"),
    ],
)
def test_control_characters(text: str, place: str) -> None:
    """NUL, ESC and BEL are refused with their own place, counted in characters."""
    assert refused(text) == [f"{place} yaml-syntax"]


def test_a_control_character_is_named() -> None:
    """Nobody sees an ESC in an editor."""
    with pytest.raises(ProtocolError) as error:
        compose_nodes("a: \x1b", "sample.yaml")
    assert "U+001B" in error.value.problems[0].message


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('a: 1\nb: "x\nc: 2\n', "2:4"),
        ('a: 1\nb: "x\nc: "y"\nd: 2\n', "2:4"),
        ("a: 1\nb: 'x\nc: don't\n", "2:4"),
        ('a:\n  - b: "x\n    c: 1\n  - b: "y"\n', "2:8"),
        ('a:\n  - {b: x, c: "y}\n  - {b: z, c: "y"}\n', "2:15"),
        ('a:\n  - {b: x, c: "y}\n  - {b: z}\n', "2:15"),
        ('a: [x, "y, z]\nb: "w"\n', "1:8"),
        ('"a: 1\nb: 2\n', "1:1"),
        ('a: "x\nb: y "\n', "1:4"),
        ('a: "x\nb: "y"\nc: "z\nd: 1\n', "1:4"),
    ],
)
def test_unclosed_quote_is_reported_where_it_opens(text: str, place: str) -> None:
    """Once, whatever it swallows: another quote may end it, or even make sense of it."""
    try:
        _, problems = compose_nodes(text, "sample.yaml")
    except ProtocolError as error:
        problems = list(error.problems)
    assert [f"{each.line}:{each.column}" for each in problems] == [place]
    assert "quote that opens here is not closed" in problems[0].message


@pytest.mark.parametrize(
    "text",
    [
        'a: "one\n  two"\nb: 1\n',
        'a: "one\n\n  two: three"\nb: 1\n',
        "a: 'it''s\n  here'\nb: 1\n",
        'a:\n  - b: "one\n      c: two"\n',
        'a: >-\n  he said "x\n  b: y\nb: 1\n',
    ],
)
def test_quoted_text_of_several_lines_is_fine(text: str) -> None:
    """Its further lines stand further right than its key."""
    assert compose_nodes(text, "sample.yaml")[1] == []


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("a:\n\tb: 1", "indent with spaces; YAML takes no tabs"),
        ("say: stop: now", "put quotes around a text that holds “: ”"),
        ("a: [1, 2", "check the indentation and the punctuation of this line and of the one above"),
        (
            "a: 'don't go'",
            "an apostrophe ends a text in single quotes; write it twice, or use double quotes",
        ),
    ],
)
def test_hints_for_broken_yaml(text: str, hint: str) -> None:
    """The slips that people make."""
    with pytest.raises(ProtocolError) as error:
        compose_nodes(text, "sample.yaml")
    assert error.value.problems[0].hint == hint


@pytest.mark.parametrize(
    "text",
    [
        "!!python/object/apply:os.system ['true']",
        "!!python/name:os.system",
        "!!int 1",
        "!!binary aGk=",
        "!mine x",
        "!!map {a: b}",
        "!<tag:example.org,2000:x> y",
    ],
)
def test_tags(text: str) -> None:
    """No tag has a meaning, and none is followed."""
    assert refused(f"a: {text}") == ["1:4 yaml-tag"]


def test_the_tag_for_plain_text_is_allowed() -> None:
    """`!` alone says that a scalar is text, as every scalar is here."""
    assert plain(compose("a: ! 12")) == {"a": "12"}


def test_duplicate_keys() -> None:
    """The second is reported with the first's line; nothing is overwritten silently."""
    root, (found,) = compose_nodes("a: 1\nb: 2\na: 3", "sample.yaml")
    assert (found.line, found.column, found.code) == (3, 1, Code.DUPLICATE_KEY)
    assert "line 1" in found.message
    assert root is not None
    assert plain(root) == {"a": "1", "b": "2"}


def test_several_problems_come_together() -> None:
    """A tag, an alias to nothing and a key twice: three problems in one go."""
    assert refused("a: !x 1\nb: *y\na: 2") == [
        "1:4 yaml-tag",
        "2:4 alias-bomb",
        "3:1 duplicate-key",
    ]


# Aliases


def test_an_alias_repeats_what_it_names() -> None:
    """An honest alias saves writing."""
    root = compose("a: &times [x, y]\nb: *times\nc: &word z\nd: *word")
    assert plain(root) == {"a": ["x", "y"], "b": ["x", "y"], "c": "z", "d": "z"}


def test_a_merge_key_is_a_key() -> None:
    """`<<` merges nothing, so that the schema can refuse it."""
    assert plain(compose("a: &x {k: v}\nb: {<<: *x}")) == {"a": {"k": "v"}, "b": {"<<": {"k": "v"}}}


@pytest.mark.parametrize("text", ["a: &x [*x]", "&x {a: *x}", "a: &x {b: [1, {c: *x}]}"])
def test_an_alias_within_itself(text: str) -> None:
    """Recursion is refused."""
    assert [each.split()[1] for each in refused(text)] == ["alias-bomb"]


def test_an_alias_bomb() -> None:
    """Ten to the ninth values in ten lines are refused where they exceed the bound."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    assert refused("\n".join(lines)) == ["4:5 alias-bomb"]


def test_aliases_count_as_often_as_they_are_used() -> None:
    """The bound is on the values that the file spells out."""
    list_of_99 = f"a: &a [{', '.join('x' * 99)}]\nb: ["
    most = MAX_NODES // 100 - 2
    assert refused(f"{list_of_99}{', '.join(['*a'] * most)}]") == []
    assert refused(f"{list_of_99}{', '.join(['*a'] * (most + 2))}]")[0].endswith("alias-bomb")


def test_aliases_do_not_nest_deeper_than_brackets() -> None:
    """The bound on nesting holds for what the file spells out, too."""
    links = [f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, MAX_DEPTH + 10)]
    assert [each.split()[1] for each in refused("\n".join(["a0: &a0 [x]", *links]))] == ["too-deep"]


# Size


def test_nesting_is_bounded() -> None:
    """As deep as the bound, and not a level more."""
    assert refused("[" * MAX_DEPTH + "]" * MAX_DEPTH) == []
    deeper = MAX_DEPTH + 1
    assert refused("[" * deeper + "]" * deeper) == [f"1:{deeper} too-deep"]


@pytest.mark.parametrize(
    "text",
    ["[" * 20_000, "[" * 20_000 + "]" * 20_000, "{" * 20_000, "{a: " * 20_000, "- " * 20_000],
    ids=["open", "closed", "braces", "maps", "dashes"],
)
def test_20_000_nested_brackets(text: str) -> None:
    """Refused at the bound; the composer of PyYAML would crash the process."""
    (found,) = refused(text)
    assert found.endswith("too-deep")


def test_nested_blocks() -> None:
    """Indentation nests as well."""
    lines = [" " * depth + "a:" for depth in range(MAX_DEPTH)]
    assert refused("\n".join(lines)) == []
    lines.append(" " * MAX_DEPTH + "a: 1")
    assert refused("\n".join(lines)) == [f"{MAX_DEPTH + 1}:{MAX_DEPTH + 1} too-deep"]


def test_the_number_of_characters_is_bounded() -> None:
    """A million, and not one more."""
    assert refused("#" * MAX_CHARACTERS) == []
    assert refused("#" * (MAX_CHARACTERS + 1)) == ["1:1 too-large"]


def test_the_number_of_values_is_bounded() -> None:
    """Without aliases as well."""
    assert refused("\n".join("- x" for _ in range(MAX_NODES - 1))) == []
    (found,) = refused("\n".join("- x" for _ in range(MAX_NODES + 1)))
    assert found == f"{MAX_NODES}:3 too-large"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\n".join(["- x"] * MAX_NODES), "The file holds more than 50,000 values."),
        (
            "\n".join(["- &a [x, y]", "- *a", *["- x"] * MAX_NODES]),
            "The file holds more than 50,000 values.",
        ),
        (
            f"- &a [{', '.join('x' * 99)}]\n" + "- *a\n" * 600,
            "With what its aliases repeat, the file holds more than 50,000 values.",
        ),
    ],
    ids=["plain", "with an honest alias", "by aliases"],
)
def test_too_many_values_are_told_by_their_cause(text: str, message: str) -> None:
    """With the limit; an alias is blamed only for what it repeats."""
    with pytest.raises(ProtocolError) as caught:
        compose_nodes(text, "sample.yaml")
    assert caught.value.problems[-1].message == message
    assert caught.value.problems[-1].hint


# Bytes


def test_a_byte_order_mark_is_no_problem() -> None:
    """Windows editors write one."""
    text = f"{HEADER}instructions:\n  - {{id: a, avoid: sauna}}\n"
    data = b"\xef\xbb\xbf" + text.encode()
    assert parse_protocol(decode_text(data, "sample.yaml"), "sample.yaml").id == "sample"
    broken = decode_text(data.replace(b": 1\n", b": 2\n", 1), "sample.yaml")
    assert problems(broken) == ["1:12 bad-value"]


def test_windows_line_ends_are_no_problem() -> None:
    """Nor do they shift a line."""
    text = f"{HEADER}instructions:\n  - {{id: a, avoid: sauna}}\n"
    assert problems(text.replace("\n", "\r\n")) == []
    broken = f"{text}  - {{id: b, avoid: unicorns}}\n"
    assert problems(broken.replace("\n", "\r\n")) == ["8:20 unknown-topic"]
