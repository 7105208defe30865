"""The one family of refusals: each a sentence with an exit code, and nothing beside it."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime
from importlib import import_module
from inspect import getmembers, isclass
from pathlib import Path
from pkgutil import walk_packages
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

import microcare
from microcare.commands.batches.reasons import Reason, RowError
from microcare.commands.shared.errors import DateError
from microcare.commands.shared.files import check_target
from microcare.core.sheet.problems import Code, Problem
from microcare.load.library.folders import find_protocol, list_protocols
from microcare.load.library.protocols import load_protocol, read_protocol
from microcare.load.library.settings import read_settings
from microcare.load.source.refusals import BAD_INPUT, PhraseError, ProtocolError, Refusal
from microcare.load.times.points import parse_point
from microcare.load.times.quantities import parse_duration
from microcare.load.times.zones import parse_zone
from microcare.load.typed_date.reading import parse_when
from microcare.load.typed_date.when import WhenError
from microcare.load.variants.bases import BaseError, ChainError

if TYPE_CHECKING:
    from collections.abc import Callable

UTC_ZONE = ZoneInfo("UTC")
NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)

# What refuses, and the class by which code tells it apart.
CASES: list[tuple[Callable[[], object], type[Refusal]]] = [
    (lambda: find_protocol("zzz", ()), Refusal),
    (lambda: list_protocols((Path("/nowhere"),)), Refusal),
    (lambda: load_protocol("clnic-a"), Refusal),
    (lambda: read_settings({"MICROCARE_PROTOCOLS": "/nowhere"}, Path("/nowhere")), Refusal),
    (lambda: check_target("/"), Refusal),
    (lambda: read_protocol(Path("/nowhere.yaml")), ProtocolError),
    (lambda: parse_duration("3 days"), PhraseError),
    (lambda: parse_duration("2000 minutes"), PhraseError),
    (lambda: parse_zone("Atlantis"), PhraseError),
    (lambda: parse_point("soon"), PhraseError),
    (lambda: parse_point("2 days after the party"), PhraseError),
    (lambda: parse_when("someday", now=NOW, zone=UTC_ZONE), WhenError),
]

PROBLEM = Problem("a.yaml", 1, 1, Code.CYCLE, "It is wrong.")
FAMILY = [
    Refusal("It is wrong."),
    ProtocolError([PROBLEM]),
    PhraseError("It is wrong."),
    BaseError("It is wrong.", "mend it", [PROBLEM]),
    ChainError("It is wrong.", "mend it", None),
    WhenError("It is wrong.", ("2026-12-10",)),
    DateError("--date", WhenError("It is wrong.")),
    RowError(Reason.ROW, "It is wrong."),
]


@pytest.mark.parametrize(("refuse", "kind"), CASES)
def test_what_is_refused_is_a_sentence(refuse: Callable[[], object], kind: type[Refusal]) -> None:
    """It ends as one, what to do is a part of one, and the user's input is to blame."""
    with pytest.raises(Refusal) as caught:
        refuse()
    assert type(caught.value) is kind
    assert caught.value.message.endswith((".", "?"))
    assert not (caught.value.hint or "").endswith(".")
    assert caught.value.exit_code == BAD_INPUT


@pytest.mark.parametrize("refusal", FAMILY, ids=lambda each: type(each).__name__)
def test_each_kind_says_the_same_as_the_exception(refusal: Refusal) -> None:
    """`str` is the message, so that whoever only prints it has the sentence."""
    assert str(refusal) == refusal.message == "It is wrong."
    assert refusal.exit_code == BAD_INPUT


@pytest.mark.parametrize("refusal", FAMILY, ids=lambda each: type(each).__name__)
def test_each_kind_comes_whole_from_another_process(refusal: Refusal) -> None:
    """One that can't be read there ends a pool of processes, and all its other work with it."""
    found = pickle.loads(pickle.dumps(refusal))  # noqa: S301 - it was made here
    assert type(found) is type(refusal)
    assert (found.args, repr(vars(found))) == (refusal.args, repr(vars(refusal)))


def test_there_is_no_other_family() -> None:
    """Whatever exception the package defines is a refusal, and tested here."""
    found = {
        each
        for module in walk_packages(microcare.__path__, "microcare.")
        if module.name != "microcare.__main__"
        for _, each in getmembers(import_module(module.name), isclass)
        if issubclass(each, Exception) and each.__module__.startswith("microcare")
    }
    assert found == {type(each) for each in FAMILY}
