"""A protocol file to a Protocol, or to all the problems it has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from microcare.core.sheet.conditions import Factor, FactorKind
from microcare.core.sheet.problems import Code
from microcare.core.sheet.protocol import Clinic, DayOne, Protocol, Translation
from microcare.language.messages import split_tag
from microcare.load import keys
from microcare.load.protocol.instruction import InstructionReader, Names
from microcare.load.protocol.settling import settle_instructions
from microcare.load.protocol.topics import read_topics
from microcare.load.source.fields import Fields, Reporter
from microcare.load.source.nodes import Mapping
from microcare.load.source.refusals import PhraseError, ProtocolError, quote
from microcare.load.times.day_times import read_times_of_day
from microcare.load.times.quantities import parse_duration
from microcare.load.times.zones import parse_zone
from microcare.load.vocabulary import fold_name, load_built_in_factors

if TYPE_CHECKING:
    from microcare.load.source.languages import Translations

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_root(root: Mapping, reporter: Reporter) -> Protocol:
    """Return the protocol in a map, a variant's merged with its base.

    Raises ProtocolError with the problems that were reported before or in its reading.
    """
    fields = Fields(root, keys.PROTOCOL_KEYS, reporter)
    fields.require(_list_required(fields), "The protocol")
    fields.choice("microcare", (keys.LANGUAGE_VERSION,))
    if "language" in fields:
        reporter.language = fields.parsed("language", _parse_language) or ""
    topics = read_topics(fields)
    factors = _read_factors(fields)
    anchors = _read_anchors(fields)
    times_of_day = read_times_of_day(fields)
    day_one = fields.choice("day-1", [each.value for each in DayOne])
    # All of the final protocol: those of a variant are merged with its base's by now.
    items = fields.items("instructions", keys.INSTRUCTION_KEYS, keys.VERBS)
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
        times_of_day,
        ids - read.keys(),
    )
    protocol = Protocol(
        id=fields.ident("id") or "",
        title=fields.said("title") or "",
        procedure=fields.text("procedure") or "",
        version=fields.text("version") or "",
        day_one=reader.day_one or DayOne.UNSTATED,
        instructions=instructions,
        topics=topics,
        factors=factors,
        anchors=anchors,
        times_of_day=times_of_day,
        clinic=_read_clinic(fields),
        revised=fields.parsed("revised", _parse_date),
        language=reporter.language,
        time_zone=fields.parsed("time-zone", lambda text: parse_zone(text).key),
        duration=fields.parsed("duration", parse_duration),
        document=fields.text("document"),
        notes=tuple(text for text, _ in fields.texts("notes")),
        translations=_read_translations(fields),
    )
    if reporter.problems:
        raise ProtocolError(sorted(reporter.problems, key=lambda each: (each.line, each.column)))
    return protocol


def _list_required(fields: Fields) -> tuple[str, ...]:
    """Return the keys that a head needs; changes without a base are reported instead of them."""
    change = next((key for key in keys.CHANGE_KEYS if key in fields), None)
    if change is None or "extends" in fields:
        return keys.PROTOCOL_REQUIRED
    message = f"“{change}” changes another protocol, and no “extends” says which."
    hint = "add “extends: …” with its id, or list your own under “instructions”"
    fields.reporter.report(fields.node.entries[change][0].mark, Code.MISSING_KEY, message, hint)
    return tuple(key for key in keys.VARIANT_REQUIRED if key != "extends")


def _read_clinic(fields: Fields) -> Clinic:
    clinic = fields.mapping("clinic", keys.CLINIC_KEYS)
    return Clinic(**{key: clinic.text(key) for key in keys.CLINIC_KEYS}) if clinic else Clinic()


def _read_factors(fields: Fields) -> dict[str, Factor]:
    factors = dict(load_built_in_factors())
    for name, factor in fields.mappings("factors", keys.FACTOR_KEYS):
        factor.require(keys.FACTOR_REQUIRED, f"The factor {quote(name.text)}")
        kind = factor.choice("kind", keys.FACTOR_KINDS)
        ident = fold_name(name.text)
        yes, no, ask = (factor.said(key) or "" for key in keys.FACTOR_REQUIRED)
        found = Factor(
            *(ident, yes, no, ask, FactorKind(kind or FactorKind.TRAIT)),
            stated_short=factor.said("short") or "",
            name=factor.said("name") or "",
        )
        for short, last in _list_names(found, fields.reporter.translations):
            if not short.endswith(last):
                message = f"{quote(last)} is not how {quote(short)} ends."
                hint = "write its last words, or leave it out"
                factor.report("name", Code.BAD_VALUE, message, hint)
        factors[ident] = found
    return factors


def _list_names(factor: Factor, kept: Translations | None) -> Iterator[tuple[str, str]]:
    """Yield how a factor reads in short, and its name, in each language that has both."""
    yield factor.short, factor.name
    for tag in kept.own if kept is not None else ():
        texts = kept.texts(tag) if kept is not None else {}
        if factor.short in texts and factor.name in texts:
            yield texts[factor.short], texts[factor.name]


def _read_anchors(fields: Fields) -> dict[str, str]:
    node = fields.node_of("anchors")
    names = node.entries if isinstance(node, Mapping) else ()
    anchors = fields.mapping("anchors", names)
    if anchors is None:
        return {}
    fields.check_names("anchors")
    labels = {fold_name(name).removeprefix("the-"): anchors.said(name) for name in names}
    return {name: label for name, label in labels.items() if label is not None}


def _read_translations(fields: Fields) -> dict[str, Translation]:
    if "reviewed" not in fields and fields.reporter.translations is None:
        return {}
    # Few files are translated: start-up counts.
    from microcare.load.protocol.translations import read_translations

    return read_translations(fields)


def _parse_language(text: str) -> str:
    try:
        code, region = split_tag(text)
    except ValueError:
        message = f"{quote(text)} is no language."
        raise PhraseError(message, "write it like “en” or “es-MX”") from None
    return f"{code}-{region}" if region else code


def _parse_date(text: str) -> date:
    try:
        # Python also takes 20261210 and weeks.
        return date.fromisoformat(text if _DATE.fullmatch(text) else "")
    except ValueError:
        raise PhraseError(f"{quote(text)} is no date written like 2026-12-10.") from None
