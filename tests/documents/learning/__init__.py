"""Learns the weights of `bangfu.documents.claims` from annotated texts: `python -m tests.documents.learning FOLDER …`.

A tool, not a test. It needs numpy (`pip install -e .[learning]`) and writes `claims/weights.json`.
"""
