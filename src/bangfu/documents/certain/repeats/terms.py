"""Terms that a text sets once: 计划工期180天 above, 在120天的计划工期内 below."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.repeats.likeness import Likeness
from bangfu.documents.certain.repeats.slips import Pair, agree
from bangfu.documents.reading.structure import Mention

_TERM = (
    r"工期|质保期|保修期|缺陷责任期|公示期|合同期|服务期|管护期|养护期|租期|租赁期|承包期|流转期|贷款期|还款期|宽限期|缓冲期|过渡期|"
    r"有效期|建设期|试用期|聘期|任期|帮扶期|保险期|保管期|观察期|培训期|建设周期"
)
_BEFORE = re.compile(rf"({_TERM})限?(?:为|是|共|定为|均为|:)?$")
_AFTER = re.compile(rf"(?:的|之)?[一-龥]{{0,3}}?({_TERM})")
_CHANGED = re.compile(
    r"缩短|提前|延长|顺延|延期|调整|变更|压缩|较|比|原|剩|余|已|用时|历时|逾期|不足|不少于|至少|以上|以内|不超过|最[长短]|另"
)
_OWN = re.compile(
    r"标段|[一二三四五六七八九十ABC甲乙丙\d]+[标包期]|公司|合作社|单位|投标人[:：]|候选人|项目[:：]|[东西南北]"
)


def terms(scene: Scene, likeness: Likeness) -> Iterator[Pair]:
    """For each term said again the one number that was set before."""
    known: dict[tuple[str, str], list[Mention]] = {}
    for one in scene.mentions:
        if one.quantity.kind != "time" or not one.quantity.is_exact:
            continue
        found = _BEFORE.search(one.left) or _AFTER.match(one.right)
        if (
            found is None
            or _CHANGED.search(f"{one.left[-10:]}|{one.right[:4]}")
            or one.index in likeness.cells
        ):
            continue
        earlier = known.setdefault((found[1], one.quantity.unit), [])
        if (
            earlier
            and len({each.quantity.base_value for each in earlier}) == 1
            and earlier[0].paragraph != one.paragraph
            and not agree(earlier[0].quantity, one.quantity)
            and not _OWN.search(scene.sentence_words(one))
        ):
            yield Pair(earlier[0], one, "other", 1.0)
        earlier.append(one)
