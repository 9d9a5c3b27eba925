"""What a cell of a form is: the words at the head of its row and of its column."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from bangfu.documents.forms.book import Place, Sheet

TOTAL = re.compile(r"(?:合|总|小|共)\s*计|^全\s*[镇乡县市]$")
SUBTOTAL = re.compile(r"小\s*计")
PART_OF = re.compile(r"^\s*(?:其\s*中|#)")
NOT_ADDED = re.compile(r"率|占比|比例|比重|均|％|%|序号|编号|编码|代码|年份|年度|标准|单价|电话")


def row_head(sheet: Sheet, row: int) -> str:
    """The texts that begin the row, up to its first number."""
    words: list[str] = []
    for column in range(1, sheet.columns + 1):
        value = sheet.at((row, column))
        if isinstance(value, Decimal) and words:
            break
        if isinstance(value, str) and value not in words:
            words.append(value)
    return " ".join(words)


def column_heads(sheet: Sheet, column: int, above: int) -> list[str]:
    """The texts above a row in a column, from the top, each merged head once."""
    heads: list[str] = []
    for row in range(1, above):
        value = sheet.at((row, column))
        if isinstance(value, str) and value not in heads:
            heads.append(value)
    return heads


def described(sheet: Sheet, place: Place) -> str:
    """`云台山村 · 户数`: what a reader of the form would call the cell."""
    body = first_body_row(sheet)
    head = column_heads(sheet, place[1], min(body, place[0]))
    across = [one for one in head if not _is_title(sheet, one)]
    return " · ".join(part for part in (row_head(sheet, place[0]), "/".join(across)) if part)


def _is_title(sheet: Sheet, text: str) -> bool:
    """A head that lies over the whole table says nothing of one column."""
    return any(
        sheet.values.get((top, left)) == text and left == 1 and right >= sheet.columns
        for left, top, right, _ in set(sheet.merged.values())
    )


def first_body_row(sheet: Sheet) -> int:
    """The first row with a number that is no number of years, columns or rows: heads may hold `2019` and `1 2 3`."""
    for row in range(1, sheet.rows + 1):
        numbers = [sheet.number((row, column)) for column in range(1, sheet.columns + 1)]
        found = [number for number in numbers if number is not None]
        if found and not _counts_columns(found):
            return row
    return sheet.rows + 1


def _counts_columns(numbers: list[Decimal]) -> bool:
    if len(numbers) < 3:
        return False
    return all(after - before == 1 for before, after in pairwise(numbers))
