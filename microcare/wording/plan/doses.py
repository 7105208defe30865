"""Doses in words: what is taken, at which times, through which date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microcare.core.values import replace
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
        often = {1: "each day", 7: "each week"}.get(run.step, f"every {run.step} days")
        through = f", {often} through {self._words.short(run.last)}" if run.step else ""
        plural = "" if len(doses) == 1 else "s"
        return f"{said}{through}{f' (suggested time{plural})' if suggested else ''}"

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
            return f"every {gap} from {first} to {last}, {len(doses)} times"
        times = (
            f"{clock(dose.instant)}{' (suggested)' if mark and dose.suggested else ''}"
            for dose in doses
        )
        return f"at {', '.join(times)}"
