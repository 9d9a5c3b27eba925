"""Long work: where it is, not wanting it any more, asking for it again."""
