"""Counted lists: 四个贫困村 must name four; 五项措施:一是… must come to five."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.reading.enumeration import Listing, listing_after, listing_before
from bangfu.documents.reading.structure import Mention

_COUNTABLE = frozenset(
    {
        "个",
        "项",
        "家",
        "大",
        "条",
        "种",
        "类",
        "所",
        "处",
        "座",
        "名",
        "位",
        "方面",
        "点",
        "步",
        "村",
        "镇",
        "户",
        "支",
        "件",
        "台",
        "期",
        "级",
    }
)
_LISTED = frozenset({"个", "项", "大", "类", "种", "家", "方面", "所", "村", "镇"})
_NAMED = re.compile(r"村|镇|乡|社区|部门|单位|产业|方面|镇街|企业|合作社")
_VERB = re.compile(
    r"已|均|全|被|得|实|参|享|受|脱|出|完|正|通|未|进|签|落|发|开|投|用|作|为|在|是|有|共|和|与|及|以|从|由|到|对|验|竣"
)
_DONE = re.compile(
    r"新建|修建|硬化|改造|建设|新增|完成|实施|购置|安装|发放|落实|开展|举办|组织|配备|维修|整治|清理|种植|养殖(?!业)|发展|引进|推进|协助|帮助"
)
_DIGITS = re.compile(r"\d|[两二三四五六七八九十]+[个户人名家]")


def listings(scene: Scene) -> Iterator[Relation]:
    flat = scene.reading.flat
    for mention in scene.mentions:
        quantity = mention.quantity
        if quantity.unit not in _COUNTABLE or not quantity.is_exact or not 1 < quantity.base_value <= 40:
            continue
        before = (
            listing_before(flat, quantity.start) if not mention.left.endswith(("共", "有", "为")) else None
        )
        after = listing_after(flat, quantity.end)
        relation = _checked(scene, mention, before, after)
        if relation is not None:
            yield relation


def _checked(
    scene: Scene, mention: Mention, before: Listing | None, after: Listing | None
) -> Relation | None:
    count = int(mention.quantity.base_value)
    for listing in (before, after):
        if listing is not None and listing.allows(count):
            return Relation(
                "counted_list",
                (),
                mention.index,
                Decimal(min(max(count, listing.least), max(count, listing.most))),
                True,
            )
    if after is not None and _is_list_of(scene, mention, after):
        return _accused(mention, after)
    if before is not None and _names_members(scene, mention, before):
        return _accused(mention, before)
    return None


def _is_list_of(scene: Scene, mention: Mention, listing: Listing) -> bool:
    """A list after a colon or bracket names the members, unless it goes on about something else."""
    items = scene.reading.flat[listing.start : listing.end]
    return not re.search(r"[。;]", items) and not (_DIGITS.search(items) and listing.most > 20)


def _names_members(scene: Scene, mention: Mention, listing: Listing) -> bool:
    """甲、乙、丙四个村: settled only where the list stands directly before the count, in its clause, without numbers."""
    items = scene.reading.flat[listing.start : listing.end]
    if (
        _DIGITS.search(items)
        or _DONE.search(items)
        or (listing.is_open and listing.most <= mention.quantity.base_value)
    ):
        return False
    if mention.quantity.unit not in _LISTED or not _counts_the_list(mention):
        return False
    direct = (
        listing.end == mention.quantity.start
        or scene.reading.flat[listing.end : mention.quantity.start].strip("“‘等这的 ") == ""
    )
    return direct and abs(listing.most - int(mention.quantity.base_value)) <= 3


def _counts_the_list(mention: Mention) -> bool:
    """三个村 counts what was named; 3个项目 after a list may count something else."""
    if mention.quantity.is_label:
        return True
    noun = re.match(r"[一-龥]+", mention.right)
    if noun is None or _VERB.match(noun[0]):
        return False
    return not mention.quantity.text[0].isdigit() or _NAMED.search(noun[0][:8]) is not None


def _accused(mention: Mention, listing: Listing) -> Relation:
    count = int(mention.quantity.base_value)
    named = listing.least if abs(listing.least - count) <= abs(listing.most - count) else listing.most
    label = mention.quantity.is_label
    said = (
        f"“{mention.quantity.text}”后面列了{named}个"
        if listing.start > mention.quantity.end
        else f"“{mention.quantity.text}”前面列了{named}个"
    )
    cause = "多列了一个,或者个数写少了" if named > count else "漏列了一个,或者个数写多了"
    if abs(named - count) > 1:
        cause = ""
    return Relation(
        "counted_list",
        (),
        mention.index,
        Decimal(named),
        False,
        "reminder" if label else "error",
        said,
        cause,
    )
