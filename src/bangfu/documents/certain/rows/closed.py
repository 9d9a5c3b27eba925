"""Totals that stand after their items, told where words or another computation of the text leave no doubt."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from bangfu.documents.arithmetic.scene import total_of
from bangfu.documents.certain.rows.candidate import Candidate, Rows
from bangfu.documents.certain.rows.named import named
from bangfu.documents.certain.rows.numbers import comes_out
from bangfu.documents.certain.rows.points import PROVED
from bangfu.documents.certain.rows.proofs import are_all_computed, is_computed, mended, slip_of, unit_mended
from bangfu.documents.certain.rows.scopes import Scope, earlier_of, scopes, stands_in_table
from bangfu.documents.certain.rows.signs import signs_of
from bangfu.documents.certain.rows.words import OVERLAP, STRONG, TOTAL, said_count
from bangfu.documents.reading.numerals import chinese_value
from bangfu.documents.reading.structure import Mention

_FIGURES = re.compile(r"\d[\d,.]*[万亿]?[一-龥]?")
_ABOVE = re.compile(r"(?<![元户人分岁个亩名斤项万亿年月天日米])以上|上述|前述|上列|所列|各项|各类|几项|所有|全部|[两二三]者")
_MORE = re.compile(
    r"合并|凑成|凑[够齐]|相加|累加|汇成|归总|加总|加上|算上|连同|连上|拢共|满打满算|总(?=[一-龥]{1,5}$)|"
    r"(?:全[年县镇乡村市区校省]|一[年天月日季]|每[天月年日季]|两[季年]|当[月年季])[一-龥]{0,4}[,:]?[一-龥]{0,4}$"
)
_NEAR = frozenset({"clause", "segment"})
_FIRST = re.compile(r"前([二两三四五六七八九十])[名位个家]")
_EACH_PERIOD = re.compile(r"每[月年天日季](?:合计|总计|共计|一共|共|总)[一-龥]{0,4}$")
_TOGETHER = re.compile(r"合并|凑成|凑[够齐]|相加|累加|汇成|归总|加总|满打满算")
_WINDOW, _NEAREST, _MOST_PICKED, _LONG = 48, 12, 4, 4
_TIGHT = re.compile(r"[^。;\n\d]{0,24}[。;\n]?\n?[^,。;\n\d]{0,14}")
_MARKS = "。;\n!?"
_OPEN = re.compile(r"等[,。;)]|余[户人亩元万亿个名]|多[户人亩元万亿个名]|近\d|约\d")
_EACH = re.compile(r"各$")
_BACK_UP = re.compile(r"其中|含|不含|扣除|除去|剔除|减去|结余|剩余|余下|尚|还有|未|另有|另外")


def closed(rows: Rows) -> Iterator[Candidate]:
    for total in rows.scene.mentions:
        if not total.quantity.is_exact or total.quantity.per:
            continue
        if not rows.is_whole(total) and not _EACH_PERIOD.search(total.left):
            continue
        if stands_in_table(rows, total):
            continue
        yield from _closed(rows, total)


def _closed(rows: Rows, total: Mention) -> Iterator[Candidate]:
    words = words_before(rows, total)
    bare = _FIGURES.sub("", words)
    if _BACK_UP.search(bare[-10:]):
        return
    earlier = earlier_of(rows, total)
    if len(earlier) < 2:
        return
    number = said_number(words)
    called = [
        Scope(one, "named") for one in named(rows, total, earlier_of(rows, total, tiny=True), words)
    ]
    found = [*called, *scopes(rows, total, earlier, number)]
    tails = [one.members[at:] for one in found for at in range(len(one.members) - 1)]
    if any(_is_exactly(one, total) for one in tails):
        return
    sound = any(comes_out(one, total) for one in tails)
    sound = sound or (len(called) != 1 and _has_other_reading(rows, earlier, total, number))
    for scope in found:
        if any(one.quantity.base_value == total.quantity.base_value for one in scope.members):
            continue
        signs = _signs(rows, scope, total, words, number)
        if not signs or (sound and not _is_meant(scope, total, signs)):
            continue
        if scope.level == "named" and len(called) == 1:
            signs.add("named-sure")
        signs |= signs_of(rows, scope.members, total, "")
        if signs & PROVED and not ("mended" in signs and "number=same" not in signs):
            signs.discard("item-far-above")
        if number is not None:
            signs.discard("open")
        if not any(one.quantity.unit.endswith("次") for one in scope.members):
            signs.discard("times")
        if _is_doubtful(rows, scope.members, total, signs):
            continue
        yield Candidate(scope.members, total, frozenset(signs))


def _is_meant(scope: Scope, total: Mention, signs: set[str]) -> bool:
    """Whether the words settle the row though other figures near come out: by number, or but for a forgotten last."""
    if signs & PROVED or ({"number=same", "tight", "level=clause"} <= signs and len(scope.members) > 2):
        return True
    if len(scope.members) < _LONG or not {"strong", "tight"} <= signs:
        return False
    return _is_exactly(scope.members[:-1], total)


def _is_exactly(members: Sequence[Mention], total: Mention) -> bool:
    return total.quantity.states(total_of(members))


def said_number(words: str) -> int | None:
    """How many items are spoken of; 前三名 counts too."""
    first = _FIRST.search(words)
    if first is None:
        return said_count(words)
    value = chinese_value(first[1])
    return int(value) if value is not None else None


def _is_doubtful(rows: Rows, members: Sequence[Mention], total: Mention, signs: set[str]) -> bool:
    """Whether something speaks against the row that the points do not weigh."""
    if "mended" in signs:
        if "level=line" in signs and "said" not in signs and not _are_called_alike(members):
            return True
        return not _may_be_mended(signs, total)
    if "another-total" in signs and "strong" not in signs:
        return True
    between = rows.flat[members[0].quantity.start : total.quantity.start]
    if OVERLAP.search(rows.scene.sentence_words(total)) or _OPEN.search(between):
        return True
    if _EACH.search(members[-1].gap[-2:]) or rows.depth(total) > rows.depth(members[-1]):
        return True
    return is_computed(rows, total, members[-1], total.quantity.base_value, total)


def _are_called_alike(members: Sequence[Mention]) -> bool:
    """兑现48万元; 兑现37.2万元: each line ends with the same word and figure."""
    return len({one.left.rstrip("了为计共约 ")[-2:] for one in members}) == 1 and len(members[0].left) > 1


def _may_be_mended(signs: set[str], total: Mention) -> bool:
    """Small counts come out by chance; of money that was multiplied out, few do."""
    if "item-far-above" in signs:
        return False
    if total.quantity.kind == "money":
        return True
    near = {"level=clause", "level=segment", "level=named", "number=same"}
    return "another-total" not in signs and bool(signs & near)


def _has_other_reading(rows: Rows, earlier: Sequence[Mention], total: Mention, number: int | None) -> bool:
    """Whether as many figures as are said, or a run of neighbours, make the total up though no scope picks them."""
    plain = [one for one in earlier if not rows.scene.is_nested(one)]
    return _picked(earlier[-_NEAREST:], total, number) or _picked(plain[-_NEAREST:], total, number)


def _picked(near: Sequence[Mention], total: Mention, number: int | None) -> bool:
    for length in {2, number or 2} if (number or 2) <= _MOST_PICKED else {2}:
        if any(comes_out(several, total) for several in itertools.combinations(near, length)):
            return True
    return any(
        comes_out(near[first:last], total)
        for first in range(len(near) - 2)
        for last in range(first + 3, len(near) + 1)
    )


def words_before(rows: Rows, total: Mention) -> str:
    """Its piece of the sentence up to it, from the last figure of its class on."""
    flat, end = rows.flat, total.quantity.start
    start = max(end - _WINDOW, *(flat.rfind(mark, 0, end) + 1 for mark in _MARKS))
    for one in rows.scene.before(total)[::-1]:
        if one.quantity.kind == total.quantity.kind and one.is_like(total):
            start = max(start, one.quantity.end)
            break
    return flat[start:end]


def _signs(rows: Rows, scope: Scope, total: Mention, words: str, number: int | None) -> set[str]:
    """What is said for the row; empty where nothing is."""
    bare = _FIGURES.sub("", words)
    members = scope.members
    strong = STRONG.search(bare) is not None or _TOGETHER.search(bare) is not None
    weak = TOTAL.search(bare) is not None
    above, counted = _ABOVE.search(words) is not None, number == len(members)
    more = _MORE.search(bare) is not None
    signs = {"side=before", f"level={scope.level}"}
    if counted:
        signs.add("number=same")
    if _TIGHT.fullmatch(rows.between(members[-1], total)):
        signs.add("tight")
    said = strong or weak or above or counted or more or scope.level == "named"
    lines = scope.level == "line" and len(members) > 2 and total.quantity.kind == "money"
    if (said or lines or scope.level in _NEAR) and mended(rows, members, total, sure=said) is not None:
        return signs | {"mended"} | ({"said"} if said else set())
    if not said:
        return set()
    sure = strong or above or counted or scope.level == "named"
    if not sure and (scope.level not in _NEAR or (len(members) < 3 and not more and not weak)):
        return set()
    if unit_mended(members, total) is not None:
        return signs | {"unit-mended"}
    if (above or counted or strong) and are_all_computed(rows, members, total):
        signs.add("all-computed")
    slip = slip_of(members, total)
    signs.add(f"slip={slip or 'none'}")
    signs.add("strong" if strong else "weak")
    if above:
        signs.add("above")
    if number is not None and not counted:
        signs.add("number=other")
    return signs
