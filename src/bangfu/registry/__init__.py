"""Takes facts of villages, households and persons with their source; gives them as of any date.

Must not know any ledger or file. `actions` is the only writer, `queries` the reader. Who belongs to which household,
with which status, is dated events, never a column.
"""
