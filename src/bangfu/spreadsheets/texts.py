"""Texts as cells can hold them."""

from __future__ import annotations

import re

from bangfu.spreadsheets.sheet import CellError

LONGEST_TEXT = 32_767
# XML cannot hold these; XlsxWriter would write _x0001_ texts that read as rubbish.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_CUT_MARK = "……(内容过长,已截断)"


def clean_text(text: str) -> str:
    """What a cell can hold: no control characters, at most 32,767 characters; a cut says so."""
    text = _CONTROL.sub("", text)
    if len(text) <= LONGEST_TEXT:
        return text
    return text[: LONGEST_TEXT - len(_CUT_MARK)] + _CUT_MARK


def as_plain_text(value: object) -> str:
    """A number of ID kind without the .0 that a spreadsheet gave it; anything else as it prints."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.text if isinstance(value, CellError) else str(value)
