"""Takes the words of a command line; gives Chinese text or JSON and an exit code.

Must not know how a thing is done: it parses, calls one function, prints.
"""
