"""Learns the network of `bangfu.documents.linking` from annotated texts.

Needs PyTorch (`pip install torch`), which is not locked: neither the product nor its tests need it.
"""
