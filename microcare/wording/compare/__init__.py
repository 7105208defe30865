"""A comparison in words: cells, verdicts, and what a reader must know to believe them.

Comes in: a `Comparison`. Goes out: outlines of plain texts. No width and no colour is known here.
"""
