"""The built-in topics: what clinics' sheets speak of, with synonyms, brands and groups.

A row has an id, what a patient reads, other names and brands, and the groups that hold it. In
four of the tables every row is a medicine; elsewhere a medicine's row ends with MEDICINE.
"""

from __future__ import annotations

from microcare.core.sheet.topics.activities import ACTIVITIES
from microcare.core.sheet.topics.bowel import BOWEL
from microcare.core.sheet.topics.daily_medicines import DAILY_MEDICINES
from microcare.core.sheet.topics.eye_drops import EYE_DROPS
from microcare.core.sheet.topics.eyes_and_mouth import EYES_AND_MOUTH
from microcare.core.sheet.topics.food import FOOD
from microcare.core.sheet.topics.medicines import MEDICINES
from microcare.core.sheet.topics.procedures import PROCEDURES
from microcare.core.sheet.topics.signs import SIGNS
from microcare.core.sheet.topics.skin import SKIN
from microcare.core.sheet.topics.tasks import TASKS
from microcare.core.sheet.vocabulary import MEDICINE, Topic

_MEDICINES = (*MEDICINES, *DAILY_MEDICINES, *EYE_DROPS, *BOWEL)
_OTHERS = (*FOOD, *ACTIVITIES, *EYES_AND_MOUTH, *PROCEDURES, *SIGNS, *TASKS)

# The order is that of a comparison's rows.
BUILT_IN_TOPICS: dict[str, Topic] = {
    **{row[0]: Topic(*row) for row in SKIN},
    **{row[0]: Topic(*row, MEDICINE) for row in _MEDICINES},
    **{row[0]: Topic(*row) for row in _OTHERS},
}
"""Every built-in topic by its id; a protocol file adds its own beside them."""
