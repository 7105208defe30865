"""Where protocols and settings lie: built-in ones, a folder of the clinic, a single file.

Comes in: an id or a path, the environment. Goes out: protocols, settings, the text of a new file.
Nothing of the command line is known here.
"""
