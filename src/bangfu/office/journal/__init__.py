"""Takes changes of fact rows; gives them to the database and to an append-only, sealed record.

Must not know what the facts mean. `writing.transaction` is the only way to write a fact; `verifying` tells what was
changed behind its back.
"""
