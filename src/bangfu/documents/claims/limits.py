"""Every pair of which one must not exceed the other: a part its whole, what was done what was due, households their persons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from bangfu.documents.arithmetic.relation import Kind
from bangfu.documents.arithmetic.scene import AMONG, can_add
from bangfu.documents.claims.claim import Claim
from bangfu.documents.claims.cues import Sight, overlap
from bangfu.documents.claims.sums import base_of
from bangfu.documents.reading.structure import Mention

_FEW = {("户", "人"), ("户", "人次"), ("户次", "人次"), ("人", "人次")}
_BACK = 5
_STAGES: tuple[tuple[str, str], ...] = (
    (
        r"申请|申报|报名|提出|上报|推荐",
        r"审批|批准|通过|核定|核准|获批|评议|认定|录用|入选|合格|验收|实到|参加",
    ),
    (r"审批|批准|核准|核定|应", r"发放|兑付|兑现|支付|享受|领取|签订"),
    (r"下达|安排|到位|分配|争取|预算|投入|筹集|收入|合同|总投资", r"拨付|支付|支出|使用|报账|兑付|完成"),
    (r"应|需|符合|可", r"已|实"),
    (r"计划|任务|目标|指标|拟|定", r"完成|完工|竣工|开工|建成|已|实"),
    (r"发放|放款|贷出|到期|累计", r"回收|收回|归还|偿还|还款|逾期"),
    (r"开工|实施|新建|改造|启动", r"完工|竣工|建成|验收|入住"),
    (r"完工|竣工", r"验收|移交|结算"),
    (r"排查|摸排|发现|查找|梳理|反馈|交办|问题", r"整改|销号|解决|化解|办结|完成"),
    (r"受理|收到|接到|推送|预警", r"办结|处理|处置|解决|答复|发放|审批|核查|核实|赔付|纳入"),
    (r"参训|参加|培训|学员", r"取得|取证|获得|考取|合格|就业|结业"),
    (r"岗位|名额|床位|编制|学位", r"在岗|聘用|上岗|入住|到岗|选聘|就业|安置"),
    (r"最高|最大", r"平均|最低|最小"),
    (r"平均", r"最低"),
    (r"劳动力|总人口|人口|户", r"外出|务工|参保|就业|脱贫|签约"),
)
_PATTERNS = tuple((re.compile(first), re.compile(second)) for first, second in _STAGES)


def limit_claims(sight: Sight) -> Iterator[Claim]:
    """Claims whose `computed` is the lesser figure; they hold where it does not exceed the one stated."""
    for sentence in sight.scene.sentences:
        for at, second in enumerate(sentence.mentions):
            for first in sentence.mentions[max(0, at - _BACK) : at]:
                yield from _pair(sight, first, second)


def _pair(sight: Sight, first: Mention, second: Mention) -> Iterator[Claim]:
    units = first.quantity.base_unit, second.quantity.base_unit
    if units in _FEW and second.index <= first.index + 2:
        yield _claim(sight, "households_persons", first, second)
    elif units[::-1] in _FEW and second.index == first.index + 1:
        yield _claim(sight, "households_persons", second, first)
    elif (base_of(first) == base_of(second) and can_add(first) and can_add(second)) or _are_rates(
        first, second
    ):
        yield _claim(sight, "order", second, first)
        yield _claim(sight, "order", first, second)
    elif set(units) == {"个", "人"} and re.search("岗|名额|床位|学位|编制", sight.words(first)):
        yield _claim(sight, "order", second, first)


def _are_rates(first: Mention, second: Mention) -> bool:
    return first.quantity.kind == second.quantity.kind == "share" and bool(
        re.search("最[高低]|平均", first.left + second.left)
    )


def _claim(sight: Sight, kind: Kind, less: Mention, more: Mention) -> Claim:
    shown: Kind = "part" if kind == "order" and sight.scene.is_nested(less) else kind
    low, high = less.quantity.bounds()
    cues = partial(_cues, sight, kind, less, more)
    return Claim(shown, (less,), more, less.quantity.base_value, low, high, less.quantity.text, True, cues)


def _cues(sight: Sight, kind: Kind, less: Mention, more: Mention) -> Iterator[str]:
    yield from sight.pair(less, more, "pair")
    yield from sight.state(less, "less")
    yield from sight.state(more, "more")
    yield f"names={overlap(sight.names(less), sight.names(more))}"
    near = less.index > more.index and not sight.skipped(more, less) and less.sentence == more.sentence
    if AMONG.search(less.gap) and near:
        yield "among.next" if less.index == more.index + 1 else "among.near"
    stages = tuple(_stages(sight.words(less), sight.words(more)))
    yield from stages
    if near and less.segment == more.segment:
        yield "near.stage" if "stage.clean" in stages else "near"
    units = f"{less.quantity.base_unit},{more.quantity.base_unit}"
    if kind == "households_persons":
        yield f"units={units}"
    elif less.quantity.base_unit != more.quantity.base_unit:
        yield "other-unit"
    if kind == "order" and "stage=4" in stages:
        yield f"plan.{more.quantity.kind}"
    if any(mention.quantity.unit in ("名", "位") for mention in (less, more)):
        yield "named-persons"
    yield f"gap={_gap(sight, less, more)}"


def _stages(of_less: str, of_more: str) -> Iterator[str]:
    """申请 and 审批, 下达 and 拨付: by their words the one comes out of the other."""
    for at, (earlier, later) in enumerate(_PATTERNS):
        if earlier.search(of_more) and later.search(of_less):
            yield f"stage={at}"
            yield "stage.any"
            if not earlier.search(of_less):
                yield "stage.clean"


def _gap(sight: Sight, less: Mention, more: Mention) -> str:
    low, high = sorted((less, more), key=lambda one: one.index)
    words = sight.scene.between(low, high)
    return "bare" if not re.search("[一-龥]", words) else "verb" if len(words) < 8 else "long"
