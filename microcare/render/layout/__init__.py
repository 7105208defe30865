"""Shapes that texts take on a terminal: hanging paragraphs, columns, excerpts of files.

Comes in: plain texts and a width. Goes out: Rich renderables. What the texts are about is not known
here.
"""
