"""A rule's time in another language than its sheet's says all that the sheet says."""

from __future__ import annotations

import pytest

from microcare.language.messages import speak
from microcare.wording.rules import rule_text
from tests.samples import entry, protocol


@pytest.mark.parametrize(
    ("times", "rule"),
    [
        ("from: end\nfor: at least 4 weeks", "durante al menos 4 semanas"),
        ("from: end\nfor: up to 2 days", "durante 2 días como máximo"),
        ("from: within 2 days after", "desde 2 días después a más tardar"),
        ("from: 5 to 7 days before", "desde 5 a 7 días antes"),
        ("until: 3 days after, if possible 10", "hasta 3 días después, si es posible 10 días"),
        ("on: the morning of treatment", "el día del tratamiento, por la mañana"),
        ("on: days 2 to 7", "del día 2 al día 7"),
        ("from: day 1", "desde el día 1"),
        ("on: day 7 on", "desde el día 7"),
        ("on: day 7", "el día 7"),
        ("on: treatment day", "el día del tratamiento"),
        ("until: end of other", "hasta el final de ibuprofen"),
        ("from: start of other", "desde el comienzo de ibuprofen"),
        ("from: 1 week after the end of other", "desde 1 semana después del final de ibuprofen"),
        (
            "from: end\nuntil: 24:00 on treatment day",
            "hasta el día del tratamiento, a las 12 de la noche",
        ),
        ("until: 12:00 on day 3", "hasta el día 3, al mediodía"),
        ("from: not before 7 am on day 2", "no antes del día 2, a las 7:00"),
        ("until: no later than 2 hours before", "hasta 2 horas antes a más tardar"),
        ("from: midnight before", "desde el día anterior, a las 12 de la noche"),
        ("from: 9 pm the day before", "desde el día anterior, a las 21:00"),
    ],
)
def test_nothing_of_a_time_is_lost(times: str, rule: str) -> None:
    """Neither a hedge nor which edge of another instruction is meant."""
    sheet = protocol(
        entry("take: ibuprofen\nfor: 2 days", "other") + entry(f"avoid: sun\n{times}"),
        "day-1: next day",
    )
    with speak("es"):
        assert rule_text(sheet.by_id["it"], sheet) == rule
