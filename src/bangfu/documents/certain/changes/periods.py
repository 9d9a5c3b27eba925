"""Changes whose two figures are told by their times: 10月690件;9月750件,上年10月600件,环比下降8%,同比增长15%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import PER, Scene
from bangfu.documents.certain.changes.explained import is_explained
from bangfu.documents.certain.changes.near import names_of, neighbours, period_of, periods_in
from bangfu.documents.certain.changes.pairs import Pair, value_of
from bangfu.documents.certain.changes.times import time_of, time_of_words
from bangfu.documents.certain.changes.told import wrong_amount, wrong_percent
from bangfu.documents.certain.changes.words import SHARE, is_norm, sign_against_period, sign_of
from bangfu.documents.reading.structure import Mention

_AGAINST_YEAR, _AGAINST_PERIOD = (
    re.compile(r"同比|(?:比|较)(?:上年|去年)"),
    re.compile(r"环比|(?:比|较)上(?:月|季|期|周|批|次)"),
)
_OTHER = re.compile(
    r"累计|目标|任务|计划|预算|全[国省市县州]|平均|高于|低于|快于|慢于|同类|面上|"
    r"定额|每|其中|占|标准|力争|明年|预计|拟|最[高低多少大小]"
)
_MARKS = re.compile(r"[,;。:、()]")
_ADDED = re.compile(r"新[增建设开办添]|净增|[多少]于|高于|低于|节[约省]")
_COUNTED = re.compile(r"数[字据值]?|项?指标|方面|类")
_AGAINST_START, _START = re.compile(r"[比较](?:年|期|季|月)初"), re.compile(r"(?:年|期|季|月)初|上年[末底]")
_COMPARES = re.compile(r"比|较|相比")
_OF_LAST = re.compile(r"^(?:[,;。\s]|其中|而)*(?:去年|上年|上月|上季|上期|前年)")
_LAST_YEAR = re.compile(r"去年|上一?年")
_BEFORE_LAST = re.compile(r"前年")
_TWO = 2
_BACK, _ON = 8, 4
_LIMIT, _FAR, _TEN = Decimal(3), Decimal(4), 10
_SKIP = frozenset({"share", "point", "times", "age"})
_ALL_TIME = re.compile(r"累计|1至|1[-—~—]\d")


def changes_of_periods(scene: Scene, change: Mention) -> Iterator[Relation]:
    """Told where one figure alone is of the time that the words compare with, one alone of now, and no two explain it."""
    words = _MARKS.split(change.gap)[-1]
    if change.right.startswith("的"):
        yield from _told_after(scene, change)
        return
    sign, stated = sign_of(change) or sign_against_period(change), change.quantity
    if not stated.is_exact or _OTHER.search(words) or is_norm(change) or _ADDED.search(words):
        return
    near = _around(scene, change)
    last = _last_of(scene, near, change, words)
    if (
        last is None
        or _is_of_share(scene, change)
        or (_OF_LAST.search(words) and not _COMPARES.search(words))
    ):
        return
    is_now = time_of(scene, last) == "now"
    olds = [one for one in _bases(scene, change, near) if one.is_like(last)]
    if len({value_of(one) for one in olds}) != 1:
        return
    old = olds[0]
    news = _now(scene, change, near, old)
    if change.is_like(old) and _is_of_rate(scene, change, old):
        return
    if is_now and last not in olds and not periods_in(words):
        news = [one for one in news if one is last]
    if len(news) != 1 or (old.index > change.index and news[0] is not last):
        return
    pair = Pair(old, news[0])
    gap = sign * pair.change
    if gap <= 0 or pair.new_value > _LIMIT * pair.old_value:
        return
    if stated.kind == "share":
        labelled = bool(
            _AGAINST_YEAR.search(words)
            or _AGAINST_START.search(words)
            or _AGAINST_PERIOD.search(words)
            or len(periods_in(words)) == _TWO
        )
        ratio = gap / pair.old_value
        near_it = ratio / _FAR < stated.base_value < ratio * _FAR
        if near_it and not stated.states(ratio) and (labelled or not is_explained(scene, change, near)):
            yield wrong_percent(change, pair, ratio)
        return
    unlike = change.is_like(old) and not stated.states(gap) and gap / _TEN < value_of(change) < gap * _TEN
    if unlike and not is_explained(scene, change, near):
        yield wrong_amount(change, pair)


def _told_after(scene: Scene, change: Mention) -> Iterator[Relation]:
    """同比增长25%的是快递量——上半年37.5万件,去年同期31.25万件."""
    after = scene.after(change)[:_TWO]
    if change.quantity.kind != "share" or len(after) < _TWO or not after[0].is_like(after[1]):
        return
    old = [one for one in after if time_of(scene, one) != "now"]
    new = [one for one in after if time_of(scene, one) == "now"]
    if len(old) != 1 or len(new) != 1 or not all(one.quantity.is_exact for one in after):
        return
    pair = Pair(old[0], new[0])
    ratio = (sign_of(change) or sign_against_period(change)) * pair.change / pair.old_value
    stated = change.quantity
    if ratio > 0 and not stated.states(ratio) and ratio / _FAR < stated.base_value < ratio * _FAR:
        yield wrong_percent(change, pair, ratio)


def _is_of_share(scene: Scene, change: Mention) -> bool:
    """出栏率65%,比去年提高12%: of the rate before, and of no figures."""
    at = scene.place_of(change)
    before = scene.mentions[at - 1] if at else change
    return before.quantity.kind == "share" and before.sentence == change.sentence and not sign_of(before)


def _is_of_rate(scene: Scene, change: Mention, old: Mention) -> bool:
    """与上年的36人相比减少18人,下降50%: the rate next to the amount comes out with the base."""
    ratio = value_of(change) / value_of(old)
    rates = [one for one in neighbours(scene, change) if one.quantity.kind == "share"]
    return any(one.quantity.states(ratio) for one in rates)


def _last_of(scene: Scene, near: Sequence[Mention], change: Mention, words: str) -> Mention | None:
    """The figure before the change, of the thing that the change names."""
    before = [one for one in near if one.index < change.index]
    names = names_of(words)
    named = [one for one in before if names & names_of(scene.clause(one))] if names else []
    found = named or before
    return found[-1] if found else None


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


def _bases(scene: Scene, change: Mention, near: Sequence[Mention]) -> list[Mention]:
    words = change.gap
    times = {one.index: time_of(scene, one) for one in near}
    like = [one for one in near if change.quantity.kind == "share" or one.is_like(change)]
    if any(_LAST_YEAR.search(one.gap) for one in like):
        like = [one for one in like if not _BEFORE_LAST.search(one.gap)]
    past = [
        one for one in like if times[one.index] != "now" and not _OTHER.search(_MARKS.split(one.left)[-1])
    ]
    clause = _MARKS.split(words)[-1]
    named = periods_in(clause)
    if len(named) == _TWO and _COMPARES.search(clause):
        return _of_period(like, named[1])
    if _AGAINST_PERIOD.search(clause):
        return [one for one in past if times[one.index] == "period"] or _period_before(near)
    if _AGAINST_START.search(clause) and (start := [one for one in past if _START.search(one.gap)]):
        return start
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
        and (abs(one.index - old.index) == 1 or not PER.search(one.left))
        and not SHARE.search(one.left)
        and not _OTHER.search(one.left)
        and not _ALL_TIME.search(one.gap)
    ]
    if after is not None and len(found) == 1:
        return found
    found = _latest(found, old)
    names = names_of(_MARKS.split(change.gap)[-1]) | names_of(_MARKS.split(old.left)[-1])
    if names and found:
        alike = [one for one in found if names & names_of(scene.clause(one) + one.gap)]
        own = names_of(_MARKS.split(change.gap)[-1])
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
