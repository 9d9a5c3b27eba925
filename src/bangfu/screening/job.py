"""The whole job on files: read, join, check, write what was found."""

from __future__ import annotations

import json
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from tqdm import tqdm

from bangfu.engine.narrowing import Villages
from bangfu.engine.run import Heard, run, unheard
from bangfu.policy.language.errors import did_you_mean
from bangfu.policy.loader import load_policy
from bangfu.policy.model import Check, Policy
from bangfu.screening.demo import demo_notice
from bangfu.screening.facts import Assembly
from bangfu.screening.findings import Finding, findings
from bangfu.screening.gather import Gathered, gather
from bangfu.screening.place import place_of, read_default_divisions
from bangfu.screening.result import Result
from bangfu.screening.snapshot import read_manifest, snapshot_facts
from bangfu.screening.workbooks import write_workbooks
from bangfu.spreadsheets.layouts import load_layouts
from bangfu.terms.divisions import area_prefix
from bangfu.terms.errors import UserError

_STEP = 500
MEMORY = "3GB"  # what DuckDB may take of an office PC before it spills to disk: the whole stays below 4 GB


@dataclass(frozen=True)
class Job:
    """What the user asked for; dates yyyymmdd. Without `out` nothing is written."""

    paths: tuple[Path, ...]
    out: Path | None
    as_of: int | None = None
    place: str | None = None
    overlays: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    workbooks: bool = True
    quiet: bool = False
    threads: int | None = None
    """How many the engine may use; None: as many as there are processors."""
    villages: frozenset[int] = frozenset()
    """Of a register's snapshot only what belongs to these villages, by their numbers; none: everything."""


def check_files(job: Job) -> Result:
    """Raises UserError for what the user must mend first; everything else of the files becomes part of the result."""
    for path in job.paths:
        if not path.exists():
            raise UserError(f"找不到 {path}:请核对路径")
    policy = load_policy(overlays=job.overlays)
    layouts = load_layouts()
    divisions = read_default_divisions()
    with tqdm(disable=job.quiet, bar_format="读取 {desc}", leave=False) as bar:
        gathered = gather(job.paths, policy, layouts, job.as_of, bar.set_description_str)
    as_of = gathered.as_of
    if as_of is None:
        raise UserError(_no_date(gathered))
    place = job.place or place_of(gathered, divisions)
    connection = open_engine(job.threads)
    facts = Assembly(policy, divisions, place).assemble(gathered.extracts, connection)
    answered = run(facts.dataset, policy, as_of, place, selected(policy, job.only))
    notices = [_only_in_a_register(name) for name in _source_lists(gathered)]
    return _finished(
        job, Result(as_of, place, policy.hash, job.out or Path(), gathered, facts, answered, notices=notices)
    )


def check_snapshot(
    job: Job,
    folder: Path,
    also: Callable[[Finding], object] = lambda finding: None,
    answering: Heard = unheard,
    telling: Heard = unheard,
    policy: Policy | None = None,
) -> Result:
    """The same on a snapshot of a register: as of its day, for its place, unless the job says otherwise.

    `also` is given each finding as well, and what could not be judged. `answering` is told how many checks are answered,
    `telling` how many of the hits are told. `policy` is the rulebook with the job's overlays, where it is at hand.
    """
    policy = policy or load_policy(overlays=job.overlays)
    manifest = read_manifest(folder)
    as_of, place = job.as_of or manifest["as_of"], job.place or area_prefix(manifest["place"])
    facts = snapshot_facts(folder, open_engine(job.threads))
    only = Villages(job.villages) if job.villages else None
    chosen = selected(policy, job.only)
    answered = run(facts.dataset, policy, as_of, place, chosen, only=only, heard=answering)
    result = Result(as_of, place, policy.hash, job.out or Path(), Gathered(as_of=as_of), facts, answered)
    result.register = manifest["rows"].get("household", 0), manifest["rows"].get("person", 0)
    return _finished(job, result, also, telling)


def _finished(
    job: Job,
    result: Result,
    also: Callable[[Finding], object] = lambda finding: None,
    telling: Heard = unheard,
) -> Result:
    """Writes what was found; only workbooks need all of it at once."""
    result.notices.extend(demo_notice(result.facts))
    hits = _heard(findings(result.run, result.facts), result, telling)
    told = _counted(_of_villages(hits, job.villages), result)
    if job.out is not None:
        job.out.mkdir(parents=True, exist_ok=True)
        told = _written(told, job.out / "findings.jsonl", result, job.quiet)
    kept = []
    for finding in told:
        also(finding)
        if job.workbooks and job.out is not None:
            kept.append(finding)
    if job.workbooks and job.out is not None:
        result.written.extend(write_workbooks(result, kept, job.quiet))
    return result


def _heard(hits: Iterable[Finding], result: Result, telling: Heard) -> Iterator[Finding]:
    every = sum(sum(result.run.counts(check)) for check in result.run.checks)
    for number, hit in enumerate(hits):
        if number % _STEP == 0:
            telling(number, every)
        yield hit


def _of_villages(found: Iterable[Finding], villages: frozenset[int]) -> Iterator[Finding]:
    return (one for one in found if not villages or one.subject.village_key in villages)


def _source_lists(gathered: Gathered) -> list[str]:
    return [one.grid_file for one in gathered.extracts if one.recognised.layout.kind == "sources"]


def _only_in_a_register(name: str) -> str:
    return f"{name} 是档案、入户或手册的核对表,这次没有用上:三方比对要先导入台账(bangfu import),再 bangfu compare-sources"


def open_engine(threads: int | None = None) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    if threads is not None:
        connection.execute(f"SET threads = {threads}")
    connection.execute(f"SET memory_limit = '{MEMORY}'")
    spill = (
        Path(tempfile.gettempdir()) / f"bangfu-{uuid.uuid4().hex}"
    )  # DuckDB makes it when it must, and removes it
    connection.execute(f"SET temp_directory = '{spill}'")
    connection.execute("SET enable_progress_bar = false")
    connection.execute("SET preserve_insertion_order = false")  # whoever needs an order asks for it
    return connection


def selected(policy: Policy, only: tuple[str, ...]) -> list[Check] | None:
    """The checks that ids, references or codes name; None where none is named. UserError for an unknown name."""
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


def _counted(found: Iterable[Finding], result: Result) -> Iterator[Finding]:
    for finding in found:
        if finding.is_finding:
            result.by_severity[finding.severity] += 1
            result.by_check[finding.check.id] += 1
            result.by_village[finding.subject.village or "(未写明村)"] += 1
        else:
            result.unknown[finding.check.id] += 1
        yield finding


def _written(found: Iterable[Finding], path: Path, result: Result, quiet: bool) -> Iterator[Finding]:
    """Writes each finding as a line, passing it on."""
    with path.open("w", encoding="utf-8") as out:
        for finding in tqdm(found, desc="写出疑点", unit="条", disable=quiet, file=sys.stderr):
            out.write(json.dumps(as_record(finding), ensure_ascii=False) + "\n")
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
