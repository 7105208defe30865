"""One module a command: load, compute, render, print."""
