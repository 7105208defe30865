"""One setting of a configuration is changed, and nothing else of its text."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcare.load.library.configuration import change_text
from microcare.load.library.settings import MAX_BYTES, SETTINGS
from microcare.load.source.refusals import Refusal

FILE = Path("config.toml")
ZONE = ("time-zone",)
PHONE = ("clinic", "phone")
HOLIDAYS = ("holidays",)
DATES = (date(2026, 12, 25), date(2027, 1, 1))


@pytest.mark.parametrize(
    ("before", "key", "after"),
    [
        ("", ZONE, 'time-zone = "New"\n'),
        ("", PHONE, '[clinic]\nphone = "New"\n'),
        ("# hi", ZONE, '# hi\ntime-zone = "New"\n'),
        ('protocol = "x"', ZONE, 'protocol = "x"\ntime-zone = "New"\n'),
        ("time-zone='x' # ours\n# b\n", ZONE, 'time-zone="New" # ours\n# b\n'),
        ('"time-zone" = """\nx"""\n', ZONE, '"time-zone" = "New"\n'),
        ('clinic.name = "N"\n', PHONE, 'clinic.name = "N"\nclinic.phone = "New"\n'),
        ('clinic = {name = "N"} # c\n', PHONE, 'clinic = {name = "N",phone = "New"} # c\n'),
        (
            'a = 1\n\n# whom to ask\n[clinic]\nname = "N"\n',
            ZONE,
            'a = 1\ntime-zone = "New"\n\n# whom to ask\n[clinic]\nname = "N"\n',
        ),
        (
            'x = """\n[a]\n"""\ny = [\n[1],\n]\n# about\n[z]\n',
            ZONE,
            'x = """\n[a]\n"""\ny = [\n[1],\n]\ntime-zone = "New"\n\n# about\n[z]\n',
        ),
        ("# a\r\nx = 1\r\n", ZONE, '# a\r\nx = 1\r\ntime-zone = "New"\r\n'),
        ("\ufeff# a\n", ZONE, '\ufeff# a\ntime-zone = "New"\n'),
        ("[protocol]\nx = 1\n", ("protocol",), 'protocol = "New"\n'),
    ],
)
def test_value_is_put_in_its_place(before: str, key: tuple[str, ...], after: str) -> None:
    """Comments stay with what they are about; so do line ends and a byte order mark."""
    assert change_text(before, key, "New", FILE) == after


@pytest.mark.parametrize(
    ("before", "key", "after"),
    [
        ('# a\nprotocol = "x" # c\n# b\ny = 1\n', ("protocol",), "# a\n# b\ny = 1\n"),
        ('[clinic]\nphone = "x"\n# b\nname = "N"\n', PHONE, '[clinic]\n# b\nname = "N"\n'),
        ('clinic.phone = "x"\n', PHONE, ""),
        ("# a\n", PHONE, "# a\n"),
        ('[clinic]\nname = "N"\n', PHONE, '[clinic]\nname = "N"\n'),
    ],
)
def test_value_is_taken_away(before: str, key: tuple[str, ...], after: str) -> None:
    """With the remark on its own line; what isn't there is no mistake."""
    assert change_text(before, key, None, FILE) == after


def test_dates_that_stay_keep_their_comments() -> None:
    """Only the lines of those that come and go change."""
    before = "holidays = [\n  2026-12-24, # eve\n  2026-12-25, # day\n]\n"
    after = "holidays = [\n  2026-12-25, # day\n  2027-01-01,\n]\n"
    assert change_text(before, HOLIDAYS, DATES, FILE) == after
    assert change_text('holidays = "x"\n', HOLIDAYS, DATES, FILE) == (
        "holidays = [2026-12-25, 2027-01-01]\n"
    )


@pytest.mark.parametrize("text", ["clinic = 3\n", "[[clinic]]\nname = 'x'\n"])
def test_what_can_not_be_changed_alone_is_refused(text: str) -> None:
    """It says where, and that nothing was written."""
    with pytest.raises(Refusal, match="without changing more") as caught:
        change_text(text, PHONE, "1", FILE)
    assert caught.value.hint == "nothing was written; change “clinic.phone” in an editor"


def test_text_that_would_be_too_long_to_be_read_is_refused() -> None:
    """Else the next command would refuse the file."""
    with pytest.raises(Refusal):
        change_text("", ZONE, "x" * MAX_BYTES, FILE)


LINES = st.lists(
    st.sampled_from(
        (
            "# a comment", "", 'protocol = "x"  # why', "time-zone='y'", "colour = 1", "y = nan",
            "[clinic]", "name = 'N' # n", 'phone = """a\nb"""', "[other]", "[[more]]", "[clinic.x]",
            "clinic.name = 'N'", "clinic = {name = 'N'}", "holidays = [ # h\n 2026-12-24, # e\n]",
            "hours = ''", "d = 2026-12-24T10:00:00Z", "# \u2028[z]", "a.b.c = [1,\n[2],\n]", "\t",
        )
    ),
    max_size=8,
)  # fmt: skip
FOUND = st.none() | st.text(st.characters(codec="utf-8"), max_size=6) | st.just(DATES)


def list_comments(text: str) -> list[str]:
    """Return the comments that have a line of their own."""
    return [each.rstrip("\r") for each in text.split("\n") if each.startswith("#")]


@given(LINES, st.sampled_from(("\n", "\r\n")), st.sampled_from(list(SETTINGS)), FOUND)
def test_nothing_else_changes(
    lines: list[str], end: str, name: str, found: str | tuple[date, ...] | None
) -> None:
    """Whatever the file is like: all other keys and all comments on lines of their own stay."""
    before = "\n".join(lines).replace("\n", end)
    key = SETTINGS[name].key
    try:
        after = change_text(before, key, found, FILE)
    except Refusal:
        return
    expected = tomllib.loads(before)
    inner = expected if len(key) == 1 else expected.setdefault(key[0], {})
    inner.pop(key[-1], None)
    if found is not None:
        inner[key[-1]] = list(found) if isinstance(found, tuple) else found
    got = tomllib.loads(after)
    for table in (got, expected):
        if not table.get("clinic", True):
            del table["clinic"]
    # As text, because what is no number equals not even itself.
    one, other = (json.dumps(each, sort_keys=True, default=str) for each in (got, expected))
    assert one == other
    assert list_comments(after) == list_comments(before)
