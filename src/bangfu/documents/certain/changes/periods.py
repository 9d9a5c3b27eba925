"""Changes whose two figures are told by their times: 10月690件;9月750件,上年10月600件,环比下降8%,同比增长15%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import PER, Scene
from bangfu.documents.certain.changes.near import alike_before, period_of, periods_in
from bangfu.documents.certain.changes.pairs import Pair, value_of
from bangfu.documents.certain.changes.told import wrong_amount, wrong_percent
from bangfu.documents.certain.changes.words import SHARE, is_norm, sign_against_period, sign_of
from bangfu.documents.reading.structure import Mention

Time = Literal["year", "period", "past", "now"]

_YEAR = re.compile(r"(?:上|去|前)一?年(?!末|底|结)|同期|同月|同季|往年")
_PERIOD = re.compile(r"(?:上|前)一?个?(?:月|季度?|周|旬|期|批|次|轮|半年|学期)(?!末|底)")
_PAST = re.compile(r"年初|月初|期初|季初|(?:上|去)年?[末底]|原来?(?!料|则|因|始)|此前|之前|以前|当初|改造前|整治前|往常|历史")
_AGAINST_YEAR, _AGAINST_PERIOD = re.compile(r"同比|(?:比|较)(?:上年|去年)"), re.compile(r"环比|(?:比|较)上(?:月|季|期|周|批|次)")
_OTHER = re.compile(r"累计|目标|任务|计划|预算|全[国省市]|平均|定额|每|其中|占|标准|力争|明年|预计|拟|最[高低多少大小]")
_AMONG = re.compile(r"累计|其中|人均|户均|亩均|平均|每")
_MARKS = re.compile(r"[,;。:、()]")
_NOTHING = re.compile(
    r"20\d\d年|\d{1,2}月份?|第?[一二三四]季度|今年|去年|上年|本年|全年|当[年月季日]|本[月季期]|上半年|下半年|同期|同比|环比|比|较|[的为达了约共总有是]|增[长加幅速]|减少|下降|上升|提高|降低|分别|这[两二三几]个?|两?项|数字?|数据|对照|通报|查|看|则|而|所以|因此|由此|可见|算下?来|相应|折算|于是|情况|方面|其"
)
_ADDED = re.compile(r"新[增建设开办添]|净增|[多少]于|高于|低于|节[约省]")
_HANDED, _COUNTED = re.compile(r"分别|依次"), re.compile(r"数[字据值]?|项?指标|方面|类")
_COMPARES = re.compile(r"比|较|相比")
_TWO = 2
_BACK, _ON = 8, 4
_LIMIT, _FAR = Decimal(3), Decimal(4)
_SKIP = frozenset({"share", "point", "times", "age"})
_ALL_TIME = re.compile(r"累计|1至|1[-—~—]\d")


def changes_of_periods(scene: Scene, change: Mention) -> Iterator[Relation]:
    """Told where one figure alone is of the time that the words compare with, one alone of now, and no two explain it."""
    words = _MARKS.split(change.gap)[-1]
    sign, stated = sign_of(change) or sign_against_period(change), change.quantity
    if not stated.is_exact or _OTHER.search(words) or is_norm(change) or _ADDED.search(words):
        return
    near = _around(scene, change)
    last = max((one for one in near if one.index < change.index), key=lambda one: one.index, default=None)
    if last is None:
        return
    is_now = time_of(scene, last) == "now"
    olds = [one for one in _bases(scene, change, near) if one.is_like(last)]
    if len({value_of(one) for one in olds}) != 1:
        return
    old = olds[0]
    news = _now(scene, change, near, old)
    if is_now and last not in olds and not periods_in(words):
        news = [one for one in news if one is last]
    if len(news) != 1 or (old.index > change.index and news[0] is not last):
        return
    pair = Pair(old, news[0])
    gap = sign * pair.change
    if gap <= 0 or pair.new_value > _LIMIT * pair.old_value:
        return
    if stated.kind == "share":
        labelled = bool(_AGAINST_YEAR.search(words) or _AGAINST_PERIOD.search(words) or len(periods_in(words)) == _TWO)
        ratio = gap / pair.old_value
        near_it = ratio / _FAR < stated.base_value < ratio * _FAR
        if near_it and not stated.states(ratio) and (labelled or not _is_explained(scene, change, near)):
            yield wrong_percent(change, pair, ratio)
    elif change.is_like(old) and not stated.states(gap) and not _is_explained(scene, change, near):
        if gap / 10 < value_of(change) < gap * 10:
            yield wrong_amount(change, pair)


def _around(scene: Scene, change: Mention) -> list[Mention]:
    at = scene.place_of(change)
    near = scene.mentions[max(0, at - _BACK) : at + _ON + 1]
    return [
        one
        for one in near
        if one.paragraph == change.paragraph
        and abs(one.sentence - change.sentence) <= 1
        and one is not change
        and one.quantity.is_exact
        and not one.quantity.is_label
        and not _COUNTED.match(one.right)
        and one.quantity.kind not in _SKIP
        and value_of(one) > 0
        and not sign_of(one)
    ]


def time_of(scene: Scene, one: Mention) -> Time:
    """By its own words since the mark before, or those that head its row."""
    gap = one.gap
    found = time_of_words(gap)
    if found != "now" or (gap.strip("、,和 ") and not _HANDED.search(gap)):
        return found
    return time_of_words(_label(scene, one))


def _label(scene: Scene, one: Mention) -> str:
    """What heads its row: all of its sentence before it, where the row is handed out (上年这两个数分别为)."""
    group = scene.group_of[one.index]
    if not _HANDED.search(group.label):
        return group.label
    return scene.reading.flat[scene.sentence_of(one).start : group.mentions[0].quantity.start]


def time_of_words(words: str) -> Time:
    if _PERIOD.search(words):
        return "period"
    if _YEAR.search(words):
        return "year"
    return "past" if _PAST.search(words) else "now"


def _bases(scene: Scene, change: Mention, near: Sequence[Mention]) -> list[Mention]:
    words = change.gap
    times = {one.index: time_of(scene, one) for one in near}
    like = [one for one in near if change.quantity.kind == "share" or one.is_like(change)]
    past = [one for one in like if times[one.index] != "now" and not _OTHER.search(_MARKS.split(one.left)[-1])]
    clause = _MARKS.split(words)[-1]
    named = periods_in(clause)
    if len(named) == _TWO and _COMPARES.search(clause):
        return _of_period(like, named[1])
    if _AGAINST_PERIOD.search(clause):
        return [one for one in past if times[one.index] == "period"] or _period_before(near)
    if _AGAINST_YEAR.search(clause):
        return [one for one in past if times[one.index] == "year"]
    return past


def _period(one: Mention) -> tuple[str, int] | None:
    """Its month, quarter or year; none where it is 上月 or of last year."""
    return None if time_of_words(one.gap) != "now" else period_of(one)


def _of_period(near: Sequence[Mention], period: tuple[str, int]) -> list[Mention]:
    return [one for one in near if _period(one) == period]


def _period_before(near: Sequence[Mention]) -> list[Mention]:
    """9月750件 where 10月690件 stands: of the period before the last."""
    told = [period for one in near if (period := _period(one)) is not None]
    if len({unit for unit, _ in told}) != 1:
        return []
    unit, number = max(told, key=lambda period: period[1])
    return _of_period(near, (unit, number - 1))


def _now(scene: Scene, change: Mention, near: Sequence[Mention], old: Mention) -> list[Mention]:
    """What it is now: of the unit, before the change, of the thing that change and base name."""
    place = change.index
    period = _period(old)
    after = (period[0], period[1] + 1) if period else None
    named = periods_in(_MARKS.split(change.gap)[-1])
    if len(named) == _TWO and _COMPARES.search(change.gap):
        after = named[0]
    found = [
        one
        for one in near
        if one.is_like(old)
        and one.index < place
        and time_of(scene, one) == "now"
        and (after is None or _period(one) == after)
        and not PER.search(one.left)
        and not SHARE.search(one.left)
        and not _OTHER.search(one.left)
        and not _ALL_TIME.search(one.gap)
    ]
    if after is not None and len(found) == 1:
        return found
    found = _latest(found, old)
    names = _names(_MARKS.split(change.gap)[-1]) | _names(_MARKS.split(old.left)[-1])
    if names and found:
        alike = [one for one in found if names & _names(scene.clause(one) + one.gap)]
        own = _names(_MARKS.split(change.gap)[-1])
        return alike if alike or own else found
    return found


def _latest(found: list[Mention], old: Mention) -> list[Mention]:
    """Of figures of several months the one of the month that the base is of, or of the last."""
    told = [(period, one) for one in found if (period := _period(one)) is not None]
    if len(found) < _TWO or len(told) < len(found):
        return found
    own = periods_in(old.gap)
    same = [one for period, one in told if own and period == own[-1]]
    last = max(number for (_, number), _ in told)
    return same or [one for (_, number), one in told if number == last]


def _names(words: str) -> set[str]:
    kept = _NOTHING.sub(" ", words)
    return {kept[at : at + 2] for at in range(len(kept) - 1) if re.fullmatch(r"[一-龥]{2}", kept[at : at + 2])}


def _is_explained(scene: Scene, change: Mention, near: Sequence[Mention]) -> bool:
    """Two other figures about, told of whatever, come out with it."""
    stated = change.quantity
    amounts = [
        one for one in scene.mentions[max(0, scene.place_of(change) - 3) : scene.place_of(change) + 3]
        if one is not change and sign_of(one) and one.quantity.kind not in _SKIP
    ]
    pool = [*near, *amounts]
    for one in pool:
        for other in pool:
            if one is other or not one.is_like(other):
                continue
            gap = abs(value_of(one) - value_of(other))
            if stated.kind != "share":
                if one.is_like(change) and stated.states(gap):
                    return True
            elif stated.states(gap / value_of(other)) or stated.states(value_of(one) / value_of(other)):
                return True
    if stated.kind == "share":
        return False
    return any(
        stated.states(abs(value_of(one) - value_of(other)))
        for one in near
        for other in alike_before(scene, change, change)[:8]
        if one.is_like(change)
    )
