"""Every pair of quantities that a percentage may be the share of: A is p % of B, p % of B were done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from bangfu.documents.arithmetic.relation import shown
from bangfu.documents.arithmetic.scene import CHANGE
from bangfu.documents.claims.claim import Claim, span
from bangfu.documents.claims.cues import Sight, bucket, names, overlap
from bangfu.documents.reading.structure import Mention

_PARTS_BACK, _WHOLES_BACK, _FAR = 6, 20, 80
_FORMS = (
    ("of", re.compile(r"占([^,。;:\d]{0,16}?)(?:总数|总量|总额|总户数|总人数|总人口|人数|户数|数)?的?(?:比例|比重)?[为达约到]*$")),
    ("rate", re.compile(r"([一-龥]{0,8})(?:率|比例|比重|进度|度)[已为达到约:]*$")),
    ("task", re.compile(r"(?:任务|计划|目标|指标|总数|总量|预算|总额|总投资)数?的?$")),
)
_CHANGE = re.compile(
    r"(?:增长|增加|增幅|提高|提升|上升|上浮|涨幅|上涨|涨了?|多了?|下降|减少|降低|降幅|缩减|下浮|少了?|压减|回落|下调|降了?|增速)(?:分别|约|近|了|为|达)*$"
)
_SHARES = frozenset({"share", "point", "times", "age", "time"})
_AIM = re.compile(r"不低于|以上|达到|力争|确保|目标|标准|同比|高于|低于|利率")
_PLACES = frozenset({"张", "个", "人", "条", "份", "户"})


@dataclass(frozen=True)
class _Share:
    mention: Mention
    form: str
    """of a named whole, as a rate, of a task, or none of these"""
    named: frozenset[str]
    cues: tuple[str, ...]


def share_claims(sight: Sight) -> Iterator[Claim]:
    for mention in sight.scene.mentions:
        if mention.quantity.kind in ("share", "times") and not mention.quantity.is_label and not _is_change(sight, mention):
            yield from _of(sight, _share(sight, mention))


def _is_change(sight: Sight, mention: Mention) -> bool:
    """增长8%, 降幅为3%; not 提高到85%, nor 增加值占12%."""
    row = sight.scene.row_of(mention)
    words = re.split(r"[,;。:]", row[0].left if row else mention.left)[-1]
    return _CHANGE.search(words) is not None


def _share(sight: Sight, mention: Mention) -> _Share:
    left = mention.left if re.search("[一-龥]", mention.left) or not sight.scene.row_of(mention) else sight.scene.row_of(mention)[0].left
    left = re.sub(r"[分别为达]+$", "", left)
    for form, pattern in _FORMS:
        if match := pattern.search(left):
            name = match[1] if match.groups() else ""
            return _Share(mention, form, names(name), tuple(_own_cues(sight, mention, form)))
    form = "other" if re.search("[一-龥]", left) else "bare"
    return _Share(mention, form, names(left[-8:]), tuple(_own_cues(sight, mention, form)))


def _own_cues(sight: Sight, share: Mention, form: str) -> Iterator[str]:
    yield f"form={form}"
    if CHANGE.search(share.left):
        yield "share.change"
    if sight.scene.row_of(share):
        yield "share.row"
    if not share.quantity.is_exact:
        yield "share.rough"
    if share.quantity.kind == "times":
        yield "share.times"
    if _AIM.search(share.left + share.right[:4]):
        yield "share.aim"
    if share.quantity.base_value > 1:
        yield "share.over"
    if re.search(r"平均|均|全[县镇市省]", share.left):
        yield "share.average"
    if sight.remember("whole-row", share, _is_of_whole_row):
        yield "share.whole-row"


def _is_of_whole_row(sight: Sight, share: Mention) -> bool:
    """工资占68%、经营占19%、其他占13%: shares that make up all of something that is not stated."""
    row = [one for one in sight.scene.sentence_of(share).mentions if one.is_like(share)]
    at = row.index(share)
    for start in range(max(0, at - 7), at + 1):
        for end in range(max(at + 1, start + 2), min(len(row), start + 8) + 1):
            several = row[start:end]
            total = sum((one.quantity.base_value for one in several), Decimal(0))
            if all("占" in one.left or one.gap.strip() in _AND for one in several) and abs(total - 1) <= several[0].quantity.step * len(several) / 2:
                return True
    return False


def _of(sight: Sight, share: _Share) -> Iterator[Claim]:
    yield from _joint(sight, share)
    for rank, part in enumerate(_parts(sight, share.mention)):
        for order, whole in enumerate(_wholes(sight, share, part)):
            if whole.quantity.base_value > 0 and not share.mention.is_like(whole):
                yield _claim(sight, share, part, whole, rank, order)


def _joint(sight: Sight, share: _Share) -> Iterator[Claim]:
    """属实41件,部分属实55件,不属实83件,属实和部分属实占53.6%: two or three together of one said, or of the whole row."""
    before = sight.scene.before(share.mention, paragraph=True)[-_PARTS_BACK:]
    rows = [before[at : at + length] for length in (2, 3) for at in range(len(before) - length + 1)]
    for row in rows:
        if not all(one.is_like(row[0]) and one.quantity.kind not in _SHARES for one in row):
            continue
        amount = sum((one.quantity.base_value for one in row), Decimal(0))
        wholes = [one for one in before if one.is_like(row[0]) and one not in row]
        found = [(one.quantity.base_value, (one,)) for one in wholes]
        if wholes:
            found.append((amount + sum((one.quantity.base_value for one in wholes), Decimal(0)), tuple(wholes)))
        for value, others in found:
            ratio = amount / value if value else Decimal(0)
            if share.mention.quantity.is_exact and share.mention.quantity.states(ratio):
                way = f"({'+'.join(one.quantity.text for one in row)})÷{shown(value, row[0].quantity)}"
                yield Claim("share", (*row, *others), share.mention, ratio, ratio, ratio, way, False, partial(_joint_cues, share, len(row), len(others)))


def _joint_cues(share: _Share, parts: int, others: int) -> Iterator[str]:
    yield from (f"joint.{cue}" for cue in share.cues)
    yield f"joint={parts}"
    yield f"joint.of={'row' if others > 1 else 'one'}"


def _parts(sight: Sight, share: Mention) -> list[Mention]:
    """The nearest quantities before the share, nearest first, and those right after it."""
    before = [one for one in sight.scene.before(share) if one.quantity.kind not in _SHARES]
    if len(before) < 3:
        earlier = [one for one in sight.scene.before(share, paragraph=True) if one.sentence != share.sentence]
        before = [*[one for one in earlier if one.quantity.kind not in _SHARES][-4:], *before]
    if not before and sight.scene.place_of(share):
        before = [one for one in sight.scene.sentence_before(share) if one.quantity.kind not in _SHARES]
    after = [one for one in sight.scene.after(share)[:2] if one.quantity.kind not in _SHARES]
    return [*reversed(before[-_PARTS_BACK:]), *after]


def _wholes(sight: Sight, share: _Share, part: Mention) -> list[Mention]:
    """What the part may be part of: the quantities of its unit about it, nearest first; far away the greater ones."""
    mention, scene = share.mention, sight.scene
    near = [one for one in scene.before(mention, paragraph=True) if one is not part and _alike(one, part)]
    found = list(reversed(near[-_WHOLES_BACK:]))
    found += [one for one in scene.after(mention)[:3] if one is not part and _alike(one, part)]
    far = scene.mentions[: scene.place_of(mention)][-_FAR:]
    if part.sentence == mention.sentence or part.sentence + 1 >= mention.sentence:
        found += [
            one
            for one in reversed(far)
            if one.paragraph != mention.paragraph and one.is_like(part) and one.quantity.base_value >= part.quantity.base_value
        ]
    return found


def _alike(one: Mention, part: Mention) -> bool:
    if one.is_like(part):
        return True
    units = {one.quantity.base_unit, part.quantity.base_unit}
    return len(units) == 2 and (units < _PLACES or {one.quantity.kind, part.quantity.kind} == {"count"})


def _claim(sight: Sight, share: _Share, part: Mention, whole: Mention, rank: int, order: int) -> Claim:
    one, other = part.quantity, whole.quantity
    low, high = ratio_bounds(part, whole)
    tight = part.sentence == share.mention.sentence == whole.sentence and share.mention.index - part.index <= 2 and order < 2
    return Claim(
        "share", (part, whole), share.mention, one.base_value / other.base_value, low, high, f"{one.text}÷{other.text}", tight,
        partial(_cues, sight, share, part, whole, rank, order),
    )  # fmt: skip


def _cues(sight: Sight, share: _Share, part: Mention, whole: Mention, rank: int, order: int) -> Iterator[str]:
    yield from share.cues
    yield f"part.rank={bucket(rank)}"
    yield f"whole.order={bucket(order)}"
    yield from sight.state(part, "part")
    yield from sight.state(whole, "whole")
    yield from sight.pair(part, share.mention, "part")
    yield from sight.pair(whole, part, "whole")
    of_part, of_whole = sight.names(part), sight.names(whole)
    yield f"{share.form}.name-part={overlap(share.named, of_part)}"
    yield f"{share.form}.name-whole={overlap(share.named, of_whole)}"
    yield f"part-whole={overlap(of_part, of_whole)}"
    if part.quantity.base_unit != whole.quantity.base_unit:
        yield "other-unit" if part.is_like(whole) else "other-class"
    if part.quantity.base_value > whole.quantity.base_value:
        yield "part>whole"
    if _is_greatest(sight, whole):
        yield "whole.greatest"
    yield from _in_row(sight, share.mention, part)
    if sight.between(part, whole) == 0 and part.index == share.mention.index - 1:
        yield f"{share.form}.three-in-a-row"


def _in_row(sight: Sight, share: Mention, part: Mention) -> Iterator[str]:
    """甲、乙、丙分别为3户、2户、1户,占50%、33.3%、16.7%: the second share is of the second figure."""
    here = sight.scene.sentence_of(share).mentions
    at = here.index(share)
    first = last = at
    while first and here[first - 1].is_like(share) and here[first].gap.strip() in _AND:
        first -= 1
    while last + 1 < len(here) and here[last + 1].is_like(share) and here[last + 1].gap.strip() in _AND:
        last += 1
    length = last - first + 1
    if length < 2 or part not in here:
        return
    before = [one for one in here[:first] if one.is_like(part)][-length:]
    after = [one for one in here[last + 1 :] if one.is_like(part)][:length]
    aligned = any(len(row) == length and row[at - first] is part for row in (before, after))
    yield "row.in-order" if aligned else "row.out-of-order"


_AND = frozenset({"、", "和", "及", "与", ",", "以及", "、和"})


def _is_greatest(sight: Sight, whole: Mention) -> bool:
    """Whether nothing of its unit before it in its line is greater."""
    before = sight.scene.before(whole, paragraph=True)
    return all(one.quantity.base_value <= whole.quantity.base_value for one in before if one.is_like(whole))


def ratio_bounds(part: Mention, whole: Mention) -> tuple[Decimal, Decimal]:
    """The least and the greatest ratio that the rounding of both leaves open; the same where both are counts."""
    low, high = span(part.quantity)
    least, most = span(whole.quantity)
    if least <= 0 or most <= 0:
        ratio = part.quantity.base_value / whole.quantity.base_value
        return ratio, ratio
    return low / most, high / least
