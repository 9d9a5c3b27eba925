"""Counts of things that are then named: `find` tells them."""
