"""Measures what the product promises: `make bench` prints the table that bench/RESULTS.md keeps."""
