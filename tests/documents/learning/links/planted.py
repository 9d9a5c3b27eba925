"""Texts once more with other faults: figures of claims that come out are mistyped, and what then fails is marked wrong.

Writers plant one fault in eight claims; here each claim of each text is broken in turn, in the ways in which it happens.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from tests.documents.arithmetic import agrees
from tests.documents.corpus import Quantity, Relation, Text
from tests.documents.learning.links.exceeded import BESIDE, beyond, exceeding
from tests.documents.learning.links.misled import misled
from tests.documents.numerals import parse_amount

_MOST, _STATED = 5, 0.75
"""A text gets so many faults at most, most of them in the figure that is stated."""
_MISLED = 0.3
"""So many of them are computed of the wrong figures instead of mistyped, where that can be."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_WRITTEN = re.compile(rf"({_NUMBER.pattern})(\D+)")
_TRIES = 6
_NUMERALS, _FEW = "零一二三四五六七八九十", frozenset("二两三四五六七八九")
_KEY = "slipped"
_SLIPPED = 0.4
"""So many of the texts get a wrong unit as well."""
_UNITS = {
    "万元": ("元", "元", "元", "亿元"),
    "元": ("万元",),
    "亿元": ("万元", "元"),
    "平方米": ("亩", "亩", "平方公里", "立方米"),
    "亩": ("平方米", "平方米", "公斤", "公里"),
    "万亩": ("亩",),
    "公里": ("米",),
    "米": ("公里",),
    "吨": ("公斤", "公斤", "公里"),
    "万吨": ("吨",),
    "公斤": ("吨", "吨", "公里"),
    "立方米": ("亩", "平方米"),
    "万人": ("人",),
    "万人次": ("人次",),
}


def planted(text: Text, chance: random.Random) -> Text:
    """The text with some more faults, of which each of its relations says what it then is; what is open stays so."""
    text = _slipped(text, chance) if chance.random() < _SLIPPED else text
    sound = [relation for relation in text.relations if relation.holds]
    written = {}
    for relation in chance.sample(sound, min(len(sound), chance.randint(1, _MOST))):
        key, new = _fault(text, relation, chance)
        if new:
            written[key] = new
    return _rewritten(text, written) if written else text


def _fault(text: Text, relation: Relation, chance: random.Random) -> tuple[str, str]:
    """The key of a figure, and the number that it then has; nothing where there is none."""
    if relation.kind == "standard_cap":
        return relation.stated, beyond(text, relation, chance)
    if relation.kind == "counted_list":
        return relation.stated, _recounted(text.quantity(relation.stated).text, chance)
    if relation.kind in BESIDE:
        return exceeding(text, relation, chance)
    if chance.random() < _MISLED and (new := misled(text, relation, chance)):
        return relation.stated, new
    key = _figure_of(relation, chance)
    return key, _mistyped(text.quantity(key).text, relation.kind, chance)


def _figure_of(relation: Relation, chance: random.Random) -> str:
    if not relation.members or chance.random() < _STATED:
        return relation.stated
    return chance.choice(relation.members)


def _recounted(written: str, chance: random.Random) -> str:
    """One more or less than there are, or two; in Chinese numerals where it is written so."""
    off = chance.choice((-2, -1, -1, -1, 1, 1, 1, 2))
    if (found := _NUMBER.match(written)) is not None:
        return str(int(found[0]) + off) if found[0].isdigit() and int(found[0]) + off > 1 else ""
    number = _NUMERALS.find(written[:1].replace("两", "二")) + off
    return _NUMERALS[number] if written[:1] in _FEW and 1 < number < len(_NUMERALS) else ""


def _mistyped(written: str, kind: str, chance: random.Random) -> str:
    """The number as it is written then, or nothing where it cannot be."""
    ways = _WAYS.get(kind, _ANY)
    numbers = _NUMBER.findall(written)
    if len(numbers) != 1 or not Decimal(numbers[0]):
        return ""
    (number,) = numbers
    for _ in range(_TRIES):
        (way,) = chance.choices((_digit, _swapped, _beside, _outdated, _moved), ways)
        new = way(number, chance)
        if new and Decimal(new) > 0 and Decimal(new) != Decimal(number):
            return new
    return ""


def _digit(number: str, chance: random.Random) -> str:
    places = [at for at, sign in enumerate(number) if sign.isdigit()]
    at = chance.choice(places[1:] or places)
    return _valid(number[:at] + chance.choice("0123456789") + number[at + 1 :])


def _swapped(number: str, chance: random.Random) -> str:
    places = [at for at in range(len(number) - 1) if number[at : at + 2].isdigit()]
    if not places:
        return ""
    at = chance.choice(places)
    return _valid(number[:at] + number[at + 1] + number[at] + number[at + 2 :])


def _beside(number: str, chance: random.Random) -> str:
    step = Decimal(1).scaleb(int(Decimal(number).as_tuple().exponent))
    return _valid(str(Decimal(number) + chance.choice((-3, -2, -1, -1, 1, 1, 2, 3, 5, 10, -10)) * step))


def _outdated(number: str, chance: random.Random) -> str:
    """As it may have been last year, or before a row was added."""
    share = Decimal(chance.choice((-1, 1)) * chance.uniform(0.02, 0.25))
    step = Decimal(1).scaleb(int(Decimal(number).as_tuple().exponent))
    return _valid(str((Decimal(number) * (1 + share)).quantize(step)))


def _moved(number: str, chance: random.Random) -> str:
    """The decimal point one place to either side."""
    if "." not in number:
        return number + "0" if chance.random() < 0.5 else number.removesuffix("0")
    left, right = number.split(".")
    moved = f"{left}{right[0]}.{right[1:]}" if chance.random() < 0.5 else f"{left[:-1]}.{left[-1]}{right}"
    return _valid(moved.removesuffix("."))


def _valid(number: str) -> str:
    well_formed = _NUMBER.fullmatch(number) and (number[0] != "0" or number.startswith("0."))
    return number if well_formed else ""


_ANY = (35, 20, 15, 25, 5)
_WAYS = {
    "sum": (45, 11, 15, 27, 2),
    "difference": (45, 33, 5, 11, 6),
    "share": (45, 26, 3, 21, 5),
    "growth": (40, 15, 5, 37, 3),
    "average": (30, 25, 2, 17, 26),
    "standard_multiple": (12, 30, 2, 28, 28),
    "restated": (15, 75, 3, 3, 4),
}
"""How often each way is, in hundredths: a digit, two swapped, a few more or less, outdated, the point moved; as in the
faults of the corpus, of which every second figure said again has two digits swapped, and a sum hardly ever."""


def _slipped(text: Text, chance: random.Random) -> Text:
    """One of its figures with another unit, and all that is claimed with it is wrong."""
    both = ((one, _WRITTEN.fullmatch(one.text)) for one in text.quantities)
    may = [(one, written) for one, written in both if written is not None and written[2] in _UNITS]
    if not may:
        return text
    chosen, found = chance.choice(may)
    number, unit = found.groups()
    new = number + chance.choice(_UNITS[unit])
    amount, key = parse_amount(new), chosen.key or _KEY
    if amount is None:
        return text
    written = replace(chosen, text=new, key=key, amount=amount)
    again = _with(text, {chosen.start: written})
    relations = [
        replace(one, holds=False) if one.holds and key in (*one.members, one.stated) else one
        for one in text.relations
    ]
    relations.append(Relation("unit_slip", (key,), key, False, {}, ""))
    return replace(again, relations=tuple(relations))


def _rewritten(text: Text, written: Mapping[str, str]) -> Text:
    new = {one.start: _with_number(one, written[one.key]) for one in text.quantities if one.key in written}
    again = _with(text, new)
    return replace(again, relations=tuple(_as_now(again, one, written) for one in text.relations))


def _with(text: Text, written: Mapping[int, Quantity]) -> Text:
    """The same text with other quantities at these places."""
    plain, last, quantities = "", 0, []
    for one in text.quantities:
        plain += text.plain[last : one.start]
        last, start = one.end, len(plain)
        new = written.get(one.start, one)
        plain += new.text
        quantities.append(replace(new, start=start, end=len(plain)))
    return replace(text, plain=plain + text.plain[last:], quantities=tuple(quantities))


def _with_number(one: Quantity, number: str) -> Quantity:
    if number in _NUMERALS:
        value = Fraction(_NUMERALS.index(number))
        return replace(one, text=number + one.text[1:], amount=replace(one.amount, value=value))
    (before,) = _NUMBER.findall(one.text)
    value = one.amount.value / Fraction(before) * Fraction(number)
    return replace(one, text=one.text.replace(before, number), amount=replace(one.amount, value=value))


def _as_now(text: Text, one: Relation, written: Mapping[str, str]) -> Relation:
    if one.holds is None or written.keys().isdisjoint({*one.members, one.stated}):
        return one
    holds = agrees(text, one)
    return one if holds is None else replace(one, holds=holds)
