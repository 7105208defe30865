"""A plan as an iCalendar file (RFC 5545) for a phone.

Comes in: a `Plan`. Goes out: events with lasting identities, then the bytes of the file. Nothing is
written, and no terminal is known here.
"""
