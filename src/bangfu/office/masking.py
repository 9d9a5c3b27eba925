"""Numbers of persons with their middle hidden, as forms print them."""

from __future__ import annotations

import re

from bangfu.terms.model import Field

STAR = "*"
_KEPT = {"phone": (3, 4), "account": (0, 4), "id": (6, 4)}
"""How many places stay at either end."""


def number_kind(field: Field) -> str | None:
    """phone, account or id (also certificates and household books) where a field holds such a number, else None."""
    if field.type != "text":
        return None
    if "phone" in field.name:
        return "phone"
    if field.sensitivity != "sensitive" or not field.name.endswith(("_no", "id18")):
        return None
    return "account" if "account" in field.name else "id"


def masked(kind: str, number: str) -> str:
    """The number with its middle starred; a short one is starred whole."""
    first, last = _KEPT[kind]
    if len(number) <= first + last:
        return STAR * len(number)
    return number[:first] + STAR * (len(number) - first - last) + number[-last:]


_NUMBERS = re.compile(r"(?<![0-9A-Za-z])(?:(\d{15,20}[0-9Xx]?)|(1[3-9]\d{9}))(?![0-9A-Za-z])")


def masked_in(text: str) -> str:
    """A text with the numbers of persons in it (certificates, accounts, mobile phones) masked."""
    return _NUMBERS.sub(lambda found: masked("id" if found[1] else "phone", found[0]), text)
