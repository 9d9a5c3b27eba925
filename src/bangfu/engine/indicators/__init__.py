"""Takes a Dataset and a Policy at a date and a place; gives what every indicator comes to, and the rows that it counts.

Must not know where the rows came from, nor who may see which of them.
"""
