"""A file to all of its problems: what the loader refuses, or else what is doubtful in it.

Comes in: a file. Goes out: problems, each with a position, a code and a hint. How they are
printed is not known here.
"""
