"""An answer as a terminal shows it."""

from __future__ import annotations

from microcare.core.values import replace
from microcare.render.reply_text import reply_text
from microcare.wording.plan.replies import ToldReply
from tests.pseudo import print_text

TOLD = ToldReply(
    "No, not before Sunday.",
    ("Wait 72 hours before you have injections again. " * 3,),
    "Injections, Tue 8 Dec · Thu 10 Dec 2026, 2:30 pm, New York · clinic-a " * 2,
    unclear=("The sheet does not say which injections.",),
)


def test_two_languages_have_room_for_what_is_unclear() -> None:
    """The original beside a translation crowds nothing out."""
    assert "which injections" not in print_text(reply_text(TOLD))
    doubled = replace(TOLD, notices=("The clinic has not checked this translation.",))
    assert "which injections" in print_text(reply_text(doubled))
