"""Takes a text that somebody wrote: .docx, .txt, .xlsx or pasted.
Gives its quantities, the arithmetic that it claims, and a doubt wherever the two do not agree.
Must not know the database, the ledgers or who asked; caps and standards are handed in.
"""
