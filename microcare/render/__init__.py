"""Plans, comparisons and protocols for the terminal.

Comes in: outlines of plain texts and a width. Goes out: Rich renderables, returned and never
printed. What makes a plan is not known here.
"""
