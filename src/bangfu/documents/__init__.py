"""Takes a text that somebody wrote, or a template and what its fields resolve to.
Gives the text's quantities, the arithmetic that it claims and the doubts; or the paper: .docx, .pdf, a form filled.
Must not know the database, the ledgers or who asked; caps, standards and values are handed in.
"""
