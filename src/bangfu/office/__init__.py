"""Takes who acts and from which source; gives divisions, the home and its journal.

Must not know any household. Every write of every station goes through `journal.transaction`, which seals it.
"""
