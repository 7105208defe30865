"""A machine's TZ: read where it has one meaning, and else known to have none."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from microcare.load.library.machine_zone import read_machine_zone


@pytest.mark.parametrize(
    ("named", "zone"),
    [
        ("America/New_York", "America/New_York"),
        (":America/New_York", "America/New_York"),
        ("US/Eastern", "US/Eastern"),
        ("EST5EDT", "America/New_York"),
        ("CST6CDT", "America/Chicago"),
        ("MST7MDT", "America/Denver"),
        ("PST8PDT", "America/Los_Angeles"),
        ("HST", "Pacific/Honolulu"),
        ("GB", "Europe/London"),
        ("NZ", "Pacific/Auckland"),
        ("EST5EDT,M3.2.0,M11.1.0", "America/New_York"),
        ("PST8PDT,M3.2.0/2,M11.1.0/02:00:00", "America/Los_Angeles"),
        ("/usr/share/zoneinfo/America/New_York", "America/New_York"),
        (":/usr/share/zoneinfo/Europe/Berlin", "Europe/Berlin"),
        ("/opt/zoneinfo/posix/America/Argentina/Salta", "America/Argentina/Salta"),
        ("right/Europe/Paris", "Europe/Paris"),
        ("/usr/share/zoneinfo/EST5EDT", "America/New_York"),
        ("UTC", "UTC"),
        ("Etc/UTC", "Etc/UTC"),
        ("", "UTC"),
        (":", "UTC"),
    ],
)
def test_what_has_one_meaning_is_read(named: str, zone: str) -> None:
    """Names and files of the zone database, links to one place, and the rules of the US."""
    assert read_machine_zone({"TZ": named}) == ZoneInfo(zone)


@pytest.mark.parametrize(
    "named",
    [
        *("EST", "MST", "CET", "GMT", "BST", "EST5", "UTC0", "CET-1CEST", "<-03>3", "XXX5YYY"),
        *("CET-1CEST,M3.5.0,M10.5.0/3", "EST5EDT,M4.1.0,M10.5.0", "EST5EDT4,M3.2.0,M11.1.0"),
        *("EST5PDT,M3.2.0,M11.1.0", "EST6EDT,M3.2.0,M11.1.0"),
        *("Nonsense/Nowhere", "america/new_york", "/etc/passwd", "/nowhere", "../../etc/passwd"),
        *("/usr/share/zoneinfo/", "/usr/share/zoneinfo/America", "posixrules", "localtime"),
        *("a\0b", "z" * 10_000, " ", "\udcff", "::"),
    ],
    ids=lambda text: ascii(text[:24]),
)
def test_what_has_none_is_not_taken_for_utc(named: str) -> None:
    """Fixed offsets, abbreviations, other countries' rules, nonsense: somebody must be asked."""
    assert read_machine_zone({"TZ": named}) is None


def test_machine_without_tz_has_its_own_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever this machine is set to, it is a zone or none, and no error."""
    monkeypatch.delenv("TZ", raising=False)
    own = read_machine_zone({})
    assert own is None or isinstance(own, ZoneInfo)
    assert read_machine_zone({"TZ": "/etc/localtime"}) in {own, None}
