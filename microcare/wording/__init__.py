"""The words of every output: plans and comparisons as plain texts, in the order of telling.

Comes in: values of the core. Goes out: texts and outlines of texts. No width, no colour and no
file format is known here.
"""
