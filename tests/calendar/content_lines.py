"""From the bytes of a calendar file to its content lines (RFC 5545, section 3.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from tests.calendar.findings import Code, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LONGEST_LINE = 75
"""Octets in a line, its CRLF not counted."""

_MARK = b"\xef\xbb\xbf"
_NAME = re.compile(r"[A-Za-z0-9-]+")
_PARAMETER = re.compile(
    r""";(?P<name>[A-Za-z0-9-]+)=(?P<values>(?:"[^"]*"|[^";:,]+)(?:,(?:"[^"]*"|[^";:,]+))*)"""
)
_VALUE = re.compile(r'"[^"]*"|[^,]+')
# The controls of RFC 5545, all but the tab, then those that some readers take for the end
# of a line: C1 and the line and paragraph separators.
_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f\x80-\x9f\u2028\u2029]")
# Embeddings, overrides and isolates make a text look like another one.
_REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class ContentLine:
    """A property after unfolding; its names in capitals, its value as it stands in the file."""

    line: int
    name: str
    value: str
    parameters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Unfolded:
    """A first line and its continuations, each without its leading space and line end."""

    line: int
    parts: list[bytes]


def read_content_lines(data: bytes) -> tuple[list[ContentLine], list[Finding]]:
    """Return the content lines that can be read, and what is wrong with the bytes."""
    findings = []
    if data.startswith(_MARK):
        findings.append(Finding(1, Code.BYTE_ORDER_MARK, "The file begins with a byte-order mark."))
        data = data.removeprefix(_MARK)
    physical = data.split(b"\n")
    findings += _check_line_ends(physical)
    unfolded, faults = _unfold([line.replace(b"\r", b"") for line in physical])
    findings += faults
    lines = []
    for each in unfolded:
        text, faults = _decode(each)
        findings += faults
        read, faults = _parse_line(each.line, text)
        findings += faults
        lines += [] if read is None else [read]
    return lines, findings


def _check_line_ends(physical: list[bytes]) -> Iterator[Finding]:
    """Check what stands around each line feed: a carriage return before it and none elsewhere."""
    *ended, rest = physical
    for number, line in enumerate(ended, start=1):
        if not line.endswith(b"\r"):
            yield Finding(number, Code.BARE_LF, "A line feed stands without a carriage return.")
    for number, line in enumerate((*(line.removesuffix(b"\r") for line in ended), rest), start=1):
        if b"\r" in line:
            yield Finding(number, Code.BARE_CR, "A carriage return stands without a line feed.")
    if rest:
        said = "The last line does not end with CRLF."
        yield Finding(len(physical), Code.NO_FINAL_NEWLINE, said)


def _unfold(physical: list[bytes]) -> tuple[list[_Unfolded], list[Finding]]:
    """Join continuations to the line they continue; check the length of each physical line."""
    unfolded: list[_Unfolded] = []
    findings = []
    if not physical[-1]:
        del physical[-1]
    for number, line in enumerate(physical, start=1):
        if len(line) > LONGEST_LINE:
            said = f"The line has {len(line)} octets, more than {LONGEST_LINE}."
            findings.append(Finding(number, Code.LONG_LINE, said))
        continued = physical[number : number + 1] and physical[number].startswith((b" ", b"\t"))
        if continued and line.strip() and line.endswith((b" ", b"\t")):
            said = "The line ends in a blank before a fold; mail programs cut it off."
            findings.append(Finding(number, Code.TRAILING_BLANK, said))
        if line in {b"", b" ", b"\t"}:
            findings.append(Finding(number, Code.EMPTY_LINE, "The line is empty."))
        elif not line.startswith((b" ", b"\t")):
            unfolded.append(_Unfolded(number, [line]))
        elif unfolded:
            unfolded[-1].parts.append(line[1:])
        else:
            said = "The line continues another one, and there is none before it."
            findings.append(Finding(number, Code.BAD_LINE, said))
    return unfolded, findings


def _decode(unfolded: _Unfolded) -> tuple[str, list[Finding]]:
    """Return the text of an unfolded line, and which of its characters should not be there."""
    number = unfolded.line
    octets = b"".join(unfolded.parts)
    try:
        text = octets.decode()
    except UnicodeDecodeError as error:
        said = f"Octet {error.start + 1} of the unfolded line is not UTF-8."
        return octets.decode(errors="replace"), [Finding(number, Code.NOT_TEXT, said)]
    findings = []
    for _, after in pairwise(unfolded.parts):
        if after[0] & 0b1100_0000 == 0b1000_0000:
            said = "A fold stands inside the UTF-8 sequence of a character."
            findings.append(Finding(number, Code.SPLIT_CHARACTER, said))
    for pattern, code in (
        (_CONTROL, Code.CONTROL_CHARACTER),
        (_REORDERING, Code.REORDERING_CHARACTER),
    ):
        for character in sorted(set(pattern.findall(text))):
            said = f"The character U+{ord(character):04X} may not stand in a calendar."
            findings.append(Finding(number, code, said))
    return text, findings


def _parse_line(number: int, text: str) -> tuple[ContentLine | None, list[Finding]]:
    """Split an unfolded line into its name, parameters and value."""
    head = _NAME.match(text)
    if head is None or text[head.end() : head.end() + 1] not in {":", ";"}:
        return None, [Finding(number, Code.BAD_LINE, "The line is no NAME:VALUE.")]
    end = head.end()
    names = [head[0]]
    findings = []
    parameters: dict[str, tuple[str, ...]] = {}
    while found := _PARAMETER.match(text, end):
        end = found.end()
        name = found["name"].upper()
        if name in parameters:
            said = f"The parameter {name} occurs twice."
            findings.append(Finding(number, Code.BAD_PARAMETER, said))
        names.append(found["name"])
        values = _VALUE.findall(found["values"])
        parameters[name] = tuple(value.strip('"') for value in values)
    if text[end : end + 1] != ":":
        said = f"A parameter of {names[0].upper()} is not ;NAME=value."
        findings.append(Finding(number, Code.BAD_PARAMETER, said))
    _, _, value = text[end:].partition(":")
    findings += [
        Finding(number, Code.LOWERCASE_NAME, f"The name {name} is not in capitals.")
        for name in names
        if name != name.upper()
    ]
    return ContentLine(number, names[0].upper(), value, parameters), findings
