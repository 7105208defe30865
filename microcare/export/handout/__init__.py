"""The page that a patient keeps: a handout, in texts, to the bytes of a PDF or an HTML file.

Knows what `wording/handout` gives. May not know what a text means, or any other format.
"""
