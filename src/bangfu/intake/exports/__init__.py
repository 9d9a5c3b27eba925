"""Takes the register as of a day; gives it as workbooks in the layouts that it reads.

Must not know any table of its own: what a column holds is what its layout says.
"""
