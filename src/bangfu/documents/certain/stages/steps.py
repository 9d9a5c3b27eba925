"""Steps of one procedure: applied and approved, begun and finished, allotted and spent, found and mended."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.stages.order import is_more, is_owned, out_of_order, times_differ
from bangfu.documents.certain.stages.procedures import AFTER
from bangfu.documents.certain.stages.words import FILLS, PATTERNS, core, is_bare, named_steps, steps_of
from bangfu.documents.certain.units.slip import is_each
from bangfu.documents.reading.structure import Mention

_UNDONE = re.compile(
    r"[未没尚待拟欠缺不]|计划|任务|目标|剩|率|差|预计|在建|打算|需|应|还有|退|驳|每|均|比|其余"
)
_REPEATED = re.compile(r"重复|虚假|冒|违规|不符|不予")
_EXPLAINED = re.compile(r"(?:超过|大于|多于|高于)[^,。;]{0,8}(?:数|安排|计划|批复|应)|结转")
_ALL_OF = re.compile(r"应|共|合计|总计|累计")
_FELL_OUT = re.compile(r"[退驳剔][回出除了掉]|淘汰|刷[掉下]|缺[考席勤]|未通过|不合格|弃")
_TOTAL = re.compile(r"共|合计|总|全[年县镇乡村市区部]")
_ALL_HAD = re.compile(r"可用|可支配|合计|共计|总计")
_CARRIED = re.compile(r"(?:结转|上[年月期季][末底]?|期初|存量|原有|历年|年初(?:有|存|余|结|尚))[^,。;]{0,6}$")
_REACH = 8
_WORD = re.compile("[一-龥]")
_ASPECTS = re.compile(r"方面|大类|类|层面|环节")
_NAMED = re.compile("[一-龥]{2}")
_AMONG = re.compile("其中|当中")


def overtaken_steps(scene: Scene) -> Iterator[Relation]:
    for later in scene.mentions:
        if not _can_step(later) or not _exceeds_any(scene, later):
            continue
        names = steps_of(scene, later)
        if not names or _UNDONE.search(core(later)):
            continue
        for earlier in _earlier(scene, later, names):
            yield from _overtaken(scene, earlier, later)


def _overtaken(scene: Scene, earlier: Mention, later: Mention) -> Iterator[Relation]:
    in_table = not _WORD.search(later.left)
    if in_table and _EXPLAINED.search(scene.reading.flat, later.quantity.end):
        return
    if (
        is_more(later, earlier)
        and (_ALL_HAD.search(earlier.left) or not times_differ(earlier, later))
        and not is_owned(scene, later, earlier, of_price="price" in steps_of(scene, earlier))
    ):
        said = f"后一环节的{later.quantity.text}比前一环节的{earlier.quantity.text}还多"
        yield out_of_order(later, earlier, said)


_HEADER = re.compile(r"[((]([一-龥]{2,8})[//]([一-龥]{2,8})[))]")


def side_by_slash(scene: Scene) -> Iterator[Relation]:
    """进度见下(批复/已报账): 120万元/126万元."""
    flat = scene.reading.flat
    for header in _HEADER.finditer(flat):
        first, second = (named_steps(words) for words in header.groups())
        if not any(second & AFTER.get(name, frozenset()) for name in first):
            continue
        for one, other in zip(scene.mentions, scene.mentions[1:], strict=False):
            paired = other.gap == "/" and one.is_like(other) and one.quantity.start > header.end()
            if paired and is_more(other, one) and not is_owned(scene, other, one):
                yield out_of_order(
                    other, one, f"{header[2]}的{other.quantity.text}比{header[1]}的{one.quantity.text}还多"
                )


def _exceeds_any(scene: Scene, later: Mention) -> bool:
    """Where nothing like it before it is less, none is overtaken."""
    value = later.quantity.base_value
    return any(
        one.quantity.base_value < value and _is_like(one, later)
        for one in scene.before(later, paragraph=True)[-24:]
    )


def _can_step(one: Mention) -> bool:
    return one.quantity.kind not in ("share", "point", "times", "age", "time") and not is_each(one)


def _earlier(scene: Scene, later: Mention, names: frozenset[str]) -> list[Mention]:
    """The figures before it of steps that go before, in its sentence, or if it is bare in the sentence before.

    None where one of them is great enough: 到位2860万元,其中县级870万元,支出2717万元.
    """
    before = [one for one in reversed(scene.before(later)) if _is_like(one, later)]
    if is_bare(later) and all(_FELL_OUT.search(one.left) for one in before):
        before = [one for one in reversed(scene.before(later, paragraph=True)) if _is_like(one, later)]
        before = [
            one for one in before if one.quantity.unit == later.quantity.unit and not scene.is_nested(one)
        ]
    found: list[Mention] = []
    for one in before[:_REACH]:
        if one.sentence == later.sentence and one.segment != later.segment and not is_bare(later):
            break
        if not _can_step(one) or (scene.is_nested(one) and not scene.is_nested(later)):
            continue
        steps = steps_of(scene, one)
        if found and scene.is_nested(one) != scene.is_nested(found[0]):
            break
        if any(names & AFTER.get(name, frozenset()) for name in steps) and _is_sound(one):
            if _is_item(scene, one, names) or not _same_matter(scene, one, later):
                break
            found.append(one)
        elif not found and _names_other(scene, one, later, steps):
            break
    if not later.left.strip("、,;:共计合有") and _is_sum(later, before):
        return []
    if _is_within_total(scene, later, found, before):
        return []
    if _is_covered(scene, later, found) or _is_of_whole(scene, later, found, before, names):
        return []
    return [one for one in _greatest(scene, found) if not _is_of_all(scene, later, one)]


def _is_sum(later: Mention, before: list[Mention]) -> bool:
    """批准112户;第二批批准131户,共243户."""
    values = [one.quantity.base_value for one in before]
    return any(sum(values[:count]) == later.quantity.base_value for count in range(2, len(values) + 1))


def _is_within_total(scene: Scene, later: Mention, found: list[Mention], before: list[Mention]) -> bool:
    """大会132件,闭会27件,全年159件。已解决98件: a total that takes in the step stands between."""
    return bool(found) and any(
        one.index > found[0].index and _TOTAL.search(one.left) and not is_more(later, one) for one in before
    )


def _greatest(scene: Scene, found: list[Mention]) -> list[Mention]:
    """分配1080万元,加上年结转120万元,可用1200万元: of several of one step the greatest is what there was."""
    steps = {one.index: steps_of(scene, one) for one in found}
    return [
        one
        for one in found
        if not any(
            steps[other.index] & steps[one.index] and is_more(other, one)
            for other in found
            if scene.is_nested(other) == scene.is_nested(one)
        )
    ]


def _is_of_all(scene: Scene, later: Mention, first: Mention) -> bool:
    """6月结转36件,7月新受理428件,应办464件;办结441件: there was more to be done than the step names."""
    between = [one for one in scene.before(later) if one.index > first.index and _is_like(one, later)]
    if any(_ALL_OF.search(one.left) and not is_more(later, one) for one in between):
        return True
    earlier = scene.before(first)[-1:] if not _ALL_HAD.search(first.left) else []
    return bool(earlier and _is_like(earlier[0], later) and _CARRIED.search(earlier[0].left))


def _is_covered(scene: Scene, later: Mention, found: list[Mention]) -> bool:
    """One of the same step as the nearest is great enough, and may be what is meant."""
    return any(
        not is_more(later, one)
        and steps_of(scene, one) & steps_of(scene, found[0])
        and scene.is_nested(one) == scene.is_nested(found[0])
        for one in found
    )


def _is_sound(one: Mention) -> bool:
    planned = "公示" not in one.left and _UNDONE.search(core(one).replace("应到期", "到期"))
    return not planned and not _REPEATED.search(one.left) and not _ASPECTS.match(one.right)


def _names_other(scene: Scene, one: Mention, later: Mention, steps: frozenset[str]) -> bool:
    """A figure of some other thing between them: what follows may well be of that."""
    free = (
        not scene.is_nested(one)
        and not steps
        and one.sentence == later.sentence
        and one.segment == later.segment
    )
    return free and bool(_NAMED.search(one.left)) and not _UNDONE.search(one.left)


def _is_of_whole(
    scene: Scene, later: Mention, found: list[Mention], before: list[Mention], names: frozenset[str]
) -> bool:
    """办理18件,其中交办7件,办结18件: done of the whole, not of the part."""
    if not found or not scene.is_nested(found[0]) or not is_bare(later):
        return False
    for one in before[before.index(found[0]) + 1 :]:
        if steps_of(scene, one) & names:
            return False
        if not scene.is_nested(one) and one.sentence == later.sentence:
            return not is_more(later, one)
    return False


def _is_item(scene: Scene, one: Mention, names: frozenset[str]) -> bool:
    """上级拨款36.5万元、本级预算28万元: one of several that only together are what was there."""
    before, after = scene.before(one)[-1:], scene.after(one)[:1]
    beside = [other for other in before if one.gap.startswith("、")]
    beside += [other for other in after if other.gap.startswith("、")]
    own = steps_of(scene, one)
    return any(
        other.is_like(one)
        and not (
            steps_of(scene, other)
            & (names | frozenset().union(*(AFTER.get(name, frozenset()) for name in own)))
        )
        and not any(own & AFTER.get(name, frozenset()) for name in steps_of(scene, other))
        for other in beside
    )


def _is_like(one: Mention, other: Mention) -> bool:
    units = {one.quantity.unit, other.quantity.unit}
    return (
        one.is_like(other)
        or units == {"张", "人"}
        or (units == {"个", "人"} and "岗" in one.left + one.right)
    )


def _same_matter(scene: Scene, first: Mention, second: Mention) -> bool:
    """Whether the second names nothing new: 开工产业路5公里,完工水渠8公里 are two."""
    if "\t" in second.gap or not second.gap.strip(" |"):
        return True
    if "stored" in steps_of(scene, second) and first.index == second.index - 1:
        return True
    words = second.left + (second.right[:6] if second.quantity.kind == "count" else "")
    if _AMONG.search(second.gap) and scene.is_nested(second) and not scene.is_nested(first):
        return is_bare(second) or _overlaps(words, _around(scene, first))
    for _, pattern in PATTERNS:
        words = pattern.sub(" ", words)
    words = FILLS.sub(" ", words)
    here = _around(scene, first)
    return all(_overlaps(word, here) for word in words.split() if len(word) > 1)


def _around(scene: Scene, first: Mention) -> str:
    return scene.sentence_words(first)[: first.quantity.end - scene.sentence_of(first).start] + first.right


def _overlaps(word: str, text: str) -> bool:
    return any(word[at : at + 2] in text for at in range(len(word) - 1))
