"""Times of a sheet around an appointment: as instants, and in their order whatever the date.

Comes in: an instruction with its points, and an appointment. Goes out: its window and its doses
in UTC, or places that can be compared. Whether a rule applies to a patient is not known here.
"""
