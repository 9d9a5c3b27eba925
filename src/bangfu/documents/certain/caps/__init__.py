"""Amounts above a limit that the text names: `find` tells them."""
