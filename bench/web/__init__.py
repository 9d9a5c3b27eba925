"""Pages at 10 thousand and at a million persons, asked by several users at once, and tasks edited during an import."""
