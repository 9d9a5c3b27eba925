"""Counts, standards and amounts; totals, counts and averages: `find` tells them."""
