"""Times in plain words to points, windows and rhythms of the sheet.

Comes in: a phrase ("5 to 7 days before", "21:00 the day before"). Goes out: a point, a window, a
repetition, or a refusal that says what to write. No protocol and no date is known here.
"""
