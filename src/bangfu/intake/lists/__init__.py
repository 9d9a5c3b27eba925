"""Takes departments' lists; gives the rows of the ledgers that they add and change, and the questions they raise.

Must not know how a file is read, nor write anything but through the actions of `ledger` and `registry`.
"""
