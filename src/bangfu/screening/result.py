"""What a check of files came to, for people and for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bangfu.engine.run import Run
from bangfu.screening.facts import Facts
from bangfu.screening.gather import Gathered


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
    register: tuple[int, int] | None = None
    """Households and persons, where a register was checked and not files."""

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


def _iso(day: int) -> str:
    return f"{day // 10000}-{day // 100 % 100:02d}-{day % 100:02d}"


def _lines(result: Result) -> Iterator[str]:
    policy = result.run.policy
    gathered = result.gathered
    yield f"核查截止 {_iso(result.as_of)},区划 {result.place},规则库 {result.policy_hash[:12]}"
    yield from (f"提示:{notice}" for notice in result.notices)
    if result.register is not None:
        yield "台账在册 {} 户,{} 人".format(*result.register)
    else:
        yield _read(result)
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


def _read(result: Result) -> str:
    gathered = result.gathered
    return (
        f"读入 {len(gathered.files)} 个文件、{len(gathered.extracts)} 张名单;"
        f"不能读的 {len(gathered.problems)} 个,认不出的 {len(gathered.unrecognised)} 张;"
        f"单元格问题 {sum(len(e.problems) for e in gathered.extracts)} 处,未对上人的名单行 {len(result.facts.unlinked)} 行"
    )
