"""Wholes that are opened up: 824户,其中甲668户、乙140户、其余16户; 分别为; a list after a colon."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bangfu.documents.arithmetic.causes import slip_of_digits
from bangfu.documents.arithmetic.closing_sums import sum_relation
from bangfu.documents.arithmetic.parallels import are_alike, shares_ends
from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.arithmetic.scene import AMONG, CHANGE, Scene, can_add, fits_total, total_of
from bangfu.documents.reading.lexicon import lexicon
from bangfu.documents.reading.structure import Mention, Sentence

_STRICT = re.compile(r"分别(?:为|是|有|达|达到)?|分为|分成|划分为|由|构成|组成|其余|剩余|余下|剩下|其他|另外")
_ASIDE = re.compile(r"占|任务|计划|目标")
_REST = re.compile(r"其余|余下|剩下|其他|另有|另外")
_CLASSES = re.compile(
    r"(?:[一二三四ABCDabcd1-4甲乙丙丁]|稳定|突发|边缘)[类级档等]|(?:男|女)(?:性)?|(?:20\d\d)年|[一二三四]季度|不稳定|易致贫|严重困难|[一二三四五六七八九]年级|[一-龥]类(?:项目|工程)?$|(?:未|已|尚未)(?:脱贫|消除|完成|开工|解决)"
)
_OVERLAP = re.compile(
    r"低保|五保|特困|残疾|党员|妇女|女|老人|老年|学生|少数民族|劳动力|贫困|脱贫|监测|务工|外出|重点|新增|大病|慢病|慢性病|独生|退役|儿童|留守"
)
_VERB = re.compile(
    r"已|共|全部|均|实现|完成|投入|占|拨付|发放|带动|惠及|受益|竣工|目前|现|硬化|新建|补助|用于"
)
_OPENER = re.compile(r"(?:分别(?:为|是|有|达|达到)?|分为|包括|包含|中,(?:有)?|中有|[:(])[^,:;()。]{0,24}$")
_OPEN_END = re.compile(r"等(?:项目|方面|工作|内容|支出)?[,。;]?$")


@dataclass(frozen=True)
class _Opening:
    whole: Mention
    parts: list[Mention]
    opener: str
    is_strict: bool = False


def parts(scene: Scene) -> Iterator[Relation]:
    found = [relation for opening in _openings(scene) for relation in _weigh(scene, opening)]
    yield from _seen_together(scene, found)


def _openings(scene: Scene) -> Iterator[_Opening]:
    for sentence in scene.sentences:
        used: set[int] = set()
        yield from _from_sentence_before(scene, sentence)
        for at, mention in enumerate(sentence.mentions[1:], 1):
            opener = _opener(scene, mention)
            if opener is None or mention.index in used:
                continue
            reached = _reached(scene, sentence.mentions[at:])
            used.update(one.index for one in reached)
            for nearest in _wholes(scene, sentence.mentions[:at], mention):
                members = [one for one in reached if _counts_same(scene, one, nearest) and _may_be_part(one)]
                whole = _closing(sentence.mentions[:at], nearest, members) or _first_of_joined(
                    scene, nearest, members
                )
                if members and whole is not None:
                    yield _Opening(whole, members, opener)


def _closing(before: Sequence[Mention], nearest: Mention, members: Sequence[Mention]) -> Mention | None:
    """The whole that the parts make up exactly, where it is another than the nearest."""
    if len(members) < 2:
        return None
    alike = [one for one in before if one.is_like(nearest) and can_add(one)]
    fitting = [
        one
        for one in reversed(alike)
        if any(fits_total(members[:length], one.quantity) for length in range(2, len(members) + 1))
    ]
    return fitting[0] if fitting else None


def _first_of_joined(scene: Scene, whole: Mention, members: Sequence[Mention]) -> Mention | None:
    """506万居民和86万师生,其中…: of two wholes joined by 和 the one that the parts make up; None where neither is."""
    if not re.match(r"[^,。;]{0,12}[和及与]", whole.gap):
        return whole
    before = [one for one in scene.before(whole) if one.is_like(whole)]
    return next(
        (one for one in [whole, *before[-1:]] if len(members) > 1 and fits_total(members, one.quantity)), None
    )


def _from_sentence_before(scene: Scene, sentence: Sentence) -> Iterator[_Opening]:
    """…72户171人。其中:甲村12户31人;…: the whole is the one that closes, else the first of the sentence before."""
    first = sentence.mentions[0]
    if not re.match(r"[ ]*其中", first.gap):
        return
    before = [
        one
        for one in scene.before(first, paragraph=True)
        if one.sentence == max(m.sentence for m in scene.before(first, paragraph=True))
    ]
    reached = _reached(scene, sentence.mentions)
    for unit in dict.fromkeys(one.quantity.base_unit for one in reached):
        wholes = [one for one in before if one.quantity.base_unit == unit and can_add(one)]
        members = [one for one in reached if one.quantity.base_unit == unit and _may_be_part(one)]
        if not wholes or not members:
            continue
        closing = [one for one in wholes if len(members) > 1 and fits_total(members, one.quantity)]
        near = closing or wholes if len(wholes) == 1 else closing or _near(wholes, members)
        if near:
            yield _Opening(near[-1], members, first.gap, bool(closing))


def _near(wholes: Sequence[Mention], members: Sequence[Mention]) -> list[Mention]:
    """Of several wholes the last that the parts nearly make up, where the parts' names make up a whole."""
    if len(members) < 2 or not _is_partition([one.left + one.right[:6] for one in members]):
        return []
    amount = total_of(members)
    return [
        one for one in wholes if abs(amount - one.quantity.base_value) * 10 <= one.quantity.base_value * 3
    ]


def _opener(scene: Scene, mention: Mention) -> str | None:
    """The words that open the whole up before this quantity; None where nothing does."""
    if AMONG.search(mention.gap):
        return mention.gap[mention.gap.rfind("其中") :] if "其中" in mention.gap else mention.gap
    match = _OPENER.search(mention.gap)
    if match is None or re.fullmatch(r"[(](?:即|折合|约合|合|相当于|折算|约)?", match[0]):
        return None
    return None if len(mention.gap[: match.start()].strip(" ,、")) > 16 else match[0]


def _reached(scene: Scene, following: Sequence[Mention]) -> list[Mention]:
    """How far the opening reaches: to the end of the bracket that holds it, the next 其中 or the next total."""
    kept: list[Mention] = []
    for one in following:
        if kept:
            if _leaves_bracket(scene, kept[0], one):
                break
            if AMONG.search(one.gap) and (";" in one.gap or "(" not in one.gap):
                break
            if (
                scene.is_total(one)
                and not _REST.search(one.gap)
                and len(kept) > 1
                and ("," in one.gap or ";" in one.gap)
            ):
                break
        kept.append(one)
    return kept


def _leaves_bracket(scene: Scene, first: Mention, one: Mention) -> bool:
    """Whether a bracket that was open at the first part is closed before this one."""
    depth = 0
    for char in scene.reading.flat[first.quantity.start : one.quantity.start]:
        depth += (char == "(") - (char == ")")
        if depth < 0:
            return True
    return False


def _wholes(scene: Scene, before: Sequence[Mention], first: Mention) -> list[Mention]:
    """Of each class the nearest quantity before the opening; nothing beyond a ; unless nothing else is there."""
    found: dict[str, Mention] = {}
    reach = {first.segment, before[-1].segment}
    stocks = [one for one in before if not (CHANGE.search(one.left) or _ASIDE.search(one.left))]
    before = [one for one in before if one in stocks or not any(one.is_like(other) for other in stocks)]
    for one in reversed(before):
        if one.quantity.kind not in ("share", "point", "times", "age", "time") and one.segment in reach:
            found.setdefault(one.quantity.base_unit, one)
    return list(found.values())


def _counts_same(scene: Scene, one: Mention, whole: Mention) -> bool:
    """The same unit, or persons in posts: 岗位156个,其中护林员62人."""
    if one.is_like(whole):
        return True
    posts = whole.quantity.unit == "个" and "岗位" in scene.label(whole) + whole.right[:8]
    return posts and one.quantity.base_unit == "人"


def _may_be_part(mention: Mention) -> bool:
    return can_add(mention) and not CHANGE.search(mention.left)


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
    if len(members) > 1 and _is_partition(
        [label + one.right[:6] for label, one in zip(labels, members, strict=True)]
    ):
        return True
    return opener.startswith(":") and len(members) > 2


def _weigh(scene: Scene, opening: _Opening) -> Iterator[Relation]:
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
    if len(members) > 1 and (opening.is_strict or _is_strict(scene, opening.opener, members)):
        yield _unequal(members, whole)
        return
    for one in members:
        yield _part(one, whole)
    if len(members) > 1 and all(
        relation.quantity.base_value <= whole.quantity.base_value for relation in members
    ):
        yield from _too_much(scene, members, whole)


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
        if kept and not _REST.search(one.gap):
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


def _is_partition(labels: Sequence[str]) -> bool:
    """Whether the labels are different names of one row that together make up a whole."""
    for row in lexicon().partitions:
        named = [max((name for name in row if name in label), key=len, default="") for label in labels]
        if all(named) and len(set(named)) == len(named) >= min(len(row), 3):
            return True
    return False


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
    elif amount > stated:
        yield sum_relation(members, whole, holds=None, note=",还是各项之间有重复")
    elif (
        not overlapping
        and len(members) > 2
        and (stated - amount) / stated < 0.1
        and slip_of_digits(quantities, whole.quantity)
    ):
        yield sum_relation(members, whole, holds=False)
    elif not overlapping and (stated - amount) / stated < 0.1 and whole.quantity.kind == "money":
        yield sum_relation(members, whole, holds=None, note=",或者还有没有写出的部分")


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
