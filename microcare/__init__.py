"""Turn a clinic's treatment instructions into a dated, day-by-day plan."""

__version__ = "0.1.0"
