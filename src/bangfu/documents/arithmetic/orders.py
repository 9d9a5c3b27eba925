"""What must not exceed what: 审批 not more than 申请, 拨付 not more than 下达, 回收 not more than 发放."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import AMONG, Scene, can_add
from bangfu.documents.reading.structure import Mention

_STAGES: tuple[tuple[str, str, bool], ...] = (
    (r"申请|申报|报名|提出", r"审批|批准|通过|核定|核准|获批|审核通过|评议通过|认定", True),
    (r"审批|批准|核准", r"发放|兑付|救助|兑现|赔付|支付", True),
    (r"下达|安排|到位|分配|争取|预算", r"拨付|支付|支出|使用|报账|兑付", True),
    (r"应[一-龥]{1,4}", r"(?:已|实)[一-龥]{1,4}", True),
    (r"(?<!雨露)(?<!行动)计划|任务|目标|指标", r"完成|完工|竣工|开工|建成|已改造", False),
    (r"发放|放款|贷出", r"回收|收回|归还|偿还|还款", True),
    (r"开工", r"完工|竣工|建成", True),
    (r"完工|竣工", r"验收", True),
    (r"申请|申报|报名|上报", r"验收|合格|入选|录用|实到|参加", True),
    (r"排查|摸排|发现|查找|梳理|反馈|交办", r"整改|销号|解决|化解|办结", True),
    (r"受理|收到|接到", r"办结|处理|解决|答复|发放|审批|查勘|核查|赔付", True),
    (r"参训|参加培训|培训", r"取得|取证|获得|考取|合格", True),
    (r"到期", r"还款|归还|偿还|收回|回收|还贷", True),
    (r"拟|初步", r"最终", True),
)
_PATTERNS = tuple((re.compile(first), re.compile(second), sure) for first, second, sure in _STAGES)
_MORE = re.compile(r"超额|超计划|超任务|累计|历年|往年|同时|另|其他|此外|平均|人均|目前|截至|总投资")


def orders(scene: Scene) -> Iterator[Relation]:
    for sentence in scene.sentences:
        for second in sentence.mentions:
            first = next((one for one in reversed(scene.before(second)) if one.is_like(second)), None)
            if first is None or first.segment != second.segment or not (can_add(first) and can_add(second)):
                continue
            yield from _order(scene, first, second)


def _order(scene: Scene, first: Mention, second: Mention) -> Iterator[Relation]:
    for earlier, later, sure in _PATTERNS:
        if not (earlier.search(_words(scene, first)) and later.search(_words(scene, second))):
            continue
        if later.search(_words(scene, first)) and not earlier.search(first.left):
            continue
        if (
            (second.gap.startswith("、") and not later.match(second.left.strip("、 已")))
            or (scene.is_total(second) and not scene.is_total(first))
            or AMONG.search(second.gap)
            or _MORE.search(second.gap)
            or _times_differ(first, second)
            or earlier.search(second.left)
        ):
            return
        holds = second.quantity.bounds()[0] <= first.quantity.bounds()[1]
        if holds:
            yield Relation("order", (second.index,), first.index, second.quantity.base_value, True)
        elif first.quantity.is_exact:
            said = f"后一环节的{second.quantity.text}比前一环节的{first.quantity.text}还多"
            known = sure and _same_measure(first, second)
            yield Relation(
                "order",
                (second.index,),
                first.index,
                second.quantity.base_value,
                False if known or _is_close(first, second) else None,
                "error" if known else "suspicion",
                said if known else f"{said}。请核对是超额完成还是写错了",
            )
        return


def _words(scene: Scene, mention: Mention) -> str:
    label = mention.left if re.search("[一-龥]", mention.left) else scene.label(mention)
    return label + (mention.right[:6] if mention.quantity.kind == "count" else "")


def _times_differ(first: Mention, second: Mention) -> bool:
    return bool(first.quantity.time and second.quantity.time and first.quantity.time != second.quantity.time)


def _same_measure(first: Mention, second: Mention) -> bool:
    return first.quantity.base_unit == second.quantity.base_unit


def _is_close(first: Mention, second: Mention) -> bool:
    return second.quantity.base_value < first.quantity.base_value * 10
