"""Takes a text that was read and a count of the ledgers; gives each of its figures the indicator that it seems to be.

Must not know any page. What a text says in other words is understood by `words.yaml` and the names and aliases of the
rulebook's indicators and programmes; where two readings are left it asks, and it accuses only where one is.
"""
