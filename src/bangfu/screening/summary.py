"""summary.xlsx: the whole check on one workbook, from the figures of each village to what could not be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bangfu.screening.findings import Finding
from bangfu.screening.hand_out import SEVERITIES, TINTS
from bangfu.screening.punctuation import full_width
from bangfu.screening.result import Result
from bangfu.spreadsheets.cells import column_letter
from bangfu.spreadsheets.look import Look
from bangfu.spreadsheets.write import Book, Column, open_book, write_table

NO_VILLAGE = "未写明村"
_UNUSED = ("序号", "编号", "签字")
"""Columns of a list that nobody misses."""


def write_summary(result: Result, found: Sequence[Finding], names: Mapping[str, str], path: Path) -> Path:
    """`names` are the workbooks of the villages that have one."""
    findings = [finding for finding in found if finding.is_finding]
    with open_book(path) as book:
        _overview(book, result)
        villages = _villages(book, result, found, names)
        _matrix(book, findings, villages)
        _departments(book, findings)
        _files(book, result)
        _cell_problems(book, result)
        _unlinked(book, result)
        _not_run(book, result)
    return path


def village_of(finding: Finding) -> str:
    return finding.subject.village or NO_VILLAGE


def _overview(book: Book, result: Result) -> None:
    columns: tuple[Column, ...] = (("项目", 24, "wrap"), ("内容", 100, "wrap"))
    write_table(book, "概况", columns, _overview_rows(result), title="核查概况")


def _overview_rows(result: Result) -> Iterator[Sequence[object]]:
    gathered, day = result.gathered, result.as_of
    yield "核查截止日期", f"{day // 10000} 年 {day // 100 % 100} 月 {day % 100} 日"
    yield "区划代码", result.place
    yield "规则库版本", result.policy_hash[:12]
    for notice in result.notices:
        yield "提示", full_width(notice)
    yield "读入", f"{len(gathered.files)} 个文件，{len(gathered.extracts)} 张名单"
    yield "不能读的文件", "\n".join(f"{p.file}：{full_width(p.message)}" for p in gathered.problems) or "无"
    refused = "\n".join(f"{p.file}：{full_width(p.message)}" for p in gathered.unrecognised)
    yield "认不出的工作表", refused or "无"
    yield "看不懂的单元格", f"{sum(len(e.problems) for e in gathered.extracts)} 处"
    yield "没有对上人的名单行", f"{len(result.facts.unlinked)} 行（不在册的普通村民对不上属正常）"
    for file, rows in result.facts.repeated.items():
        yield "重复的名单", f"{file} 有 {rows} 人已在其他名单中，没有重复计入"
    yield (
        "运行的规则",
        f"{len(result.run.checks)} 条；另有 {len(result.run.not_run)} 条缺名单、栏目或标准，见“未运行规则”",
    )
    for severity, label in SEVERITIES.items():
        yield label, f"{result.by_severity[severity]} 条"
    yield "无法判断", f"{sum(result.unknown.values())} 条（缺少判断所需的信息，见各村工作簿）"


def _villages(book: Book, result: Result, found: Sequence[Finding], names: Mapping[str, str]) -> list[str]:
    """Every village on file, also one without findings; the villages in the order of the sheet."""
    homes, people = _on_file(result)
    counts: Counter[tuple[str, str]] = Counter(
        (village_of(f), f.severity if f.is_finding else "unknown") for f in found
    )
    totals: Counter[str] = Counter(village_of(f) for f in found if f.is_finding)
    villages = sorted({*homes, *names}, key=lambda v: (v == NO_VILLAGE, -totals[v], v))
    columns: tuple[Column, ...] = (
        ("村", 18, "label"),
        ("在册户数", 11, "count"),
        ("在册人数", 11, "count"),
        ("疑点合计", 11, "count"),
        *((f"其中：{label}", 13, "count") for label in SEVERITIES.values()),
        ("无法判断", 11, "count"),
        ("工作簿", 28, "wrap"),
    )
    kinds = (*SEVERITIES, "unknown")
    rows = [
        (
            village,
            homes[village],
            people[village],
            totals[village],
            *(counts[village, kind] for kind in kinds),
            names.get(village, "没有疑点，未出工作簿"),
        )
        for village in villages
    ]
    sums = [sum(column) for column in zip(*(row[1:-1] for row in rows), strict=True)] if rows else []
    look = Look(empty="没有在册的户", total=("合计", *sums, "") if rows else None)
    write_table(book, "各村", columns, rows, title="各村疑点数", look=look)
    return villages


def _on_file(result: Result) -> tuple[Counter[str], Counter[str]]:
    """Households and persons on file, by village."""
    dataset, homes, people = result.facts.dataset, Counter[str](), Counter[str]()
    if "household" not in dataset.relations or "village_name" not in dataset.fields["household"]:
        return homes, people
    rows = dataset.connection.execute(
        f"SELECT h.village_name, count(DISTINCT h.row_key), count(p.row_key) FROM {dataset.relations['household']} h "
        f"LEFT JOIN {dataset.relations['person']} p ON p.household_key = h.row_key GROUP BY ALL"
    ).fetchall()
    for written, households, persons in rows:
        village = result.facts.village(written) or NO_VILLAGE
        homes[village] += households
        people[village] += persons
    return homes, people


def _matrix(book: Book, findings: Sequence[Finding], villages: Sequence[str]) -> None:
    """Checks down, villages across; the most frequent first."""
    counts: dict[str, Counter[str]] = {}
    checks = {finding.check.id: finding for finding in findings}
    for finding in findings:
        counts.setdefault(finding.check.id, Counter())[village_of(finding)] += 1
    order = sorted(counts, key=lambda check: -counts[check].total())
    width = 8 if len(villages) <= 12 else 6  # names of villages break into two lines, the sheet stays on A4
    columns: list[Column] = [
        ("规则编号", 11, "label"),
        ("疑点", 34, "wrap"),
        ("级别", 6, "label"),
        ("部门", 9, "label"),
        ("合计", 7, "count"),
        *((village, width, "count") for village in villages),
    ]
    rows = [
        (
            "\n".join(checks[check].check.refs),
            full_width(checks[check].check.name),
            SEVERITIES[checks[check].severity],
            checks[check].check.department,
            counts[check].total(),
            *(counts[check][village] or None for village in villages),
        )
        for check in order
    ]
    sums = [sum(counts[check][village] for check in order) for village in villages]
    look = Look(
        empty="没有查出疑点",
        total=("", "合计", "", "", sum(sums), *sums) if rows else None,
        tints=TINTS,
        frozen=2,
    )
    write_table(book, "村与规则", columns, rows, title="各村各规则疑点数", look=look)


def _departments(book: Book, findings: Sequence[Finding]) -> None:
    columns: tuple[Column, ...] = (
        ("部门", 12, "label"),
        ("规则编号", 11, "label"),
        ("疑点", 36, "wrap"),
        ("级别", 7, "label"),
        ("条数", 7, "count"),
        ("整改要求", 70, "wrap"),
    )
    groups: dict[tuple[str, str], list[Finding]] = {}
    sizes = Counter(finding.check.department for finding in findings)
    for finding in findings:
        groups.setdefault((finding.check.department, finding.check.id), []).append(finding)
    rows = [
        (
            department,
            "\n".join(group[0].check.refs),
            full_width(group[0].check.name),
            SEVERITIES[group[0].severity],
            len(group),
            full_width(group[0].check.rectify),
        )
        for (department, _), group in sorted(
            groups.items(), key=lambda item: (-sizes[item[0][0]], item[0][0], -len(item[1]))
        )
    ]
    look = Look(empty="没有查出疑点", tints=TINTS)
    write_table(book, "按部门", columns, rows, title="各部门疑点", look=look)


def _files(book: Book, result: Result) -> None:
    columns: tuple[Column, ...] = (
        ("文件", 44, "wrap"),
        ("工作表", 20, "wrap"),
        ("认作", 24, "wrap"),
        ("数据行", 9, "count"),
        ("看不懂的单元格", 10, "count"),
        ("没有用到的栏目（没有读入的写原因）", 56, "wrap"),
    )
    gathered = result.gathered
    refused = [
        (p.file, "", "没有读入", None, None, full_width(p.message))
        for p in (*gathered.problems, *gathered.unrecognised)
    ]
    rows: list[Sequence[object]] = [
        *refused,
        *(
            (
                extract.grid_file,
                extract.sheet,
                extract.recognised.layout.name,
                len(extract.row_numbers),
                len(extract.problems) or None,
                "、".join(name for name in extract.recognised.unread if name not in _UNUSED),
            )
            for extract in gathered.extracts
        ),
    ]
    note = (
        "没有读入的排在最前。“没有用到的栏目”是规则用不着的栏；要用的栏列在这里，说明表头的写法没有认出来。"
    )
    write_table(book, "文件", columns, rows, title="读入的文件", note=note)


def _cell_problems(book: Book, result: Result) -> None:
    columns: tuple[Column, ...] = (
        ("文件", 40, "wrap"),
        ("工作表", 20, "wrap"),
        ("单元格", 9, "label"),
        ("填的是", 24, "wrap"),
        ("应该是", 30, "wrap"),
        ("怎么办", 36, "wrap"),
    )
    rows = (
        (
            extract.grid_file,
            p.sheet,
            f"{column_letter(p.column)}{p.row}",
            p.found,
            full_width(p.expected),
            full_width(p.advice),
        )
        for extract in result.gathered.extracts
        for p in extract.problems
    )
    note = "这些格子按空白处理。“退回更正”文件夹里有标好颜色的原表，改好后重新核查。"
    look = Look(empty="没有看不懂的单元格")
    write_table(book, "看不懂的单元格", columns, rows, title="看不懂的单元格", note=note, look=look)


def _unlinked(book: Book, result: Result) -> None:
    columns: tuple[Column, ...] = (
        ("文件", 44, "wrap"),
        ("工作表", 20, "wrap"),
        ("行", 7, "count"),
        ("姓名", 18, "label"),
        ("村", 12, "label"),
        ("没有对上的原因", 56, "wrap"),
    )
    rows = (
        (u.file, u.sheet, u.row, u.name, result.facts.village(u.village), full_width(u.reason))
        for u in result.facts.unlinked
    )
    note = "名单里的普通村民不在册，对不上属正常；写错号码或姓名的，请更正后重新核查。"
    look = Look(empty="名单上的人都对上了")
    write_table(book, "未对上的行", columns, rows, title="没有对上在册人员的名单行", note=note, look=look)


def _not_run(book: Book, result: Result) -> None:
    """The commonest reason first: the list whose delivery lets most rules run."""
    columns: tuple[Column, ...] = (
        ("缺少什么", 64, "wrap"),
        ("同一原因的规则数", 10, "count"),
        ("规则编号", 14, "label"),
        ("没有运行的规则", 50, "wrap"),
    )
    checks = result.run.policy.checks
    reasons = {check: full_width("；".join(why)) for check, why in result.run.not_run.items()}
    counts = Counter(reasons.values())
    order = sorted(reasons, key=lambda check: (-counts[reasons[check]], reasons[check]))
    rows = (
        (
            reasons[check],
            counts[reasons[check]],
            "\n".join(checks[check].refs),
            full_width(checks[check].name),
        )
        for check in order
    )
    note = "这些规则没有运行，不等于没有问题。补交缺少的名单或栏目后再核查，就会运行；排在前面的，补交一张能多查几条。"
    look = Look(empty="全部规则都已运行")
    write_table(book, "未运行规则", columns, rows, title="没有运行的规则", note=note, look=look)
