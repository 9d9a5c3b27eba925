"""Learns the network of `bangfu.documents.linking` from annotated texts. Needs the optional packages of `learning`."""
