"""Sets Django up before anything here imports a model."""

import tests.home.conftest  # noqa: F401
