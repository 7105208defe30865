"""The language in which a patient is spoken to: messages from catalogues, dates from locale data.

English is the language of the messages themselves and needs neither.
"""
