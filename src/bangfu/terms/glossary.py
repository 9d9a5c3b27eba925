"""GLOSSARY.md from the declared tables: `python -m bangfu.terms.glossary [file]`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from bangfu.terms.loader import load_terms
from bangfu.terms.model import Field, Relation, Table, Terms

_TYPES = {
    "text": "文字",
    "code": "单选",
    "codes": "多选",
    "yes_no": "是否",
    "integer": "整数",
    "decimal": "小数",
    "money": "金额",
    "date": "日期",
    "month": "月份",
}
_UNITS = {
    "yuan": "元",
    "mu": "亩",
    "sqm": "平方米",
    "km": "公里",
    "metres": "米",
    "minutes": "分钟",
    "days": "天",
    "months": "个月",
    "year": "年",
    "persons": "人",
    "households": "户",
    "count": "个",
    "head": "头(只)",
    "percent": "百分数",
    "ratio": "比值",
    "kwh": "千瓦时",
    "unit": "见数量单位",
}
_LEVELS = {"open": "一般", "personal": "个人", "sensitive": "敏感"}
_HEAD = """# 字段词典

由 `python -m bangfu.terms.glossary` 生成,不要手改。规则里写的就是“标识”一栏。
敏感级别:一般、个人(个人信息)、敏感(敏感个人信息)。
"""


def glossary(terms: Terms) -> str:
    """The whole dictionary as Markdown."""
    index = "\n".join(f"- [{table.label} `{table.name}`](#{table.name})" for table in terms.tables.values())
    parts = [_HEAD, index + "\n", *("\n".join(_section(table)) for table in terms.tables.values())]
    return "\n".join(parts)


def _section(table: Table) -> Iterator[str]:
    yield f'<a id="{table.name}"></a>\n\n## {table.label} `{table.name}`\n'
    yield f"{table.definition}。" + _included(table) + "\n"
    yield "| 标识 | 中文 | 类型 | 单位 | 代码表 | 敏感级别 | 说明 |\n|---|---|---|---|---|---|---|"
    yield from map(_field_row, table.own_fields)
    yield ""
    if table.relations:
        yield "| 关联 | 中文 | 指向 | 行数 | 连接 |\n|---|---|---|---|---|"
        yield from map(_relation_row, table.relations.values())
        yield ""


def _included(table: Table) -> str:
    return (
        f"也直接看到 {'、'.join(f'`{name}`' for name in table.includes)} 的字段。" if table.includes else ""
    )


def _field_row(field: Field) -> str:
    unit = _UNITS.get(field.unit or "", "")
    codes = f"`{field.codes}`" if field.codes else ""
    cells = (f"`{field.name}`", field.label, _TYPES[field.type], unit, codes, _LEVELS[field.sensitivity])
    return f"| {' | '.join(cells)} | {field.definition} |"


def _relation_row(relation: Relation) -> str:
    on = ", ".join(f"{left} = {right}" for left, right in relation.on)
    year = "" if relation.year_offset is None else f",数据年度{relation.year_offset:+d}"
    rows = "一行" if relation.kind == "one" else "多行"
    return f"| `{relation.name}` | {relation.label} | `{relation.to}` | {rows} | {on}{year} |"


def main(arguments: list[str]) -> None:
    target = Path(arguments[0]) if arguments else Path("GLOSSARY.md")
    target.write_text(glossary(load_terms()), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
