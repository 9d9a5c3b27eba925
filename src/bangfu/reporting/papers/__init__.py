"""Takes a template of the office's, a day and a reader; gives the paper, its figures answered from the ledgers.

Must not know pages. What counts figures does so in a process of its own (`bangfu.reporting.runs`).
"""
