"""A protocol file to a Protocol, or to all the problems it has."""

from __future__ import annotations

import re
from datetime import date, timedelta

from microcare.core.conditions import Factor, FactorKind
from microcare.core.factors import BUILT_IN_FACTORS
from microcare.core.model import Clinic, DayOne, Protocol
from microcare.core.points import Unit
from microcare.load.day_times import read_times_of_day
from microcare.load.fields import Fields, Reporter
from microcare.load.instruction import InstructionReader, Names
from microcare.load.keys import (
    CLINIC_KEYS,
    FACTOR_KEYS,
    FACTOR_REQUIRED,
    INSTRUCTION_KEYS,
    LANGUAGE_VERSION,
    PROTOCOL_KEYS,
    PROTOCOL_REQUIRED,
    VERBS,
)
from microcare.load.nodes import Mapping, Mark, compose_nodes
from microcare.load.phrases import parse_quantity
from microcare.load.problems import Code, Problem, ProtocolError, quote
from microcare.load.settling import settle_instructions
from microcare.load.topics import fold_name, read_topics
from microcare.load.zones import parse_zone

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TOP = Mark(1, 1)
_DAY = timedelta(days=1)


def parse_protocol(text: str, file: str) -> Protocol:
    """Return the protocol that a YAML text describes; `file` names it in positions.

    Raises ProtocolError with every problem of the file.
    """
    return parse_with_nodes(text, file)[1]


def parse_with_nodes(text: str, file: str) -> tuple[Mapping, Protocol]:
    """Return a protocol together with the nodes that it was read from, for their places.

    Raises ProtocolError with every problem of the file.
    """
    root, problems = compose_nodes(text, file)
    reporter = Reporter(file, problems)
    if not isinstance(root, Mapping):
        message = "This is no protocol: the file holds no map of keys and values."
        hint = "start with “microcare: 1”, “id: …”, “title: …”"
        reporter.report(root.mark if root else _TOP, Code.WRONG_SHAPE, message, hint)
        raise ProtocolError(reporter.problems)
    protocol = _read_protocol(Fields(root, PROTOCOL_KEYS, reporter), reporter)
    if protocol is None or reporter.problems:
        raise ProtocolError(sorted(reporter.problems, key=lambda each: (each.line, each.column)))
    return root, protocol


def decode_protocol(data: bytes, file: str) -> str:
    """Return a file's text; raises ProtocolError where it is not UTF-8."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        line = before.count("\n") + 1
        message = "This is not UTF-8 text."
        hint = "save the file as UTF-8 in your editor"
        raise ProtocolError(
            [Problem(file, line, len(before) - before.rfind("\n"), Code.NOT_TEXT, message, hint)]
        ) from error
    return text


def _read_protocol(fields: Fields, reporter: Reporter) -> Protocol | None:
    fields.require(PROTOCOL_REQUIRED, "The protocol")
    fields.choice("microcare", (LANGUAGE_VERSION,))
    topics = read_topics(fields, reporter)
    factors = _read_factors(fields)
    anchors = _read_anchors(fields)
    times_of_day = read_times_of_day(fields)
    day_one = fields.choice("day-1", [each.value for each in DayOne])
    items = fields.items("instructions", INSTRUCTION_KEYS, VERBS)
    ids = frozenset(ident for item in items if (ident := item.peek("id")))
    reader = InstructionReader(
        reporter=reporter,
        names=Names(topics, factors, anchors, ids, times_of_day),
        day_one=DayOne(day_one) if day_one else None,
    )
    read = {each.id: (each, item) for item in items if (each := reader.read(item)) is not None}
    instructions = settle_instructions(
        [each for each, _ in read.values()],
        {name: item for name, (_, item) in read.items()},
        reader.day_one or DayOne.UNSTATED,
        ids - read.keys(),
    )
    header = {key: fields.text(key) for key in ("title", "procedure", "version")}
    protocol = Protocol(
        id=fields.ident("id") or "",
        title=header["title"] or "",
        procedure=header["procedure"] or "",
        version=header["version"] or "",
        day_one=reader.day_one or DayOne.UNSTATED,
        instructions=instructions,
        topics=topics,
        factors=factors,
        anchors=anchors,
        times_of_day=times_of_day,
        clinic=_read_clinic(fields),
        revised=fields.parsed("revised", _parse_date),
        language=fields.text("language") or "en",
        time_zone=fields.parsed("time-zone", _parse_zone),
        duration=fields.parsed("duration", parse_duration),
        document=fields.text("document"),
        notes=tuple(text for text, _ in fields.texts("notes")),
    )
    return None if reporter.problems else protocol


def _read_clinic(fields: Fields) -> Clinic:
    clinic = fields.mapping("clinic", CLINIC_KEYS)
    if clinic is None:
        return Clinic()
    return Clinic(clinic.text("name"), clinic.text("phone"), clinic.text("address"))


def _read_factors(fields: Fields) -> dict[str, Factor]:
    factors = dict(BUILT_IN_FACTORS)
    for name, factor in fields.mappings("factors", FACTOR_KEYS):
        factor.require(FACTOR_REQUIRED, f"The factor {quote(name.text)}")
        kind = factor.choice("kind", [each.value for each in FactorKind])
        ident = fold_name(name.text)
        factors[ident] = Factor(
            id=ident,
            yes=factor.text("yes") or "",
            no=factor.text("no") or "",
            ask=factor.text("ask") or "",
            kind=FactorKind(kind) if kind else FactorKind.TRAIT,
        )
    return factors


def _read_anchors(fields: Fields) -> dict[str, str]:
    node = fields.node_of("anchors")
    if node is None:
        return {}
    names = list(node.entries) if isinstance(node, Mapping) else []
    anchors = fields.mapping("anchors", names)
    if anchors is None:
        return {}
    fields.check_names("anchors")
    labels = {fold_name(name).removeprefix("the-"): anchors.text(name) for name in names}
    return {name: label for name, label in labels.items() if label is not None}


def _parse_date(text: str) -> date:
    try:
        # Python also takes 20261210 and weeks.
        return date.fromisoformat(text if _DATE.fullmatch(text) else "")
    except ValueError:
        raise ValueError(f"{quote(text)} is no date written like 2026-12-10.") from None


def _parse_zone(text: str) -> str:
    return parse_zone(text).key


def parse_duration(text: str) -> timedelta:
    """Return the length of an appointment ("45 minutes"), a day at most; raises ValueError."""
    quantity = parse_quantity(text)
    scale = {Unit.MINUTE: timedelta(minutes=1), Unit.HOUR: timedelta(hours=1)}
    if quantity.unit not in scale or quantity.least != quantity.most:
        raise ValueError(
            f"{quote(text)} is no length of an appointment; write it like “45 minutes”."
        )
    length = quantity.least * scale[quantity.unit]
    if length > _DAY:
        raise ValueError(f"{quote(text)} is longer than a day.")
    return length
