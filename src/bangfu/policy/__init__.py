"""Takes the rulebook's files; gives a frozen Policy: checks, programmes, standards and code lists with their dates.

Must not know any row, any SQL engine, or who runs the checks.
"""
