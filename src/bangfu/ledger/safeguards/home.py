"""住房安全 and 饮水安全: the lights that look at the last annual record and the last inspection. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bangfu.ledger.safeguards.light import (
    GREEN,
    NONE,
    RED,
    UNKNOWN,
    YELLOW,
    Fact,
    Given,
    Light,
    light,
    of_row,
)
from bangfu.policy.given import group

OK, BAD = "达标", "不达标"

# -- 住房安全 ----------------------------------------------------------------------------------------

_HOUSING = (
    "看最近年度记录和最近一次鉴定。登记不是危房或等级 A、B 为绿;登记是危房或等级 C、D 且住人、没有安排的为红;"
    "危房不住人、已有改造搬迁或借住安排,或登记与鉴定不一致的为黄;都没有填的为不明。"
)


def housing(given: Given) -> Light:
    record, appraisals = given.record or {}, given.of("housing_appraisal")
    flag, grade = record.get("is_dangerous_house"), record.get("house_grade")
    appraised = appraisals[0].word if appraisals else None
    colour, said = _housed(record, flag, {grade, appraised} - {None})
    facts = [_of_record(record, "住房", said, colour)]
    facts += _listed(
        record, (("是否危房", flag), ("危房等级", grade), ("是否住人", record.get("is_house_lived_in")))
    )
    facts += [
        Fact("", "鉴定", f"{_day(row.when)} {row.word or '等级未填'} 级", NONE, row.src, row.src_row)
        for row in appraisals[:1]
    ]
    return light("住房安全", _HOUSING, facts)


def _housed(record: Mapping[str, Any], flag: bool | None, grades: set[str | None]) -> tuple[str, str]:
    bad = grades & group("house_grade", "dangerous")
    if flag is None and not grades:
        return UNKNOWN, "没有填是否危房和等级"
    if flag is not True and not bad:
        return GREEN, "不是危房"
    if record.get("is_house_lived_in") is False:
        return YELLOW, "是危房,登记不住人"
    if record.get("has_housing_plan"):
        return YELLOW, "是危房,有改造、搬迁或借住安排"
    if (flag is False and bad) or (flag is True and grades - bad):
        return YELLOW, "是否危房与等级不一致"
    return RED, "是危房,没有安排"


# -- 饮水安全 ----------------------------------------------------------------------------------------

_WATER = (
    "看最近年度记录和最近一次评价。登记已解决安全饮水、没有饮水困难的为绿;登记没有解决或有饮水困难的为红;"
    "两项互相矛盾,或评价的水量、水质不达标而登记安全的为黄;没有登记而评价达标的为绿,都没有的为不明。"
)


def water(given: Given) -> Light:
    record, evaluations = given.record or {}, given.of("water_evaluation")
    safe, difficult = record.get("water_safe"), record.get("water_difficult")
    found = evaluations[0] if evaluations else None
    colour, said = _watered(safe, difficult, None if found is None else (found.word, found.state))
    facts = [_of_record(record, "饮水", said, colour)]
    facts += _listed(record, (("解决安全饮用水", safe), ("饮水困难", difficult)))
    if found is not None:
        told = f"{_day(found.when)} 水量{found.word or '未评'}、水质{found.state or '未评'}"
        facts.append(Fact("", "评价", told, NONE, found.src, found.src_row))
    return light("饮水安全", _WATER, facts)


def _watered(
    safe: bool | None, difficult: bool | None, evaluated: tuple[str | None, str | None] | None
) -> tuple[str, str]:
    is_bad = evaluated is not None and BAD in evaluated
    if safe and difficult:
        return YELLOW, "饮水困难与饮水安全矛盾"
    if safe is False or difficult:
        return RED, "没有解决安全饮水" if safe is False else "有饮水困难"
    if safe:
        return (YELLOW, "登记安全,评价不达标") if is_bad else (GREEN, "已解决安全饮水")
    if evaluated is None or None in evaluated:
        return UNKNOWN, "没有填是否解决安全饮水"
    return (RED, "评价不达标") if is_bad else (GREEN, "评价达标")


def _of_record(record: Mapping[str, Any], label: str, said: str, colour: str) -> Fact:
    return Fact(_year(record), label, said, colour, *of_row(record))


def _listed(record: Mapping[str, Any], values: Iterable[tuple[str, Any]]) -> list[Fact]:
    """What the record says, in words."""
    words = {True: "是", False: "否", None: "没有填"}
    return [
        Fact(
            _year(record),
            label,
            words.get(value, str(value)) if not isinstance(value, str) else value,
            NONE,
            *of_row(record),
        )
        for label, value in values
    ]


def _year(record: Mapping[str, Any]) -> str:
    return f"{record['data_year']} 年度" if record else ""


def _day(when: int | None) -> str:
    return "日期未填" if when is None else f"{when // 10000}-{when // 100 % 100:02d}-{when % 100:02d}"
