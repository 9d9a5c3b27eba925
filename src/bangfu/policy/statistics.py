"""rulebook/statistics/*.yaml -> StatisticTable: the forms that offices hand in, column by column."""

from __future__ import annotations

import re
from pathlib import Path

from bangfu.policy.model import Policy, StatisticColumn, StatisticTable
from bangfu.policy.references import parse_reference
from bangfu.policy.source import Entries, Problem, Source, files, read, take
from bangfu.terms.errors import UserError

_NUMBER = re.compile(r"\d+(\.\d+)*")


def load_statistics(root: Path, policy: Policy, problems: list[Problem]) -> dict[str, StatisticTable]:
    """By number; every column names a figure that there is, or says why there is none."""
    found: dict[str, StatisticTable] = {}
    for path in files(root / "statistics"):
        told = read(path, root, problems)
        if told is None or not take(*told, {"id": str, "name": str, "columns": list}, {"note": str}):
            continue
        source, entries = told
        columns = tuple(
            column
            for item in entries["columns"]
            if (column := _column(source, item, policy, entries)) is not None
        )
        if not _NUMBER.fullmatch(entries["id"]):
            source.fail(f"id 应是表号,如 1.10,写的是 {entries['id']}", line=entries.lines["id"])
            continue
        if entries["id"] in found:
            source.fail(f"统计表 {entries['id']} 已经有了", line=entries.lines["id"])
        found[entries["id"]] = StatisticTable(
            entries["id"], entries["name"], columns, entries.get("note", ""), source.file
        )
    return dict(sorted(found.items(), key=lambda item: [int(part) for part in item[0].split(".")]))


def _column(source: Source, item: object, policy: Policy, entries: Entries) -> StatisticColumn | None:
    if not isinstance(item, Entries):
        source.fail(f"列应写成 {{label: ..., figure: ...}},写的是 {item!r}", line=entries.lines["columns"])
        return None
    if not take(source, item, {"label": str}, {"figure": str, "share_of": str, "missing": str}):
        return None
    if ("figure" in item) == ("missing" in item):
        source.fail("每一列要写 figure(指标),没有的在 missing 写明原因", item)
    for key in ("figure", "share_of"):
        try:
            if key in item:
                parse_reference(item[key], policy)
        except UserError as error:
            source.fail(str(error), line=item.lines[key])
    return StatisticColumn(
        item["label"], item.get("figure", ""), item.get("share_of", ""), item.get("missing", "")
    )
