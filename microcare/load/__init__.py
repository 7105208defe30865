"""Loading: what was typed, or written in a file, to values of the core.

Comes in: files, the environment, typed words. Goes out: protocols, dates, settings, or a refusal
that says what to write. No plan is printed and no command line is known here.
"""
