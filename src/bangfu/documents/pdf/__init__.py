"""Takes plain values: cards of households and the office whose cards they are; or a filled .docx.
Gives .pdf files for A4 paper; every text is data, never markup.
Must not know households of the register: what a card says is said by the caller, numbers already masked.
"""

from bangfu.documents.pdf.cards import (
    Card,
    Contact,
    Entitlement,
    Member,
    Office,
    Receipt,
    card_pdf,
    cards_pdf,
)
from bangfu.documents.pdf.papers import Printed, paper_pdf
from bangfu.documents.pdf.press import Press

__all__ = [
    "Card",
    "Contact",
    "Entitlement",
    "Member",
    "Office",
    "Press",
    "Printed",
    "Receipt",
    "card_pdf",
    "cards_pdf",
    "paper_pdf",
]
