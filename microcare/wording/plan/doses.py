"""Doses in words: what is taken, at which times, through which date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microcare.core.values import replace
from microcare.language.messages import count, say
from microcare.wording.courses import amount_words, regular_gap
from microcare.wording.labels import topic_labels
from microcare.wording.plan.words import PlanWords

if TYPE_CHECKING:
    from microcare.core.plan.dose_days import DoseRun
    from microcare.core.time.courses import Dose


class DoseWords:
    """The words for the doses of one plan."""

    def __init__(self, words: PlanWords) -> None:
        self._topics = words.named.topics
        self._words = words

    def run(self, run: DoseRun) -> str:
        """Return what is taken on a date and at which times, and through which date it is so."""
        doses = run.first.doses
        suggested = all(dose.suggested for dose in doses)
        by_kind: dict[str, list[Dose]] = {}
        for dose in doses:
            by_kind.setdefault(self.dose(dose), []).append(dose)
        said = "; ".join(
            f"{kind} {self._times(each, mark=not suggested)}" for kind, each in by_kind.items()
        )
        if run.step:
            last = self._words.short(run.last)
            through = say("{often} through {day}", often=_step_words(run.step), day=last)
            said = f"{said}, {through}"
        if not suggested:
            return said
        return f"{said} ({count('suggested time', 'suggested times', len(doses))})"

    def dose(self, dose: Dose) -> str:
        """Return what one dose is: “Steroid drops: 1 drop”."""
        label = topic_labels(dose.topics, self._topics)
        label = label[:1].upper() + label[1:]
        amounts = dose.amounts
        if amounts is None:
            return label
        amount = ", ".join(amount_words(replace(amounts, daily_max=None), self._topics))
        return f"{label}: {amount}" if amount else label

    def _times(self, doses: list[Dose], *, mark: bool) -> str:
        """Return the times of one date's doses; with `mark` those that are suggested say so."""
        clock = self._words.clock
        gap = regular_gap([dose.instant for dose in doses])
        marked = mark and any(dose.suggested for dose in doses)
        if gap is not None and not marked:
            first, last = clock(doses[0].instant), clock(doses[-1].instant)
            return say(
                "{every} from {first} to {last}, {number} times",
                every=gap,
                first=first,
                last=last,
                number=len(doses),
            )
        suggested = say("suggested")
        times = (
            f"{clock(dose.instant)}{f' ({suggested})' if mark and dose.suggested else ''}"
            for dose in doses
        )
        return say("at {time}", time=", ".join(times))


def _step_words(days: int) -> str:
    """Return how often something is taken that is taken every so many days."""
    match days:
        case 1:
            return say("each day")
        case 7:
            return say("each week")
        case _:
            return count("every {number} day", "every {number} days", days)
