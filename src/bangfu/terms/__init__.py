"""Takes the declarations in `tables/`; gives the field dictionary, and what identifies persons and places.

Must not know any rule, any list, or how rows are stored.
"""
