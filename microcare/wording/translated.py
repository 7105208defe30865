"""What a reader must know of a translation that nobody at the clinic has checked."""

from __future__ import annotations

from microcare.core.plan.plan import Plan
from microcare.core.sheet.protocol import find_base_code
from microcare.language.messages import list_languages, say, speak


def translation_notices(plan: Plan) -> dict[str, str]:
    """Return that the original counts, in its language and in the one that is spoken.

    Each sentence with the code of the language that it is in. Nothing where the clinic has checked
    what it says, or where nothing is translated.
    """
    found = dict.fromkeys(
        each.protocol.translated
        for each in plan.treatments
        if each.protocol.translated is not None and not each.protocol.translated.checked
    )
    told: dict[str, str] = {}
    for each in filter(None, found):
        mark = find_base_code(each.original).upper()
        with speak(each.original):
            told.setdefault(_tell(mark), _find_said(each.original))
        told.setdefault(_tell(mark), _find_said(each.language))
    return told


def list_originals(plan: Plan) -> tuple[str, ...]:
    """Return the codes of the languages from which the plan's sheets are translated."""
    told = filter(None, (each.protocol.translated for each in plan.treatments))
    return tuple(dict.fromkeys(find_base_code(each.original) for each in told))


def _tell(mark: str) -> str:
    return say(
        "The clinic has not checked this translation: the original ([{mark}]) counts.",
        mark=mark,
    )


def _find_said(language: str) -> str:
    """Return the code of the language that the program speaks where it is to speak this one."""
    code = find_base_code(language)
    return code if code in list_languages() else "en"
