"""The codes that a phone reads: when and where, or the clinic's own text, and nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import pytest
import segno

from microcare.core.sheet.protocol import Clinic
from microcare.export.handout.codes import LONGEST, draw_text, list_visits
from tests.samples import entry, plan, visit

CLINIC = Clinic("Skin; House", "555 0100", "1 Main Street, Springfield")


def drawn(text: str) -> str:
    """Return the picture of a text."""
    made = BytesIO()
    code = segno.make(text, error="m", micro=False, encoding="utf-8")
    code.save(made, kind="svg", xmldecl=False, omitsize=True, dark="#000", light="#fff")
    return made.getvalue().decode().strip()


def test_a_visit_is_when_and_where() -> None:
    """In UTC, with its end where that is known; nothing of what is done, taken or answered."""
    rule = entry("take: antiviral\nif: cold-sores\nfrom: 2 days before")
    for minutes, end in ((None, ()), (45, ("DTEND:20261210T201500Z",))):
        made = plan(rule, visit(minutes=minutes), answers={"cold-sores": True})
        (code,) = list_visits(made, CLINIC)
        assert code.caption == "Scan to put the appointment of Thu 10 Dec into your calendar."
        lines = (
            *("BEGIN:VEVENT", "SUMMARY:Appointment", "DTSTART:20261210T193000Z", *end),
            *(r"LOCATION:Skin\; House\, 1 Main Street\, Springfield", "END:VEVENT"),
        )
        assert code.svg == drawn("\r\n".join(lines))


def test_a_day_without_a_time_is_a_date() -> None:
    """And a clinic that is not known is no place."""
    made = plan(entry("avoid: sauna\nuntil: 1 day after"), visit("2026-12-10"))
    (code,) = list_visits(made, Clinic())
    lines = ("BEGIN:VEVENT", "SUMMARY:Appointment", "DTSTART;VALUE=DATE:20261210", "END:VEVENT")
    assert code.svg == drawn("\r\n".join(lines))


def test_each_booked_visit_has_a_code() -> None:
    """Of two treatments at one time one, of a session that nobody booked none."""
    made = plan(entry("avoid: sauna\nuntil: 1 day after"))
    first = made.treatments[0]
    later = replace(first, visit=visit("2027-01-07 14:30"), number=1)
    several = replace(made, treatments=(later, first, replace(first, number=2)))
    assert [each.caption for each in list_visits(several, Clinic())] == [
        "Scan to put the appointment of Thu 10 Dec into your calendar.",
        "Scan to put the appointment of Thu 7 Jan 2027 into your calendar.",
    ]
    open_ = replace(made, treatments=(first, replace(later, booked=False)))
    assert len(tuple(list_visits(open_, Clinic()))) == 1


def test_a_text_stands_as_it_is() -> None:
    """Nothing is appended to a clinic's link."""
    link = "https://example.org/p?x=1&y=%20#z"
    assert draw_text(link).svg == drawn(link)
    assert draw_text(link).caption == f"Scan: {link}"


def test_what_is_too_long_is_refused() -> None:
    """Of a visit the place is left out then."""
    draw_text("x" * LONGEST)
    with pytest.raises(ValueError, match="too long"):
        draw_text("ü" * LONGEST)
    (code,) = list_visits(plan(entry("avoid: sauna\nuntil: 1 day after")), Clinic("x" * LONGEST))
    assert re.fullmatch(r"<svg .*</svg>", code.svg)
