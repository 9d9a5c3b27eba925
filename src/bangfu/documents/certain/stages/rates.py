"""A rate above one hundred per cent of what no more than all can do: 儿童1740人,健康管理1792人,管理率103%."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.stages.order import is_more, is_owned, out_of_order
from bangfu.documents.reading.structure import Mention

_RATE = re.compile(
    r"(?:覆盖|管理|参保|参合|入学|接种|免疫|入住|普及|合格|通过|化解|办结|签约|巩固|成活|存活|就业|入户|发证|颁证|登记|确权|验收|整改|兑付|发放|拨付|"
    r"使用|利用|占用|满意|响应|回收|安装|知晓|到岗|出勤|建档|随访|公示|上岗|落实|开工|完工|竣工|投保|承保|保障|归还|还款|收回|到账|资助|补助|体检|"
    r"筛查|见面|回访|办理|销号|移交|支付|支出|报账|通电|通水|通达|硬化|供水|受益|享受|参训|结业|取证|持证|毕业|升学)(?:覆盖)?率(?:已?达到?|为|约)?$"
)
_BEDS = re.compile(r"床位|病床|产能|设备|计划|任务|目标")
_REACH = 4


def above_all(scene: Scene) -> Iterator[Relation]:
    for rate in scene.mentions:
        if rate.quantity.kind != "share" or rate.quantity.base_value <= 1 or not _RATE.search(rate.left):
            continue
        if not _BEDS.search(scene.sentence_words(rate)[:40] if "计划" in rate.left else rate.left):
            yield from _pair(scene, rate)


def _pair(scene: Scene, rate: Mention) -> Iterator[Relation]:
    near = [one for one in scene.before(rate)[-_REACH:] if one.segment == rate.segment]
    for many in reversed(near):
        for all_of in near:
            if not many.is_like(all_of) or many is all_of or not is_more(many, all_of):
                continue
            fits = rate.quantity.states(many.quantity.base_value / all_of.quantity.base_value)
            if fits and not is_owned(scene, many, all_of):
                name = rate.left.strip(" ,、")[-6:]
                said = (
                    f"{many.quantity.text}比全部的{all_of.quantity.text}还多,{name}达到{rate.quantity.text}"
                )
                yield out_of_order(many, all_of, said)
                return
