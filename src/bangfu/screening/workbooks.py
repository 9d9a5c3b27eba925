"""Findings as workbooks that a clerk hands out: a summary, one workbook a village, and the faulty files marked."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tqdm import tqdm

from bangfu.screening.findings import Finding
from bangfu.screening.result import Result
from bangfu.spreadsheets.cells import column_letter
from bangfu.spreadsheets.mark import mark_copy
from bangfu.spreadsheets.write import Book, Column, open_book, write_table

SEVERITIES = {"error": "错误", "suspicion": "疑点", "reminder": "提醒"}
NO_VILLAGE = "未写明村"
_FINDING: tuple[Column, ...] = (
    ("序号", 6, "integer"),
    ("规则编号", 11, "text"),
    ("级别", 7, "text"),
    ("疑点", 24, "wrap"),
    ("户编号", 15, "id"),
    ("人编号", 17, "id"),
    ("姓名", 10, "text"),
    ("说明", 48, "wrap"),
    ("所在位置", 34, "wrap"),
    ("责任部门", 10, "text"),
    ("整改要求", 40, "wrap"),
    ("核实结论", 14, "wrap"),
    ("整改情况", 14, "wrap"),
)
_CELLS: tuple[Column, ...] = (
    ("疑点序号", 9, "integer"),
    ("疑点", 24, "wrap"),
    ("姓名", 10, "text"),
    ("文件", 40, "wrap"),
    ("工作表", 14, "text"),
    ("单元格", 9, "text"),
    ("栏目", 26, "wrap"),
    ("值", 24, "id"),
)


def write_workbooks(result: Result, found: Sequence[Finding], quiet: bool) -> list[Path]:
    """Everything a clerk opens; the paths of what was written."""
    by_village: dict[str, list[Finding]] = {}
    for finding in found:
        by_village.setdefault(finding.subject.village or NO_VILLAGE, []).append(finding)
    written = [_summary(result, found, result.out / "summary.xlsx")]
    villages = sorted(by_village)
    for village in tqdm(villages, desc="写出各村疑点表", unit="村", disable=quiet, file=sys.stderr):
        written.append(_village(result, village, by_village[village], result.out))
    written.extend(_marked(result))
    return written


def _village(result: Result, village: str, found: Sequence[Finding], out: Path) -> Path:
    """One village: what to look into, what could not be judged, and the cells behind each."""
    path = out / f"{_file_name(village)}.xlsx"
    findings = sorted((f for f in found if f.is_finding), key=_order)
    unknown = sorted((f for f in found if not f.is_finding), key=_order)
    date = _date(result.as_of)
    with open_book(path) as book:
        note = f"核查截止 {date};疑点要入户核实后才能认定为问题。错误:数据不可能正确,必须更正或说明;疑点:需要核实并写明结论。"
        title = f"{village}疑点清单"
        write_table(book, "疑点", _FINDING, _finding_rows(findings), title=title, note=note)
        write_table(book, "涉及单元格", _CELLS, _cell_rows(findings), title=f"{village}疑点涉及的单元格")
        if unknown:
            note = "这些对象缺少判断所需的信息,不是疑点,也不能算通过;补全后再核查。"
            title = f"{village}无法判断清单"
            write_table(book, "无法判断", _FINDING, _finding_rows(unknown), title=title, note=note)
    return path


def _order(finding: Finding) -> tuple[str, str, str]:
    subject = finding.subject
    return (subject.household, subject.id if subject.kind != "household" else "", finding.check.id)


def _finding_rows(found: Iterable[Finding]) -> Iterator[Sequence[object]]:
    for number, finding in enumerate(found, 1):
        check, subject = finding.check, finding.subject
        yield (
            number,
            "、".join(check.refs),
            SEVERITIES[finding.severity],
            check.name,
            subject.household,
            subject.id if subject.kind == "person" else "",
            subject.name,
            finding.explanation,
            _where(finding),
            check.department,
            check.rectify,
            "",
            "",
        )


def _where(finding: Finding) -> str:
    """The first cells that the finding stands in."""
    cells = [f"{s.file} {s.sheet} {s.column}{s.row}" for s in finding.sources[:2]]
    more = len(finding.sources) - 2
    return "\n".join(cells) + (f"\n另有 {more} 处" if more > 0 else "")


def _cell_rows(found: Iterable[Finding]) -> Iterator[Sequence[object]]:
    for number, finding in enumerate(found, 1):
        for source in finding.sources:
            yield (
                number,
                finding.check.name,
                finding.subject.name,
                source.file,
                source.sheet,
                f"{source.column}{source.row}",
                source.header,
                source.value,
            )


def _summary(result: Result, found: Sequence[Finding], path: Path) -> Path:
    date = _date(result.as_of)
    findings = [finding for finding in found if finding.is_finding]
    villages = sorted({finding.subject.village or NO_VILLAGE for finding in findings})
    with open_book(path) as book:
        columns: tuple[Column, ...] = (("项目", 26, "wrap"), ("内容", 90, "wrap"))
        write_table(book, "概况", columns, _overview(result), title=f"核查概况(截止 {date})")
        _matrix(book, findings, villages, date)
        _departments(book, findings, date)
        _files(book, result)
        _cell_problems(book, result)
        _unlinked(book, result)
        _not_run(book, result)
    return path


def _overview(result: Result) -> Iterator[Sequence[object]]:
    gathered = result.gathered
    yield "核查截止日期", _date(result.as_of)
    yield "区划代码", result.place
    yield "规则库版本", result.policy_hash[:12]
    for notice in result.notices:
        yield "提示", notice
    yield "读入文件", f"{len(gathered.files)} 个文件,{len(gathered.extracts)} 张名单"
    yield "不能读的文件", "\n".join(f"{p.file}:{p.message}" for p in gathered.problems) or "无"
    yield "认不出的工作表", "\n".join(f"{p.file}:{p.message}" for p in gathered.unrecognised) or "无"
    yield "单元格问题", f"{sum(len(e.problems) for e in gathered.extracts)} 处"
    yield "没有对上人的名单行", f"{len(result.facts.unlinked)} 行(多为不在册的普通村民)"
    for file, rows in result.facts.repeated.items():
        yield "重复的名单", f"{file} 有 {rows} 人已在其他名单中,没有重复计入"
    yield (
        "运行的规则",
        f"{len(result.run.checks)} 条;另有 {len(result.run.not_run)} 条缺名单、栏目或标准,见“未运行规则”",
    )
    for severity, label in SEVERITIES.items():
        yield label, f"{result.by_severity[severity]} 条"
    yield "无法判断", f"{sum(result.unknown.values())} 条(缺少判断所需的信息)"


def _matrix(book: Book, findings: Sequence[Finding], villages: Sequence[str], date: str) -> None:
    """Checks down, villages across."""
    counts: dict[str, dict[str, int]] = {}
    checks = {finding.check.id: finding for finding in findings}
    for finding in findings:
        row = counts.setdefault(finding.check.id, {})
        village = finding.subject.village or NO_VILLAGE
        row[village] = row.get(village, 0) + 1
    order = sorted(counts, key=lambda check: -sum(counts[check].values()))
    columns: list[Column] = [
        ("规则编号", 12, "text"),
        ("疑点", 34, "wrap"),
        ("级别", 7, "text"),
        ("部门", 10, "text"),
    ]
    columns += [(village, 9, "integer") for village in villages] + [("合计", 8, "integer")]
    rows: list[Sequence[object]] = []
    for check_id in order:
        finding, row = checks[check_id], counts[check_id]
        rows.append(
            (
                "、".join(finding.check.refs),
                finding.check.name,
                SEVERITIES[finding.severity],
                finding.check.department,
                *(row.get(village) for village in villages),
                sum(row.values()),
            )
        )
    totals = [sum(counts[check].get(village, 0) for check in order) for village in villages]
    rows.append(("", "合计", "", "", *totals, sum(totals)))
    write_table(book, "村与规则", columns, rows, title=f"各村疑点数(截止 {date})")


def _departments(book: Book, findings: Sequence[Finding], date: str) -> None:
    columns: tuple[Column, ...] = (
        ("部门", 14, "text"),
        ("规则编号", 12, "text"),
        ("疑点", 40, "wrap"),
        ("级别", 8, "text"),
        ("条数", 8, "integer"),
        ("整改要求", 60, "wrap"),
    )
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.check.department, finding.check.id), []).append(finding)
    rows = [
        (
            department,
            "、".join(group[0].check.refs),
            group[0].check.name,
            SEVERITIES[group[0].severity],
            len(group),
            group[0].check.rectify,
        )
        for (department, _), group in sorted(groups.items(), key=lambda item: (item[0][0], -len(item[1])))
    ]
    write_table(book, "按部门", columns, rows, title=f"各部门疑点(截止 {date})")


def _files(book: Book, result: Result) -> None:
    columns: tuple[Column, ...] = (
        ("文件", 46, "wrap"),
        ("工作表", 18, "text"),
        ("认作", 26, "wrap"),
        ("数据行", 9, "integer"),
        ("单元格问题", 11, "integer"),
        ("没有用到的栏目", 50, "wrap"),
    )
    gathered = result.gathered
    rows: list[Sequence[object]] = [
        (
            extract.grid_file,
            extract.sheet,
            extract.recognised.layout.name,
            len(extract.row_numbers),
            len(extract.problems) or None,
            "、".join(name for name in extract.recognised.unread if name not in ("序号", "编号", "签字")),
        )
        for extract in gathered.extracts
    ]
    rows += [(p.file, "", p.message, None, None, "") for p in (*gathered.problems, *gathered.unrecognised)]
    write_table(book, "文件", columns, rows, title="读入的文件")


def _cell_problems(book: Book, result: Result) -> None:
    columns: tuple[Column, ...] = (
        ("文件", 46, "wrap"),
        ("工作表", 18, "text"),
        ("单元格", 9, "text"),
        ("填的是", 24, "id"),
        ("应该是", 34, "wrap"),
        ("怎么办", 40, "wrap"),
    )
    rows = (
        (extract.grid_file, p.sheet, f"{column_letter(p.column)}{p.row}", p.found, p.expected, p.advice)
        for extract in result.gathered.extracts
        for p in extract.problems
    )
    write_table(book, "单元格问题", columns, rows, title="看不懂的单元格")


def _unlinked(book: Book, result: Result) -> None:
    columns: tuple[Column, ...] = (
        ("文件", 46, "wrap"),
        ("工作表", 18, "text"),
        ("行", 7, "integer"),
        ("姓名", 12, "text"),
        ("村", 14, "text"),
        ("没有对上的原因", 60, "wrap"),
    )
    rows = ((u.file, u.sheet, u.row, u.name, u.village, u.reason) for u in result.facts.unlinked)
    note = "名单里的普通村民不在册,属正常;写错号码或姓名的,请更正后重新导入。"
    write_table(book, "未对上的行", columns, rows, title="没有对上在册人员的名单行", note=note)


def _not_run(book: Book, result: Result) -> None:
    columns: tuple[Column, ...] = (
        ("规则编号", 14, "text"),
        ("规则", 44, "wrap"),
        ("没有运行的原因", 70, "wrap"),
    )
    checks = result.run.policy.checks
    rows = (
        ("、".join(checks[check_id].refs), checks[check_id].name, ";".join(reasons))
        for check_id, reasons in result.run.not_run.items()
    )
    write_table(book, "未运行规则", columns, rows, title="缺少名单、栏目或标准而没有运行的规则")


def _marked(result: Result) -> Iterator[Path]:
    """Files with cells that could not be understood, handed back with those cells marked."""
    by_file: dict[str, list[object]] = {}
    for extract in result.gathered.extracts:
        by_file.setdefault(extract.grid_file, []).extend(extract.problems)
    for name, problems in by_file.items():
        if problems:
            target = result.out / "退回更正" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            yield mark_copy(result.gathered.files[name], problems, target)  # type: ignore[arg-type]


def _file_name(village: str) -> str:
    return "".join("_" if c in '\\/:*?"<>|' else c for c in village) or NO_VILLAGE


def _date(day: int) -> str:
    return f"{day // 10000}年{day // 100 % 100}月{day % 100}日"
