"""rulebook/checks/**/*.yaml -> Check."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, cast

from bangfu.policy.examples import load_examples
from bangfu.policy.language.errors import ExpressionError, did_you_mean
from bangfu.policy.language.nodes import Node
from bangfu.policy.language.parser import parse
from bangfu.policy.language.vocabulary import Vocabulary
from bangfu.policy.model import Check, Severity
from bangfu.policy.source import Entries, Problem, Source, day, files, read, take

SEVERITIES = ("error", "suspicion", "reminder")
ANSWERS = ("finding", "pass", "unknown")
REQUIRED: dict[str, type | tuple[type, ...]] = {
    "id": str,
    "name": str,
    "ref": (str, list),
    "subject": str,
    "severity": str,
    "when": str,
    "department": str,
    "rectify": str,
    "basis": str,
    "examples": list,
}
OPTIONAL: dict[str, type | tuple[type, ...]] = {
    "code": (str, list),
    "in_force": dict,
    "focus": list,
    "missing": str,
    "missing_reason": str,
    "note": str,
}


def load_checks(root: Path, vocabulary: Vocabulary, problems: list[Problem]) -> dict[str, Check]:
    checks: dict[str, Check] = {}
    for path in files(root / "checks"):
        found = read(path, root, problems)
        if found is not None and take(*found, REQUIRED, OPTIONAL):
            check = _check(*found, vocabulary)
            if check is not None:
                checks[check.id] = check
    return checks


def _check(source: Source, entries: Entries, vocabulary: Vocabulary) -> Check | None:
    expected_id = source.file.removeprefix("checks/").removesuffix(".yaml").replace("/", ".")
    if entries["id"] != expected_id:
        source.fail(f"id 应与路径相同:{expected_id}", line=entries.lines["id"])
    tables = vocabulary.terms.tables
    if entries["subject"] not in tables:
        hint = did_you_mean(entries["subject"], tables)
        source.fail(f"没有表 {entries['subject']}{hint}", line=entries.lines["subject"])
        return None
    if entries["severity"] not in SEVERITIES:
        source.fail(f"severity 应是 {'、'.join(SEVERITIES)} 之一", line=entries.lines["severity"])
        return None
    if entries.get("missing", "unknown") not in ("unknown", "pass"):
        source.fail("missing 应是 unknown 或 pass", line=entries.lines["missing"])
    if entries.get("missing") == "pass" and not entries.get("missing_reason"):
        source.fail("missing: pass 要在 missing_reason 说明理由", line=entries.lines["missing"])
    when = expression(source, entries, "when", entries["subject"], vocabulary)
    if when is None:
        return None
    table = tables[entries["subject"]]
    for name in entries.get("focus", ()):
        if name not in table.fields:
            source.fail(
                f"focus 里的 {name} 不是 {table.name} 的字段{did_you_mean(name, table.fields)}", entries
            )
    since, until = in_force(source, entries)
    return Check(
        id=entries["id"],
        name=entries["name"],
        subject=table.name,
        severity=cast(Severity, entries["severity"]),
        when=when,
        text=entries["when"].strip(),
        refs=texts(entries["ref"]),
        codes=texts(entries.get("code", [])),
        since=since,
        until=until,
        focus=tuple(entries.get("focus", ())),
        missing_passes=entries.get("missing") == "pass",
        department=entries["department"],
        rectify=entries["rectify"],
        basis=entries["basis"],
        examples=load_examples(source, entries["examples"], table, vocabulary.terms, ANSWERS),
        file=source.file,
        line=entries.lines["when"],
    )


def expression(
    source: Source, entries: Entries, key: str, table: str, vocabulary: Vocabulary, expected: Any = ...
) -> Node | None:
    """The parsed expression under `key`; a problem at its line when it does not compile."""
    try:
        if expected is ...:
            return parse(entries[key], table, vocabulary)
        return parse(entries[key], table, vocabulary, expected)
    except ExpressionError as error:
        text = entries[key].strip()
        around = text[max(0, error.offset - 1) : error.offset + 24]
        source.fail(f"{key}:{error.message}(在“{around}”处)", line=entries.lines[key])
        return None


def texts(value: str | list[Any]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(map(str, value))


def in_force(source: Source, entries: Entries) -> tuple[int | None, int | None]:
    limits = entries.get("in_force")
    if limits is None or not take(source, limits, {}, {"from": date, "to": date}):
        return None, None
    return day(limits.get("from")), day(limits.get("to"))
