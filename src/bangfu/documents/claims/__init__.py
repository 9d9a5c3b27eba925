"""A claim that a text makes with its figures: whether it comes out, which slip of the pen explains it, and how it is told."""
