"""Two protocols side by side: what each says of a topic, and which is stricter.

Comes in: two protocols. Goes out: a `Comparison`. No date and no plan is known here: an order
holds for every appointment, or it is unclear.
"""
