"""The language of protocol files: the keys of a whole protocol to a `Protocol`.

Comes in: the nodes of one file. Goes out: a protocol, or all the problems it has. Folders, other
files and what a variant extends are not known here.
"""
