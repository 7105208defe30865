"""YAML text to nodes with positions, and their reading key by key.

Comes in: the text of a file. Goes out: texts, lists and maps that know where they stand, and the
problems in them. What a key means is not known here.
"""
