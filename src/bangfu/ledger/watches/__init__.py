"""Takes a ledger's rows, the day and the rules; gives those that fall due or stand still, the first due first.

Must not know who looks at them.
"""
