"""Wholes that are opened up: 824户,其中甲668户、乙140户、其余16户; 分别为; a list after a colon."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bangfu.documents.arithmetic.causes import is_mistyped, is_swapped, slip_of_digits
from bangfu.documents.arithmetic.closing_sums import sum_relation
from bangfu.documents.arithmetic.openings import REST, Opening, is_partition, openings
from bangfu.documents.arithmetic.parallels import are_alike, says_overlap, shares_ends
from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.arithmetic.scene import Scene, fits_total, total_of
from bangfu.documents.reading.structure import Mention

_STRICT = re.compile(r"分别(?:为|是|有|达|达到)?|分为|分成|划分为|由|构成|组成|其余|剩余|余下|剩下|其他|另外")
_CLASSES = re.compile(
    r"(?:[一二三四ABCDabcd1-4甲乙丙丁]|稳定|突发|边缘)[类级档等]|(?:男|女)(?:性)?|(?:20\d\d)年|[一二三四]季度|不稳定|易致贫|严重困难|[一二三四五六七八九]年级|[一-龥]类(?:项目|工程)?$|(?:未|已|尚未)(?:脱贫|消除|完成|开工|解决)"
)
_OVERLAP = re.compile(
    r"低保|五保|特困|残疾|党员|妇女|女|老人|老年|学生|少数民族|劳动力|贫困|脱贫|监测|务工|外出|重点|新增|大病|慢病|慢性病|独生|退役|儿童|留守"
)
_VERB = re.compile(
    r"已|实际|共|全部|均|实现|完成|投入|占|拨付|发放|带动|惠及|受益|竣工|目前|现|硬化|新建|补助|用于"
)
_OPEN_END = re.compile(r"等(?:项目|方面|工作|内容|支出)?[,。;]?$")


def parts(scene: Scene) -> Iterator[Relation]:
    found = [relation for opening in openings(scene) for relation in _weigh(scene, opening)]
    yield from _seen_together(scene, found)


def _is_strict(scene: Scene, opener: str, members: Sequence[Mention]) -> bool:
    words = opener + "".join(scene.group_of[one.index].label for one in members)
    if _OPEN_END.search(members[-1].right) or re.match(r"等", members[-1].right):
        return False
    if _STRICT.search(words) and len(members) > 1:
        return True
    labels = [scene.label(one) or one.left for one in members]
    if len(members) > 1 and all(
        _CLASSES.search(label) or _CLASSES.match(one.right)
        for label, one in zip(labels, members, strict=True)
    ):
        return True
    if len(members) > 1 and is_partition(
        [label + one.right[:6] for label, one in zip(labels, members, strict=True)]
    ):
        return True
    return opener.startswith(":") and len(members) > 2


def _weigh(scene: Scene, opening: Opening) -> Iterator[Relation]:
    whole, members = opening.whole, opening.parts
    for length in range(len(members), 1, -1):
        if fits_total(members[:length], whole.quantity):
            yield sum_relation(members[:length], whole, holds=True)
            return
    flat = [one for one in members if not _inside_brackets(scene, whole, one)]
    for length in range(len(flat), 1, -1):
        if fits_total(flat[:length], whole.quantity):
            yield sum_relation(flat[:length], whole, holds=True)
            return
    members = _chained(scene, [one for one in _own_segment(flat) or members if _same_thing(one, whole)])
    if _share_members(scene, members, whole):
        return
    if len(members) > 1 and (opening.is_strict or _is_strict(scene, opening.opener, members)):
        worded = opening.is_strict or _STRICT.search(opening.opener + "".join(one.gap for one in members[1:]))
        if worded or opening.opener.startswith(":") or _is_near(members, whole):
            yield _unequal(members, whole)
            return
    for one in members:
        if not _is_threshold(whole):
            yield _part(one, whole)
    if len(members) > 1 and all(
        relation.quantity.base_value <= whole.quantity.base_value for relation in members
    ):
        yield from _too_much(scene, members, whole)


def _is_near(members: Sequence[Mention], whole: Mention) -> bool:
    """Classes that are far from the whole are some of many; near it, or a slip of the pen away, they are all."""
    amount = total_of(members)
    return amount * 4 >= whole.quantity.base_value * 3 or is_mistyped(whole.quantity, amount)


def _share_members(scene: Scene, members: Sequence[Mention], whole: Mention) -> bool:
    """Whether the text says that its parts overlap: …份,有10份同时缺两项."""
    return len(members) > 1 and says_overlap(scene, whole, members[-1])


def _is_threshold(whole: Mention) -> bool:
    """收入20万元以上的村: a bracket of amounts has no parts."""
    return whole.quantity.approx in ("以上", "超过", "至少") or whole.quantity.base_high is not None


def _inside_brackets(scene: Scene, whole: Mention, one: Mention) -> bool:
    """A part of a part: 甲50户(其中低保12户)."""
    text = scene.reading.flat[whole.quantity.end : one.quantity.start]
    first = text.find("(")
    return (text.count("(") > text.count(")") and first > text.find("其中") >= 0) or text.count(
        "("
    ) - text.count(")") > 1


def _own_segment(members: Sequence[Mention]) -> list[Mention]:
    first = [one for one in members if one.segment == members[0].segment]
    return first if len(first) > 1 else list(members)


def _chained(scene: Scene, members: Sequence[Mention]) -> list[Mention]:
    """The first part and those built like it: what follows may speak of something else."""
    kept: list[Mention] = []
    for one in members:
        if kept and not REST.search(one.gap):
            if not are_alike(scene, kept[-1], one) or _turns(scene, kept, one):
                break
            if (
                ";" in one.gap
                and len(scene.group_of[one.index].signature) < 2
                and not shares_ends(scene.label(kept[-1]), scene.label(one))
            ):
                break
        kept.append(one)
    return kept


def _turns(scene: Scene, kept: Sequence[Mention], one: Mention) -> bool:
    """甲7户、乙5户,已竣工12户: after a row of 、 a comma begins something else; so does a verb."""
    if shares_ends(scene.label(kept[-1]), scene.label(one)):
        return False
    if _VERB.match(one.left.strip()):
        return True
    between = scene.between(kept[-1], one)
    return (
        len(kept) > 1 and "、" in scene.between(kept[-2], kept[-1]) and "、" not in between and "," in between
    )


def _unequal(members: Sequence[Mention], whole: Mention) -> Relation:
    gap = abs(total_of(members) - whole.quantity.base_value) / max(
        whole.quantity.base_value, whole.quantity.step
    )
    if gap > 1 or not all(one.quantity.is_exact for one in [*members, whole]):
        return sum_relation(members, whole, holds=None)
    return sum_relation(members, whole, holds=False)


def _too_much(scene: Scene, members: Sequence[Mention], whole: Mention) -> Iterator[Relation]:
    """Parts that do not close: wrong where they are disjoint and exceed the whole, or nearly close but for a digit."""
    amount, stated = total_of(members), whole.quantity.base_value
    if not all(one.quantity.is_exact for one in [*members, whole]):
        return
    overlapping = _may_overlap(scene, members)
    quantities = [one.quantity for one in members]
    if amount > stated and not overlapping:
        yield sum_relation(
            members, whole, holds=False if whole.quantity.kind == "money" or amount < stated * 2 else None
        )
    elif amount > stated and len(members) > 2 and (amount - stated) * 10 <= stated:
        yield sum_relation(members, whole, holds=False)
    elif amount > stated:
        yield sum_relation(members, whole, holds=None, note=",还是各项之间有重复")
    elif (not overlapping and is_mistyped(whole.quantity, amount) and _may_close(members, whole)) or (
        not overlapping
        and len(members) > 2
        and (stated - amount) / stated < 0.1
        and slip_of_digits(quantities, whole.quantity)
    ):
        yield sum_relation(members, whole, holds=False)
    elif not overlapping and (stated - amount) / stated < 0.1 and whole.quantity.kind == "money":
        yield sum_relation(members, whole, holds=None, note=",或者还有没有写出的部分")


def _may_close(members: Sequence[Mention], whole: Mention) -> bool:
    """Two parts of an open list far below the whole are just two; one wrong digit there is a coincidence."""
    amount = total_of(members)
    near = amount * 10 >= whole.quantity.base_value * 9
    return len(members) > 2 or near or is_swapped(whole.quantity, amount)


def _may_overlap(scene: Scene, members: Sequence[Mention]) -> bool:
    """Whether one thing may be counted in two parts: 低保户 and 残疾户; not 中职学生 and 高职学生."""
    named = [set(_OVERLAP.findall(scene.label(one) + one.right[:8])) for one in members]
    return any(words - set.intersection(*named) for words in named)


def _part(one: Mention, whole: Mention) -> Relation:
    fits = one.quantity.bounds()[0] <= whole.quantity.bounds()[1]
    if fits:
        return Relation("part", (one.index,), whole.index, one.quantity.base_value, True)
    over = shown(one.quantity.base_value - whole.quantity.base_value, whole.quantity)
    said = f"“其中”的{one.quantity.text}比总数{whole.quantity.text}还大,相差{over}"
    return Relation("part", (one.index,), whole.index, one.quantity.base_value, False, "error", said)


def _same_thing(one: Mention, whole: Mention) -> bool:
    """个, 项 and the like are the same thing only where their nouns end alike or have two signs in common."""
    if one.quantity.kind != "count" or one.quantity.base_unit in ("笔",):
        return True
    first, second = _noun(one), _noun(whole)
    if not first or not second:
        return True
    return first[-1:] == second[-1:] or any(first[at : at + 2] in second for at in range(len(first) - 1))


def _noun(mention: Mention) -> str:
    """The noun that is counted, where it stands after the classifier; what stands before says where or how."""
    after = re.match(r"[一-龥]{1,8}", mention.right)
    return re.split(r"[已均全被得为在是有共和与及]", after[0])[0] if after is not None else ""


def _seen_together(scene: Scene, found: Sequence[Relation]) -> Iterator[Relation]:
    """Where the households of some items close and their persons do not, the items are a partition: accuse."""
    closed = {
        tuple(id(scene.group_of[index]) for index in one.members)
        for one in found
        if one.kind == "sum" and one.holds
    }
    parts_of: dict[int, list[Relation]] = {}
    for one in found:
        if one.kind == "part":
            parts_of.setdefault(one.stated, []).append(one)
    judged = {one.stated for one in found if one.kind == "sum"}
    yield from found
    mentions = {mention.index: mention for mention in scene.mentions}
    for stated, several in parts_of.items():
        members = [one.members[0] for one in several]
        groups = tuple(id(scene.group_of[index]) for index in members)
        if stated not in judged and groups in closed and len(members) > 1:
            yield sum_relation([mentions[index] for index in members], mentions[stated], holds=False)
