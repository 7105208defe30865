"""The contract `microcare.diff/1`: two protocols side by side for another program."""

from __future__ import annotations

import json

import pytest

from microcare.core.plan.plan import build_plan
from microcare.export.data.comparison import comparison_json
from tests.commands.running import ROOT, Runner, read_comparison
from tests.core.compare.comparing import compare
from tests.samples import LONG_AGO, at, visit

KEYS = [
    "topic", "verb", "side", "left", "right", "if", "verdict", "left_source", "right_source",
    "sentence",
]  # fmt: skip
VERDICTS = ["same", "left-stricter", "right-stricter", "only-left", "only-right", "differs"]


@pytest.fixture(autouse=True)
def in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths are shown as seen from the checkout."""
    monkeypatch.chdir(ROOT)


def test_json_is_the_contract(microcare: Runner) -> None:
    """Keys, verdicts and their counts are those of `microcare.diff/1`."""
    data = read_comparison(microcare, "clinic-a", "clinic-b")
    assert list(data) == ["format", "left", "right", "changes", "summary"]
    assert data["format"] == "microcare.diff/1"
    assert data["left"] == {"id": "clinic-a", "title": "Microneedling", "version": "1"}
    assert all(list(change) == KEYS for change in data["changes"])
    counts = [[each["verdict"] for each in data["changes"]].count(name) for name in VERDICTS]
    assert data["summary"] == dict(zip(VERDICTS, counts, strict=True))


def test_json_names_file_and_line(microcare: Runner) -> None:
    """A source is a relative path and the line on which the governing rule begins."""
    (laser,) = [
        each for each in read_comparison(microcare, "clinic-a", "clinic-b")["changes"]
        if each["topic"] == "laser"
    ]  # fmt: skip
    file, line = laser["left_source"].split(":")
    assert file == "protocols/clinic-a.yaml"
    text = (ROOT / file).read_text(encoding="utf-8").splitlines()
    assert text[int(line) - 1].strip() == "- id: deep-peels-and-laser"
    assert laser["sentence"] == (
        "clinic-a is stricter: 1 month before against 7 days before. 1 month is 28 to 31 days."
    )


def test_json_of_the_mirror_is_the_mirror(microcare: Runner) -> None:
    """Whoever comes first, the changes are the same ones in the same order."""
    mirror = {"left-stricter": "right-stricter", "only-left": "only-right"}
    mirror |= {right: left for left, right in mirror.items()}
    ours = read_comparison(microcare, "clinic-a", "clinic-b")["changes"]
    theirs = read_comparison(microcare, "clinic-b", "clinic-a")["changes"]
    for one, other in zip(ours, theirs, strict=True):
        assert [one["left"], one["left_source"]] == [other["right"], other["right_source"]]
        assert one["verdict"] == mirror.get(other["verdict"], other["verdict"])
        for key in ("topic", "verb", "side", "if"):
            assert one[key] == other[key]


def test_plans_add_the_appointment_and_the_dates() -> None:
    """A side that says nothing has no dates; without plans there is neither."""
    two = compare("avoid: sun, until: 2 days after", "avoid: sauna, from: 3 days before")
    left, right = (
        build_plan(each, visit("2026-12-10"), now=at(LONG_AGO)) for each in (two.left, two.right)
    )
    data = json.loads(comparison_json(two, (left, right)))
    assert data["appointment"] == {
        "start": "2026-12-10T00:00:00-05:00",
        "timezone": "America/New_York",
        "timezone_source": "flag",
        "all_day": True,
    }
    dates = {each["topic"]: (each["left_dates"], each["right_dates"]) for each in data["changes"]}
    assert dates["sun"] == ("through Sat 12 Dec", None)
    assert dates["sauna"] == (None, "from Mon 7 Dec")
    plain = json.loads(comparison_json(two))
    assert "appointment" not in plain
    assert all(list(change) == KEYS for change in plain["changes"])
