"""What commands share: options, settings, bookings, the two ways out, errors as sentences.

Comes in: words of a command line, the environment. Goes out: values to work with, or an exit code
with a sentence. How a plan is made is not known here.
"""
