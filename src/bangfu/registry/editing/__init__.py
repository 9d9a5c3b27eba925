"""What people type about rows, and rows as people type them: read, compared with what others did meanwhile, written.

`terms/forms` says which fields are typed. Must not know pages: texts come in, values and words go out.
"""
