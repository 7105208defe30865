"""One protocol dated for one appointment and one patient: rows of days, releases, conflicts.

Comes in: a protocol, an appointment, answers, the moment of asking. Goes out: a `Plan`. No word
that a patient reads and no other protocol is known here.
"""
