"""rulebook/indicators/**/*.yaml -> Indicator. A file describes rows once, and the figures that are made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, cast

from bangfu.policy.checks import expression, texts
from bangfu.policy.dimensions import Dimensions, chosen
from bangfu.policy.examples import DEFAULT_PLACE, record
from bangfu.policy.kinship import check_names, check_parts
from bangfu.policy.language.errors import did_you_mean
from bangfu.policy.language.nodes import Node
from bangfu.policy.language.types import SCALE
from bangfu.policy.language.vocabulary import Vocabulary
from bangfu.policy.model import OWNERS, TIMES, VILLAGE, Indicator, Measure, Programme, Tally
from bangfu.policy.programme_indicators import yielded
from bangfu.policy.source import Entries, Problem, Source, day, files, read, take
from bangfu.terms.model import Table

KINDS = ("stock", "flow")
MEASURES = ("rows", "distinct", "sum", "mean", "ratio", "standard")
DEFAULT_AS_OF = 20191231
CONSTANTS = ("as_of", "period_start", "period_end")
"""What a count fixes. Not the data year: rows have one of their own."""
_FILE: dict[str, type | tuple[type, ...]] = {"figures": dict, "basis": str}
_FILE_MORE: dict[str, type | tuple[type, ...]] = {
    "kind": str,
    "table": str,
    "where": str,
    "on": str,
    "dimensions": list,
    "examples": list,
    "note": str,
}
_FIGURE: dict[str, type | tuple[type, ...]] = {"name": str, "unit": str, "measure": str}
_FIGURE_MORE: dict[str, type | tuple[type, ...]] = {
    "of": (str, list),
    "parts": list,
    "standard": str,
    "divide": int,
    "decimals": int,
    "aliases": list,
    "definition": str,
    "ref": (str, list),
    "note": str,
}
_TABLE_OF_UNIT = {"人": "person", "户": "household"}


@dataclass(frozen=True)
class _Rows:
    """What a file says of the rows that its figures count."""

    kind: str
    table: Table
    where: Node | None
    text: str
    on: Node | None
    dimensions: tuple[str, ...]


def load_indicators(
    root: Path,
    vocabulary: Vocabulary,
    dimensions: Dimensions,
    programmes: Mapping[str, Programme],
    problems: list[Problem],
) -> dict[str, Indicator]:
    """Those written, and those that programmes yield by themselves."""
    vocabulary = replace(vocabulary, constants=CONSTANTS)
    indicators: dict[str, Indicator] = dict(yielded(programmes, vocabulary))
    for path in files(root / "indicators"):
        found = read(path, root, problems)
        if found is None or not take(*found, _FILE, _FILE_MORE):
            continue
        for indicator in _indicators(*found, vocabulary, dimensions):
            if indicator.id in indicators:
                other = indicators[indicator.id]
                found[0].fail(f"{indicator.id} 在 {other.file} 里已经有了", line=indicator.line)
            indicators[indicator.id] = indicator
    check_parts(indicators, vocabulary, problems)
    check_names(indicators, problems)
    return indicators


def _indicators(
    source: Source, entries: Entries, vocabulary: Vocabulary, dimensions: Dimensions
) -> list[Indicator]:
    rows = _rows(source, entries, vocabulary, dimensions) if "table" in entries else None
    if rows is None and "table" in entries:
        return []
    made: list[Indicator] = []
    for name, told in entries["figures"].items():
        if not isinstance(told, Entries):
            source.fail(
                f"{name} 应写成 {{name: ..., unit: ..., measure: ...}}", line=entries.lines["figures"]
            )
        elif take(source, told, _FIGURE, _FIGURE_MORE):
            indicator = _figure(source, entries, name, told, rows, vocabulary)
            if indicator is not None:
                made.append(indicator)
    return _with_examples(source, entries, made, rows, vocabulary)


def _rows(source: Source, entries: Entries, vocabulary: Vocabulary, dimensions: Dimensions) -> _Rows | None:
    tables = vocabulary.terms.tables
    if entries["table"] not in tables:
        source.fail(
            f"没有表 {entries['table']}{did_you_mean(entries['table'], tables)}", line=entries.lines["table"]
        )
        return None
    if entries.get("kind") not in KINDS:
        source.fail("kind 应是 stock(时点数)或 flow(时期数)", line=entries.lines.get("kind", 1))
        return None
    table = tables[entries["table"]]
    where = expression(source, entries, "where", table.name, vocabulary) if "where" in entries else None
    on = expression(source, entries, "on", table.name, vocabulary, None) if "on" in entries else None
    if ("where" in entries and where is None) or ("on" in entries and on is None):
        return None
    if on is not None and on.type.kind not in ("date", "month", "integer"):
        source.fail(f"on 应是日期、月份或年度,写的是 {on.type.kind}", line=entries.lines["on"])
        return None
    known = {VILLAGE, *dimensions.get(table.name, {}), *(TIMES if on is not None else ())}
    fallback = (VILLAGE, *(("year",) if on is not None else ()))
    text = str(entries.get("where", "")).strip()
    return _Rows(entries["kind"], table, where, text, on, chosen(source, entries, known, fallback))


def _figure(
    source: Source,
    entries: Entries,
    name: str,
    told: Entries,
    rows: _Rows | None,
    vocabulary: Vocabulary,
) -> Indicator | None:
    measure = told["measure"]
    if measure not in MEASURES:
        source.fail(f"measure 应是 {'、'.join(MEASURES)} 之一", line=told.lines["measure"])
        return None
    if (rows is None) == (measure in MEASURES[:4]):
        source.fail(f"{measure} {'要' if rows is None else '不能'}写 table", line=told.lines["measure"])
        return None
    of, owner = _of(source, told, rows, vocabulary)
    indicator = Indicator(
        id=name,
        name=told["name"],
        aliases=tuple(map(str, told.get("aliases", ()))),
        topic=Path(source.file).parent.name,
        unit=told["unit"],
        definition=told.get("definition", ""),
        basis=entries["basis"],
        is_flow=rows is not None and rows.kind == "flow",
        measure=cast(Measure, measure),
        table=rows.table.name if rows else "",
        where=rows.where if rows else None,
        text=rows.text if rows else "",
        on=rows.on if rows else None,
        of=of,
        owner=owner,
        parts=tuple(map(str, told.get("parts", ()))),
        standard=told.get("standard", ""),
        divide=told.get("divide", 1),
        dimensions=rows.dimensions if rows else (),
        decimals=_decimals(told, measure, of),
        refs=texts(told.get("ref", [])),
        examples=(),
        file=source.file,
        line=told.lines["measure"],
    )
    if rows is not None:
        _check_kind(source, indicator)
        _check_unit(source, indicator)
    return indicator


def _of(
    source: Source, told: Entries, rows: _Rows | None, vocabulary: Vocabulary
) -> tuple[tuple[Node, ...], str]:
    """The expressions under `of`, or the owner that it names."""
    measure, listed = told["measure"], texts(told.get("of", []))
    if rows is None or measure == "rows":
        if listed:
            source.fail(f"{measure} 不用写 of", line=told.lines["of"])
        return (), ""
    if not listed or (measure != "distinct" and len(listed) != 1):
        source.fail(f"{measure} 要在 of 写明{'数什么' if measure == 'distinct' else '一个数字'}", told)
        return (), ""
    if measure == "distinct" and len(listed) == 1 and listed[0] in OWNERS:
        if listed[0] not in rows.table.links:
            source.fail(f"{rows.table.name} 的行没有连到 {listed[0]}", line=told.lines["of"])
        return (), listed[0]
    nodes = []
    for text in listed:
        one = Entries()
        one.update({"of": text})
        one.lines = {"of": told.lines["of"]}
        node = expression(source, one, "of", rows.table.name, vocabulary, None)
        if node is not None and measure != "distinct" and not node.type.is_numeric:
            source.fail(f"{measure} 只能用于数字,{text} 是 {node.type.kind}", line=told.lines["of"])
        elif node is not None:
            nodes.append(node)
    return tuple(nodes), ""


def _decimals(told: Entries, measure: str, of: tuple[Node, ...]) -> int:
    if measure == "sum" and of:
        return SCALE.get(of[0].type.kind, 0)
    return int(told.get("decimals", 2 if measure in ("mean", "ratio", "standard") else 0))


def _check_kind(source: Source, indicator: Indicator) -> None:
    if indicator.on is not None and indicator.reads_period:
        source.fail("on 和 period_start、period_end 只用一种", line=indicator.line)
    is_dated = indicator.on is not None or indicator.reads_period
    if indicator.is_flow and not is_dated:
        source.fail("flow 要用 on 写明哪天发生,或在 where 里用 period_start、period_end", line=indicator.line)
    if not indicator.is_flow and is_dated:
        source.fail("stock 不写 on,也不用 period_start、period_end", line=indicator.line)


def _check_unit(source: Source, indicator: Indicator) -> None:
    """人 and 户 are never typed where rows are counted that one person or household may have several of."""
    table = _TABLE_OF_UNIT.get(indicator.unit)
    if indicator.measure == "rows" and table is not None and indicator.table != table:
        source.fail(
            f"{indicator.id} 数的是行,单位应是 {indicator.unit}次 等;要数{indicator.unit}请用 distinct",
            line=indicator.line,
        )
    is_money = any(node.type.kind == "money" for node in indicator.of)
    if indicator.measure in ("sum", "mean") and is_money != indicator.unit.startswith("元"):
        source.fail(f"{indicator.id} 的单位 {indicator.unit} 与所加的数不合", line=indicator.line)


def _with_examples(
    source: Source,
    entries: Entries,
    made: list[Indicator],
    rows: _Rows | None,
    vocabulary: Vocabulary,
) -> list[Indicator]:
    """Each indicator with what the file's examples expect of it."""
    if rows is None:
        return made
    if not entries.get("examples"):
        source.fail("缺少 examples:几行数据和算出来的数", entries)
        return made
    tallies = [
        (item["expect"], tally)
        for item in entries["examples"]
        if (tally := _tally(source, item, rows.table, vocabulary, {one.id for one in made})) is not None
    ]
    return [
        replace(
            one,
            examples=tuple(
                replace(tally, expect=str(expected[one.id]))
                for expected, tally in tallies
                if one.id in expected
            ),
        )
        for one in made
    ]


def _tally(source: Source, item: Any, table: Table, vocabulary: Vocabulary, known: set[str]) -> Tally | None:
    optional = {"as_of": date, "from": date, "to": date, "place": str, "note": str}
    if not isinstance(item, Entries):
        source.fail(f"例子应写成 {{given: [...], expect: {{...}}}},写的是 {item!r}")
        return None
    if not take(source, item, {"given": list, "expect": dict}, optional):
        return None
    for name in item["expect"]:
        if name not in known:
            source.fail(f"expect 里的 {name} 不在 figures 里{did_you_mean(name, known)}", item)
    as_of = day(item.get("as_of")) or DEFAULT_AS_OF
    period = day(item.get("from")) or as_of // 10000 * 10000 + 101, day(item.get("to")) or as_of
    given = []
    for row in item["given"]:
        if isinstance(row, Entries):
            given.append(record(source, row, table, vocabulary.terms))
        else:
            source.fail(f"given 里的行应写成映射,写的是 {row!r}", item)
    return Tally(tuple(given), "", as_of, period, item.get("place", DEFAULT_PLACE), source.line_of(item))
