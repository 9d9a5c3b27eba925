"""Totals that close a series: 甲3户、乙5户,共8户; and totals of two series side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.causes import cause_of_sum
from bangfu.documents.arithmetic.parallels import are_alike, says_overlap
from bangfu.documents.arithmetic.relation import Relation, Severity, shown
from bangfu.documents.arithmetic.scene import (
    CHANGE,
    COUNTED,
    LOOSE,
    STRONG,
    Scene,
    can_add,
    fits_total,
    own_label,
    total_of,
)
from bangfu.documents.reading.numerals import chinese_value
from bangfu.documents.reading.quantity import rounded
from bangfu.documents.reading.structure import Mention

_ALL = re.compile(r"各项|各类|以上|上述|几项|所有|合计|总计|共计|总共|一共|两项|三项|四项|五项|六项")
_TOGETHER = re.compile(
    r"[两三四五六七八九十](?:大|项|类|种|级|个)(?:产业|资金|补贴|项目|工程|作物|地块|村|季度|部分)"
)
_STOCK = re.compile(r"目前|现有|现共|截至|总人口|在册")
_BEGINS = re.compile(r"[ ]*(?:共(?!有)|合计|总计|共计|总共|一共|以上|全[镇县村年]共|三项|两项)")
_YEARLY = re.compile(r"[ ]*(?:(?:全年|前[二两三]季度|上半年|[1-9]-\d{1,2}月)(?:累计|共|合计)?|累计)")
_SEASONS = re.compile(r"季度|半年|月")
_ABOVE = re.compile(r"以上|上述")
_NAME = re.compile(r"共(?:计)?([一-龥]{2,6})$")
_YEARS = re.compile(r"20\d\d年|去年|今年|第[一二三四]批")
_JOINS = re.compile(r"新增|增加|纳入|识别|转入")
_LEAVES = re.compile(r"消除|减少|退出|清退|转出|注销|死亡")
_BESIDE = re.compile(r"[ ]*[,、]?[ ]*[一-龥]{0,6}")
_FAR, _NEAR, _CLOSE = Decimal(1), Decimal("0.3"), Decimal("0.1")
_LIMIT = 60


def closing_sums(scene: Scene) -> Iterator[Relation]:
    found = [one for mention in scene.mentions if (one := _close(scene, mention)) is not None]
    yield from _by_sibling(scene, found)


def _close(scene: Scene, total: Mention) -> Relation | None:
    if not can_add(total) or (scene.is_nested(total) and not _closes_nested_row(scene, total)):
        return None
    if not scene.is_total(total):
        return _close_by_count(scene, total)
    candidates = [_nested_row(scene, total)] if scene.is_nested(total) else list(_candidates(scene, total))
    for members in candidates:
        for start in range(len(members) - 1):
            if fits_total(members[start:], total.quantity):
                return _relation(members[start:], total, holds=True)
    return _judged(scene, total, candidates)


def _closes_nested_row(scene: Scene, total: Mention) -> bool:
    """“…”五种模式,其中甲620户、乙288户…,共1113户: the total of a row that no whole before it opens."""
    row = _nested_row(scene, total)
    if len(row) < 3 or not _BEGINS.match(scene.clause(total)):
        return False
    return not any(one.is_like(total) and one.index < row[0].index for one in scene.before(total))


def _nested_row(scene: Scene, total: Mention) -> list[Mention]:
    return [one for one in _alike(scene, scene.before(total), total) if scene.is_nested(one)]


def _close_by_count(scene: Scene, total: Mention) -> Relation | None:
    """三大产业面积达9600亩 after three areas: the count says what it is the total of."""
    counted = _count_said(scene, total) if _TOGETHER.search(scene.clause(total)) else None
    if counted is None or counted < 2:
        return None
    members = _since_last_total(scene, _alike(scene, scene.before(total), total))
    if len(members) != counted or not _are_parallel(scene, members):
        return None
    if fits_total(members, total.quantity):
        return _relation(members, total, holds=True)
    near = abs(total_of(members) - total.quantity.base_value) / max(
        total.quantity.base_value, total.quantity.step
    )
    return _relation(members, total, holds=False) if near < Decimal("0.3") else None


def _candidates(scene: Scene, total: Mention) -> Iterator[list[Mention]]:
    """The readings of what the total is of, nearest scope first."""
    sentence = _alike(scene, scene.before(total), total)
    if named := _of_same_name(scene, total):
        yield named
    yield _since_last_total(scene, sentence)
    plain = [one for one in sentence if not scene.is_nested(one)]
    yield plain
    yield sentence
    if _ABOVE.search(scene.clause(total)):
        said = [one for one in scene.mentions if one.index < total.index]
        yield [one for one in _alike(scene, said, total) if not scene.is_nested(one)]
    opens = not scene.before(total) or scene.before(total)[0].gap.startswith(tuple("全我本累共"))
    if opens or STRONG.search(scene.total_word(total)) or _ALL.search(scene.clause(total)):
        wide = _alike(scene, scene.before(total, paragraph=True), total)
        yield [one for one in wide if not scene.is_nested(one)]
        yield [one for one in wide if not scene.is_total(one)]


def _of_same_name(scene: Scene, total: Mention) -> list[Mention]:
    """甲村:交售42户,结算39户;…共结算100户: of two rows of one unit that which the total is called by."""
    name = _NAME.search(total.left)
    if name is None:
        return []
    before = [one for one in scene.mentions[: scene.place_of(total)][-_LIMIT:] if one.is_like(total)]
    row = [one for one in before if one.left.strip().endswith(name[1]) and can_add(one)]
    beside = [one for one in before if one not in row and row and one.index > row[0].index]
    return row if len(row) > 1 and beside and not any(scene.is_total(one) for one in row) else []


def _alike(scene: Scene, before: Sequence[Mention], total: Mention) -> list[Mention]:
    group = scene.group_of[total.index]
    return [
        one
        for one in before
        if one.is_like(total) and can_add(one) and scene.group_of[one.index] is not group
    ][-_LIMIT:]


def _since_last_total(scene: Scene, members: Sequence[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for one in reversed(members):
        if scene.is_total(one):
            if kept and kept[0].gap.startswith("、") and not STRONG.search(scene.total_word(one)):
                kept.insert(0, one)  # 共投放鸡苗…、鸭苗…,合计: the 共 opens the row
            break
        if not scene.is_nested(one):
            kept.insert(0, one)
    return kept


def _judged(scene: Scene, total: Mention, candidates: Sequence[list[Mention]]) -> Relation | None:
    """No scope adds up: accuse where the words settle the scope, ask where they nearly do, else be silent."""
    members, settled = _scope(scene, total, candidates)
    if members and says_overlap(scene, members[0], total):
        return None
    if len(members) < 2 or any(CHANGE.search(one.left) for one in members) != bool(CHANGE.search(total.left)):
        return None
    if not all(one.quantity.is_exact for one in members):
        settled = settled and len(members) > 2
    gap = abs(total_of(members) - total.quantity.base_value) / max(
        total.quantity.base_value, total.quantity.step
    )
    strong = bool(_ALL.search(scene.clause(total)))
    stock = bool(_STOCK.search(own_label(scene.group_of[total.index].label)))
    tight = settled and not stock and _is_tight(scene, members, total)
    loose = not tight and (stock or bool(LOOSE.search(total.left)))
    if settled and not loose and gap <= (_FAR if strong or tight else _NEAR):
        return _relation(members, total, holds=False)
    if settled and strong and not loose and gap < 10:
        mistyped = bool(cause_of_sum([one.quantity for one in members], total.quantity))
        return _relation(members, total, holds=False if mistyped else None)
    if (settled and loose and gap <= _CLOSE and len(members) > 2) or (
        not settled and strong and gap <= _NEAR
    ):
        return _relation(members, total, holds=None)
    return None


def _is_tight(scene: Scene, members: Sequence[Mention], total: Mention) -> bool:
    """The items stand in a row right before a clause that begins with the total: 甲12个、乙1个,共13个."""
    begins = _BEGINS.match(scene.clause(total)) or (len(members) > 2 and _YEARLY.match(scene.clause(total)))
    words = "".join(scene.label(one) for one in members)
    seasons = _SEASONS.search(scene.clause(total))
    if _YEARS.search(words) and not seasons and not COUNTED.search(scene.clause(total)):
        return False
    if not begins or (_JOINS.search(words) and _LEAVES.search(words)):
        return False
    if (members[0].sentence, members[-1].segment) != (total.sentence, total.segment):
        return False
    between = {
        one.index for one in scene.before(total) if one.index > members[0].index and one.is_like(total)
    }
    return between <= {one.index for one in members}


def _scope(scene: Scene, total: Mention, candidates: Sequence[list[Mention]]) -> tuple[list[Mention], bool]:
    counted = _count_said(scene, total)
    for members in candidates:
        if counted is not None and len(members) >= counted > 1:
            chosen = members[-counted:]
            if counted == len(members) or _are_parallel(scene, chosen):
                return chosen, True
    near = candidates[0] if candidates else []
    run = _parallel_run(scene, near)
    if len(run) > 1:
        return run, True
    wide = candidates[-1] if len(candidates) > 3 else []
    run = _parallel_run(scene, wide)
    return (run, len(run) > 2) if len(run) > 1 else (near, False)


def _count_said(scene: Scene, total: Mention) -> int | None:
    match = COUNTED.search(scene.clause(total))
    if match is None:
        return None
    value = int(match[1]) if match[1].isdigit() else chinese_value(match[1])
    return int(value) if value is not None else None


def _parallel_run(scene: Scene, members: Sequence[Mention]) -> list[Mention]:
    """The longest run up to the last member whose items are built alike."""
    run: list[Mention] = []
    for one in reversed(members):
        if run and not are_alike(scene, one, run[0]) and not are_alike(scene, one, run[-1]):
            break
        run.insert(0, one)
    return run


def _are_parallel(scene: Scene, members: Sequence[Mention]) -> bool:
    return all(are_alike(scene, one, members[-1]) for one in members[:-1])


def _relation(members: Sequence[Mention], total: Mention, *, holds: bool | None) -> Relation:
    return sum_relation(members, total, holds=holds)


def sum_relation(
    members: Sequence[Mention], total: Mention, *, holds: bool | None, note: str = ""
) -> Relation:
    parts, whole = [one.quantity for one in members], total.quantity
    amount = total_of(members)
    indexes = tuple(one.index for one in members)
    if holds:
        return Relation("sum", indexes, total.index, amount, True)
    words = "+".join(one.text for one in parts)
    said = f"{words}={shown(amount, whole)},文中写的是{whole.text},相差{shown(abs(amount - whole.base_value), whole)}"
    if holds is None:
        return Relation(
            "sum",
            indexes,
            total.index,
            amount,
            None,
            "suspicion",
            f"{said}。请核对“{whole.text}”是不是这几项之和{note}",
        )
    severity: Severity = "error"
    if (
        whole.kind == "money"
        and whole.step < 10_000
        and abs(rounded(amount, whole.step) - whole.base_value) <= whole.step
    ):
        severity = "reminder"
    return Relation(
        "sum", indexes, total.index, amount, False, severity, said + note, cause_of_sum(parts, whole)
    )


def _by_sibling(scene: Scene, found: Sequence[Relation]) -> list[Relation]:
    """Where one total of some items comes out, another total beside it of the same items must too."""
    kept = {one.stated: one for one in found}
    mentions = {mention.index: mention for mention in scene.mentions}
    for good in [one for one in found if one.holds]:
        total = mentions[good.stated]
        for other in [*scene.before(total), *scene.after(total)]:
            known = kept.get(other.index)
            if (known is not None and known.holds is not None) or other.is_like(total):
                continue
            grouped = other.index == total.index + 1 and _BESIDE.fullmatch(other.gap) is not None
            if not (scene.is_total(other) or grouped) or not can_add(other):
                continue
            members = _of_same_items(scene, [mentions[index] for index in good.members], other)
            exact = all(one.quantity.is_exact for one in members)
            if members and exact and not fits_total(members, other.quantity):
                kept[other.index] = sum_relation(members, other, holds=False)
    return list(kept.values())


def _of_same_items(scene: Scene, items: Sequence[Mention], total: Mention) -> list[Mention]:
    """The one quantity of the total's class in each item's segment; empty where an item has none or two."""
    members: list[Mention] = []
    for item in items:
        group = [one for one in scene.group_of[item.index].mentions if one.is_like(total)]
        segment = [one for one in scene.in_segment(item) if one.is_like(total) and one is not total]
        beside = [one for one in (group or segment) if can_add(one)]
        if len(beside) != 1 or beside[0] in members:
            return []
        members.append(beside[0])
    return members
