"""One protocol, as a server keeps it, for patients of several languages at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from microcare.core.plan.plan import Plan, build_plan
from microcare.export.handout.html import handout_html
from microcare.export.handout.page import Layout
from microcare.export.ics.builder import build_events
from microcare.export.ics.events import CalendarOptions
from microcare.export.ics.writer import write_events
from microcare.language.messages import speak
from microcare.load.library.protocols import load_protocol
from microcare.render.brief_text import brief_text
from microcare.wording.handout.outline import outline_handout
from microcare.wording.plan.brief import brief_plan
from microcare.wording.plan.heading import plan_heading
from tests.pseudo import print_text
from tests.samples import at, visit

NOW = at("2026-11-21 10:00")
LANGUAGES = ("en", "en-US", "en-GB", "en")
"""The words are the same, so no translation makes another object; dates and clocks are not."""


def tell(plan: Plan, language: str) -> tuple[bytes, bytes, str]:
    """Return a plan's calendar, its handout and its lines in brief, in a language."""
    clinic = plan.protocol.clinic
    with speak(language):
        events = build_events(plan, clinic, CalendarOptions(booking="1", spans=True))
        page = handout_html(outline_handout(plan, clinic), Layout())
        brief = brief_text(brief_plan(plan), plan_heading(plan, chosen_by=""), clinic, width=100)
        return write_events(events, stamp=NOW, revision=0), page, print_text(brief)


def test_no_word_of_another_language_is_kept() -> None:
    """What was worked out for one patient is told to the next as if it were the first time."""
    protocol = load_protocol("clinic-b")
    shared = build_plan(protocol, visit(), now=NOW)
    told = [tell(shared, each) for each in LANGUAGES]
    assert told[0] == told[-1]
    for one, other in zip(told[0], told[1], strict=True):
        assert one != other
    assert told == [tell(build_plan(protocol, visit(), now=NOW), each) for each in LANGUAGES]


def test_languages_do_not_meet_in_threads() -> None:
    """Each thread speaks its own, whatever another says of the same plan meanwhile."""
    shared = build_plan(load_protocol("clinic-b"), visit(), now=NOW)
    alone = [tell(shared, each) for each in LANGUAGES]
    with ThreadPoolExecutor(len(LANGUAGES)) as pool:
        for _ in range(3):
            assert list(pool.map(lambda each: tell(shared, each), LANGUAGES)) == alone
