"""One field as people type it: its text read strictly, and a value as the text that reads back to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from bangfu.office.masking import STAR, masked, number_kind
from bangfu.policy.examples import join_labels
from bangfu.policy.language.types import SCALE, scaled
from bangfu.registry.canonical import canonical_text
from bangfu.registry.editing.choices import NONE, Choices
from bangfu.spreadsheets.convert import LIMIT, BadCell, converter, plain
from bangfu.terms.model import Field

UNIT_WORDS = {
    "yuan": "元",
    "mu": "亩",
    "sqm": "平方米",
    "km": "公里",
    "metres": "米",
    "minutes": "分钟",
    "days": "天",
    "months": "月",
    "year": "年",
    "persons": "人",
    "households": "户",
    "head": "头",
    "percent": "%",
    "kwh": "千瓦时",
}
LONGEST = 2_000
_PLACES = {"money": 2, "decimal": 4, "integer": 0}
_NUMBER = re.compile(r"[-+]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\ufeff]")
_YEARS = range(1900, 2101)


class BadEntry(Exception):
    """`found` is what was typed, `expected` what the field takes; both empty where a field must be filled and is not."""

    def __init__(self, field: Field, found: str, expected: str) -> None:
        wrong = f"填的是“{found}”,应填{expected}" if found else "没有填"
        super().__init__(f"{field.label}{wrong}")
        self.field = field
        self.found = found
        self.expected = expected


def text_of(field: Field, value: Any) -> str:
    """The value as it stands in a form; numbers of persons with their middle hidden."""
    kind = number_kind(field)
    if kind is not None and value is not None:
        return masked(kind, value)
    return canonical_text(field, value) or ""


def texts_of(field: Field, value: Any) -> tuple[str, ...]:
    """What is chosen of a field with several labels; of any other its text."""
    if field.type == "codes":
        return tuple(label for label in (value or "").split(",") if label)
    return (text_of(field, value),)


def is_prose(field: Field) -> bool:
    """Whether sentences are typed here."""
    return field.type == "text" and (field.name == "content" or field.name.endswith("note"))


def read_entry(field: Field, texts: Sequence[str], choices: Choices = NONE, held: Any = None) -> Any:
    """The value that the texts mean; `held` where they are what the form showed of it. None for nothing typed.

    BadEntry says what the field takes. A label that is held may stay though its list does not have it any more.
    """
    if is_as_shown(field, texts, held):
        return held
    given = _given(texts)
    if field.type == "codes":
        return join_labels([_chosen(field, text, choices, texts_of(field, held)) for text in given])
    if not given:
        return None
    text = given[0]
    if field.type == "code":
        return _chosen(field, text, choices, (held,))
    if field.type in SCALE:
        return _number(field, text)
    if field.type == "text":
        return _text(field, text)
    return _converted(field, text)


def is_as_shown(field: Field, texts: Sequence[str], held: Any) -> bool:
    """Whether the texts are what the form showed of a value, in whatever order its labels came."""
    return sorted(_given(texts)) == sorted(text for text in texts_of(field, held) if text)


def _given(texts: Sequence[str]) -> list[str]:
    return [text.replace("\r\n", "\n") for text in texts if text.strip()]


def _chosen(field: Field, text: str, choices: Choices, held: Sequence[str | None]) -> str:
    word = plain(text)
    if word in held:
        return word
    value = choices.value_of(word)
    if value is None:
        raise BadEntry(field, text, f"下列之一:{'、'.join(choices.labels.values())}")
    return value


def _number(field: Field, text: str) -> int:
    word = plain(text).replace(" ", "").removeprefix("¥")
    unit = UNIT_WORDS.get(field.unit or "", "")
    word = word.removesuffix(plain(unit)) if unit else word
    places = _PLACES[field.type]
    if not _NUMBER.fullmatch(word) or len(word.partition(".")[2]) > places:
        raise BadEntry(field, text, _number_expected(field))
    value = scaled(Decimal(word.replace(",", "")), field.type)
    if abs(value) >= LIMIT:
        raise BadEntry(field, text, "合理范围内的数字")
    if field.unit == "year" and value not in _YEARS:
        raise BadEntry(field, text, _number_expected(field))
    return value


def _number_expected(field: Field) -> str:
    if field.unit == "year":
        return "四位数的年份,如 2020"
    unit = UNIT_WORDS.get(field.unit or "", "")
    if field.type == "money":
        return "以元为单位的数字,最多两位小数,如 1234.50"
    if field.type == "integer":
        return f"整数{f'({unit})' if unit else ''},如 3"
    return f"数字{f'({unit})' if unit else ''},最多四位小数,如 2.5"


def _text(field: Field, text: str) -> str | None:
    word = _CONTROL.sub("", text)
    if number_kind(field) is not None and STAR in word:
        raise BadEntry(field, text, "完整的号码;不改的话保留原样,要清空就全部删去")
    if len(word) > LONGEST:
        raise BadEntry(field, f"{word[:20]}……", f"不超过 {LONGEST} 个字")
    if is_prose(field):
        return word.strip() or None
    value: str | None = converter(field, {})(" ".join(word.split()))
    return value


def _converted(field: Field, text: str) -> Any:
    """Truths, days and months, read as in files."""
    try:
        value = converter(field, {})(text)
    except BadCell as bad:
        raise BadEntry(field, text, bad.expected) from bad
    if value is None:
        raise BadEntry(field, text, "有内容的值;不知道就留空")
    year = {"date": 10_000, "month": 100}.get(field.type)
    if year is not None and value // year not in _YEARS:
        raise BadEntry(field, text, "1900 年到 2100 年之间的日期")
    return value
