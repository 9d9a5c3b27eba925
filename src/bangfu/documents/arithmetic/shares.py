"""Shares: A 占 B 的 p%, 完成率, 覆盖率. An interpretation that holds is looked for first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.rates import rate
from bangfu.documents.arithmetic.ratios import holding, judged
from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.arithmetic.scene import AMONG, CHANGE, PER, Scene, can_add
from bangfu.documents.reading.structure import Mention

_PORTION = r"占|率|完成|首付|预付|提取|的$|按"
_PLACES = frozenset({"镇", "村", "乡", "县"})
_OF = re.compile(r"占|完成|达到|是|相当于|等于")
_NEVER_OVER = re.compile(
    r"(?:覆盖|参保|合格|脱贫|入学|竣工|完工|开工|验收|签约|整改|办结|支付|拨付|就业|满意)(?:率|度)|占全[镇村县乡市省]|占(?:总|比)"
)
_COMES_TO = re.compile(r"[,(]?(?:计|即|合|共计|约合)")
_PEOPLE = re.compile(r"人口|人数|总人|人员|劳动力|学生")
_HOMES = re.compile(r"户数|总户|农户|户的")


def shares(scene: Scene) -> Iterator[Relation]:
    yield from _whole_row(scene)
    found: dict[int, Relation] = {}
    left: list[Mention] = []
    for mention in scene.mentions:
        if not _is_share(scene, mention):
            continue
        relation = (
            _explicit(scene, mention)
            or _told_after(scene, mention)
            or _of_whole(scene, mention)
            or rate(scene, mention)
        )
        if relation is not None:
            found[mention.index] = relation
            yield relation
        else:
            left.append(mention)
    for mention in left:
        yield from _like_its_sibling(scene, mention, found)


def _is_share(scene: Scene, mention: Mention) -> bool:
    quantity = mention.quantity
    changes = CHANGE.search(mention.left) or scene.row_of(mention)
    return quantity.kind == "share" and not quantity.is_label and not changes


def _like_its_sibling(scene: Scene, share: Mention, found: Mapping[int, Relation]) -> Iterator[Relation]:
    """甲…占40.4%;乙…占36.9%: of the whole that the share before it in the sentence is of; else only its bound."""
    before = [one for one in scene.visible_before(share) if can_add(one)]
    if before and re.fullmatch(r"占比?(?:为|达|约)*", share.left.strip()):
        for whole in _siblings_wholes(scene, share, found):
            part = next(
                (one for one in scene.group_of[before[-1].index].mentions if one.is_like(whole)), None
            )
            if part is not None and part.quantity.base_value <= whole.quantity.base_value:
                relation = judged(share, [(part, whole)], settled=True)
                if relation is not None:
                    yield relation
                    return
    if (
        share.quantity.base_value > 1
        and share.quantity.is_exact
        and _NEVER_OVER.search(share.left)
        and "毛" not in share.left
    ):
        yield Relation("share", (), share.index, None, False, "error", f"{share.quantity.text}超过了100%")


def _siblings_wholes(scene: Scene, share: Mention, found: Mapping[int, Relation]) -> list[Mention]:
    """The wholes of the shares of its sentence that hold, the nearest share's first."""
    others = sorted([*scene.after(share), *scene.before(share)], key=lambda one: abs(one.index - share.index))
    good = [found[one.index] for one in others if one.index in found and found[one.index].holds]
    indexes = [one.members[1] for one in good if len(one.members) == 2]
    mentions = {mention.index: mention for mention in scene.mentions}
    return [mentions[index] for index in indexes]


def _whole_row(scene: Scene) -> Iterator[Relation]:
    """因病占42%、因残占23%、其他占35%: a row that ends with 其他 makes up 100%."""
    for sentence in scene.sentences:
        row = [one for one in sentence.mentions if one.quantity.kind == "share" and "占" in one.left]
        if (
            len(row) < 3
            or not re.search(r"其他|其余|剩余", row[-1].gap)
            or any(CHANGE.search(one.left) for one in row)
        ):
            continue
        if not all(one.quantity.is_exact for one in row):
            continue
        rest = 1 - sum((one.quantity.base_value for one in row[:-1]), Decimal(0))
        slack = row[-1].quantity.step * len(row) / 2
        holds = abs(rest - row[-1].quantity.base_value) <= slack
        members = tuple(one.index for one in row[:-1])
        words = "+".join(one.quantity.text for one in row)
        said = (
            ""
            if holds
            else f"{words}={shown(1 - rest + row[-1].quantity.base_value, row[-1].quantity)},各项之和应为100%"
        )
        yield Relation("share", members, row[-1].index, rest, holds, "" if holds else "error", said)


def _told_after(scene: Scene, share: Mention) -> Relation | None:
    """总投资200万元,财政资金占60%,计120万元: the part stands after its share."""
    after = scene.after(share)[:1]
    if not after or not _COMES_TO.fullmatch(after[0].gap) or not re.search(_PORTION, share.left):
        return None
    part = after[0]
    wholes = [one for one in scene.before(share) if one.is_like(part) and not _told(scene, one)]
    return judged(share, [(part, wholes[0])], settled=len(wholes) == 1) if wholes else None


def _told(scene: Scene, one: Mention) -> bool:
    return _COMES_TO.fullmatch(one.gap) is not None


def _explicit(scene: Scene, share: Mention) -> Relation | None:
    """A 占 B 的 p%, B itself a quantity."""
    before = scene.visible_before(share)
    if len(before) < 2 or not re.fullmatch(
        r"[ ]*(?:[一-龥]{0,5}的|的比例为|的比重为|,占比|,比例为|的比例达|的比重达)[ ]*(?:近|约)?", share.gap
    ):
        return None
    whole = before[-1]
    if not _OF.search(whole.left):
        return None
    parts = [one for one in before[:-1] if one.is_like(whole) and can_add(one)]
    if not parts:
        return None
    return (
        judged(share, [(parts[-1], whole)], settled=True)
        if len(parts) == 1
        else _tried(scene, share, parts, whole)
    )


def _tried(scene: Scene, share: Mention, parts: Sequence[Mention], whole: Mention) -> Relation | None:
    return judged(share, [(part, whole) for part in reversed(parts)], settled=True)


def _of_whole(scene: Scene, share: Mention) -> Relation | None:
    """B,其中A,占(总数的)p%: the whole is a quantity said before, or nobody knows."""
    if not re.search(r"占|比重|比例", share.left) or PER.search(share.left):
        return None
    before = [one for one in scene.visible_before(share) if can_add(one)]
    if before and share.gap.strip() in ("占", "占比"):
        before = _without_subject(before, share)
    if not before:
        return None
    part = _part(share, before)
    candidates = [(part, whole) for whole in scene.before(part) if whole.is_like(part) and can_add(whole)]
    wider = [
        (part, whole)
        for whole in scene.before(part, paragraph=True)
        if whole.is_like(part) and can_add(whole)
    ]
    mates = [one for one in scene.group_of[part.index].mentions if one is not part and can_add(one)]
    others = [
        (one, whole) for one in mates for whole in scene.before(one) if whole.is_like(one) and can_add(whole)
    ]
    wider = [] if candidates else wider
    held = holding(share, [*reversed(candidates), *reversed(others), *reversed(wider[-12:])])
    if held is not None:
        return held
    accused = _accused(scene, share, part, [whole for _, whole in candidates], [whole for _, whole in wider])
    return accused or _far_away(scene, share, before)


def _without_subject(before: Sequence[Mention], share: Mention) -> list[Mention]:
    """五镇占48%: who has the share is named by a count; the figures are those before."""
    last = before[-1]
    kept = [one for one in before if one.quantity.base_unit != last.quantity.base_unit]
    return kept if last.index == share.index - 1 and last.quantity.base_unit in _PLACES else list(before)


def _far_away(scene: Scene, share: Mention, before: Sequence[Mention]) -> Relation | None:
    """占脱贫户总数的p%, the whole being a stock stated once, elsewhere in the text, under that very name."""
    named = re.search(
        r"占(?:全[镇村县乡市区])?([^,。;]{2,14}?)(?:总数|总户数|总人数|人数|户数|数)?的?$", share.left
    )
    if named is None:
        return None
    name = named[1].removesuffix("总")
    stated = [
        one
        for one in scene.mentions
        if one.index < share.index and one.sentence != share.sentence and can_add(one)
    ]
    wholes = [one for one in stated if one.quantity.subject.endswith(name) and not scene.is_nested(one)]
    part = _part(share, before)
    tried = [(part, whole) for whole in wholes if whole.is_like(part)]
    held = holding(share, tried)
    if held is not None:
        return held
    values = {whole.quantity.base_value for _, whole in tried}
    fitting = [pair for pair in tried if pair[0].quantity.base_value <= pair[1].quantity.base_value]
    if not fitting or len(values) > len({whole.quantity.base_unit for _, whole in tried}):
        return None
    return judged(share, fitting, settled=True)


def _part(share: Mention, before: Sequence[Mention]) -> Mention:
    """What the share is of: by 户数 or 人口 in its words, else the nearest quantity."""
    named = re.search(r"占[^,。;]*?(户|人口|人员|人)(?:总数|数)?的?$", share.left)
    if named is not None:
        near = [one for one in before[-3:] if one.quantity.base_unit == named[1][0]]
        if near:
            return near[-1]
    for words, unit in ((_PEOPLE, "人"), (_HOMES, "户")):
        if words.search(share.left):
            near = [one for one in before[-3:] if one.quantity.base_unit == unit]
            if near:
                return near[-1]
    return before[-1]


def _accused(
    scene: Scene, share: Mention, part: Mention, wholes: Sequence[Mention], wider: Sequence[Mention]
) -> Relation | None:
    named = re.search(r"占([^,。;]{2,14}?)的?$", share.left)
    name = re.sub(r"全[镇村县乡市区]|总|数|的|比例|比重", "", named[1]) if named else ""
    inside = scene.is_nested(part) or bool(AMONG.search(part.gap))
    fitting = [whole for whole in wholes if whole.quantity.base_value >= part.quantity.base_value]
    if re.search(r"去年|上年|年初|同期", share.left):
        return None
    if name:
        alike = [whole for whole in (fitting or wider) if _speaks_of(scene, whole, name)]
        if len(alike) == 1 or (alike and fitting):
            return judged(share, [(part, alike[-1])], settled=True)
        of_all = re.search(r"占(?:全部|总|其)", share.left) is not None or _generic(name)
        if not (inside and len(fitting) == 1 and of_all):
            return None
    if not inside and fitting and _has_share(scene, fitting[-1], part):
        return None
    if len(fitting) == 1 and (inside or share.gap.strip(" ,").startswith(("占", "占比"))):
        return judged(share, [(part, fitting[0])], settled=True)
    if fitting and inside:
        return judged(share, [(part, fitting[-1])], settled=len(fitting) < 3)
    return None


def _has_share(scene: Scene, whole: Mention, part: Mention) -> bool:
    """Whether the would-be whole has a share of its own before the part: then both are parts of something else."""
    return any(
        whole.index < one.index < part.index and one.quantity.kind == "share" for one in scene.before(part)
    )


def _generic(name: str) -> bool:
    return name in ("户", "人", "人口", "总", "资金", "面积", "投资", "其", "全部")


def _speaks_of(scene: Scene, whole: Mention, name: str) -> bool:
    """Whether most of the name's pairs of signs stand in the words about the whole, and no other year is named."""
    year = re.search(r"20\d\d", name)
    if year is not None and not whole.quantity.time.startswith(year[0]):
        return False
    words = scene.label(whole) + whole.left + whole.right[:8] + whole.quantity.subject
    name = re.sub(r"(?:20)?\d\d年[底末度]?|[^一-龥]", "", name)
    pairs = [name[at : at + 2] for at in range(len(name) - 1)] or [name]
    return sum(pair in words for pair in pairs) * 5 >= len(pairs) * 3
