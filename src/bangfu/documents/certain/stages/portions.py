"""A part by its grammar: what takes up so much of it, or is called by no more than a quality of the things counted before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.stages.order import is_more, is_owned
from bangfu.documents.certain.units.slip import is_each
from bangfu.documents.reading.structure import Mention

_SKIP = frozenset({"share", "point", "times", "age", "time"})
_TAKES_UP = re.compile(r"(?:占[去了用掉地有]|[就便独]占|用[去掉]|吃掉|挤占|划[给归]|分给)[了约]*$")
_WHOLE = re.compile(
    r"总|共|全|合计|户籍|人口|劳动力|抽[检查样测]|检[查测]|送检|排查|走访|受理|收件|经营|在册|登记|注册|现有|实有|面积|占地|建有|设有|拥有|配有|装有|安装|存栏|入住|在校|参保|办有|发展|确权|流转|持有|库存|编制|收入|预算|资金|场地|用地|空间|库容"
)
_PLACE = re.compile(
    r"(?:全|本|我|该|这个?)(?:县|镇|乡|村|市|区|校|园|院|所|站|社|厂|场|街道|社区|组|系统|单位|公司|基地)[一-龥]{0,8}$"
)
_QUALITY = re.compile(
    r"(?:^|[,;:、])(?:目前|现在?|其间|夜查|查出|发现)?(?!比|较|和|与|跟|来自|去年|上年|另|外|邻|新|再|计划|准备|打算|剩|余|其[余他]|由|从|向|给|对|为|按|经|应|需)"
    r"(?:(?:不|没|未|已|能|会|可|有|无|正在?|带|领|持|享受|常年|长期|完好|损坏|闲置|空置|失修|破损|合格|达标|正常|停用|在用|出水|亮|坏|住|用|懂|外出|务工|打工|返乡|常住|留守|在家|愿|参加|获|患|超)[一-龥]{0,6})的(?:就|倒|却|竟|只|仅|还)?(?:有|达|是|占)?$"
)
_COUNTED = re.compile(r"^(?!全部|全都|都|均|已|正)[一-龥]")
_INSIDE = re.compile(r"^[,、;](?:这?里[头面边]|其内|内里|内含|内有|当中)[,:]?[一-龥]{0,8}$")
_NAMED_SET = re.compile(
    r"^[。;,]?(?P<what>[一-龥]{2,4}?)的?(?:企业|项目|农户|人员|单位|对象|学生|党员|家庭|村|户|人)?(?:当中|之中|中间?|里[头面]?)[,:]?[一-龥]{2,12}$"
)
_OTHER = re.compile(r"累计|另|其他|新增|次|计划|上年|去年|历年|合计|共")
_MOST_OVER = 2


def portions(scene: Scene) -> Iterator[Relation]:
    for part in scene.mentions:
        if part.quantity.kind in _SKIP or not _may_be_part(part.gap):
            continue
        if is_each(part) or _OTHER.search(part.left):
            continue
        whole = _taken_from(scene, part) or _of_quality(scene, part) or _inside(scene, part)
        if whole is None or not is_more(part, whole) or is_owned(scene, part, whole):
            continue
        if part.quantity.base_value <= _MOST_OVER * whole.quantity.base_value:
            said = f"部分{part.quantity.text}多于所属的{whole.quantity.text}"
            yield Relation(
                "part",
                (part.index,),
                whole.index,
                part.quantity.base_value,
                False,
                "error",
                said,
                "两个数写颠倒了,或者其中一个写错",
            )


def _may_be_part(gap: str) -> bool:
    return any(one.search(gap) for one in (_TAKES_UP, _QUALITY, _INSIDE, _NAMED_SET))


def _inside(scene: Scene, part: Mention) -> Mention | None:
    """经营面积5.8万亩,里头公益林8.3万亩; 投产9家。投产企业中规上的有14家."""
    at = scene.place_of(part)
    before = scene.mentions[at - 1] if at else None
    if before is None or not before.is_like(part) or before.paragraph != part.paragraph or is_each(before):
        return None
    if before.quantity.unit != part.quantity.unit:
        return None
    named = _NAMED_SET.search(part.gap)
    inside = before.sentence == part.sentence and _INSIDE.search(part.gap)
    return before if inside or (named and before.left.rstrip("的有共").endswith(named["what"])) else None


def _taken_from(scene: Scene, part: Mention) -> Mention | None:
    """校舍总面积1860平方米,宿舍占去2150平方米: the first like figure of the sentence, which its words call all."""
    if not _TAKES_UP.search(part.gap):
        return None
    likes = [one for one in scene.before(part) if one.is_like(part)]
    whole = likes[0] if likes else None
    if whole is None or whole.segment != part.segment or _TAKES_UP.search(whole.left):
        return None
    called = _WHOLE.search(whole.left) or _PLACE.search(whole.left) or _PLACE.search(whole.right)
    return whole if called and not is_each(whole) else None


def _of_quality(scene: Scene, part: Mention) -> Mention | None:
    """路灯在册1340盏。夜查发现:不亮的1430盏: nothing but how they are stands before it."""
    if not _QUALITY.search(part.gap) or _COUNTED.match(part.right):
        return None
    at = scene.place_of(part)
    for one in reversed(scene.mentions[max(0, at - 3) : at]):
        if one.paragraph != part.paragraph or part.sentence - one.sentence > 1:
            return None
        if one.is_like(part) and one.quantity.unit == part.quantity.unit:
            if _QUALITY.search(one.gap):
                continue
            called = _WHOLE.search(one.left) or _PLACE.search(one.left)
            return (
                one if called and not is_each(one) and not _OTHER.search(one.left.replace("共", "")) else None
            )
    return None
