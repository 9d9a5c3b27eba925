"""Takes the text of a rule and the terms; gives a typed, frozen tree of nodes.

Must not know how the tree is computed (engine) or where the text came from (policy loader).
"""
