"""Plans and comparisons as Markdown, for a message or a record.

Comes in: outlines of plain texts. Goes out: Markdown text. What the texts mean is not known here.
"""
