"""A protocol that extends another: both laid over each other and read as one.

Comes in: a text, and what finds the text of a base. Goes out: a protocol that is whole. Where
files lie is not known here.
"""
