"""One village's workbook: what to look into, the cells behind each finding, and what could not be judged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bangfu.screening.cells import SourceCell
from bangfu.screening.findings import Finding
from bangfu.screening.punctuation import full_width
from bangfu.spreadsheets.look import Look
from bangfu.spreadsheets.write import Column, open_book, write_table

SEVERITIES = {"error": "错误", "suspicion": "疑点", "reminder": "提醒"}
TINTS = {"错误": "#B42318", "疑点": "#8A5A00", "提醒": "#595959"}
VERDICTS = ("属实", "不属实", "情况特殊")
_SIGNED = "核实人：____________    村负责人：____________    日期：____年__月__日"
_FINDING: tuple[Column, ...] = (
    ("序号", 5, "count"),
    ("规则编号", 10, "label"),
    ("级别", 5.5, "label"),
    ("疑点", 17, "wrap"),
    ("户编号", 13.5, "id"),
    ("人编号", 15.5, "id"),
    ("姓名", 8.5, "label"),
    ("说明", 40, "wrap"),
    ("所在位置", 25, "wrap"),
    ("责任部门", 9, "label"),
    ("整改要求", 26, "wrap"),
    ("核实结论", 9, "label"),
    ("整改情况", 11, "wrap"),
)
_UNKNOWN = tuple(c for c in _FINDING if c[0] not in ("级别", "核实结论", "整改情况"))
_CELLS: tuple[Column, ...] = (
    ("疑点序号", 9, "count"),
    ("疑点", 28, "wrap"),
    ("姓名", 14, "label"),
    ("文件", 36, "wrap"),
    ("工作表", 14, "wrap"),
    ("单元格", 9, "label"),
    ("栏目", 24, "wrap"),
    ("值", 24, "wrap"),
)
_PERSONAL = re.compile(r"证件号|身份证|身份号码|证明号码|账号|卡号|电话|手机")
_SHOWN_CELLS, _SHOWN_PLACES = 3, 2


def write_village(village: str, found: Sequence[Finding], as_of: str, path: Path) -> Path:
    """Findings by household in the order of a visit; a sheet of unknowns only where there are some."""
    findings = sorted((f for f in found if f.is_finding), key=_order)
    unknown = sorted((f for f in found if not f.is_finding), key=_order)
    with open_book(path) as book:
        note = (
            f"核查截止 {as_of}，共 {len(findings)} 条。疑点要核实后才能认定为问题。错误：数据不可能正确，必须更正或说明；"
            "疑点：要核实并写明结论。“核实结论”从下拉项中选，“整改情况”写办了什么。"
        )
        look = Look(
            empty="没有查出疑点", tints=TINTS, choices={"核实结论": VERDICTS}, frozen=2, signed=_SIGNED
        )
        rows = (_finding_row(number, f) for number, f in enumerate(findings, 1))
        write_table(book, "疑点", _FINDING, rows, title=f"{village}疑点清单", note=note, look=look)
        note = "疑点序号与“疑点”表一致。与疑点本身无关的证件号码、账号、电话已隐去中间几位，需要时到原表的单元格里看。"
        title = f"{village}疑点涉及的单元格"
        write_table(
            book, "涉及单元格", _CELLS, _cell_rows(findings), title=title, note=note, look=Look(empty="没有")
        )
        if unknown:
            note = "这些对象缺少判断所需的信息，不是疑点，也不能算通过。缺数据的补全后再核查；缺标准的，标准定下后再核查。"
            title = f"{village}无法判断清单"
            kept = [_FINDING.index(column) for column in _UNKNOWN]
            shown = ([_finding_row(number, f)[i] for i in kept] for number, f in enumerate(unknown, 1))
            write_table(book, "无法判断", _UNKNOWN, shown, title=title, note=note)
    return path


def _order(finding: Finding) -> tuple[str, str, str]:
    subject = finding.subject
    return (subject.household, subject.id if subject.kind != "household" else "", finding.check.id)


def _finding_row(number: int, finding: Finding) -> Sequence[object]:
    check, subject = finding.check, finding.subject
    return (
        number,
        "\n".join(check.refs),
        SEVERITIES[finding.severity],
        full_width(check.name),
        subject.household,
        subject.id if subject.kind == "person" else "",
        subject.name,
        full_width(finding.explanation),
        where(finding.sources),
        check.department,
        full_width(check.rectify),
        "",
        "",
    )


def where(sources: Iterable[SourceCell]) -> str:
    """The first cells that the finding stands in, by file; the sheet "涉及单元格" has them all."""
    places: dict[str, list[str]] = {}
    for source in sources:
        # "Sheet1" is what Excel calls a sheet nobody named: it tells a reader nothing.
        sheet = "" if source.sheet in ("Sheet1", "CSV") else f"〔{source.sheet}〕"
        places.setdefault(source.file + sheet, []).append(f"{source.column}{source.row}")
    lines = [
        f"{place} {'、'.join(cells[:_SHOWN_CELLS])}" + ("等" if len(cells) > _SHOWN_CELLS else "")
        for place, cells in list(places.items())[:_SHOWN_PLACES]
    ]
    more = len(places) - _SHOWN_PLACES
    return "\n".join(lines) + (f"\n另有 {more} 张表" if more > 0 else "")


def _cell_rows(found: Iterable[Finding]) -> Iterator[Sequence[object]]:
    for number, finding in enumerate(found, 1):
        for source in finding.sources:
            yield (
                number,
                full_width(finding.check.name),
                finding.subject.name,
                source.file,
                source.sheet,
                f"{source.column}{source.row}",
                source.header,
                shown_value(finding, source),
            )


def shown_value(finding: Finding, source: SourceCell) -> str:
    """The cell's value; a number of a person is masked unless the finding is about it."""
    if finding.check.id.startswith("identity.") or not _PERSONAL.search(source.header):
        return source.value
    return mask(source.value)


def mask(value: str) -> str:
    """The ends of a number, enough to tell it from another: 4299****1234, 199****0001."""
    if len(value) < 8:
        return value
    head = 3 if len(value) == 11 else 4
    return value[:head] + "*" * (len(value) - head - 4) + value[-4:]
