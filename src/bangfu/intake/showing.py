"""A difference in words, for the clerk who decides whether it is applied."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bangfu.intake.batches import EXAMPLES, Staged
from bangfu.intake.comparing import Change
from bangfu.policy.language.types import unscaled
from bangfu.terms.loader import load_terms

HIDDEN = "***"


def difference_lines(staged: Staged) -> Iterator[str]:
    difference, batch = staged.difference, staged.batch
    yield f"批次 {batch.pk}:{batch.file_name},数据日期 {_iso(batch.as_of)}"
    if staged.problems:
        yield f"  有 {len(staged.problems)} 个单元格看不懂,改正后重新导入:"
        yield from (f"    {problem}" for problem in staged.problems[:EXAMPLES])
    if difference.is_empty and not difference.questions:
        yield "  与台账完全一致,没有变化"
    for table in ("village", "household", "person", "annual_record", "monitoring_episode", "field_value"):
        added, changed, same = (
            counts.get(table, 0) for counts in (difference.added, difference.changed, difference.unchanged)
        )
        if added or changed or same:
            yield f"  {load_terms().table(table).label}:新增 {added},变更 {changed},不变 {same}"
    if difference.joined:
        yield f"  成员增加 {difference.joined} 人"
    if difference.events:
        yield "  户状态变动:" + ",".join(f"{event} {count}" for event, count in difference.events.items())
    for change in difference.examples[:EXAMPLES]:
        yield f"    第 {change.sheet_row} 行 {_changed(change)}"
    if difference.questions:
        yield f"  需要人来确认 {len(difference.questions)} 处:"
        for asked in difference.questions[:EXAMPLES]:
            yield f"    {f'第 {asked.sheet_row} 行 ' if asked.sheet_row else ''}{asked.message}"


def _changed(change: Change) -> str:
    if change.table == "field_value":  # of the field that is said; its values are texts already
        table, _, name = change.column.partition(".")
        field = load_terms().table(table).fields[name]
        old, new = (
            (value or "空") if field.sensitivity == "open" else HIDDEN for value in (change.old, change.new)
        )
        return f"{field.label}:{old} → {new}"
    declared = load_terms().table(change.table).fields.get(change.column)
    old, new = (_shown(change.table, change.column, value) for value in (change.old, change.new))
    return f"{declared.label if declared else change.column}:{old} → {new}"


def _shown(table: str, column: str, value: Any) -> str:
    field = load_terms().table(table).fields.get(column)
    if value is None:
        return "空"
    if field is None:
        return str(value)
    if field.sensitivity != "open":
        return HIDDEN
    if field.type in ("money", "decimal"):
        return f"{unscaled(value, field.type):,f}" + (" 元" if field.type == "money" else "")
    if field.type == "yes_no":
        return "是" if value else "否"
    if field.type == "codes":
        return str(value).strip(",").replace(",", "、")
    if field.type == "date":
        return _iso(value)
    return str(value)


def _iso(day: int | None) -> str:
    return "未写明" if day is None else f"{day // 10000}-{day // 100 % 100:02d}-{day % 100:02d}"
