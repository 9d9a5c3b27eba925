"""What is told of a figure as an item of a row, and of the words at the ends of one: found once, asked for many rows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from bangfu.documents.arithmetic.partitions import Parts, parts_named
from bangfu.documents.arithmetic.scene import CHANGE
from bangfu.documents.claims.cues import Sight
from bangfu.documents.claims.flows import sign_of
from bangfu.documents.reading.numerals import chinese_value
from bangfu.documents.reading.structure import Mention

_OVERLAP = re.compile(
    r"低保|五保|特困|残疾|党员|妇女|女|老人|老年|学生|少数民族|劳动力|监测|务工|外出|重点|大病|慢病|慢性病|独生|退役|儿童|留守|易地"
)
_ASPECTS = tuple(
    re.compile(words)
    for words in (
        r"[男女]|妇女",
        r"岁|老人|老年|青年|儿童|学龄",
        r"脱贫|贫困|低保|特困|监测|边缘|五保|一般户|一般农户|易返贫|突发",
        r"残疾|失能|残联",
        r"大病|慢病|慢性病|重病|患病",
        r"务工|外出|就业",
        r"预备|正式党员|团员|群众",
        r"学生|中学|小学|高中|幼儿|大学|高职|中职",
    )
)


@dataclass(frozen=True)
class Item:
    names: frozenset[str]
    kinds: frozenset[str]
    """What it is called that others may be too: 党员, 妇女."""
    aspects: frozenset[int]
    """The properties by which its name tells it apart."""
    parts: Parts
    """Its name in each row of names that make up a whole."""
    flow: int
    shape: tuple[str, ...]
    is_change: bool
    is_nested: bool
    is_total: bool


def item_of(sight: Sight, one: Mention) -> Item:
    return sight.remember("item", one, _find)


def _find(sight: Sight, one: Mention) -> Item:
    words = sight.words(one)
    return Item(
        names=sight.names(one),
        kinds=frozenset(_OVERLAP.findall(words)),
        aspects=frozenset(at for at, pattern in enumerate(_ASPECTS) if pattern.search(words)),
        parts=parts_named(one.left[-8:] + one.right[:6]),
        flow=sign_of(sight, one),
        shape=sight.scene.group_of[one.index].signature,
        is_change=CHANGE.search(one.left) is not None,
        is_nested=sight.scene.is_nested(one),
        is_total=sight.is_total(one),
    )


_CLOSES = re.compile(
    r"加起来|之和|就这|再没有|再无|没有其他|没有别的|全部|以上便是|以上就是|合起来|凑成|正好|构成|组成|合在一起|两头"
)
_DIVIDES = re.compile(
    r"分为|分成|划分|按[^,。;]{1,8}分|按[^,。;]{1,8}[,:]|依次|分别|从[^,。;]{1,8}看|包括|分属|由[^,。;]{0,12}$"
)
_NUMBER = re.compile(
    r"([两二三四五六七八九十]|\d{1,2})(?:[者项样块类种笔级组家档头]|个(?:方面|部分|渠道|来源|乡镇|镇|村|片|月|季度))"
)


class Closing(NamedTuple):
    """What the words before or after a row say of its being complete."""

    closes: bool
    divides: bool
    numbers: tuple[Decimal | int | None, ...]
    """The last number of items that is said, if one is."""


@lru_cache(maxsize=20_000)
def closing_words(words: str) -> Closing:
    numbers = tuple(number_of(match[1]) for match in _NUMBER.finditer(words))
    return Closing(bool(_CLOSES.search(words)), bool(_DIVIDES.search(words)), numbers[-1:])


def number_of(said: str) -> Decimal | int | None:
    return int(said) if said.isdigit() else chinese_value(said)
