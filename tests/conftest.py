"""Settings that all tests share: how many examples a property tries, and that none is random."""

import os

from hypothesis import HealthCheck, settings

# The same examples on every run and every machine: a failure is never a matter of luck.
settings.register_profile(
    "default",
    max_examples=60,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
# For hours of searching: `make fuzz`. New examples on every run.
settings.register_profile(
    "long",
    max_examples=3000,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
