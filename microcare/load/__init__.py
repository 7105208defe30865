"""Loading: what was typed or written in a file, to values of the core."""
