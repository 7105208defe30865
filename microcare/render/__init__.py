"""Plans, comparisons and protocols for the terminal.

Comes in: outlines of plain texts, a plan for its chart, a protocol, the list of protocols or a
file's problems, and a width. Goes out: Rich renderables, returned and never printed. What makes a
plan is not known here.
"""
