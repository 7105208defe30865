"""The lines of a plan in brief: what is said at one time with one verb, joined."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime

from microcare.core.values import derived, replace, value
from microcare.wording.verbs import Tone, brief_words


@value
class Line:
    """One line: its clock time (empty for a whole day), what changes, what of, for whom, in words.

    `ids` are the instructions that it tells.
    """

    time: str
    verb: str
    text: str
    tone: Tone
    ids: tuple[str, ...]


@value
class Entry:
    """What one rule says in a line; those that differ in `labels` and `ids` alone are joined.

    The `verb` is a message that code compares, or words that no message has. The `condition`
    stands before the labels, `facts` behind them, and then what they don't free.
    `topics` are what the labels name, for what is told of them elsewhere. What `stands_alone` is a
    part of its line by itself; what `frees` tells of a ban that is over,
    and what `is_apart` shares no line with other facts. A ban is `softened` by facts that are more
    than its end, and what it `asks` for holds `until` an instant (UTC), None without end.
    """

    time: str
    verb: str
    tone: Tone
    labels: tuple[str, ...]
    ids: tuple[str, ...]
    condition: str = ""
    facts: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    stands_alone: bool = False
    frees: bool = False
    is_apart: bool = False
    softened: bool = False
    until: datetime | None = None
    asks: bool = False
    topics: tuple[str, ...] = ()

    @derived
    def details(self) -> str:
        """What stands in the parenthesis behind the labels, empty where nothing does."""
        return "; ".join(filter(None, [", ".join(self.facts), *self.limits]))


Marker = Callable[[str, Iterable[str]], str]
"""What returns a text on instructions, given by their ids, with the marks of its footnotes."""


def join_entries(entries: Iterable[Entry], mark: Marker) -> Iterable[Line]:
    """Yield a line for each verb and time, where the first of it stands.

    What depends on an answer stands last in it, and of what is stopped or fine again on a line of
    its own, so that nobody takes it for what holds for all. What may be done needs no word where
    the same is asked for. `mark` adds the marks of footnotes to a text on some instructions.
    """
    told = leave_out_asked(tuple(entries))
    lines: dict[object, list[Entry]] = {}
    for each in told:
        apart = bool(each.condition) and (each.tone is Tone.STOP or each.frees)
        own = each.facts if each.is_apart else each.condition if each.stands_alone else ()
        lines.setdefault((each.time, each.verb, apart, own), []).append(each)
    for same in lines.values():
        parts: dict[object, list[Entry]] = {}
        for each in sorted(same, key=lambda each: bool(each.condition)):
            alone = each.labels if each.stands_alone else ()
            parts.setdefault((each.condition, each.facts, each.limits, alone), []).append(each)
        better = frozenset(
            (each.condition, each.details, label)
            for each in (same if len(same) > 1 else ())
            for label in each.labels
            if any(says_more(other, each, label) for other in same)
        )
        text = "; ".join(filter(None, (_join_part(part, better, mark) for part in parts.values())))
        ids = dict.fromkeys(name for each in same for name in each.ids)
        if text:
            yield Line(same[0].time, brief_words(same[0].verb), text, same[0].tone, tuple(ids))


def says_more(other: Entry, each: Entry, label: str) -> bool:
    """Return whether another entry of one verb, time and condition says all of a label and more.

    Of a ban only its end may be more: an area or a wish would narrow it. A permission is as wide
    as it is said.
    """
    if (other.verb, other.time, other.condition) != (each.verb, each.time, each.condition):
        return False
    if label not in other.labels or other.details == each.details or each.limits:
        return False
    if each.tone is Tone.STOP:
        return not other.softened and not each.details
    return each.tone is Tone.DO and set(each.facts) < set(other.facts)


def leave_out_asked(entries: tuple[Entry, ...]) -> Iterable[Entry]:
    """Yield entries without permissions for what others ask for as long, which then tell them."""
    asked = {
        (each.time, each.condition, label): each
        for each in entries
        if each.tone is Tone.DO and each.asks
        for label in each.labels
    }
    if not asked:
        yield from entries
        return
    told: dict[int, list[str]] = {}
    kept = []
    for each in entries:
        plain = each.tone is Tone.FREE and not (each.frees or each.details)
        labels = each.labels if plain else ()
        by = [asked.get((each.time, each.condition, label)) for label in labels]
        if plain and all(other is not None and _lasts_as_long(other, each) for other in by):
            for other in by:
                told.setdefault(id(other), []).extend(each.ids)
        else:
            kept.append(each)
    for each in kept:
        ids = told.get(id(each))
        yield replace(each, ids=(*each.ids, *ids)) if ids else each


def _lasts_as_long(other: Entry, each: Entry) -> bool:
    return other.until is None or (each.until is not None and each.until <= other.until)


def _join_part(alike: list[Entry], better: Collection[tuple[str, str, str]], mark: Marker) -> str:
    """Return what is said in one way, without the labels of which more is said."""
    first = alike[0]
    ids: dict[str, list[str]] = {}
    for each in alike:
        for label in each.labels:
            if (each.condition, each.details, label) not in better:
                ids.setdefault(label, []).extend(each.ids)
    if not ids:
        return ""
    lead = ""
    if first.condition:
        lead = f"{mark(first.condition, [name for each in alike for name in each.ids])}: "
        told = ", ".join(ids)
    else:
        told = ", ".join(_mark_name(label, rules, mark) for label, rules in ids.items())
    details = first.details
    if details and len(ids) == 1 and told.endswith(")"):
        return f"{lead}{told.removesuffix(')')}; {details})"
    return f"{lead}{told}{f' ({details})' if details else ''}"


def _mark_name(label: str, rules: Iterable[str], mark: Marker) -> str:
    """Return a label with its marks, which stand before what is left out of it."""
    name, bracket, rest = label.partition(" (")
    return f"{mark(name, rules)}{bracket}{rest}"
