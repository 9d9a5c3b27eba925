"""A difference in words, for the clerk who decides whether it is applied."""

from __future__ import annotations

from collections.abc import Iterator

from bangfu.intake.batches import Staged
from bangfu.intake.comparing import Change
from bangfu.intake.difference import SHOWN, Difference
from bangfu.office.words import HIDDEN, day_in_words, label_of, value_in_words
from bangfu.terms.loader import load_terms

_REGISTER = ("village", "household", "person", "annual_record", "monitoring_episode")


def difference_lines(staged: Staged) -> Iterator[str]:
    difference, batch = staged.difference, staged.batch
    yield f"批次 {batch.pk}:{batch.file_name},数据日期 {day_in_words(batch.as_of)}"
    if staged.problems:
        yield f"  有 {len(staged.problems)} 个单元格看不懂,改正后重新导入:"
        yield from (f"    {problem}" for problem in staged.problems[:SHOWN])
    if difference.is_empty and not difference.questions:
        yield "  与台账完全一致,没有变化"
    for table in _tables(difference):
        added, changed, same = (
            counts.get(table, 0) for counts in (difference.added, difference.changed, difference.unchanged)
        )
        if added or changed or same:
            yield f"  {load_terms().table(table).label}:新增 {added},变更 {changed},不变 {same}"
    if difference.joined:
        yield f"  成员增加 {difference.joined} 人"
    if difference.left:
        yield f"  成员减少 {difference.left} 人"
    for table, count in difference.strangers.items():
        yield f"  {load_terms().table(table).label}里有 {count} 行不是在册人员,按名单上的姓名和号码登记"
    if difference.events:
        yield "  户状态变动:" + ",".join(f"{event} {count}" for event, count in difference.events.items())
    for change in difference.examples[:SHOWN]:
        yield f"    第 {change.sheet_row} 行 {_changed(change)}"
    if difference.questions:
        yield f"  需要人来确认 {len(difference.questions)} 处:"
        for asked in difference.questions[:SHOWN]:
            yield f"    {f'第 {asked.sheet_row} 行 ' if asked.sheet_row else ''}{asked.message}"


def _tables(difference: Difference) -> list[str]:
    """Those that the file speaks of: the register's first."""
    named = {*difference.added, *difference.changed, *difference.unchanged}
    first = [table for table in _REGISTER if table in named]
    return [*first, *sorted(named - set(first))]


def _changed(change: Change) -> str:
    if change.table == "field_value":  # of the field that is said; its values are texts already
        table, _, name = change.column.partition(".")
        field = load_terms().table(table).fields[name]
        old, new = (
            (value or "空") if field.sensitivity == "open" else HIDDEN for value in (change.old, change.new)
        )
        return f"{field.label}:{old} → {new}"
    old, new = (value_in_words(change.table, change.column, value) for value in (change.old, change.new))
    return f"{label_of(change.table, change.column)}:{old} → {new}"
