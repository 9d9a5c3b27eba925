"""Rows that make up a figure, and parts above their whole: `find` tells them."""
