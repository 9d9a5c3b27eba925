"""Takes the register as of a day; gives it as Parquet files, one a declared table, with a manifest.

Must not know any model: tables are copied by the names that `terms/` declares.
"""
