"""The tables of protocols/README.md, made from the loader's own tables: make readme-record.

A comment `<!-- keys: protocol -->` is followed by the table it names, up to a blank line.
"""

import csv
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from microcare.core.sheet.problems import MEANINGS, WARNINGS
from microcare.load.keys import (
    AMOUNT_KEYS,
    CLINIC_KEYS,
    DAY_PART_KEYS,
    FACTOR_KEYS,
    FACTOR_REQUIRED,
    INSTRUCTION_KEYS,
    PROTOCOL_KEYS,
    PROTOCOL_REQUIRED,
    STEP_KEYS,
    TOPIC_KEYS,
    VERBS,
)
from microcare.load.vocabulary import FOLDER, built_in_factors, built_in_topics

REFERENCE = Path(__file__).parents[2] / "protocols" / "README.md"
_PLACE = re.compile(r"<!-- (keys: \w+|topics|factors|codes) -->\n(?:\n?\|[^\n]*\n(?:\|[^\n]*\n)*)?")


def fill_tables(text: str) -> str:
    """The reference with every table as the loader knows it."""
    return _PLACE.sub(lambda found: f"<!-- {found[1]} -->\n\n{_TABLES[found[1]]()}\n", text)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _keys(keys: Mapping[str, str], required: tuple[str, ...] = ()) -> str:
    rows = [(f"`{key}`{' *' if key in required else ''}", about) for key, about in keys.items()]
    return _table(("key (* required)" if required else "key", "means"), rows)


def _instruction_keys() -> str:
    return _keys({key: about for key, about in INSTRUCTION_KEYS.items() if key not in VERBS})


def _maps() -> str:
    rows = [
        (f"`{name}`", f"`{key}`", about)
        for name, keys in {
            "clinic": CLINIC_KEYS,
            "times-of-day": DAY_PART_KEYS,
            "factors": FACTOR_KEYS,
            "topics": TOPIC_KEYS,
            "amounts": AMOUNT_KEYS,
            "steps": STEP_KEYS,
        }.items()
        for key, about in keys.items()
    ]
    assert FACTOR_REQUIRED == ("yes", "no", "ask")
    return _table(("under", "key", "means"), rows)


def _topics() -> str:
    rows = [
        (
            f"`{topic.id}`",
            topic.label,
            ", ".join(topic.synonyms),
            ", ".join(f"`{group}`" for group in topic.part_of),
        )
        for topic in built_in_topics().values()
    ]
    head = ("topic", "reads", "also found as", "part of")
    return _table(head, _with_sections(rows, "topics.csv"))


def _factors() -> str:
    rows = [(f"`{each.id}`", each.ask, each.kind.value) for each in built_in_factors().values()]
    return _table(("factor", "question", "kind"), _with_sections(rows, "factors.csv"))


def _with_sections(rows: Sequence[tuple[str, ...]], file: str) -> Iterable[tuple[str, ...]]:
    """The rows of a file of the vocabulary, each section under its name."""
    with (FOLDER / file).open(encoding="utf-8", newline="") as lines:
        sections = [each["section"] for each in csv.DictReader(lines)]
    above = None
    for row, section in zip(rows, sections, strict=True):
        if section != above:
            yield (f"**{section}**", *("" for _ in row[1:]))
        yield row
        above = section


def _codes() -> str:
    rows = [
        (f"`{code.value}`", "warning" if code in WARNINGS else "error", about)
        for code, about in MEANINGS.items()
    ]
    return _table(("code", "is", "means"), rows)


_TABLES: dict[str, Callable[[], str]] = {
    "keys: protocol": lambda: _keys(PROTOCOL_KEYS, PROTOCOL_REQUIRED),
    "keys: verbs": lambda: _keys({name: each.means for name, each in VERBS.items()}),
    "keys: instruction": _instruction_keys,
    "keys: maps": _maps,
    "topics": _topics,
    "factors": _factors,
    "codes": _codes,
}
