"""Plans and comparisons as files and as data for other programs.

Comes in: values of the core, or outlines of plain texts. Goes out: text or bytes, returned and
never written. No terminal is known here.
"""
