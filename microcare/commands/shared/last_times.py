"""The option --last: what the patient last had, took or did, and when."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from microcare.core.plan.last_times import LastTime, list_last_names
from microcare.load.protocol.names import find_topic, suggest_names
from microcare.load.source.refusals import Refusal, quote
from microcare.load.typed_date.reading import parse_last
from microcare.load.typed_date.when import WhenError
from microcare.load.vocabulary import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from microcare.core.sheet.protocol import Protocol

_OPTION = "--last"
_NEVER = "never"


def read_last_times(
    texts: Iterable[str] | None, protocol: Protocol, *, now: datetime, zone: ZoneInfo
) -> tuple[LastTime, ...]:
    """Return what `TOPIC=DATE` and `TOPIC=never` say, in their order; nothing where none is given.

    Raises Refusal of what can't be read, of an unknown topic, and of one that is given twice.
    """
    found: dict[str, LastTime] = {}
    for text in texts or ():
        name, equals, typed = (part.strip() for part in text.partition("="))
        if not (name and equals and typed):
            example = list_last_names(protocol)[:1] or ("retinoids",)
            hint = f'write it like {_OPTION} "{example[0]}=2026-11-20", or "{example[0]}=never"'
            raise Refusal(f"{quote(text)} is not TOPIC=DATE.", hint)
        last = _read_one(_find_topic(name, protocol), text, typed, now=now, zone=zone)
        if found.setdefault(last.topic, last) != last:
            raise Refusal(f"{_OPTION} gives {quote(name)} two dates.", "keep the latest")
    return tuple(found.values())


def _read_one(topic: str, given: str, typed: str, *, now: datetime, zone: ZoneInfo) -> LastTime:
    if typed.lower() == _NEVER:
        return LastTime(topic)
    try:
        when = parse_last(typed, now=now, zone=zone)
    except WhenError as error:
        from microcare.commands.shared.errors import DateError  # rare: start-up counts

        lead = given[: given.index("=") + 1]
        raise DateError(_OPTION, error, given, lead) from error
    if when.start is not None:
        return LastTime(topic, when.date, when.start.astimezone(UTC), planned=when.start > now)
    return LastTime(topic, when.date, planned=when.date > now.astimezone(zone).date())


def _find_topic(name: str, protocol: Protocol) -> str:
    topic = find_topic(name, protocol.topics)
    if topic is not None:
        return topic
    names = {each: protocol.topics[each] for each in list_last_names(protocol)}
    spelt = [
        fold_name(word)
        for each in names.values()
        for word in (each.id, each.label, each.short, *each.synonyms)
    ]
    near = suggest_names(name, names, spelt) or suggest_names(name, protocol.topics, spelt)
    listed = ", ".join(names) or "nothing: the protocol states no interval before the treatment"
    raise Refusal(f"The topic {quote(name)} is not known.", near or f"it takes {listed}")
