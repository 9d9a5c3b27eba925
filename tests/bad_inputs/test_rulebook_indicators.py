"""Broken indicators, dimensions and statistical tables: each fault with its file, its line and what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from bangfu.policy.loader import load_policy
from bangfu.policy.source import RulebookError

INDICATOR = """\
kind: flow
table: benefit
where: programme == "dibao"
on: period_from
dimensions: [village, year, programme]
basis: 测试
figures:
  dibao_all:
    name: 低保人次
    unit: 人次
    measure: rows
  dibao_paid:
    name: 低保金
    unit: 元
    measure: sum
    of: amount
examples:
  - given:
      - {programme: dibao, period_from: 2019-01, amount: 300}
    expect: {dibao_all: 1, dibao_paid: 300}
"""
RATIO = """\
basis: 测试
figures:
  dibao_mean:
    name: 人次均低保金
    unit: 元
    measure: ratio
    parts: [dibao_paid, dibao_all]
"""
DIMENSIONS = """\
table: benefit
dimensions:
  programme: {name: 项目, of: programme}
  size: {name: 金额档, of: amount, bands: {百元以下: 100, 百元以上: null}}
"""
STATISTICS = """\
id: "1.1"
name: 低保统计表
columns:
  - {label: 人次, figure: dibao_all}
  - {label: 其他, missing: 没有这样的数据}
"""
PROGRAMME = """\
id: dibao
name: 低保
department: 民政
subject: person
period: month
unit: 亩
basis: 测试
"""
FILES = {
    "indicators/welfare/dibao.yaml": INDICATOR,
    "indicators/welfare/ratios.yaml": RATIO,
    "dimensions/benefit.yaml": DIMENSIONS,
    "statistics/table.yaml": STATISTICS,
    "programmes/dibao.yaml": PROGRAMME,
}


def rulebook(folder: Path, changed: str = "", text: str = "") -> Path:
    for path, sound in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text if path == changed else sound, encoding="utf-8")
    return folder


def test_sound_rulebook_loads_with_what_its_programme_yields(tmp_path: Path) -> None:
    policy = load_policy(rulebook(tmp_path))
    assert {"dibao_all", "dibao_paid", "dibao_mean"} <= policy.indicators.keys()
    kinds = ("persons", "households", "times", "amount", "quantity")
    yielded = {name for name, one in policy.indicators.items() if one.programme == "dibao"}
    assert yielded == {f"dibao_{kind}" for kind in kinds}
    assert policy.indicators["dibao_mean"].is_flow
    assert policy.indicators["dibao_mean"].dimensions == ("village", "year", "programme")
    assert policy.indicators["dibao_quantity"].unit == "亩"
    assert policy.dimensions["benefit"]["size"].labels == ("百元以下", "百元以上")


WELFARE, RATIOS, BENEFIT, TABLE = list(FILES)[:4]


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "message"),
    [
        (WELFARE, "kind: flow", "kind: flew", 1, "kind 应是 stock(时点数)或 flow(时期数)"),
        (WELFARE, "table: benefit", "table: benefits", 2, "没有表 benefits,是不是 benefit"),
        (WELFARE, "programme ==", "programe ==", 3, "benefit 没有字段 programe,是不是 programme"),
        (WELFARE, '"dibao"', '"dibau"', 3, "代码表 programme 没有 dibau,是不是 dibao"),
        (WELFARE, "on: period_from", "on: amount", 4, "on 应是日期、月份或年度,写的是 money"),
        (WELFARE, "on: period_from\n", "", 10, "flow 要用 on 写明哪天发生"),
        (WELFARE, "kind: flow", "kind: stock", 11, "stock 不写 on"),
        (WELFARE, "year, programme]", "year, programe]", 5, "没有维度 programe,是不是 programme"),
        (WELFARE, "unit: 人次", "unit: 人", 11, "dibao_all 数的是行,单位应是 人次 等;要数人请用 distinct"),
        (WELFARE, "measure: rows", "measure: row", 11, "measure 应是 rows、distinct、sum、mean、ratio、standard 之一"),
        (WELFARE, "measure: sum", "measure: distinct\n    decimals: 两", 16, "decimals 应是 整数"),
        (WELFARE, "    of: amount\n", "", 13, "sum 要在 of 写明一个数字"),
        (WELFARE, "of: amount", "of: programme", 16, "sum 只能用于数字,programme 是 code"),
        (WELFARE, "of: amount", "of: quantity", 15, "dibao_paid 的单位 元 与所加的数不合"),
        (WELFARE, "measure: sum\n    of: amount", "measure: distinct\n    of: company", 16, "benefit 没有字段 company"),
        (WELFARE, "measure: rows", "measure: ratio", 11, "ratio 不能写 table"),
        (WELFARE, "dibao_all: 1", "dibao_al: 1", 18, "expect 里的 dibao_al 不在 figures 里,是不是 dibao_all"),
        (WELFARE, "amount: 300}", "amount: 三百}", 19, "amount(发放金额)是 money,不能写 '三百'"),
        (WELFARE, "name: 低保金", "name: 低保人次", 15, "dibao_paid 的名称“低保人次”与 dibao_all 相同"),
        (WELFARE, "basis: 测试\n", "", 1, "缺少 basis"),
        (WELFARE, "  dibao_paid:", "  dibao_amount:", 15, "dibao_amount 在 programmes/dibao.yaml 里已经有了"),
        (RATIOS, "dibao_all]", "dibao_al]", 6, "没有可以相除的指标 dibao_al,是不是 dibao_all"),
        (RATIOS, "[dibao_paid, dibao_all]", "[dibao_paid]", 6, "ratio 要在 parts 写明分子和分母两个指标"),
        (RATIOS, "measure: ratio", "measure: standard\n    standard: line", 6, "没有标准 line"),
        (RATIOS, "measure: ratio", "measure: sum", 6, "sum 要写 table"),
        (BENEFIT, "table: benefit", "table: loan", 1, "table 应是表名,并与文件名相同:benefit"),
        (BENEFIT, "  programme: {", "  village: {", 3, "维度 village 是自带的,不用写"),
        (BENEFIT, "100, 百", "100, 更多: 50, 百", 4, "bands 应是“名称: 上限(不含)”,从小到大"),
        (BENEFIT, "of: programme}", "of: amount}", 3, "of 应是文字、代码、整数或日期,写的是 money"),
        (TABLE, "figure: dibao_all", "figure: dibao_al", 4, "没有指标 dibao_al,是不是 dibao_all"),
        (TABLE, ", missing: 没有这样的数据", "", 5, "每一列要写 figure(指标),没有的在 missing 写明原因"),
        (TABLE, 'id: "1.1"', "id: 表一", 1, "id 应是表号,如 1.10,写的是 表一"),
    ],
)  # fmt: skip
def test_fault_is_told_with_its_line(
    tmp_path: Path, file: str, old: str, new: str, line: int, message: str
) -> None:
    assert old in FILES[file]
    with pytest.raises(RulebookError) as caught:
        load_policy(rulebook(tmp_path, file, FILES[file].replace(old, new, 1)))
    found = [str(problem) for problem in caught.value.problems]
    assert any(text.startswith(f"{file}:{line}: ") and message in text for text in found), "\n".join(found)
