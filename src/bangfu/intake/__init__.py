"""Takes files as offices send them; gives batches: what they would change, applied whole or not at all, and undone.

Must not know any finding or task. It reads with `screening`, compares with the register, and writes by the doors of
`registry` and `ledger`.
"""
