"""The tables of protocols/README.md, made from the loader's own tables: make readme-record.

A comment `<!-- keys: protocol -->` is followed by the table it names, up to a blank line.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import ModuleType

from microcare.core.sheet import factors as factor_tables
from microcare.core.sheet import topics as topic_tables
from microcare.core.sheet.factors import BUILT_IN_FACTORS
from microcare.core.sheet.problems import MEANINGS, WARNINGS
from microcare.core.sheet.topics import BUILT_IN_TOPICS
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
        for topic in BUILT_IN_TOPICS.values()
    ]
    return _table(
        ("topic", "reads", "also found as", "part of"), _with_subjects(rows, topic_tables)
    )


def _factors() -> str:
    rows = [(f"`{each.id}`", each.ask, each.kind.value) for each in BUILT_IN_FACTORS.values()]
    return _table(("factor", "question", "kind"), _with_subjects(rows, factor_tables))


def _with_subjects(
    rows: Sequence[tuple[str, ...]], package: ModuleType
) -> Iterable[tuple[str, ...]]:
    """The rows with the first sentence of each module before the rows that stand in it."""
    subjects = {
        f"`{getattr(module, name.upper())[0][0]}`": (module.__doc__ or "").partition(".")[0]
        for name, module in vars(package).items()
        if isinstance(module, ModuleType)
    }
    for row in rows:
        if row[0] in subjects:
            yield (f"**{subjects[row[0]]}**", *("" for _ in row[1:]))
        yield row


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
