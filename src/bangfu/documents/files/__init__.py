"""Takes a file or pasted words.
Gives the plain text with a way back to its place in the file, and a marked copy.
Must not know quantities or arithmetic; a mark is a place and a remark.
"""
