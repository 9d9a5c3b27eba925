"""Takes an office's files as they are; gives the facts in them as a dataset, and findings with their cells.

Must not know any database or web page: it is the whole job on files alone.
"""
