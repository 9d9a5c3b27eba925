"""Shares of a whole: `find` tells them."""
