"""Counts of things that are then named: 四个乡镇:甲、乙、丙; 五条建议:一是…四是…; 上述3个问题."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.lists.after import after
from bangfu.documents.certain.lists.back import back
from bangfu.documents.certain.lists.bare import bare_after, told_one_by_one
from bangfu.documents.certain.lists.before import before
from bangfu.documents.certain.lists.items import Named
from bangfu.documents.certain.lists.numbered import Numbered
from bangfu.documents.certain.lists.rows import Rows
from bangfu.documents.certain.lists.runs import named_after_comma, named_directly, run_after_comma, run_before
from bangfu.documents.certain.lists.sentences import sentences_after
from bangfu.documents.reading.structure import Mention

_MOST = 40
_KINDS = frozenset({"count", "person", "household"})
_NOT_LISTED = frozenset(
    {"次", "票", "床", "分", "岁", "届", "回", "趟", "遍", "次数", "人份", "剂", "级", "层"}
)


def lists(scene: Scene) -> Iterator[Relation]:
    """Lists that come out with their count, and those that do not."""
    numbered, rows = Numbered(scene), Rows(scene)
    for mention in scene.mentions:
        if not _can_be_listed(mention):
            continue
        relation = _checked(scene, mention, list(_readings(scene, mention, numbered, rows)))
        if relation is not None:
            yield relation


def _can_be_listed(mention: Mention) -> bool:
    quantity = mention.quantity
    return (
        quantity.kind in _KINDS
        and quantity.is_exact
        and not quantity.per
        and 1 < quantity.base_value <= _MOST
        and quantity.base_value == int(quantity.base_value)
        and quantity.unit not in _NOT_LISTED
    )


def _readings(scene: Scene, mention: Mention, numbered: Numbered, rows: Rows) -> Iterator[Named]:
    """What may be the list of a count, the likeliest first."""
    for found in (
        numbered.after(mention),
        after(scene, mention),
        sentences_after(scene, mention),
        rows.lines(mention),
        rows.table_after(mention),
        before(scene, mention),
        numbered.before(mention),
        rows.table_before(mention),
        rows.sentence_before(mention),
        rows.lines_before(mention),
        run_before(scene, mention),
        run_after_comma(scene, mention),
        named_directly(scene, mention),
        named_after_comma(scene, mention),
        bare_after(scene, mention),
        told_one_by_one(scene, mention),
        back(scene, mention),
        numbered.titled(mention),
    ):
        if found is not None:
            yield found


def _checked(scene: Scene, mention: Mention, readings: list[Named]) -> Relation | None:
    count = int(mention.quantity.base_value)
    if any(one.allows(count) for one in readings):
        return Relation("counted_list", (), mention.index, Decimal(count), True)
    wrong = next((one for one in readings if one.accuses(count)), None)
    if wrong is None or _comes_later(scene, mention, wrong):
        return None
    return _accused(mention, wrong)


def _comes_later(scene: Scene, mention: Mention, named: Named) -> bool:
    """至于第三件: what is missing from the row is told in other words."""
    count = int(mention.quantity.base_value)
    if named.is_before or named.nearest(count) >= count or count >= len(_NUMBERS):
        return False
    flat, end = scene.reading.flat, mention.quantity.end
    return f"第{_NUMBERS[count]}" in flat[end : end + _FAR].split("\n")[0]


_NUMBERS = "零一二三四五六七八九"
_FAR = 400


def _accused(mention: Mention, named: Named) -> Relation:
    count = int(mention.quantity.base_value)
    items = named.nearest(count)
    side = "前面" if named.is_before else "后面"
    cause = "多列了一个,或者个数写少了" if items > count else "漏列了一个,或者个数写多了"
    return Relation(
        "counted_list",
        (),
        mention.index,
        Decimal(items),
        False,
        "reminder" if mention.quantity.is_label else "error",
        f"“{mention.quantity.text}”{side}列了{items}个",
        cause if abs(items - count) == 1 else "",
    )
