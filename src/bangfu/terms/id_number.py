"""Certificate numbers: the 18-digit ID number, its 15-digit forerunner, the disability certificate around it.

Functions other than `clean_id`, `excel_damage`, `surviving_prefix` and `is_masked` expect a cleaned number.
What a damaged or foreign number does not tell is None, never a guess.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

Raw = str | int | float | None
Damage = Literal["scientific", "zeroed", "maybe_zeroed"]

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"
_LOOK_ALIKES = str.maketrans(dict.fromkeys("×✕✖╳χΧхХⅹⅩ", "X"))
_WRAPPING = "'\"`‘’“”′＇″《》<>[]【】()"
_FORMULA = re.compile(r"=\s*[\"'“](.*)[\"'”]", re.DOTALL)
_SCIENTIFIC = re.compile(r"(\d)(?:\.(\d+))?[Ee]\+?(\d+)")
_MASKED = re.compile(r"(\d*)([*#?•●■□_…]{2,}|X{3,})([0-9X]*)")
_SURVIVING_DIGITS = 15
_PROVINCES = frozenset(
    str(number)
    for block in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
    for number in range(block[0], block[1] + 1)
)
_DIRECTLY_GOVERNED_COUNTIES = 90
_LAST_PREFECTURE = 70


class MaskParts(NamedTuple):
    """What a masked number still shows; `length` counts the masked places too."""

    prefix: str
    suffix: str
    length: int


def clean_id(value: Raw) -> str:
    """The bare number, upper case, without blanks of any kind, quotes, ="...", trailing .0 or single hyphens.

    A number that Excel kept as a float comes out with its digits beyond the fifteenth as zeros (see
    `excel_damage`); None, NaN and blank cells come out empty.
    """
    if isinstance(value, str):
        if len(value) == 18 and value.isascii() and value.isdigit():
            return value
        return _clean_text(value)
    if value is None:
        return ""
    if isinstance(value, float):
        return _digits_of_float(value)
    return str(value)


@lru_cache(maxsize=65_536)
def _clean_text(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).translate(_LOOK_ALIKES)
    text = "".join(c for c in text if unicodedata.category(c)[0] not in "ZC")
    formula = _FORMULA.fullmatch(text)
    text = (formula[1] if formula else text).strip(_WRAPPING).removesuffix(".0")
    scientific = _SCIENTIFIC.fullmatch(text)
    if scientific:
        return _spell_out(scientific)
    return re.sub(r"(?<=\d)[-‐‑–—](?=[\dXx])", "", text).upper()


def _spell_out(match: re.Match[str]) -> str:
    digits = match[1] + (match[2] or "")
    places = int(match[3]) + 1
    # A text such as 1E+999999999 must not fill the memory; no certificate has more than 22 places.
    return digits.ljust(places, "0") if len(digits) <= places <= 22 else match[0].upper()


def _digits_of_float(value: float) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    if abs(value) < 10**_SURVIVING_DIGITS:
        return f"{value:.0f}" if value == int(value) else repr(value)
    digits, exponent = f"{value:.14e}".split("e")
    return digits.replace(".", "").ljust(int(exponent) + 1, "0")


def id_length(text: str) -> int:
    """Places of a cleaned number."""
    return len(text)


def check_character(first17: str) -> str:
    """The check character (GB 11643, mod 11-2) of the first 17 digits; ValueError if they are none."""
    if len(first17) != 17 or not _is_digits(first17):
        raise ValueError("校验码要由 17 位数字算出")
    return _CHECK_CHARACTERS[sum(w * int(d) for w, d in zip(_WEIGHTS, first17, strict=True)) % 11]


def checksum_ok(text: str) -> bool | None:
    """Whether the first 18 characters satisfy their check character; None if not 17 digits and one more."""
    if not _has_id_shape(text):
        return None
    return check_character(text[:17]) == text[17]


def _has_id_shape(text: str) -> bool:
    return len(text) >= 18 and _is_digits(text[:17]) and (text[17] == "X" or _is_digits(text[17]))


def _is_digits(text: str) -> bool:
    # str.isdigit alone accepts superscripts and other scripts' digits.
    return text.isascii() and text.isdigit()


def birth_of(text: str) -> int | None:
    """Birth date as yyyymmdd, from 18 or more places or the 15-digit form; None if no day of the calendar."""
    written = "19" + text[6:12] if len(text) == 15 else text[6:14] if len(text) >= 18 else ""
    if len(written) != 8 or not _is_digits(written):
        return None
    try:
        date(int(written[:4]), int(written[4:6]), int(written[6:]))
    except ValueError:
        return None
    return int(written)


def sex_of(text: str) -> str | None:
    """男 or 女: the parity of digit 17, or of digit 15 of the old form."""
    digit = text[14] if len(text) == 15 else text[16] if len(text) >= 18 else ""
    if not _is_digits(digit):
        return None
    return "男" if int(digit) % 2 else "女"


def upgrade_15(text: str) -> str | None:
    """The 18-character form of a 15-digit number; None when it is no such number.

    The first 15 places of an 18-digit number mostly fail here (the month is no month), but not always.
    """
    if len(text) != 15 or not _is_digits(text) or birth_of(text) is None:
        return None
    first17 = text[:6] + "19" + text[6:]
    return first17 + check_character(first17)


def disability_digits(text: str) -> tuple[int, int] | None:
    """Kind and level of a disability certificate of 20 or 22 places (a 22-place one is a reissue)."""
    if len(text) not in (20, 22) or not _is_digits(text[18:20]):
        return None
    return int(text[18]), int(text[19])


def excel_damage(value: Raw) -> Damage | None:
    """How Excel spoiled a number: scientific notation, or digits beyond the fifteenth turned into zeros.

    `maybe_zeroed`: a text ending in 000 whose check character agrees, as one damaged number in eleven does
    by chance.
    """
    if isinstance(value, str):
        written = _FORMULA.sub(r"\1", unicodedata.normalize("NFKC", value)).strip().strip(_WRAPPING)
        if _SCIENTIFIC.fullmatch(written):
            return "scientific"
    text = clean_id(value)
    if isinstance(value, float):
        return "zeroed" if len(text) > _SURVIVING_DIGITS else None
    if len(text) < 18 or not _is_digits(text) or not text.endswith("000"):
        return None
    return "maybe_zeroed" if checksum_ok(text) and len(text) == 18 else "zeroed"


def surviving_prefix(value: Raw) -> str:
    """The leading digits that are left of an Excel-damaged number, fifteen at most; empty if undamaged.

    Excel cuts what is typed after fifteen digits, other programs round: the fifteenth may be one too high. A
    shorter mantissa such as 4.29999E+17 was rounded for display, so its last digit is not trusted.
    """
    damage = excel_damage(value)
    if damage is None:
        return ""
    if damage == "scientific":
        mantissa = _SCIENTIFIC.search(unicodedata.normalize("NFKC", str(value)))
        digits = mantissa[1] + (mantissa[2] or "") if mantissa else ""
        return digits[:_SURVIVING_DIGITS] if len(digits) >= _SURVIVING_DIGITS else digits[:-1]
    return clean_id(value)[:_SURVIVING_DIGITS]


def is_masked(text: str) -> bool:
    """Whether places inside are hidden, as in 429999********4859 or 429999XXXXXXXX4859."""
    return mask_parts(clean_id(text)) is not None


def mask_parts(text: str) -> MaskParts | None:
    """The visible ends of a masked number; None when it is not masked."""
    match = _MASKED.fullmatch(text)
    if match is None or not (match[1] or match[3]):
        return None
    return MaskParts(match[1], match[3], len(text))


def mask_id(text: str) -> str:
    """The number as a public notice shows it: the first six and last four places."""
    hidden = len(text) - 10
    return text[:6] + "*" * hidden + text[-4:] if hidden > 0 else "*" * len(text)


def region_known(prefix: str, divisions: Collection[str]) -> bool:
    """Whether the first six digits can be a region: one of `divisions`, or in the range regions have had.

    Numbers keep the region of their first registration, so an abolished county is as good as a present one;
    only what no edition of GB/T 2260 could hold is refused. `divisions` holds codes of 6 or 12 digits.
    """
    prefix = prefix[:6]
    if len(prefix) != 6 or not _is_digits(prefix):
        return False
    if prefix in divisions or prefix.ljust(12, "0") in divisions:
        return True
    if prefix[0] == "9":  # residence card of a foreigner, form of 2023: 9, province, country
        return prefix[1:3] in _PROVINCES
    prefecture = int(prefix[2:4])
    in_range = 0 <= prefecture <= _LAST_PREFECTURE or prefecture == _DIRECTLY_GOVERNED_COUNTIES
    return prefix[:2] in _PROVINCES and in_range
