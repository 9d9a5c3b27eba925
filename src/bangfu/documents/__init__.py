"""Takes a text that somebody wrote, or a template and what its fields resolve to.
Gives the text's quantities, the arithmetic that it claims and the doubts; or the paper: .docx, .pdf, a form filled.
Must not know the database, the ledgers or who asked; caps, standards and values are handed in.
"""

from typing import Any


def read_json(text: str) -> dict[str, Any]:
    """What `bangfu verify --json` says of a pasted text, with the caps of the rulebook that came with the program."""
    # The reader's grammar takes as long to make ready as a report's figures to read, and papers need none of it.
    from bangfu.documents.files.source import pasted
    from bangfu.documents.limits import caps_of_text
    from bangfu.documents.verification import verify

    return verify(pasted(text), caps_of_text).as_json()


__all__ = ["read_json"]
