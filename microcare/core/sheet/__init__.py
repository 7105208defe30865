"""What a protocol says, as values: instructions, times as the sheet words them, conditions, topics.

Comes in: nothing but text and numbers that a loader has read. Goes out: a `Protocol`. No date, no
appointment and no file is known here.
"""
