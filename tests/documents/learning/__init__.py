"""Learns the weights of `bangfu.documents.claims` from annotated texts: `python -m tests.documents.learning FOLDER …`.

Tools, not tests: they write `claims/weights.json`, and `links` the network of `documents/linking`.
"""
