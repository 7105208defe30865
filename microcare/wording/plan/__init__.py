"""A dated plan in words: its head, questions, days and rows, in the order of telling.

Comes in: a `Plan`. Goes out: outlines of plain texts. No width and no colour is known here.
"""
