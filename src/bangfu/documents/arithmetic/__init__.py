"""Takes a Reading.
Gives the relations that its quantities claim, whether each holds, and the doubts with their likely causes.
Must not know files, ledgers or how a doubt is shown; caps in force are handed in.
"""
