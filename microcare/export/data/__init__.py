"""Plans, comparisons, problems and lists for other programs, in versioned formats.

Comes in: values of the core. Goes out: JSON text, or the commands of a build service. Nothing is
written, and no terminal is known here.
"""
