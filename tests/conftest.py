"""How hard property tests try: a little in every run, a lot in `make soak`."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# No deadline: two cores shared with other work make slow single examples, which say nothing about the code.
settings.register_profile("everyday", max_examples=40, deadline=None)
settings.register_profile("soak", max_examples=20_000, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile("soak" if os.environ.get("BANGFU_SOAK") else "everyday")
