"""Numerals that leave their unit to the hearer: 拨了712万, 宣传一万四千, 工资三千二; 目标1200,实际1146人."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from bangfu.documents.reading.lexicon import Unit, lexicon
from bangfu.documents.reading.masks import Masks
from bangfu.documents.reading.numerals import Numeral
from bangfu.documents.reading.quantity import Quantity
from bangfu.documents.reading.tables.measures import MONEY, measure_called, noun_of

_PERSONS = re.compile(
    r"[一-龥]{0,8}?(?:人口|群众|师生|劳动力|学生|居民|村民|干部|党员|农民|职工|移民|学子|名|人)(?!均)"
)
_HOUSEHOLDS = re.compile(r"[一-龥]{0,6}?(?:户|农户|家庭)")
_CLOSED = re.compile(
    r"[ \u3000]?(?:$|[,。;、)(:!?\n\"”】]|占|已|的|给|用[于在]|是|和|与|及|比|左右|上下|出头|挂零|以[上下内]"
    r"|[多少]了?[一二两三四五六七八九十\d]|[呢吧啊])"
)
_FILLERS = re.compile(
    r"(?:大约|将近|超过|突破|合计|总计|共计|一共|总共|累计|达到|[约近达为是共到有超了已的至计总就还才只要得])+$"
)
_MONEY = re.compile(r"[元钱款资费金贷投支拨补卖买花奖薪租润挣赚价掏缴]|领(?!导)|收入|产值|销售|分红|债")
_SHORT = re.compile(r"[千百][一二三四五六七八九]$")
_EARNS = re.compile(r"(?:[挣赚领卖花]|工资|补助|发)[^,。;\d]{0,4}$")
_PAID = re.compile(r"(?:掏|缴|花|领|挣|赚|自付|付|卖)(?:了|到|出)?$")
_IN_A_ROW = re.compile(
    r"(?<![\dA-Za-z.第#-])(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)(?:(?:、|以及|和|及|与)(?P<name>[一-龥]{0,8}))$"
)
_HEADED = re.compile(
    r"[一-龥]\((?:单位:)?(?P<unit>[^()\d]{1,4})\)[ \u3000]*[::为][ \u3000]*"
    r"(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)(?=[ \u3000]*(?:$|[,;。、]))",
    re.MULTILINE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_REACH = 28
_WINDOW = 160
_PLAN = re.compile(
    r"(?:目标|计划|任务|应[一-龥]{1,2}|原计划|年初)(?:数|为|是|定|定为)?(?P<number>\d{2,}(?:,\d{3})*)(?=[,;、])[,;、][^,。;\n\d]{0,10}"
)


def unit_left_out(text: str, numeral: Numeral) -> Unit | None:
    """The unit of a numeral after which none stands; None where it is no quantity, or nobody can tell of what."""
    scaled = bool(numeral.scale_text) and numeral.scale_text[-1] in "万亿"
    spoken = not scaled and (_is_spoken_amount(text, numeral) if numeral.chinese else _is_paid(text, numeral))
    if not scaled and not spoken:
        return None
    if scaled and not numeral.chinese and (counted := _counted_after(text, numeral.end)) is not None:
        return counted
    if _CLOSED.match(text, numeral.end) is None:
        return None
    return _from_before(text, numeral)


def _is_spoken_amount(text: str, numeral: Numeral) -> bool:
    written = text[numeral.start : numeral.end]
    if numeral.amount >= 10_000 or (numeral.amount >= 100 and _SHORT.search(written) is not None):
        return True
    return numeral.amount >= 100 and _EARNS.search(text, max(0, numeral.start - 8), numeral.start) is not None


def _is_paid(text: str, numeral: Numeral) -> bool:
    """只掏190: a bare number right after what is done with money only."""
    return numeral.amount >= 10 and _PAID.search(text, max(0, numeral.start - 4), numeral.start) is not None


def _counted_after(text: str, end: int) -> Unit | None:
    """1.95万贫困人口 counts persons."""
    if _PERSONS.match(text, end):
        return Unit("", "人", Decimal(1), "person")
    return Unit("", "户", Decimal(1), "household") if _HOUSEHOLDS.match(text, end) else None


def _from_before(text: str, numeral: Numeral) -> Unit | None:
    """What the noun before goes with: 人口1.2万; money where it is all about money."""
    left = text[max(0, numeral.start - _WINDOW) : numeral.start].rsplit("\n", 1)[-1]
    clause = re.split(r"[,。;、:()]", left)[-1]
    noun = noun_of(_FILLERS.sub("", clause)) if clause else ""
    if noun not in ("", MONEY):
        known = measure_called(noun)
        return replace(known.unit, written="") if known is not None else None
    right = text[numeral.end : numeral.end + _WINDOW].split("\n", 1)[0]
    if noun == MONEY or _MONEY.search(left) or _MONEY.search(right):
        return Unit("", "元", Decimal(1), "money")
    return None


def shared_in(text: str, found: Sequence[Quantity], masks: Masks) -> Iterator[Quantity]:
    """分别为12、15和18户, 甲村12、乙村15、丙村9户: the last of a row has the unit of all."""
    ends = {one.end for one in found}
    for last in found:
        if last.base_high is not None or last.is_label or not last.value or last.kind in ("time", "age"):
            continue
        at = last.start
        while (match := _IN_A_ROW.search(text, max(0, at - _REACH), at)) is not None:
            at = match.start()
            if match.end("number") in ends or masks.holds(at) or _YEAR.fullmatch(match["number"]):
                break
            yield _of_the_row(last, match)


def _of_the_row(last: Quantity, match: re.Match[str]) -> Quantity:
    value = Decimal(match["number"].replace(",", ""))
    factor = last.base_value / last.value
    step = Decimal(1).scaleb(int(value.as_tuple().exponent)) * factor
    return replace(
        last, text=match["number"], start=match.start(), end=match.end("number"), value=value,
        base_value=value * factor, step=step, approx="", per="",
    )  # fmt: skip


def unsaid_in(text: str, found: Sequence[Quantity], masks: Masks) -> Iterator[Quantity]:
    """What `found` leaves of numbers whose unit another word or number has."""
    yield from headed_in(text, found)
    yield from plans_in(text, found)
    yield from shared_in(text, found, masks)


def headed_in(text: str, found: Sequence[Quantity]) -> Iterator[Quantity]:
    """脱贫人口(人):3299 on a line of its own: the unit stands in the bracket."""
    taken = {one.start for one in found}
    for match in _HEADED.finditer(text):
        measure = measure_called(match["unit"])
        if measure is None or match.start("number") in taken:
            continue
        value = Decimal(match["number"].replace(",", ""))
        factor = measure.unit.factor * measure.scale
        step = Decimal(1).scaleb(int(value.as_tuple().exponent)) * factor
        yield Quantity(
            match["number"], match.start("number"), match.end("number"), value, measure.written, value * factor,
            measure.unit.base, measure.unit.kind, step,
        )  # fmt: skip


def plans_in(text: str, found: Sequence[Quantity]) -> Iterator[Quantity]:
    """目标1200,实际出去1146人: the plan has the unit of what was done."""
    by_start = {one.start: one for one in found}
    for match in _PLAN.finditer(text):
        done = by_start.get(match.end())
        if done is None or match.start("number") in by_start or done.kind in ("time", "age", "share"):
            continue
        value = Decimal(match["number"].replace(",", ""))
        unit = lexicon().units.get(done.unit)
        if unit is None:
            continue
        yield replace(
            done, text=match["number"], start=match.start("number"), end=match.end("number"), value=value,
            unit=unit.written, base_value=value * unit.factor, step=unit.factor, approx="", high=None, base_high=None,
        )  # fmt: skip
