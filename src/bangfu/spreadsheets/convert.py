"""One cell's text -> the value its field holds, or what is wrong with it.

Converters work on distinct texts: a column of a hundred thousand 是 is converted once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from bangfu.policy.examples import join_labels
from bangfu.policy.language.types import SCALE, scaled
from bangfu.policy.model import CodeList
from bangfu.terms.id_number import clean_id
from bangfu.terms.model import Field

LIMIT = 10**14  # held integers stay below this, so that no sum or product of a rule can overflow unseen
_BLANKS = re.compile(r"[\s\u3000\u00a0\u200b\ufeff]+")
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?|[-+]?\.\d+")
_DATE = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?(?:[ T]\d{1,2}:\d{2}(:\d{2})?)?")
_MONTH = re.compile(r"(\d{4})[-./年](\d{1,2})月?")
_SEPARATORS = re.compile(r"[,,、;;]")
_YES = frozenset({"是", "有", "√", "Y", "y", "1"})
_NO = frozenset({"否", "无", "×", "N", "n", "0"})
NOTHING = frozenset({"", "-", "--", "—", "——", "/", "无数据", "NULL", "null", "None"})


class BadCell(Exception):
    """`expected` says what the cell should hold, `advice` what to do."""

    def __init__(self, expected: str, advice: str = "请按原始材料改正后重新导入") -> None:
        super().__init__(expected)
        self.expected = expected
        self.advice = advice


Converter = Callable[[str], Any]


@dataclass(frozen=True)
class Made:
    """What a converter made of a cell, and a doubt about it that does not stop its use."""

    value: Any
    doubt: BadCell | None = None


def text_of(cell: object) -> str:
    """A cell as text: whole numbers without .0, dates as yyyy-mm-dd."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d")
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def plain(text: str) -> str:
    """Half-width, without blanks at the ends; the rest as written."""
    return unicodedata.normalize("NFKC", text).strip(" \t\r\n\u3000\u00a0\u200b\ufeff") if text else text


def converter(field: Field, codelists: Mapping[str, CodeList], scale: int = 1) -> Converter:
    """The function for a field's cells; it raises BadCell, and gives None for an empty cell."""
    if field.name in ("id_no", "head_id_no", "disability_cert_no", "id18"):
        return lambda text: clean_id(text) or None
    if field.type == "yes_no":
        return _yes_no
    if field.type in SCALE:
        return lambda text: _number(text, field.type, scale)
    if field.type == "date":
        return _date
    if field.type == "month":
        return _month
    if field.type in ("code", "codes") and field.codes is not None and field.codes in codelists:
        return _coded(field, codelists[field.codes])
    if field.type == "codes":
        return lambda text: join_labels(_SEPARATORS.split(plain(text)))
    return lambda text: plain(text) or None


def _yes_no(text: str) -> bool | None:
    word = plain(text)
    if word in _YES:
        return True
    if word in _NO:
        return False
    if word in NOTHING:
        return None
    raise BadCell("是 或 否")


def _number(text: str, kind: str, scale: int) -> int | None:
    if text.isascii() and text.isdigit() and len(text) < 10:  # most cells by far
        return int(text) * scale * int(10 ** SCALE[kind])
    word = _BLANKS.sub("", plain(text)).replace(",", "").removeprefix("¥")
    word = re.sub(r"(元|万元|亩|个|户|人|月|天|公里|平方米|m²|%)$", "", word)
    if word in NOTHING:
        return None
    if not _NUMBER.fullmatch(word):
        raise BadCell("数字")
    try:
        number = Decimal(word) * scale
        if kind == "integer" and number != number.to_integral_value():
            raise BadCell("整数")
        value = scaled(number, kind)
    except InvalidOperation as error:
        raise BadCell("数字") from error
    if abs(value) >= LIMIT:
        raise BadCell("合理范围内的数字")
    return value


def _date(text: str) -> int | None:
    word = plain(text)
    if word in NOTHING:
        return None
    found = _DATE.fullmatch(word) or re.fullmatch(r"(\d{4})(\d\d)(\d\d)(?:\.0)?", word)
    if found:
        return _checked(int(found[1]), int(found[2]), int(found[3]))
    raise BadCell("日期,如 2023-03-01、2023年3月1日、20230301")


def _checked(year: int, month: int, day: int) -> int:
    try:
        date(year, month, day)
    except ValueError as error:
        raise BadCell("日历上有的日期") from error
    return year * 10000 + month * 100 + day


def _month(text: str) -> int | None:
    word = plain(text)
    if word in NOTHING:
        return None
    found = _MONTH.fullmatch(word) or re.fullmatch(r"(\d{4})(\d\d)(?:\.0)?", word)
    if not found:
        day = _DATE.fullmatch(word) or re.fullmatch(r"(\d{4})(\d\d)(\d\d)(?:\.0)?", word)
        if day:
            return _checked(int(day[1]), int(day[2]), int(day[3])) // 100
    if not found or not 1 <= int(found[2]) <= 12:
        raise BadCell("年月,如 202303、2023年3月")
    return int(found[1]) * 100 + int(found[2])


def _coded(field: Field, codelist: CodeList) -> Converter:
    """Labels, aliases and codes to canonical labels; what the list does not know stays as it is (rules judge it)."""
    known: dict[str, str] = {}
    for version in codelist.versions:
        for label in version.labels:
            for word in (label.code, *label.aliases):
                if word:
                    known.setdefault(_BLANKS.sub("", plain(word)), label.label)
    for label_text in codelist.all_labels:
        known[_BLANKS.sub("", plain(label_text))] = label_text

    def one(text: str) -> str | None:
        word = _BLANKS.sub("", plain(text))
        return known.get(word, plain(text)) if word else None

    def many(text: str) -> str | None:
        whole = known.get(_BLANKS.sub("", plain(text)))
        if whole is not None:
            return join_labels([whole])
        parts = [one(part) or "" for part in _split(text, known)]
        return join_labels(parts)

    return many if field.type == "codes" else one


def _split(text: str, known: Mapping[str, str]) -> list[str]:
    """The labels of a multi-select cell; a label may itself hold a 、 (as in 种苗、化肥等物资帮扶)."""
    parts: list[str] = []
    for piece in re.split("[,,;;]", text):
        word = _BLANKS.sub("", plain(piece))
        parts.extend([piece] if word in known else piece.split("、"))
    return parts
