"""农户: the list with its search, and one household on one page."""
