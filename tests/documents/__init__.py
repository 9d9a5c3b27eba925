"""The corpus of annotated reports, and what a reader of reports scores on it."""
