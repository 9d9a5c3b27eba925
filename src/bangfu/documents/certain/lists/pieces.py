"""A stretch of text -> its pieces between marks, each with its name and its figure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.reading.quantity import Quantity
from bangfu.documents.reading.structure import base_class

_CLOSING = {"(": ")", "“": "”", "‘": "’", "《": "》", "「": "」", "『": "』", "〔": "〕"}
_MARKS = "、,;"
_TALK = re.compile(
    r"其中|另有|另外|其余|剩余|余下|合计|合共|共|总|累计|平均|[户人村亩次年月件篇]均|均|占(?!地)|较|比|同比|环比|增|降|减|带动|受益|涉及|覆盖|惠及|"
    r"辐射|已|并|也|都|还|全|由|将|要|目前|截至|截止|为|是|在|使|让|可|应|每|按|从|对|于|到|至今|至此|当年|今年|去年|上年|本年|年内|明年|"
    r"投资|投入|资金|完成|实现|达|发放|兑现|吸纳|解决|新增|新建|超|不足|低于|高于|未|尚|仍|现|正|经|与|同时|分别|依次|如|即|这|该|以上|上述|"
    r"因|但|而|且|请|建议|约谈|予以|进行|调整后|计划|预计|确保|力争|争取|通过|获|被|受|有|无|没|个别|部分|各|大家|成效|效果|进度|主要|年|季|月"
)
"""What goes on after a comma begins so: no further item."""
_BACK = re.compile(
    r"其中|另有|另外|其余|剩余|余下|合计|合共|共计|总|累计|平均|[户人村亩次年月件篇]均|占(?!地)|受益|涉及|这|该|以上|上述|"
    r"约谈|予以|请|建议|各|大家|目前|截至|已[一-龥]{0,2}[整完办落]|均已|都已|力争|确保"
)
"""What is said of all items, not one more of them."""
_BODY = re.compile(
    r"^(?![平全每各其合共总])[一-龥]{2,6}(?:局|办|委|镇|乡|村|县|院|站|所|社|中心|街道|社区|公司|学校)$"
)
"""应急局28条: a name, whatever it begins with."""
_ADDED_UP = re.compile(r"[合总共小]计|总共|总数|总额|之和")


@dataclass(frozen=True)
class Piece:
    """What stands between two marks; `mark` is the one before it, "" at the start."""

    mark: str
    start: int
    end: int
    text: str
    figure: Quantity | None

    @property
    def name(self) -> str:
        """What stands before its figure, or all of it."""
        text = self.text if self.figure is None else self.text[: self.figure.start - self.start]
        return text.strip(" :()“”‘’")

    @property
    def is_bare(self) -> bool:
        return self.figure is not None and len(self.name) == 0


def pieces_of(scene: Scene, start: int, end: int) -> list[Piece]:
    """Cut at 、 , and ; outside brackets and quotes."""
    flat = scene.reading.flat
    cuts = [(start - 1, ""), *_cuts(flat, start, end), (end, "")]
    found = []
    for at in range(len(cuts) - 1):
        left, right = cuts[at][0] + 1, cuts[at + 1][0]
        right += flat[right : right + 1] in ("》", "”", "’")
        lead = len(flat[left:right]) - len(flat[left:right].lstrip(" \t\u3000"))
        text = flat[left + lead : right].rstrip(" \t\u3000")
        if text:
            begin = left + lead
            found.append(
                Piece(cuts[at][1], begin, begin + len(text), text, _figure(scene, begin, begin + len(text)))
            )
    return found


def _cuts(flat: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    closing: list[str] = []
    for at in range(start, end):
        char = flat[at]
        if closing and char == closing[-1]:
            closing.pop()
        elif not closing and at > start and flat[at - 1 : at + 1] in ("》《", "”“", "’‘"):
            yield at - 1, "、"
            closing.append(_CLOSING[char])
        elif char in _CLOSING:
            closing.append(_CLOSING[char])
        elif char in _MARKS and not closing:
            yield at, char


def _figure(scene: Scene, start: int, end: int) -> Quantity | None:
    """The first quantity of the piece that is no name; one in brackets is no more than a remark."""
    quantities = scene.reading.quantities
    at = bisect_left(quantities, start, key=_start)
    while at < len(quantities) and quantities[at].end <= end:
        one = quantities[at]
        if not one.is_label and scene.reading.flat.rfind("(", start, one.start) < 0:
            return one
        at += 1
    return None


def _start(quantity: Quantity) -> int:
    return quantity.start


def is_talk(piece: Piece) -> bool:
    """Whether it goes on about what was listed instead of naming one more."""
    if _BODY.search(piece.name) and piece.figure is not None:
        return False
    return _TALK.match(piece.name) is not None or _ADDED_UP.search(piece.name) is not None


def refers_back(piece: Piece) -> bool:
    """Whether it says something of what was listed; 未经批准 may be an item."""
    return _BACK.match(piece.name) is not None or _ADDED_UP.search(piece.name) is not None


def unit_of(piece: Piece) -> str:
    """What its figure counts; "" without one."""
    return base_class(piece.figure) if piece.figure is not None else ""
