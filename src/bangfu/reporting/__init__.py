"""Takes snapshots of the register and the rulebook's indicators; gives figures that open to their rows.

Must not know any page or document template. A figure is stored with the day, the rulebook and the state of the journal
that it was counted by.
"""
