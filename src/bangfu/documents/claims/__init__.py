"""Takes a scene; gives what its text claims of its figures: each claim with the chance that it is meant, and whether it holds.

Must not know the ledgers, the corpus that the weights were learned from, or how a doubt is shown.
"""
