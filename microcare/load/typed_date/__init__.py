"""A date typed at the front desk to the one moment that it can mean.

Comes in: a phrase, a zone, the moment of typing. Goes out: a day or an instant, or a refusal with
the readings there may be. No protocol is known here.
"""
