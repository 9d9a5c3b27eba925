"""What speaks for a figure as the whole of a percentage, and for the two figures of a pair together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bangfu.documents.arithmetic.scene import AMONG, PER
from bangfu.documents.certain.shares.company import LEFT_OVER
from bangfu.documents.certain.shares.pairs import Pair, same_unit
from bangfu.documents.certain.shares.parts import Parts
from bangfu.documents.certain.shares.said import NOT_HAN, TOTAL
from bangfu.documents.certain.shares.stems import whole_of_rate
from bangfu.documents.certain.shares.words import Asked, pairs_of
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
_LAST = re.compile(r"上年|去年|同期|上月|上季|上期|年初|期初|前年|历史|往年|较|比")
_EXCEEDS = re.compile(
    r"完成|支出|执行|进度|收益|产出|负荷|赔付|利用|使用|计划|任务|预算|概算|目标|设计|核定|指标|额定|原|上年|去年|实现|达|回报|存贷|负债|自给"
)
_WEAKER = re.compile(r"基本|比较|较|一般|大致|部分|不太?|未|没有?|非|有待")
_AMONG_THEM = re.compile(
    r"(?:^|[,。;:])(?:在(?![岗校册职编建园库读户线训营])|从)?(?!其|这|当|计划|年度|集)([^,。;:\d]{2,10}?)(?:中|当中|里面|里头|之中)(?!央|心|学|小|型|专|职|药|部|间|转|介|标|期|老|年)[^,。;:\d]{1,12}$"
)
_PER_WHOLE = re.compile(
    r"每|日(?:均|处理|供水|产|设计)|设计(?:日|年|处理|供水)|户均|人均|亩均|平均|标准|定额"
)
_EXPLAINED_AFTER = re.compile(
    r"——|\((?:[^()]{0,8}(?:共|总|全|有|应|任务|计划))|;[^,;。]{0,8}总|"
    r",[^,;。]{0,4}(?:总数|总量|总额|基数|分母)|,[^,;。]{0,2}应[^,;。]{1,6}$"
)
_MUCH = 2
_BORNE = 2.0
_NEARLY = Decimal("1.3")


@dataclass
class Wholes(Parts):
    """Points for and against a whole."""

    def _of_whole(self, one: Asked, pair: Pair, *, told_alike: bool) -> Iterator[float]:
        whole, share = pair.whole, one.head
        named = 0.0
        if self._named_whole(share) is not None:
            yield 3.5 if whole is self._named_whole(share) else -6.0
        elif one.basis or (one.name and one.form in ("of", "task")):
            named = self._by_name(one.basis or one.name, whole, pair.part)
            if one.basis and named < _BORNE:
                named -= 2.0
            yield named * 2 if one.basis else named
        elif set_of := self.set_by_rate(one, pair):
            yield self._by_name(set_of, whole, pair.part)
        elif within := self.named_among(pair.part):
            yield self._by_name(within, whole, pair.part)
        yield self._by_other_share(one, whole)
        if one.form in ("of", "task") and one.name and self._named_whole(share) is None:
            yield self._by_rate(one.name, whole)
        if whole.sentence == share.sentence:
            yield 0.8
        elif whole.paragraph != share.paragraph and named < 1:
            yield -1.0
        if self._is_item(one, pair):
            yield -3.0
        if self.scene.is_nested(whole) and not self.scene.is_nested(pair.part):
            yield -0.5
        if whole.quantity.per or PER.search(whole.left):
            yield -2.0 if not told_alike else -0.5
        if _LAST.search(whole.left):
            yield -1.5
        if LEFT_OVER.search(whole.left):
            yield -1.0
        if TOTAL.search(whole.left) or DUE.search(whole.left):
            yield 0.5
        if self._is_told_after(whole):
            yield -2.0
        if whole.index > share.index:
            explained = whole.index == share.index + 1 and _EXPLAINED_AFTER.match(whole.gap)
            yield 0.0 if explained or one.is_ahead else -0.7 if one.form == "bare" else -1.5
        elif whole.index > pair.part.index and self._named_whole(share) is None:
            yield -0.7

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
        if PER.search(part.left) and not part.quantity.per and _PER_WHOLE.search(whole.left):
            yield 3.0
        if part.quantity.base_unit == "票" != whole.quantity.base_unit and self._votes_add_up(pair):
            yield 4.5
        if self._is_weaker(one, part):
            yield -4.0
        if self._are_fellows(part, whole):
            yield -4.0
        over = one.share.quantity.base_value > 1 and (
            one.form == "task" or not one.name or _EXCEEDS.search(one.name)
        )
        if one.share.quantity.base_value > 1 and not over:
            yield -4.0 if part.quantity.base_value > whole.quantity.base_value else 0.5
        if part.quantity.base_value > whole.quantity.base_value:
            yield 0.0 if over else self._greater(one, pair)
        elif over:
            yield 0.0 if self._is_turned(one, pair) else -6.0
        label = NOT_HAN.sub("", part.left)
        if one.form == "bare" and len(label) > 1 and label in whole.gap:
            yield 2.0
        elif pairs_of(self._words(part)) & pairs_of(self._words(whole)):
            much = len(pairs_of(part.left) & pairs_of(whole.left)) >= _MUCH
            yield 1.0 if much and self._named_whole(one.head) is None else 0.5
        if DUE.search(whole.left) and DONE.search(part.left):
            yield 0.7
        if AMONG.search(part.gap) and whole.sentence + 1 == part.sentence and TOTAL.search(whole.left):
            yield 0.7
        if self.scene.is_nested(part) and not self.scene.is_nested(whole) and whole.sentence == part.sentence:
            yield 0.7

    def set_by_rate(self, one: Asked, pair: Pair) -> str:
        """任务 of 任务完成率, where a figure about is called so."""
        name = whole_of_rate(one.name) if one.form == "rate" else ""
        return name if name and self._is_borne(name, pair.whole, pair.part) else ""

    def named_among(self, part: Mention) -> str:
        """在岗人员中持证45名: the whole that the words of the part name."""
        found = _AMONG_THEM.search(self.scene.clause(part))
        return found[1] if found else ""

    def _is_turned(self, one: Asked, pair: Pair) -> bool:
        """年初计划300户,实际改造280户,完成率107.1%: the plan divided by what was done."""
        part, whole = pair.part, pair.whole
        due, done = DUE.search(whole.left), DONE.search(part.left)
        near = whole.index + 1 == part.index == one.head.index - 1
        return bool(near and due and done and one.share.quantity.states(1 / pair.ratio))

    def _is_item(self, one: Asked, pair: Pair) -> bool:
        """肉类13万元,占25%;蔬菜11万元,占20%: what has a share of its own in the list is no whole of the next."""
        whole = pair.whole
        other = self.asked.get(whole.index + 1)
        if other is None or whole.sentence != one.share.sentence or whole.index > one.share.index:
            return False
        if other.share is one.share and one.subject and one.subject not in whole.left[-len(one.subject) :]:
            return False
        plain = {one.form, other.form} <= {"of", "bare"} and one.is_generic and other.is_generic
        words = self.scene.between(whole, pair.part) if whole.index < pair.part.index else ""
        return plain and not AMONG.search(words)

    def _votes_add_up(self, pair: Pair) -> bool:
        """满意188票、基本满意41票、不满意7票 of 236 that voted."""
        here = self.scene.sentence_of(pair.part).mentions
        votes = [other.quantity.base_value for other in here if other.quantity.base_unit == "票"]
        return sum(votes) == pair.whole.quantity.base_value

    def _is_weaker(self, one: Asked, part: Mention) -> bool:
        """满意143票、基本满意66票,满意率: of the plain answers where they are told beside the weaker ones."""
        label = NOT_HAN.sub("", part.left)
        if one.form != "rate" or not _WEAKER.match(label) or not label.endswith(one.name[-2:] or "?"):
            return False
        here = self.scene.before(one.head)
        return any(NOT_HAN.sub("", other.left).endswith(one.name) and other is not part for other in here)

    def _follows_whole(self, one: Asked, pair: Pair) -> bool:
        """日产垃圾96吨,转运102吨,转运率98%: whole, part and rate in one breath."""
        near = pair.whole.index + 1 == pair.part.index == one.head.index - 1
        same = pair.whole.sentence == pair.part.sentence == one.head.sentence
        return near and same and pair.whole.segment == pair.part.segment and pair.ratio < _NEARLY

    def _greater(self, one: Asked, pair: Pair) -> float:
        """A part greater than its whole is told where the words leave no doubt which is which."""
        if self._named_whole(one.head) is pair.whole or (
            one.name and self._by_name(one.name, pair.whole) > 2
        ):
            return -2.5 if one.share.quantity.base_value > 1 or self._named_whole(one.head) else -4.0
        if one.form == "rate" and self._bears_name(one, pair.part) and self._follows_whole(one, pair):
            return 0.0
        due = one.form in ("task", "rate") and DONE.search(pair.part.left) and pair.ratio < _NEARLY
        return -0.5 if due else -5.0
