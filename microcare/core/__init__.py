"""The pure core: protocols as values, time rules, the dated plan, the comparison.

Comes in: what a loader has read, an appointment, answers. Goes out: values. No file, no clock, no
format and no sentence is known here.
"""
