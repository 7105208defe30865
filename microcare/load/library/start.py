"""The text of a clinic's new protocol file: a short start, or one made from another protocol."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from textwrap import dedent

from microcare.core.sheet.protocol import Protocol
from microcare.core.values import replace
from microcare.load.library.folders import find_folder, looks_like_path, show_path
from microcare.load.library.protocols import make_base_finder
from microcare.load.source.fields import is_short_name
from microcare.load.source.nodes import Mapping, Scalar
from microcare.load.source.refusals import ProtocolError, Refusal
from microcare.load.variants.bases import FindBase
from microcare.load.variants.parsing import parse_protocol, parse_with_nodes

SCHEMA_FILE = "microcare.schema.json"

_BLANK = """\
microcare: 1
id: {id}
title: Microneedling          # what a patient calls the treatment
procedure: microneedling
version: 1                    # count it up with each change
language: en
# time-zone: America/New_York
# day-1: next day             # for a sheet that numbers days; or: treatment day, unstated
# document: the name of your own sheet, which each “source” refers to
# clinic: {{name: your clinic, phone: its number}}

instructions:

  # A restriction, from so long before the treatment until it starts.
  - id: topical-actives
    avoid: [retinoids, exfoliants]
    from: 48 hours before
    say: Stop retinoids and exfoliants.

  # A minimum interval: the 14th day before the treatment is the last fine one.
  - id: filler-interval
    wait-since: dermal-filler
    at-least: 2 weeks before
    say: Wait at least 2 weeks after dermal fillers.

  # Only for some patients: “if” names a factor.
  - id: antiviral
    take: antiviral
    if: cold-sores
    from: 2 days before
    until: 2 days after
    say: Take your medicine against cold sores.

  # Until a time and a state of the skin; without “whichever” the later of the two holds.
  - id: makeup
    avoid: makeup
    until: 48 hours after
    until-state: your skin has healed
    say: Do not put on makeup.
"""

# Lines with their ends, as YAML counts them.
_LINE = re.compile("[^\r\n\x85\u2028\u2029]*(?:\r\n|[\r\n\x85\u2028\u2029]|$)")


def make_blank_start(ident: str, target: str) -> str:
    """Return the text of a short protocol with an instruction of each common sort.

    `target` is the name of the file that it is for.
    """
    about = f"{ident}: a start with one instruction of each common sort. Put your own there."
    return f"{_head(target, about)}\n{_BLANK.format(id=ident)}"


def make_start_from(
    text: str, path: Path, ident: str, target: Path, folders: Sequence[Path] = ()
) -> str:
    """Return the text of the protocol `ident` that says what the text of the file at a path says.

    It is for the file `target`: from there the path of a protocol that it extends is counted; `-`
    stands for stdin and stdout, from which it is counted from the working folder. Comments stay,
    but for those above the first key. Raises ProtocolError where the other has problems, and
    Refusal where its id or that path can't be exchanged.
    """
    parsed = parse_with_nodes(text, show_path(path), make_base_finder(path, folders))
    root, protocol = parsed.root, parsed.protocol
    moved = _move_base(root, path, target)
    find_base = make_base_finder(target, folders)
    for reference in moved.values():
        find_base(reference)
    body = _exchange(text, root, {"id": ident, **moved})
    about = f"{ident}: a start made from {protocol.id}, version {protocol.version}."
    if protocol.document is not None:
        about += "\n“document” and “source” still name that clinic's sheet: put your own there."
    if any(each.reviewed is not None for each in protocol.translations.values()):
        about += "\n“reviewed” still names who checked it there: have it read, and put yours."
    shown = f"{ident}.yaml" if str(target) == "-" else target.name
    made = f"{_head(shown, about)}\n{body}"
    if not _says_the_same(made, protocol, ident, find_base):
        what = "id" if protocol.extends is None else "id or the base"
        message = f"The {what} of {show_path(path)} stands where it can't be exchanged."
        raise Refusal(message, "copy the file and change its id by hand")
    return made


def _head(target: str, about: str) -> str:
    lines = dedent(
        f"""\
        An editor that knows the line above completes and checks this file, once it is there:
          microcare schema > {SCHEMA_FILE}
        Check it, read it, plan with it:
          microcare check {target}
          microcare show ./{target}
          microcare plan --date "2026-12-10 14:30" --protocol ./{target}"""
    )
    comments = [f"# {line}".rstrip() for line in (*about.splitlines(), "", *lines.splitlines())]
    return "\n".join([f"# yaml-language-server: $schema={SCHEMA_FILE}", "#", *comments]) + "\n"


def _move_base(root: Mapping, path: Path, target: Path) -> dict[str, str]:
    """Return, as `extends`, the path of a base as it is from `target`; an id stays as it is."""
    node = root.entries["extends"][1] if "extends" in root.entries else None
    if not isinstance(node, Scalar) or not looks_like_path(node.text.strip()):
        return {}
    base = find_folder(path) / node.text.strip()
    try:
        found = os.path.relpath(base.resolve(), find_folder(target).resolve())
    except ValueError:  # another drive
        found = str(base.resolve())
    found = found.replace(os.sep, "/")
    return {"extends": found if looks_like_path(found) else f"./{found}"}


def _exchange(text: str, root: Mapping, values: dict[str, str]) -> str:
    """Return a text with other values of these keys, from the first key on."""
    lines = _LINE.findall(text)
    nodes = [(root.entries[key][1], value) for key, value in values.items()]
    # From behind, so that the positions before stay what they are.
    nodes.sort(key=lambda each: (each[0].mark.line, each[0].mark.column), reverse=True)
    for node, value in nodes:
        line, column = node.mark.line - 1, node.mark.column - 1
        if not isinstance(node, Scalar):
            continue
        start, end = column + node.quoted, column + node.quoted + len(node.text)
        if lines[line][start:end] != node.text:
            continue
        if is_short_name(value):
            lines[line] = f"{lines[line][:start]}{value}{lines[line][end:]}"
        else:
            quoted = "'{}'".format(value.replace("'", "''"))
            lines[line] = (
                f"{lines[line][: start - node.quoted]}{quoted}{lines[line][end + node.quoted :]}"
            )
    return "".join(lines[root.mark.line - 1 :])


def _says_the_same(made: str, protocol: Protocol, ident: str, find_base: FindBase) -> bool:
    """Return whether a text is the same protocol under another id; positions may differ."""
    try:
        found = parse_protocol(made, "", find_base)
    except ProtocolError:
        return False
    return _without_positions(found) == _without_positions(replace(protocol, id=ident))


def _without_positions(protocol: Protocol) -> Protocol:
    nowhere = protocol.instructions[0].position
    nowhere = replace(nowhere, file="", line=1, column=1)
    instructions = tuple(replace(each, position=nowhere) for each in protocol.instructions)
    return replace(protocol, instructions=instructions, extends=None)
