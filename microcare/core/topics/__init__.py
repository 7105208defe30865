"""The built-in topics: what clinics' sheets speak of, with synonyms, brands and groups.

A row has an id, what a patient reads, other names and brands, and the groups that hold it. In
four of the tables every row is a medicine; elsewhere a medicine's row ends with MEDICINE.
"""

from __future__ import annotations

from microcare.core.topics.activities import ACTIVITIES
from microcare.core.topics.bowel import BOWEL
from microcare.core.topics.daily_medicines import DAILY_MEDICINES
from microcare.core.topics.eye_drops import EYE_DROPS
from microcare.core.topics.eyes_and_mouth import EYES_AND_MOUTH
from microcare.core.topics.food import FOOD
from microcare.core.topics.medicines import MEDICINES
from microcare.core.topics.procedures import PROCEDURES
from microcare.core.topics.signs import SIGNS
from microcare.core.topics.skin import SKIN
from microcare.core.topics.tasks import TASKS
from microcare.core.vocabulary import MEDICINE, Topic

_MEDICINES = (*MEDICINES, *DAILY_MEDICINES, *EYE_DROPS, *BOWEL)
_OTHERS = (*FOOD, *ACTIVITIES, *EYES_AND_MOUTH, *PROCEDURES, *SIGNS, *TASKS)

# The order is that of a comparison's rows.
BUILT_IN_TOPICS: dict[str, Topic] = {
    **{row[0]: Topic(*row) for row in SKIN},
    **{row[0]: Topic(*row, MEDICINE) for row in _MEDICINES},
    **{row[0]: Topic(*row) for row in _OTHERS},
}
"""Every built-in topic by its id; a protocol file adds its own beside them."""
