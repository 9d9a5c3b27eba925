"""One explicit emitter per SQL engine."""
