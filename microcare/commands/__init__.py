"""One module a command: load, compute, word, print.

Comes in: the words of a command line. Goes out: data on stdout, remarks on stderr, an exit code.
How anything is worked out is not known here. Annotations are not postponed: Typer would evaluate
each option's text four times.
"""
