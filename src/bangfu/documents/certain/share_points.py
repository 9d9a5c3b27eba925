"""What speaks for a pair of figures as part and whole of a percentage: words, order, and other figures that agree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from bangfu.documents.arithmetic.scene import PER, Scene, can_add
from bangfu.documents.certain.share_pairs import NO_PARTS, Pair
from bangfu.documents.certain.share_words import Asked, pairs_of
from bangfu.documents.reading.structure import Mention

DUE = re.compile(
    r"应|计划|任务|目标|下达|预算|概算|核定|拟|需|排查|发现|摸排|受理|收到|交办|反馈|申请|申报|可|到位|安排|抽查|抽检|检测|送检|"
    r"发放|发出|报名|到期|共|总|全[县镇乡村市区]|现有|有|推送|承保|投保|保费|送审|年度|指标|余额|参训|床位|学位|岗位|毕业"
)
DONE = re.compile(
    r"已|实|完成|落实|签|通过|整改|办结|拨付|支付|支出|拨出|回收|收回|就业|安置|参加|享受|救治|验收|销号|竣工|完工|开工|偿还|还款|"
    r"取得|取证|参保|使用|报账|兑现|解决|脱贫|合格|达标|有效|化解|建成|到位|消除|批准|批复|获批|其中|成活|入住|缴|核实|属实|满意|"
    r"入户|走访|办理|办证|报销|资助|务工|接种|检出|查处|逾期|核减|中标|节约|结余|注销"
)
_LEFT_OVER = re.compile(r"未|不|没|无|尚|待|剩|余|欠|缺|差|其余|其他|结转|沉淀|滞留|另|个人|自付|自筹")
_LAST = re.compile(r"上年|去年|同期|上月|上季|上期|年初|期初|前年|历史|往年|较|比")
_TOTAL = re.compile(r"合计|总计|共计|总共|一共|总和|共|累计|总|全年|全部")
_IN_CLAUSE = re.compile(r"占|为|是|达到?|完成|相当于|等于|按|中|实现")
_SMALL = 20


@dataclass
class Weighing:
    """The scene with what was found of its other percentages, by index: the pair each comes out with."""

    scene: Scene
    held: Mapping[int, Pair] = field(default_factory=dict)
    sums: dict[tuple[int, int], bool] = field(default_factory=dict)

    def points(self, one: Asked, pair: Pair) -> float:
        return sum(self._points(one, pair))

    def _points(self, one: Asked, pair: Pair) -> Iterator[float]:
        yield from self._of_part(one, pair.part)
        yield from self._of_whole(one, pair)
        yield from self._of_both(one, pair)
        yield self._siblings(one, pair)
        if self._rest_stands(one, pair):
            yield 2.5
        if self._row_adds_up(pair):
            yield 2.0

    def _of_part(self, one: Asked, part: Mention) -> Iterator[float]:
        if one.form == "bare":
            yield -1.5
        if one.share.quantity.base_value == 1:
            yield -2.0
        if part.index > one.share.index:
            yield 0.5 if _TOLD_AFTER.fullmatch(part.gap) else -2.0
        elif part.sentence != one.head.sentence:
            yield -2.0
        else:
            yield -0.5 * self._between(part, one.head) if one.length == 1 else 0.0
        if part.quantity.per or PER.search(part.left):
            yield -1.5
        if one.form == "rate" and one.name:
            words = self._words(part)
            if one.name[-2:] in words or pairs_of(one.name) & pairs_of(words):
                yield 1.0
        if one.length > 1:
            yield 1.5 if self._is_aligned(one, part) else -1.5
        if _LEFT_OVER.search(part.left) and not _LEFT_OVER.search(one.head.left):
            yield -1.0

    def _of_whole(self, one: Asked, pair: Pair) -> Iterator[float]:
        whole, share = pair.whole, one.head
        if whole.index == share.index - 1 and self._is_in_words(share, whole):
            yield 3.5
        elif one.form in ("of", "task", "rate") and one.name and not one.is_generic:
            yield from self._by_name(one, whole)
        if whole.sentence == share.sentence:
            yield 0.8
        elif whole.paragraph != share.paragraph:
            yield -1.0
        if self.scene.is_nested(whole) and not self.scene.is_nested(pair.part):
            yield -0.5
        if whole.quantity.per or PER.search(whole.left):
            yield -2.0
        if _LAST.search(whole.left):
            yield -1.5
        if _LEFT_OVER.search(whole.left):
            yield -1.0
        if _TOTAL.search(whole.left) or DUE.search(whole.left):
            yield 0.5
        if whole.index > share.index:
            yield -0.7

    def _by_name(self, one: Asked, whole: Mention) -> Iterator[float]:
        named = pairs_of(one.name)
        if not named:
            return
        shared = len(named & pairs_of(self._words(whole))) / len(named)
        if one.form == "rate":
            yield 0.3 if shared else 0.0
        else:
            yield 2.0 if shared >= 0.6 else 1.0 if shared > 0 else -0.8

    def _of_both(self, one: Asked, pair: Pair) -> Iterator[float]:
        part, whole = pair.part, pair.whole
        if part.is_like(whole):
            yield 0.5
            rivals = self._like_before(part, whole)
            yield 1.0 if not rivals else -0.3 * min(rivals, 4)
        elif part.quantity.base_unit == "人" and whole.quantity.base_unit in ("张", "个"):
            yield 0.2
        else:
            yield -1.2
        if part.quantity.base_value > whole.quantity.base_value:
            over = one.share.quantity.base_value > 1 or one.form in ("task", "rate")
            yield -0.5 if over and DONE.search(part.left) else -2.5
        elif one.share.quantity.base_value > 1:
            yield -2.5
        if DUE.search(whole.left) and DONE.search(part.left):
            yield 0.7
        if self.scene.is_nested(part) and not self.scene.is_nested(whole) and whole.sentence == part.sentence:
            yield 0.7

    def _like_before(self, part: Mention, whole: Mention) -> int:
        """How many quantities of the unit, as great as the part, stand between the two: each may be the whole."""
        low, high = sorted((part.index, whole.index))
        at = self.scene.place_of(part if part.index < whole.index else whole)
        between = self.scene.mentions[at + 1 : at + high - low]
        return sum(
            other.is_like(part) and can_add(other) and other.quantity.base_value >= part.quantity.base_value
            for other in between
        )

    def _between(self, first: Mention, second: Mention) -> int:
        here = self.scene.sentence_of(second).mentions
        return sum(
            first.index < other.index < second.index and other.quantity.kind not in NO_PARTS for other in here
        )

    def _is_in_words(self, share: Mention, whole: Mention) -> bool:
        """占计划投资4260万元的75%: the whole stands in the words of the share."""
        return share.gap.lstrip().startswith(("的", "之", "中", "中的", "的比例")) and bool(
            _IN_CLAUSE.search(self.scene.clause(whole))
        ) or bool(re.fullmatch(r"(?:的|总数的|中占|里占|中,?占)", share.gap.strip()))

    def _words(self, mention: Mention) -> str:
        group = self.scene.group_of[mention.index]
        label = group.label if group.mentions[0] is not mention else ""
        return label[-16:] + mention.left + " " + mention.right[:8] + " " + mention.quantity.subject

    def _is_aligned(self, one: Asked, part: Mention) -> bool:
        """甲、乙、丙分别为3户、2户、1户,占50%、33.3%、16.7%: the second share is of the second figure."""
        before = [
            other
            for other in self.scene.before(one.head)
            if other.is_like(part) and other.quantity.kind not in NO_PARTS
        ][-one.length :]
        return len(before) == one.length and before[one.place] is part

    def _siblings(self, one: Asked, pair: Pair) -> float:
        """Other shares about that come out with the same whole, or with a pair placed in the same way."""
        part, whole, share = pair.part, pair.whole, one.share
        best = 0.0
        for index in range(share.index - 12, share.index + 13):
            other = self.held.get(index)
            if other is None or index == share.index:
                continue
            same_way = index - other.part.index == share.index - part.index
            if other.whole is whole and other.part is not part:
                best = max(best, 2.5 if same_way else 1.5)
            elif same_way and index - other.whole.index == share.index - whole.index:
                best = max(best, 2.5)
        return best

    def _rest_stands(self, one: Asked, pair: Pair) -> bool:
        """应办27件,已办25件,办结率92.6%,还有2件: what is left confirms part and whole."""
        part, whole = pair.part.quantity, pair.whole.quantity
        rest = whole.base_value - part.base_value
        if rest <= 0 or not pair.part.is_like(pair.whole):
            return False
        at = self.scene.place_of(one.share)
        around = self.scene.mentions[max(0, at - 6) : at + 6]
        return any(
            other.is_like(pair.part)
            and other is not pair.part
            and abs(other.quantity.base_value - rest) <= other.quantity.step / 2
            and other.quantity.kind not in NO_PARTS
            and (rest > _SMALL or bool(_LEFT_OVER.search(other.left)) or other.sentence == pair.part.sentence)
            for other in around
        )

    def _row_adds_up(self, pair: Pair) -> bool:
        """Whether the part is one of the items after the whole (or before it) that add up to it."""
        key = pair.part.index, pair.whole.index
        if key not in self.sums:
            self.sums[key] = pair.part.is_like(pair.whole) and self._adds_up(pair.part, pair.whole)
        return self.sums[key]

    def _adds_up(self, part: Mention, whole: Mention) -> bool:
        at, to = self.scene.place_of(whole), self.scene.place_of(part)
        if abs(at - to) > 40:
            return False
        step = 1 if to > at else -1
        amount, count, seen = Decimal(0), 0, False
        for place in range(at + step, to + step * 16, step):
            if not 0 <= place < len(self.scene.mentions):
                return False
            other = self.scene.mentions[place]
            if not other.is_like(part) or not can_add(other):
                continue
            amount, count, seen = amount + other.quantity.base_value, count + 1, seen or other is part
            if amount > whole.quantity.base_value:
                return False
            if amount == whole.quantity.base_value:
                return seen and count > 1
        return False


_TOLD_AFTER = re.compile(
    r"[,(、]?\s*(?:计|即|合计|合|共计|共|约合|约|为|是|金额|资金|人数|户数|折合|就是|也就是|达|有|折款|合款|预留|提取|质保金|[一-龥]{0,8})[为达约]*"
)
