"""The same figure said again: in another unit beside it, or of the same thing elsewhere in the text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.arithmetic.scene import CHANGE, PER, Scene, own_label
from bangfu.documents.reading.structure import Mention

_AGAIN = re.compile(r"[ ]*[(,]?[ ]*(?:即|折合|约合|合(?!计)|相当于|也就是|折算为?|换算为?|约)?[ ]*")
_OF_EACH = re.compile(r"[一每1][个]?(?:公斤|斤|吨|亩|户|人|米|平方米|株|头|只|件|次|月|年|天)")
_FUNCTION = re.compile(
    r"截至[^,。]{0,12}(?:底|末|日|前)|截至目前|目前|全[省市县区镇乡村]|我[省市县区镇乡村]|[本该][省市县区镇乡村]|辖区|现有|现共有|共有|共计|合计|总计|累计|一共|已|共|有|为|是|达到|达|总|约|了|的|(?:20)\d\d年(?:度|底|末)?"
)
_NOUNS = re.compile(
    r"户|人口|对象|村|党员|小组|贫困|脱贫|低保|五保|特困|劳动力|耕地|面积|林地|项目|资金|贷款|岗位|车间|合作社|残疾|学生|收入"
)
_WHOLE_PLACE = re.compile(r"(?:全|该|本|我)[镇乡村县区](?:共|现|总|有|辖)|^(?:全|该|本|我)[镇乡村县区]")
_STOCKS = (
    "建档立卡贫困户|建档立卡贫困人口|建档立卡脱贫户|建档立卡脱贫人口|脱贫人口|脱贫户|贫困人口|贫困户|监测对象|监测户|低保对象|低保户|特困人员|"
    "行政村|脱贫村|贫困村|村民小组|党员|农户"
)
_WHOLE_HEAD = re.compile(
    rf"(?:^|[为对将由给让使])(?:全|我|本)[镇县乡市区](?:目前|现|共|总|有|辖|的)*({_STOCKS})?(?:共计|共|有|为|已|计)*$"
)
_STOCKS_AT = re.compile(rf"的?({_STOCKS})")
_BATCH = re.compile(
    r"第[一二三四五六七八九十\d]+[批次期轮季]|[一二三四]季度|[春秋]季|[上下]半年|\d{1,2}月份?"
)


def restatements(scene: Scene) -> Iterator[Relation]:
    yield from _beside(scene)
    yield from _elsewhere(scene)


def _beside(scene: Scene) -> Iterator[Relation]:
    for sentence in scene.sentences:
        for first, second in zip(sentence.mentions, sentence.mentions[1:], strict=False):
            one, two = first.quantity, second.quantity
            if (
                one.base_unit != two.base_unit
                or one.kind in ("count", "share", "time", "point")
                or not _AGAIN.fullmatch(second.gap)
            ):
                continue
            if one.unit == two.unit and "即" not in second.gap and "也就是" not in second.gap:
                continue
            if _is_of_each(first) != _is_of_each(second) or _OF_EACH.match(second.right):
                continue
            if not ("(" in second.gap or re.search("[即折]|合(?!计)|相当于|也就是|换算", second.gap)):
                continue
            agrees = two.states(one.base_value) or one.states(two.base_value)
            yield _restated(first, second, holds=agrees, sure=True)


def _is_of_each(mention: Mention) -> bool:
    return bool(mention.quantity.per or PER.search(mention.left))


def _elsewhere(scene: Scene) -> Iterator[Relation]:
    by_key: dict[tuple[str, str, str], list[Mention]] = defaultdict(list)
    for mention in scene.mentions:
        key = _key(scene, mention)
        if key:
            where = f"{_place(scene, mention)}{_batch(scene, mention)}"
            by_key[key, mention.quantity.base_unit, where].append(mention)
    for several in by_key.values():
        yield from _compared(several)


def _batch(scene: Scene, mention: Mention) -> str:
    """第一批, 二季度: what makes the same name another thing."""
    flat, sentence = scene.reading.flat, scene.sentence_of(mention)
    found = _BATCH.findall(flat, sentence.start, mention.quantity.start)
    return str(found[-1]) if found else ""


def _compared(several: Sequence[Mention]) -> Iterator[Relation]:
    """Of one key the first said is the measure; where two differ `certain.repeats` decides whether that is a fault."""
    for second in several[1:]:
        first = next(
            (one for one in several if one.sentence < second.sentence and _same_time(one, second)), None
        )
        if first is not None and _agree(first, second):
            yield _restated(first, second, holds=True, sure=True)


def _key(scene: Scene, mention: Mention) -> str:
    """What is counted, in full: the words before it in its clause, or the noun after it; "" where that is too little."""
    quantity = mention.quantity
    if quantity.kind in ("share", "point", "times", "time", "age") or quantity.per or quantity.is_label:
        return ""
    if stock := _stock(mention):
        return stock
    label = own_label(scene.group_of[mention.index].label)
    label = (
        re.split(r"[,]", label)[-1]
        if mention is scene.group_of[mention.index].mentions[0]
        else label.split(",")[-1]
    )
    if (
        scene.is_nested(mention)
        or CHANGE.search(label + mention.left)
        or PER.search(mention.left)
        or "、" in label
    ):
        return ""
    words = _FUNCTION.sub("", label) + ("|" + _noun(mention.right) if quantity.kind == "count" else "")
    words = words.strip("| “”")
    least = 2 if _WHOLE_PLACE.search(label) else 4
    return words if len(words) >= least and _NOUNS.search(words) else ""


def _stock(mention: Mention) -> str:
    """全镇2365名脱贫人口, 全镇共有脱贫人口2635人: the stock of a whole place, whatever stands around it."""
    head = _WHOLE_HEAD.search(mention.left)
    if head is None:
        return ""
    if head[1]:
        return head[1]
    after = _STOCKS_AT.match(mention.right)
    return after[1] if after is not None else ""


def _noun(right: str) -> str:
    match = re.match(r"[一-龥]{2,8}", right)
    return match[0] if match is not None else ""


def _place(scene: Scene, mention: Mention) -> str:
    """The village or town it speaks of; 全村 and 该村 stand for the village named last before."""
    place = mention.quantity.place
    if place[:1] not in tuple("全我本该") or not place.endswith("村"):
        return "" if place[:1] in tuple("全我本该") else place
    named = [
        one.place
        for one in scene.reading.quantities[: mention.index]
        if one.place and one.place[0] not in "全我本该"
    ]
    return named[-1] if named else ""


def _same_time(first: Mention, second: Mention) -> bool:
    one, two = first.quantity.time, second.quantity.time
    return one == two or not one or not two or one.startswith(two) or two.startswith(one)


def _agree(first: Mention, second: Mention) -> bool:
    one, two = first.quantity, second.quantity
    if one.is_exact and two.is_exact:
        return two.states(one.base_value) or one.states(two.base_value)
    low, high = one.bounds()
    least, most = two.bounds()
    return low <= most and least <= high


def _restated(first: Mention, second: Mention, *, holds: bool, sure: bool) -> Relation:
    one, two = first.quantity, second.quantity
    said = (
        ""
        if holds
        else f"前文写的是{one.text},这里写的是{two.text}({shown(one.base_value, two)}与{two.text})"
    )
    if not holds and one.unit == two.unit:
        said = f"前文写的是{one.text},这里写的是{two.text},两处不一致"
    return Relation(
        "restated",
        (first.index,),
        second.index,
        one.base_value,
        holds if holds or sure else None,
        "" if holds else "error" if sure else "suspicion",
        said,
    )
