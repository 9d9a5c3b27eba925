"""The checking desk: a process of its own that keeps all checks ready and answers about one household in milliseconds.

`serving` is the process, `client` asks it. What it needs to know of the register's lists is looked up by DuckDB in
another short-lived process (`holdings`): beside it no thread may hold the register's SQLite file open (docs/adr/0009).
"""
