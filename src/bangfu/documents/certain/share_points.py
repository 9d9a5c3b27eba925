"""What speaks for a pair of figures as part and whole of a percentage: words, order, and other figures that agree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from bangfu.documents.arithmetic.scene import AMONG, PER, Scene, can_add
from bangfu.documents.certain.share_pairs import NO_PARTS, Pair, same_unit
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
_LEFT_OVER = re.compile(
    r"未|不|没|无|尚|待|剩|(?<!盈)余(?!额)|欠|缺|差(?!额)|其余|其他|结转|沉淀|滞留|另|个人|自付|自筹"
)
_LAST = re.compile(r"上年|去年|同期|上月|上季|上期|年初|期初|前年|历史|往年|较|比")
_TOTAL = re.compile(r"合计|总计|共计|总共|一共|总和|共|累计|总|全年|全部")
_OF_IT = re.compile(r"\s*(?:[一-龥]{0,4}(?:总数|总额)?的|之|[一-龥]{0,6}中,?(?:的|只|仅)?占?(?!.*\d))")
_IN_CLAUSE = re.compile(r"占|为|是|达到?|完成|相当于|等于|按|中|实现")
_POPULATION = re.compile(r"人口|农业|农村|总|应|辖|全[县镇乡村市]")
_PLACE = re.compile(r"(?![全我本该各每农]|乡村)[一-龥]{1,3}(?:乡|镇|村|县|社区|街道)")
_CLAUSE = re.compile(r"[,;:。!?\n]")
_OTHER_CLAUSE = re.compile(r";|[,)](?!按|以)[^,;\d]*[一-龥]{5,}[^,;\d]*,")
_NOT_HAN = re.compile(r"[^一-龥]|其中|共计?|合计|[为有达约已]")
_ALL_WORDS = re.compile(r"^(?:全[县镇乡村市区]|已|总|其|该|同期)+")
_SHORT = 6
_EXCEEDS = re.compile(
    r"完成|支出|执行|进度|收益|产出|负荷|赔付|利用|使用|计划|任务|预算|概算|目标|设计|核定|指标|额定|原|上年|去年|实现|达|回报|存贷|负债|自给"
)
_DENIED = re.compile(r"[不未非无][一-龥]{2}")
_ALL_OF = re.compile(r"全[年县镇乡村市区州省场社局校院站]")
_MOST = 0.6
_SMALL = 20
_ROW = 6
_ALIKE = 2.0
_BORNE = 2.0
_TAKEN = -3.0

_NEARLY = Decimal("1.3")


_PASSED = NO_PARTS | {"time"}


@dataclass
class Weighing:
    """The scene with what was found of its other percentages, by index: the pair each comes out with."""

    scene: Scene
    held: Mapping[int, Pair] = field(default_factory=dict)
    asked: Mapping[int, Asked] = field(default_factory=dict)
    sums: dict[tuple[int, int], bool] = field(default_factory=dict)
    borne: dict[tuple[str, str], bool] = field(default_factory=dict)
    named: dict[int, Mention | None] = field(default_factory=dict)
    spoken: dict[int, str] = field(default_factory=dict)

    def points(self, one: Asked, pair: Pair) -> float:
        return sum(self._points(one, pair))

    def _points(self, one: Asked, pair: Pair) -> Iterator[float]:
        siblings = self._siblings(one, pair)
        yield siblings
        if one.form == "bare" and not siblings:
            yield -1.5
        if one.share.quantity.base_value == 1:
            yield -2.0
        yield from self._of_part(one, pair.part)
        yield from self._of_whole(one, pair, told_alike=siblings > _ALIKE)
        yield from self._of_both(one, pair)
        if self._both_follow(one, pair):
            yield 4.5
        if one.form == "rate":
            yield from self._of_rate(one, pair, told_alike=siblings > _ALIKE)
        if place := _PLACE.match(one.subject or one.name):
            start = pair.part.quantity.start
            yield 0.0 if place[0] in self.scene.reading.flat[max(0, start - 40) : start + 16] else -3.0
        if self._rest_stands(one, pair):
            yield 2.5
        elif self._row_adds_up(pair):
            yield 2.0

    def _both_follow(self, one: Asked, pair: Pair) -> bool:
        """入住率仅52%,1640张床位入住918人."""
        after = self.scene.after(one.share)[:2]
        return (
            one.form == "rate"
            and len(after) > 1
            and after[0] is pair.whole
            and after[1] is pair.part
            and after[0].gap.startswith((",", "("))
            and not _CLAUSE.search(after[1].gap)
        )

    def _of_part(self, one: Asked, part: Mention) -> Iterator[float]:
        if part.index > one.share.index:
            told = one.form == "taken" and part.index == one.share.index + 1
            if told or (one.form == "bare" and _BARE_AFTER.fullmatch(part.gap)):
                yield 1.5
            elif _TOLD_AFTER.fullmatch(part.gap):
                yield 0.5
            else:
                yield -1.5 if one.form != "of" and _NEXT.fullmatch(part.gap) else -4.0
        elif one.form == "taken":
            yield -4.0
        elif one.length == 1:
            yield from self._nearness(one, part)
        if one.length > 1:
            yield 1.5 if self._is_aligned(one, part) else -4.0
        if part.quantity.per or PER.search(part.left):
            yield -1.5 if part.quantity.is_exact else -4.0
        if one.subject:
            yield 2.0 if self._is_subject(one, part) else 0.0 if part.index > one.share.index else -2.0
        if one.unit and part.quantity.base_unit not in one.unit:
            yield -5.0
        if _LEFT_OVER.search(part.left) and not _LEFT_OVER.search(one.head.left):
            yield -1.5

    def is_near(self, one: Asked, part: Mention) -> bool:
        return sum(self._of_part(one, part)) > -1.2

    def is_told_alike(self, one: Asked, pair: Pair) -> bool:
        return self._siblings(one, pair) > _ALIKE

    def _is_subject(self, one: Asked, part: Mention) -> bool:
        start = part.quantity.start
        words = self._words(part) + " " + self.scene.reading.flat[max(0, start - 16) : start]
        if not _DENIED.search(one.subject):
            words = _DENIED.sub(" ", words)
        return one.subject in words if len(one.subject) < 2 else bool(pairs_of(one.subject) & pairs_of(words))

    def _nearness(self, one: Asked, part: Mention) -> Iterator[float]:
        """占 speaks of the quantity just before or its mates (12户、36人), but where it names its subject."""
        if one.subject and self._is_subject(one, part):
            yield 0.0 if part.paragraph == one.head.paragraph else -1.5
            return
        named = one.form == "rate" and self._bears_name(one, part)
        if part.paragraph != one.head.paragraph:
            yield -2.0 if named else -4.0
        elif part.sentence != one.head.sentence:
            yield -1.0 if named else -2.5
        else:
            until = self._named_whole(one.head) or one.head
            if _OTHER_CLAUSE.search(one.head.gap):
                yield -1.5
            yield (-0.7 if named else -2.0 if one.form == "rate" else -3.5) * self._between(part, until)

    def _bears_name(self, one: Asked, mention: Mention) -> bool:
        """By two signs that stand together, or by both of a short one: 取证率 of 取得证书226人."""
        words, last = self._words(mention), one.name[-2:]
        if not one.name:
            return False
        at = words.find(last[0])
        return (
            last in words
            or bool(pairs_of(one.name) & pairs_of(words))
            or (at >= 0 and last[-1] in words[at + 1 :])
        )

    def _of_rate(self, one: Asked, pair: Pair, *, told_alike: bool) -> Iterator[float]:
        """办结率 is of what was 办结: its name stands with the part, or at least with the whole."""
        if self._bears_name(one, pair.part):
            yield 1.0
            return
        if told_alike:
            return
        if one.name.endswith("发生") and not _POPULATION.search(self._words(pair.whole)):
            yield -2.0
        together = pair.part.sentence == pair.whole.sentence == one.head.sentence
        nearest = together and not self._between(pair.part, one.head)
        yield 0.0 if self._bears_name(one, pair.whole) else -0.8 if nearest else -1.2
        here = self.scene.sentence_of(one.head).mentions
        if any(
            pair.part.index < other.index < one.head.index and other.quantity.kind == "share"
            for other in here
        ):
            yield -1.5

    def _of_whole(self, one: Asked, pair: Pair, *, told_alike: bool) -> Iterator[float]:
        whole, share = pair.whole, one.head
        named = 0.0
        if self._named_whole(share) is not None:
            yield 3.5 if whole is self._named_whole(share) else -6.0
        elif one.basis or (one.name and one.form in ("of", "task")):
            named = self._by_name(one.basis or one.name, whole)
            if one.basis and named < _BORNE:
                named -= 2.0
            yield named * 2 if one.basis else named
        if whole.sentence == share.sentence:
            yield 0.8
        elif whole.paragraph != share.paragraph and named < 1:
            yield -1.0
        if self.scene.is_nested(whole) and not self.scene.is_nested(pair.part):
            yield -0.5
        if whole.quantity.per or PER.search(whole.left):
            yield -2.0 if not told_alike else -0.5
        if _LAST.search(whole.left):
            yield -1.5
        if _LEFT_OVER.search(whole.left):
            yield -1.0
        if _TOTAL.search(whole.left) or DUE.search(whole.left):
            yield 0.5
        if self._is_told_after(whole):
            yield -2.0
        if whole.index > share.index:
            yield -0.7 if one.form == "bare" else -1.5
        elif whole.index > pair.part.index and self._named_whole(share) is None:
            yield -0.7

    def _is_told_after(self, mention: Mention) -> bool:
        """提取公积金10%即3.24万元: the part of a share of its own."""
        at = self.scene.place_of(mention)
        before = self.scene.mentions[at - 1] if at else mention
        return (
            before.quantity.kind == "share"
            and before.sentence == mention.sentence
            and _TOLD_AFTER.fullmatch(mention.gap) is not None
        )

    def _by_name(self, name: str, whole: Mention) -> float:
        """Whether the words about the whole are those of 占…的; the worse where another figure bears them."""
        if not pairs_of(name):
            said = _ALL_OF.search(name)
            return (
                1.0 if said and (said[0] in self._words(whole) or _TOTAL.search(self._words(whole))) else 0.0
            )
        shared = self._shared(name, whole)
        if shared >= _MOST:
            return 2.5
        borne = self._is_borne(name, whole)
        if shared > 0:
            return 0.6 if borne else 1.2
        return -3.5 if borne else -1.2

    def _shared(self, name: str, whole: Mention) -> float:
        """How much of the name stands about the whole; all of it, where the whole's own label is in the name."""
        own = _NOT_HAN.sub("", whole.left)
        if len(own) > 1 and (own in name or (len(name) <= _SHORT and _ALL_WORDS.sub("", name)[:2] in own)):
            return 1.0
        named = pairs_of(name)
        return len(named & pairs_of(self._words(whole))) / len(named)

    def _is_borne(self, name: str, whole: Mention) -> bool:
        """Whether a figure of the unit, in the paragraph or before, bears the name."""
        key = name, whole.quantity.base_unit
        if key not in self.borne:
            at = self.scene.place_of(whole)
            near = self.scene.mentions[max(0, at - 40) : at + 20]
            self.borne[key] = any(
                same_unit(other, whole) and self._shared(name, other) >= _MOST for other in near
            )
        return self.borne[key]

    def _of_both(self, one: Asked, pair: Pair) -> Iterator[float]:
        part, whole = pair.part, pair.whole
        if same_unit(part, whole):
            yield 0.5 if part.quantity.base_unit == whole.quantity.base_unit else -1.0
            rivals = self._like_before(part, whole) if whole.paragraph == part.paragraph else 1
            yield 1.0 if not rivals else -0.3 * min(rivals, 4)
        elif part.quantity.base_unit == "人" and whole.quantity.base_unit in ("张", "个"):
            yield 0.2
        else:
            yield -1.2
        if part.quantity.base_value == whole.quantity.base_value and one.share.quantity.base_value != 1:
            yield -2.0
        if self._are_fellows(part, whole):
            yield -4.0
        over = one.share.quantity.base_value > 1 and (one.form == "task" or not one.name or _EXCEEDS.search(one.name))
        if one.share.quantity.base_value > 1 and not over:
            yield -4.0 if part.quantity.base_value > whole.quantity.base_value else 0.5
        if part.quantity.base_value > whole.quantity.base_value:
            yield 0.0 if over else self._greater(one, pair)
        elif over:
            yield -6.0
        label = _NOT_HAN.sub("", part.left)
        if one.form == "bare" and len(label) > 1 and label in whole.gap:
            yield 2.0
        elif pairs_of(self._words(part)) & pairs_of(self._words(whole)):
            yield 0.5
        if DUE.search(whole.left) and DONE.search(part.left):
            yield 0.7
        if AMONG.search(part.gap) and whole.sentence + 1 == part.sentence and _TOTAL.search(whole.left):
            yield 0.7
        if self.scene.is_nested(part) and not self.scene.is_nested(whole) and whole.sentence == part.sentence:
            yield 0.7

    def _greater(self, one: Asked, pair: Pair) -> float:
        """A part greater than its whole is told where the words leave no doubt which is which."""
        if self._named_whole(one.head) is pair.whole or (
            one.name and self._by_name(one.name, pair.whole) > 2
        ):
            return -2.5
        due = one.form in ("task", "rate") and DONE.search(pair.part.left) and pair.ratio < _NEARLY
        return -0.5 if due else -5.0

    def _are_fellows(self, part: Mention, whole: Mention) -> bool:
        """集中供养336人,分散供养872人 of 1208人 before: two that make up a third are no part of each other."""
        at = self.scene.place_of(part)
        amount = part.quantity.base_value + whole.quantity.base_value
        return same_unit(part, whole) and any(
            same_unit(other, part) and other.quantity.base_value == amount
            for other in self.scene.mentions[max(0, at - 8) : at]
        )

    def _like_before(self, part: Mention, whole: Mention) -> int:
        """How many quantities of the unit, as great as the part, stand between the two: each may be the whole."""
        low, high = sorted((part.index, whole.index))
        at = self.scene.place_of(part if part.index < whole.index else whole)
        between = self.scene.mentions[at + 1 : at + high - low]
        return sum(
            same_unit(other, part)
            and can_add(other)
            and other.quantity.base_value >= part.quantity.base_value
            for other in between
        )

    def _between(self, first: Mention, second: Mention) -> int:
        """How many figures stand between that are not told of the same thing, nor its items."""
        here, mates = self.scene.sentence_of(second).mentions, self.scene.group_of[first.index].mentions
        between = [
            other
            for other in here
            if first.index < other.index < second.index
            and other.quantity.kind not in _PASSED
            and other not in mates
        ]
        items = [other.quantity.base_value for other in between if same_unit(other, first)]
        if len(items) > 1 and sum(items) == first.quantity.base_value:
            return len(between) - len(items)
        return len(between)

    def _named_whole(self, share: Mention) -> Mention | None:
        """占计划投资4260万元的75%: the whole that stands in the words of the share itself."""
        if share.index not in self.named:
            self.named[share.index] = self._whole_in_words(share)
        return self.named[share.index]

    def _whole_in_words(self, share: Mention) -> Mention | None:
        at = self.scene.place_of(share)
        whole = self.scene.mentions[at - 1] if at else share
        if whole.sentence != share.sentence or whole.quantity.kind in NO_PARTS | {"time"}:
            return None
        words = self.scene.clause(whole)
        inside = _OF_IT.match(share.gap) and (_IN_CLAUSE.search(words) or "中" in share.gap)
        return whole if inside else None

    def _words(self, mention: Mention) -> str:
        """What is said about a figure: the words before it and its group, after it, and its subject."""
        if mention.index not in self.spoken:
            self.spoken[mention.index] = self._words_of(mention)
        return self.spoken[mention.index]

    def _words_of(self, mention: Mention) -> str:
        group = self.scene.group_of[mention.index]
        label = group.label if group.mentions[0] is not mention else ""
        return (
            label[-16:]
            + _CLAUSE.split(mention.gap)[-1]
            + " "
            + mention.right[:8]
            + " "
            + mention.quantity.subject
        )

    def _is_aligned(self, one: Asked, part: Mention) -> bool:
        """甲、乙、丙分别为3户、2户、1户,占50%、33.3%、16.7%: the second share is of the second figure."""
        before = [
            other
            for other in self.scene.before(one.head)
            if same_unit(other, part) and other.quantity.kind not in NO_PARTS
        ][-one.length :]
        return len(before) == one.length and before[one.place] is part

    def _siblings(self, one: Asked, pair: Pair) -> float:
        """Other shares about that come out with the same whole, or with a pair placed in the same way."""
        part, whole, share = pair.part, pair.whole, one.share
        best, others = 0.0, 0
        for index in range(share.index - 12, share.index + 13):
            other = self.held.get(index)
            if other is None or index == share.index:
                continue
            same_way = index - other.part.index == share.index - part.index
            alike = self._put_alike(one, index)
            if other.whole is whole and other.part is part and not self._says_same(one, index):
                return _TAKEN
            if other.whole is whole and other.part is not part:
                if other.ratio > 1 or self._strays(index, other, pair, share):
                    continue
                best = max(best, (3.0 if same_way else 1.8) if alike else 0.8)
                others += alike
            elif (
                same_way
                and alike
                and index - other.whole.index == share.index - whole.index
                and abs(share.index - whole.index) <= _ROW
                and (one.form != "of" or whole.paragraph == share.paragraph)
            ):
                best = max(best, 3.0)
        return best + 0.4 * min(max(others - 1, 0), 3)

    def _says_same(self, one: Asked, index: int) -> bool:
        other = self.scene.reading.quantities[index]
        return other.base_value == one.share.quantity.base_value or abs(index - one.share.index) > _ROW

    def _strays(self, index: int, other: Pair, pair: Pair, share: Mention) -> bool:
        """A whole that stands in the line of the other share is the whole of that line."""
        line = self.asked[index].share.paragraph
        return other.whole.paragraph == line and pair.whole.paragraph != share.paragraph

    def _put_alike(self, one: Asked, index: int) -> bool:
        """Two shares put in the same way; two rates only where they are called the same."""
        other = self.asked.get(index)
        if other is None or other.form != one.form:
            return other is not None and {other.form, one.form} <= {"of", "bare"}
        return one.form != "rate" or one.name[-2:] == other.name[-2:]

    def _rest_stands(self, one: Asked, pair: Pair) -> bool:
        """应办27件,已办25件,办结率92.6%,还有2件: what is left confirms part and whole."""
        part, whole = pair.part.quantity, pair.whole.quantity
        rest = whole.base_value - part.base_value
        if rest <= 0 or not same_unit(pair.part, pair.whole):
            return False
        at = self.scene.place_of(one.share)
        around = self.scene.mentions[max(0, at - 6) : at + 6]
        return any(
            same_unit(other, pair.part)
            and other is not pair.part
            and abs(other.quantity.base_value - rest) <= other.quantity.step / 2
            and other.quantity.kind not in NO_PARTS
            and other.quantity.base_unit == part.base_unit
            and (rest > _SMALL or bool(_LEFT_OVER.search(other.left)))
            for other in around
        )

    def _row_adds_up(self, pair: Pair) -> bool:
        """Whether the part is one of the items after the whole (or before it) that add up to it."""
        key = pair.part.index, pair.whole.index
        if key not in self.sums:
            self.sums[key] = same_unit(pair.part, pair.whole) and self._adds_up(pair.part, pair.whole)
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
            if not same_unit(other, part) or not can_add(other):
                continue
            amount, count, seen = amount + other.quantity.base_value, count + 1, seen or other is part
            if amount > whole.quantity.base_value:
                return False
            if amount == whole.quantity.base_value:
                return seen and count > 1
        return False


_BARE_AFTER = re.compile(r"[一-龥]{1,8}")
_NEXT = re.compile(r"[,(]?[一-龥]{0,6}")
_TOLD_AFTER = re.compile(
    r"[,(、]?\s*(?:共?计|即|合计|合|共|约合|为|是|金额|资金|人数|户数|面积|折合|(?:也?就|正)是[一-龥]{0,5}|折款|合款|(?:金额|资金|人数|户数|面积)[为达约计]*|约)|\("
)
