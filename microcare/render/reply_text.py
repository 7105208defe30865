"""The answer to one question for the terminal and for pipes."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import wrap
from typing import TYPE_CHECKING

from rich.text import Text

from microcare.language.messages import say_as
from microcare.render.layout.hanging import Hanging
from microcare.wording.plan.replies import ToldReply
from microcare.wording.safe import visible

if TYPE_CHECKING:
    from rich.console import RenderableType

_MOST_LINES = 5
_USUAL_WIDTH = 80
_INDENT = 2


def reply_text(told: ToldReply) -> Iterable[RenderableType]:
    """Return an answer, why it is so, and what was asked, from top to bottom.

    It has five lines at most on 80 columns, if the sentence and its first reason leave room for
    more; on others it says the same. What stands in two languages has room for both.
    """
    most = _MOST_LINES * 2 if told.notices else _MOST_LINES
    title = say_as("title", "Unclear")
    unclear = f"{title}: {' '.join(told.unclear)}" if told.unclear else ""
    texts = [told.sentence, *told.reasons[:1], told.asked]
    for each in filter(None, (*told.reasons[1:], unclear)):
        if sum(map(_count_lines, (*texts, each))) <= most:
            texts.insert(-1, each)
    for number, each in enumerate((*texts, *told.notices)):
        yield Hanging(None, Text(visible(each), "" if number else "bold"), _INDENT)


def _count_lines(text: str) -> int:
    return len(wrap(text, _USUAL_WIDTH - _INDENT))
