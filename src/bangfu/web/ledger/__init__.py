"""台账: what was given and done, a list a ledger; each list, row and form is made from the ledger's declaration."""
