"""The version of this package: the one place where it is written."""

from time import time_ns

__version__ = "0.1.0"

LOADED = time_ns()
"""When this program was loaded, before almost all of it: what is newer is of another one."""
