"""Takes the register's persons and a list's names, numbers and villages.
Gives for each row the person meant and why, or why nobody was found; it never guesses between two.
Must not know files, tables, checks or who asked.
"""

from bangfu.linkage.link import link, link_all
from bangfu.linkage.outcome import Link, Outcome, Unmatched
from bangfu.linkage.register import Person, Register

__all__ = ["Link", "Outcome", "Person", "Register", "Unmatched", "link", "link_all"]
