"""A plan as the page that a patient keeps: its words, its parts, its picture, its doses.

Knows `core/` and the words that all outputs share. May not know paper, markup or files.
"""
