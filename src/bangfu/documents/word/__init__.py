"""Takes plain text, or a Word template and what its fields resolve to.
Gives .docx in official form (GB/T 9704-2012), and every unknown field at once.
Must not know indicators: a reference is a text that the caller's resolver answers.
"""

from bangfu.documents.fields import BLANK, FieldValue, Listed, Resolver, Row
from bangfu.documents.word.official import write_official
from bangfu.documents.word.render import Filled, Use, references_of, render_report

__all__ = [
    "BLANK",
    "FieldValue",
    "Filled",
    "Listed",
    "Resolver",
    "Row",
    "Use",
    "references_of",
    "render_report",
    "write_official",
]
