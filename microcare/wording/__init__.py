"""Plans in words: the one order and wording that every kind of output shows."""
