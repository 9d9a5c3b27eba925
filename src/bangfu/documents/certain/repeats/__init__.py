"""Figures said again: `find` tells them."""
