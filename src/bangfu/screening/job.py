"""The whole job on files: read, join, check, write what was found."""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
from tqdm import tqdm

from bangfu.engine.run import Run, run
from bangfu.policy.language.errors import did_you_mean
from bangfu.policy.loader import load_policy
from bangfu.policy.model import Check, Policy
from bangfu.screening.demo import demo_notice
from bangfu.screening.facts import Assembly, Facts
from bangfu.screening.findings import Finding, findings
from bangfu.screening.gather import Gathered, gather
from bangfu.screening.place import place_of, read_default_divisions
from bangfu.screening.workbooks import write_workbooks
from bangfu.spreadsheets.layouts import load_layouts
from bangfu.terms.errors import UserError

MEMORY = "4GB"  # what a check may take of an office PC; DuckDB spills to disk beyond it


@dataclass(frozen=True)
class Job:
    """What the user asked for; dates yyyymmdd."""

    paths: tuple[Path, ...]
    out: Path
    as_of: int | None = None
    place: str | None = None
    overlays: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    workbooks: bool = True
    quiet: bool = False


@dataclass
class Result:
    """What came out, for people and for programs."""

    as_of: int
    place: str
    policy_hash: str
    out: Path
    gathered: Gathered
    facts: Facts
    run: Run
    by_severity: Counter[str] = field(default_factory=Counter)
    by_check: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    by_village: Counter[str] = field(default_factory=Counter)
    notices: list[str] = field(default_factory=list)
    written: list[Path] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        extracts = self.gathered.extracts
        return {
            "as_of": _iso(self.as_of),
            "place": self.place,
            "policy": self.policy_hash,
            "files": len(self.gathered.files),
            "lists": [
                {
                    "file": e.grid_file,
                    "sheet": e.sheet,
                    "layout": e.recognised.layout.id,
                    "rows": len(e.row_numbers),
                }
                for e in extracts
            ],
            "refused": [{"file": p.file, "message": p.message} for p in self.gathered.problems],
            "unrecognised": [{"file": p.file, "message": p.message} for p in self.gathered.unrecognised],
            "cell_problems": sum(len(e.problems) for e in extracts),
            "unlinked": len(self.facts.unlinked),
            "checks_run": len(self.run.checks),
            "checks_not_run": self.run.not_run,
            "findings": dict(self.by_severity),
            "unknown": sum(self.unknown.values()),
            "by_check": dict(self.by_check.most_common()),
            "by_village": dict(self.by_village.most_common()),
            "notices": self.notices,
            "out": str(self.out),
        }

    def as_text(self) -> str:
        return "\n".join(_lines(self))


def check_files(job: Job) -> Result:
    """Raises UserError for what the user must mend first; everything else of the files becomes part of the result."""
    for path in job.paths:
        if not path.exists():
            raise UserError(f"找不到 {path}:请核对路径")
    policy = load_policy(overlays=job.overlays)
    layouts = load_layouts()
    divisions = read_default_divisions()
    year = job.as_of // 10000 if job.as_of else None
    with tqdm(disable=job.quiet, bar_format="读取 {desc}", leave=False) as bar:
        gathered = gather(job.paths, policy, layouts, year, bar.set_description_str)
    as_of = job.as_of or gathered.stated_date()
    if as_of is None:
        raise UserError(_no_date(gathered))
    place = job.place or place_of(gathered, divisions)
    connection = open_engine()
    facts = Assembly(policy, divisions, place).assemble(gathered.extracts, connection)
    selected = _selected(policy, job.only)
    answered = run(facts.dataset, policy, as_of, place, selected)
    result = Result(as_of, place, policy.hash, job.out, gathered, facts, answered)
    result.notices.extend(demo_notice(facts))
    job.out.mkdir(parents=True, exist_ok=True)
    found = list(_written(findings(answered, facts), job.out / "findings.jsonl", result, job.quiet))
    if job.workbooks:
        result.written.extend(write_workbooks(result, found, job.quiet))
    return result


def open_engine() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(f"SET memory_limit = '{MEMORY}'")
    connection.execute(f"SET temp_directory = '{tempfile.mkdtemp(prefix='bangfu-')}'")
    connection.execute("SET enable_progress_bar = false")
    return connection


def _selected(policy: Policy, only: tuple[str, ...]) -> list[Check] | None:
    if not only:
        return None
    chosen = [
        check for check in policy.checks.values() if {check.id, *check.refs, *check.codes}.intersection(only)
    ]
    known = {name for check in policy.checks.values() for name in (check.id, *check.refs, *check.codes)}
    for name in only:
        if name not in known:
            raise UserError(f"没有规则 {name}{did_you_mean(name, known)}")
    return chosen


def _written(found: Iterable[Finding], path: Path, result: Result, quiet: bool) -> Iterator[Finding]:
    """Writes each finding as a line and counts it, passing it on."""
    with path.open("w", encoding="utf-8") as out:
        for finding in tqdm(found, desc="写出疑点", unit="条", disable=quiet, file=sys.stderr):
            out.write(json.dumps(as_record(finding), ensure_ascii=False) + "\n")
            if finding.is_finding:
                result.by_severity[finding.severity] += 1
                result.by_check[finding.check.id] += 1
                result.by_village[finding.subject.village or "(未写明村)"] += 1
            else:
                result.unknown[finding.check.id] += 1
            yield finding
    result.written.append(path)


def as_record(finding: Finding) -> dict[str, Any]:
    """The finding as one JSON object; its keys are a public format (docs/findings.md)."""
    check = finding.check
    refs = list(check.refs)
    return {
        "check": check.id,
        "ref": refs[0] if len(refs) == 1 else refs,
        "code": list(check.codes),
        "name": check.name,
        "severity": finding.severity,
        "status": "finding" if finding.is_finding else "unknown",
        "subject_type": finding.subject.kind,
        "subject": finding.subject.id,
        "subject_name": finding.subject.name,
        "household": finding.subject.household,
        "division": finding.subject.village,
        "department": check.department,
        "values": dict(finding.values),
        "standards": [vars(standard) for standard in finding.standards],
        "explanation": finding.explanation,
        "rectify": check.rectify,
        "basis": check.basis,
        "sources": [vars(source) for source in finding.sources],
    }


def _no_date(gathered: Gathered) -> str:
    refused = "".join(f"\n  {problem.file}:{problem.message}" for problem in gathered.problems)
    return f"这些文件没有写明导出时间,请用 --as-of 指定核查截止日期,如 --as-of 2023-12-18{refused}"


def _iso(day: int) -> str:
    return f"{day // 10000}-{day // 100 % 100:02d}-{day % 100:02d}"


def _lines(result: Result) -> Iterator[str]:
    policy = result.run.policy
    gathered = result.gathered
    yield f"核查截止 {_iso(result.as_of)},区划 {result.place},规则库 {result.policy_hash[:12]}"
    yield from (f"提示:{notice}" for notice in result.notices)
    yield (
        f"读入 {len(gathered.files)} 个文件、{len(gathered.extracts)} 张名单;"
        f"不能读的 {len(gathered.problems)} 个,认不出的 {len(gathered.unrecognised)} 张;"
        f"单元格问题 {sum(len(e.problems) for e in gathered.extracts)} 处,未对上人的名单行 {len(result.facts.unlinked)} 行"
    )
    for problem in (*gathered.problems, *gathered.unrecognised):
        yield f"  ✗ {problem.file}:{problem.message}"
    yield f"运行规则 {len(result.run.checks)} 条;因缺名单、缺栏目或缺标准未运行 {len(result.run.not_run)} 条"
    total = sum(result.by_severity.values())
    yield (
        f"疑点 {total} 条(错误 {result.by_severity['error']},疑点 {result.by_severity['suspicion']},"
        f"提醒 {result.by_severity['reminder']});无法判断 {sum(result.unknown.values())} 条"
    )
    for check_id, count in result.by_check.most_common(12):
        check = policy.checks[check_id]
        yield f"  {count:>5}  {'、'.join(check.refs) or '—'}  {check.name}"
    if len(result.by_check) > 12:
        yield f"  ……另有 {len(result.by_check) - 12} 条规则查出疑点"
    yield "各村:" + ",".join(f"{village} {count}" for village, count in result.by_village.most_common(12))
    yield f"结果在 {result.out}"
