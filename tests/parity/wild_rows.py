"""Rows with values that real lists have and no one expects: missing, extreme, full-width, cut-off."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random
from typing import Any

from bangfu.policy.model import Policy
from bangfu.terms.model import Field

NUMBERS = (
    0,
    1,
    -1,
    2,
    3,
    9,
    10,
    12,
    16,
    50,
    59,
    60,
    99,
    100,
    101,
    2016,
    2022,
    2023,
    2024,
    10_000,
    49_999,
    50_000,
)
LARGE = (499_999, 500_000, 760_000, 760_001, 759_999, 123_456_789, 10**12 + 1, -(10**14), 10**14)
TEXTS = (
    "", "甲", "张三", "户主", "abc", "ＡＢＣ", "１２３４", "abc\n", " 甲 ", "a,b", "%_", "'", '"', "\\d", "e\u0301", "👨‍👩‍👧",
    "19900000001", "1990000000", "199000000012", "1e10", "+123", "12.50", "42999919", "ſ", "²³",
)  # fmt: skip
NUMBERS_OF_PERSONS = (
    "429999196312180019", "42999919631218001X", "42999919631218001x", "429999200002290025", "429999190002290027",
    "42999920230229002X", "429999631218001", "429999630229001", "42999963121800", "4299991963121800194",
    "42999919631218001943", "4299991963121800194312", "42999919631218001９43", "42999919631218001Z",
    "42999919631218００19", "+4299991963121800", "1e1019631218001900", "429999 9631218001", "00000000000000000X",
    "99999999999999999X", "429999000001010017", "1_0_0_0_0_0_0_0_0_0",
)  # fmt: skip
DAYS_IN = {1: 31, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}


def a_date(random: Random) -> int:
    year = random.choice(
        (1900, 1904, 1963, 1999, 2000, 2016, 2022, 2023, 2024, 2099, random.randint(1900, 2099))
    )
    month = random.choice((1, 2, 2, 12, random.randint(1, 12)))
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    last = DAYS_IN.get(month, 29 if leap else 28)
    return year * 10000 + month * 100 + random.choice((1, 18, last, last, random.randint(1, last)))


def a_number(random: Random) -> int:
    return random.choice((random.choice(NUMBERS), random.choice(LARGE), random.randint(-(10**14), 10**14)))


def a_label(random: Random, field: Field, policy: Policy) -> str:
    codes = field.codes or ""
    known = sorted(policy.programmes if codes == "programme" else policy.codelists[codes].all_labels)
    return random.choice((*known[:40], "别的"))


def wild_value(random: Random, field: Field, policy: Policy, missing: float = 0.15) -> Any:
    """A value of the field's type, in the form that the type holds."""
    if random.random() < missing:
        return None
    match field.type:
        case "yes_no":
            return random.random() < 0.5
        case "date":
            return a_date(random)
        case "month":
            return a_date(random) // 100
        case "integer" | "decimal" | "money":
            return a_number(random)
        case "code":
            return a_label(random, field, policy)
        case "codes":
            labels = dict.fromkeys(a_label(random, field, policy) for _ in range(random.choice((1, 1, 2, 3))))
            return f",{','.join(labels)},"
    likely = NUMBERS_OF_PERSONS if "id" in field.name or "cert" in field.name else TEXTS
    return random.choice(random.choice((likely, likely, TEXTS, NUMBERS_OF_PERSONS)))


def wild_row(random: Random, fields: Iterable[Field], policy: Policy, **keys: Any) -> dict[str, Any]:
    return {**{field.name: wild_value(random, field, policy) for field in fields}, **keys}
