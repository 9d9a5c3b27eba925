"""What the town's departments gave in the published years, one module a department.

Each draws plausible rows, then settles what is missing within the standards of the rulebook.
"""
