"""The built-in patient factors: what sheets make their instructions depend on.

A row has an id, the words after "if" when it is so and when it is not so, and the front desk's
question. The table in which it stands says what kind it is.
"""

from __future__ import annotations

from microcare.core.sheet.conditions import Factor, FactorKind
from microcare.core.sheet.factors.health import HEALTH
from microcare.core.sheet.factors.history import HISTORY
from microcare.core.sheet.factors.options import OPTIONS
from microcare.core.sheet.factors.organs import ORGANS
from microcare.core.sheet.factors.skin import SKIN
from microcare.core.sheet.factors.symptoms import SYMPTOMS

BUILT_IN_FACTORS: dict[str, Factor] = {
    **{row[0]: Factor(*row, FactorKind.TRAIT) for row in (*SKIN, *HISTORY, *HEALTH, *ORGANS)},
    **{row[0]: Factor(*row, FactorKind.OPTION) for row in OPTIONS},
    **{row[0]: Factor(*row, FactorKind.SYMPTOM) for row in SYMPTOMS},
}
"""Every built-in factor by its id; a protocol file adds its own beside them."""
