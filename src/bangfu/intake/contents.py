"""What a file says, or why it cannot be taken."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from bangfu.intake.difference import SHOWN
from bangfu.intake.models import Batch
from bangfu.intake.rulebook import home_rulebook
from bangfu.screening.gather import Gathered, gather
from bangfu.spreadsheets.cell_problem import CellProblem
from bangfu.spreadsheets.extract import Extract
from bangfu.spreadsheets.layouts import Layout, load_layouts
from bangfu.terms.errors import UserError
from bangfu.terms.loader import load_terms

Say = Callable[[str], None]
NO_DAY = "文件没有写明导出时间"
_NUMBERING = "序号"


def read_file(path: Path, as_of: int | None, say: Say) -> Gathered:
    """UserError where nothing can be read, a sheet is no list that we know, or the register has a newer one."""
    gathered = gather([path], home_rulebook(), load_layouts(), as_of, say)
    wrong = [f"{problem.file}:{problem.message}" for problem in (*gathered.problems, *gathered.unrecognised)]
    if wrong or not gathered.extracts:
        raise UserError("\n".join(wrong) or f"{path.name} 里没有可以读取的名单")
    if any(extract.recognised.layout.kind == "feedback" for extract in gathered.extracts):
        raise UserError(f"{path.name} 是检查反馈的问题清单,不写进台账。请在“清单”里导入,登记成任务")
    _refuse_older(gathered)
    return gathered


def day_of(gathered: Gathered) -> int:
    """The day (yyyymmdd) that a file speaks of. UserError where neither it nor its sender says so."""
    if gathered.as_of is None:
        raise UserError(f"{NO_DAY},请指明它是哪一天的数据,如 2023-12-18(命令行用 --as-of 2023-12-18)")
    return gathered.as_of


def problems_of(gathered: Gathered) -> list[CellProblem]:
    return [problem for extract in gathered.extracts for problem in extract.problems]


def sheets_of(gathered: Gathered) -> list[dict[str, Any]]:
    """What each sheet was recognised as."""
    return [_told(extract) for extract in gathered.extracts]


def unreadable(batch: Batch, problems: list[CellProblem]) -> str:
    shown = "".join(f"\n  {problem}" for problem in problems[:SHOWN])
    return f"批次 {batch.pk}({batch.file_name})有 {len(problems)} 个单元格看不懂,没有写入:{shown}"


def _told(extract: Extract) -> dict[str, Any]:
    layout = extract.recognised.layout
    return {
        "sheet": extract.sheet,
        "layout": layout.id,
        "name": layout.name,
        "department": layout.department,
        "kind": layout.kind,
        "rows": len(extract.row_numbers),
        "unread": [header for header in extract.recognised.unread if header != _NUMBERING],
    }


def _refuse_older(gathered: Gathered) -> None:
    """An older list would write old values over newer ones, where it does not speak of its own time only."""
    layouts = {
        extract.recognised.layout.id for extract in gathered.extracts if _is_of_now(extract.recognised.layout)
    }
    day = day_of(gathered)
    newer = Batch.objects.filter(state="applied", sources__layout__in=layouts, as_of__gt=day)
    last = newer.order_by("-as_of").first()
    if last is not None:
        raise UserError(
            f"这份表是 {day} 的数据,台账里已有 {last.as_of} 的同一种表(批次 {last.pk},{last.file_name})。"
            "请导入更新的表,或先撤销那个批次"
        )


def _is_of_now(layout: Layout) -> bool:
    """Whether the list tells how things stand, rather than what was given in a period."""
    return layout.kind in ("register", "villages", "removals") or any(
        load_terms().table(emit.table).listed_by == () for emit in layout.emits
    )
