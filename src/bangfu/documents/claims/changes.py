"""Every pair that a rise or fall may be computed of: from A to B by p % or by C; B, that is C more than before, or p %."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from bangfu.documents.claims.claim import Claim
from bangfu.documents.claims.cues import LAST, NOW, Sight, overlap
from bangfu.documents.claims.shares import ratio_bounds
from bangfu.documents.reading.structure import Mention

_UP = re.compile(
    r"增长|增加|增幅|提高|提升|上升|净增|增收|上浮|多(?![数年次种项方家个户人元名])|扩大|涨|新增|超(?:额|出|过|计划)|高于|高出|翻|差额|相差|增"
)
_DOWN = re.compile(r"下降|减少|降低|降幅|净减|缩减|下浮|少(?![数年儿])|压减|回落|下调|低于|减|降")
_FROM = re.compile(r"(?:由|从|自)[^,;。]*$")
_TO = re.compile(r"(?:到|至|为|成)[^,;。\d]{0,8}$")
_AGAINST = re.compile(r"比|较|同比|环比|与")
_YEARLY, _PER, _NEW = re.compile("年均|平均|复合"), re.compile("每|均"), re.compile("新增")
_BACK = 16


def change_claims(sight: Sight) -> Iterator[Claim]:
    for change in sight.scene.mentions:
        way = _way(sight, change)
        if way:
            yield from _of(sight, change, way)


def _lead(sight: Sight, change: Mention) -> str:
    return sight.remember("lead", change, _find_lead)


def _find_lead(sight: Sight, change: Mention) -> str:
    words = change.left if re.search("[一-龥]", change.left) else change.gap
    if not re.search("[一-龥]", words):
        row = sight.scene.row_of(change)
        words = row[0].gap if row else sight.scene.group_of[change.index].label
    return re.split(r"[。;:\n]", words)[-1]


def _way(sight: Sight, change: Mention) -> str:
    """up or down, by the last word that says so; empty where none does or the words are 增加到."""
    words = _lead(sight, change)
    if re.search(r"[增加长高升大展少降低减调]{1,2}(?:到|至|为)[约近]*$", words):
        return ""
    after = change.right[:4]
    up = max((match.end() for match in _UP.finditer(words)), default=-1)
    down = max((match.end() for match in _DOWN.finditer(words)), default=-1)
    if up < 0 and down < 0:
        if re.search(r"翻", words):
            return "up"
        return "up" if re.match(r"的?(?:增长|增幅|提高|涨幅)", after) else ""
    return "up" if up >= down else "down"


def _of(sight: Sight, change: Mention, way: str) -> Iterator[Claim]:
    kind = change.quantity.kind
    at = sight.scene.place_of(change)
    near = [*sight.scene.mentions[max(0, at - _BACK) : at], *sight.scene.after(change)[:3]]
    own = (f"way={way}", *_own(sight, change))
    for new in near:
        for old in near:
            if new is old or not new.is_like(old):
                continue
            if kind in ("share", "times") and new.quantity.kind not in ("share", "point", "time"):
                yield from _percent(sight, change, old, new, way, own)
            elif (
                (kind == "point" and new.quantity.kind == "share")
                or new.is_like(change)
                or (kind == "share" and new.quantity.kind == "share")
            ):
                yield _amount(sight, change, old, new, way, own)


def _own(sight: Sight, change: Mention) -> Iterator[str]:
    words = _lead(sight, change)
    yield f"change.kind={change.quantity.kind if change.quantity.kind in ('share', 'point', 'times') else 'amount'}"
    for name, pattern in (
        ("against", _AGAINST),
        ("last", LAST),
        ("yearly", _YEARLY),
        ("per", _PER),
        ("new", _NEW),
    ):
        if pattern.search(words):
            yield f"change.{name}"
    if sight.scene.row_of(change):
        yield "change.row"


def _roles(sight: Sight, change: Mention, old: Mention, new: Mention) -> Iterator[str]:
    lead_old, lead_new = _lead(sight, old), _lead(sight, new)
    for name, pattern, words in (
        ("from", _FROM, lead_old),
        ("to", _TO, lead_new),
        ("old.last-word", LAST, lead_old),
        ("new.last-word", LAST, lead_new),
        ("new.now-word", NOW, lead_new),
        ("old.against", _AGAINST, lead_old),
    ):
        if pattern.search(words):
            yield name
    if old.index < new.index:
        yield "old-first"
    if old.quantity.time and new.quantity.time:
        first, second = old.quantity.time[:4], new.quantity.time[:4]
        yield "years-rise" if first < second else "years-same" if first == second else "years-fall"
    yield f"old-new={overlap(sight.names(old), sight.names(new))}"
    yield f"change-new={overlap(sight.names(change), sight.names(new))}"
    yield from sight.pair(new, change, "new")
    yield from sight.pair(old, change, "old")
    yield from sight.pair(old, new, "pair")
    yield from sight.state(new, "new")
    yield from sight.state(old, "old")
    if _is_in_row(sight, change, old, new):
        yield "row.in-order"


def _is_in_row(sight: Sight, change: Mention, old: Mention, new: Mention) -> bool:
    """由A增加到B、由C增加到D,分别增长p%和q%: each with its own pair, where there are as many."""
    row = sight.scene.row_of(change)
    if not row:
        return False
    near = [one for one in sight.scene.before(row[0]) if one.is_like(new)]
    at = row.index(change)
    return len(near) == 2 * len(row) and near[2 * at : 2 * at + 2] == [old, new]


def _named(
    sight: Sight, form: str, own: tuple[str, ...], change: Mention, old: Mention, new: Mention
) -> Iterator[str]:
    yield f"form={form}"
    for cue in (*own, *_roles(sight, change, old, new)):
        yield f"{form}.{cue}"


def _percent(
    sight: Sight, change: Mention, old: Mention, new: Mention, way: str, own: tuple[str, ...]
) -> Iterator[Claim]:
    before, after = old.quantity.base_value, new.quantity.base_value
    if before <= 0 or after <= 0:
        return
    sign = 1 if way == "up" else -1
    extra = 1 if change.quantity.kind == "times" and re.search(r"[是为达]$", change.left) else 0
    low, high = ratio_bounds(new, old)
    tight = old.sentence == new.sentence == change.sentence
    edges = sorted((sign * (low - 1) + extra, sign * (high - 1) + extra))
    yield Claim(
        "growth",
        (old, new),
        change,
        sign * (after / before - 1) + extra,
        edges[0],
        edges[1],
        f"({new.quantity.text}-{old.quantity.text})÷{old.quantity.text}",
        tight and abs(change.index - new.index) < 4,
        partial(_named, sight, "f", own, change, old, new),
    )
    base = after - sign * before
    if base > 0 and _is_change(sight, old):
        yield _of_base(sight, change, old, new, sign, base, own, tight=tight)
    if _is_change(sight, new):
        yield Claim(
            "growth",
            (new, old),
            change,
            after / before,
            low,
            high,
            f"{new.quantity.text}÷{old.quantity.text}",
            tight and abs(change.index - new.index) < 2,
            partial(_named, sight, "b", own, change, old, new),
        )


def _of_base(
    sight: Sight,
    change: Mention,
    by: Mention,
    now: Mention,
    sign: int,
    base: Decimal,
    own: tuple[str, ...],
    *,
    tight: bool,
) -> Claim:
    """The present figure and the amount of the change: what it was before is not said."""
    least, most = by.quantity.span
    low, high = now.quantity.span
    tiny = Decimal("0.001")
    edges = sorted((least / max(high - sign * least, tiny), most / max(low - sign * most, tiny)))
    way = f"{by.quantity.text}÷({now.quantity.text}{'-' if sign > 0 else '+'}{by.quantity.text})"
    return Claim(
        "growth",
        (by, now),
        change,
        by.quantity.base_value / base,
        edges[0],
        edges[1],
        way,
        tight and by.index == change.index - 1,
        partial(_named, sight, "d", own, change, by, now),
    )


def _is_change(sight: Sight, mention: Mention) -> bool:
    return sight.remember("change", mention, _says_change)


def _says_change(sight: Sight, mention: Mention) -> bool:
    words = _lead(sight, mention)
    return bool(_UP.search(words) or _DOWN.search(words))


def _amount(
    sight: Sight, change: Mention, old: Mention, new: Mention, way: str, own: tuple[str, ...]
) -> Claim:
    sign = 1 if way == "up" else -1
    low, high = new.quantity.span
    least, most = old.quantity.span
    edges = sorted((sign * (low - most), sign * (high - least)))
    tight = old.sentence == new.sentence == change.sentence and abs(change.index - new.index) < 3
    return Claim(
        "growth",
        (old, new),
        change,
        sign * (new.quantity.base_value - old.quantity.base_value),
        edges[0],
        edges[1],
        f"{new.quantity.text}-{old.quantity.text}",
        tight,
        partial(_named, sight, "a", own, change, old, new),
    )
