"""rulebook/layouts/*.yaml -> Layout: which list a sheet is, and which field each of its columns fills."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bangfu.policy.language.errors import did_you_mean
from bangfu.policy.root import default_root
from bangfu.policy.source import Entries, Problem, RulebookError, Source, files, read, take
from bangfu.spreadsheets.headers import normalise_header
from bangfu.terms.loader import load_terms
from bangfu.terms.model import Table, Terms

STATED = "stated"
"""Each row says in a column what time it speaks of."""
PERIOD_KINDS = ("month", "term", "year", "once", STATED)
KINDS = ("register", "removals", "villages", "list", "sources", "feedback")
"""`register`: the persons on file; `removals`: who left; `list`: rows linked to persons; `sources`: what an archive or a
visit says of them; `feedback`: problems that an inspection found, which become tasks."""
Lent = Mapping[str, Mapping[str, Any]]
"""Table -> field -> headers that another layout spells."""


@dataclass(frozen=True)
class Column:
    """A field and the header spellings it may stand under; `scale` is 10000 for 万元, `labels` translates cells."""

    field: str
    headers: tuple[str, ...]
    scale: int = 1
    labels: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class Period:
    """What time a row speaks of: a year, a term or months, from the title or from the row itself."""

    kind: str
    year: str | None = None  # field holding the year; None: the year of the title
    season: str | None = None  # 春季 or 秋季; None: the title's
    months: str | None = None  # field holding the number of months paid
    start: str | None = None  # field holding the date it starts from
    text: str | None = None  # field in which the row says it, where the kind is `stated`


@dataclass(frozen=True)
class Emit:
    """Rows of one table made from each row of the sheet."""

    table: str
    columns: tuple[Column, ...]
    constants: Mapping[str, str]
    from_title: Mapping[str, str]  # field -> regular expression with one group
    only_if: str | None  # field that must be filled and not zero
    period: Period | None
    per_sheet: bool = False  # one row a sheet instead of one a row


@dataclass(frozen=True)
class Layout:
    id: str
    name: str
    department: str
    kind: str  # one of KINDS
    rank: int  # of several registers the highest gives the facts
    titles: tuple[str, ...]
    required: tuple[str, ...]  # fields that must be found for the sheet to be this list
    emits: tuple[Emit, ...]
    money_scale: int
    file: str
    titled: bool = False  # only a sheet whose title says so is this list

    @property
    def headers(self) -> frozenset[str]:
        return frozenset(h for emit in self.emits for column in emit.columns for h in column.headers)


_EMIT: dict[str, type | tuple[type, ...]] = {
    "columns": dict,
    "set": dict,
    "from_title": dict,
    "only_if": str,
    "period": dict,
    "per_sheet": bool,
    "fields": list,
}
_LAYOUT: dict[str, type | tuple[type, ...]] = {
    "department": str,
    "rank": int,
    "title": list,
    "common": dict,
    "money": str,
    "like": str,
    "titled": bool,
    "note": str,
    "source": str,
    "read_on": date,
}


def load_layouts(root: Path | None = None) -> tuple[Layout, ...]:
    """Every layout of the rulebook; RulebookError names all mistakes."""
    root = root or default_root()
    problems: list[Problem] = []
    terms = load_terms()
    required = {"id": str, "name": str, "kind": str, "require": list, "emit": list}
    drafts = [found for path in files(root / "layouts") if (found := read(path, root, problems)) is not None]
    drafts = [draft for draft in drafts if take(*draft, required, _LAYOUT)]
    by_id = {entries["id"]: entries for _, entries in drafts}
    layouts = [_layout(*draft, terms, by_id) for draft in drafts]
    if problems:
        raise RulebookError(problems)
    return tuple(layouts)


def _layout(source: Source, entries: Entries, terms: Terms, by_id: Mapping[str, Entries]) -> Layout:
    if entries["id"] != Path(source.file).stem:
        source.fail(f"id 应与文件名相同:{Path(source.file).stem}", line=entries.lines["id"])
    if entries["kind"] not in KINDS:
        source.fail(f"kind 应是 {'、'.join(KINDS)} 之一", line=entries.lines["kind"])
    if entries.get("titled") and not entries.get("title"):
        source.fail("写了 titled 就要写 title", line=entries.lines["titled"])
    scale = 10000 if entries.get("money") == "万元" else 1
    common: Mapping[str, Any] = entries.get("common", {})
    lent = _lent(source, entries, by_id)
    emits = tuple(
        emit
        for item in entries["emit"]
        if (emit := _emit(source, item, common, terms, scale, lent)) is not None
    )
    known = {column.field for emit in emits for column in emit.columns}
    for name in entries["require"]:
        if name not in known:
            source.fail(
                f"require 里的 {name} 没有列{did_you_mean(name, known)}", line=entries.lines["require"]
            )
    return Layout(
        id=entries["id"],
        name=entries["name"],
        department=entries.get("department", ""),
        kind=entries["kind"],
        rank=entries.get("rank", 0),
        titles=tuple(map(str, entries.get("title", ()))),
        required=tuple(entries["require"]),
        emits=emits,
        money_scale=scale,
        file=source.file,
        titled=entries.get("titled", False),
    )


def _lent(source: Source, entries: Entries, by_id: Mapping[str, Entries]) -> Lent:
    """The spellings of the layout that `like` names."""
    name = entries.get("like")
    if name is None:
        return {}
    if name not in by_id:
        source.fail(f"like 里的版式 {name} 不存在{did_you_mean(name, by_id)}", line=entries.lines["like"])
        return {}
    return {
        item["table"]: item.get("columns", {})
        for item in by_id[name]["emit"]
        if isinstance(item, Entries) and "table" in item
    }


def _emit(
    source: Source, entries: Entries, common: Mapping[str, Any], terms: Terms, scale: int, lent: Lent
) -> Emit | None:
    if not isinstance(entries, Entries) or not take(source, entries, {"table": str}, _EMIT):
        return None
    table = terms.tables.get(entries["table"])
    if table is None:
        source.fail(f"没有表 {entries['table']}{did_you_mean(entries['table'], terms.tables)}", entries)
        return None
    spelled = {
        **{name: value for name, value in common.items() if name in table.fields},
        **dict(_borrowed(source, entries, lent.get(table.name, {}))),
    }
    columns = tuple(_columns(source, spelled, table, scale, entries))
    for name in (*entries.get("set", ()), *entries.get("from_title", ())):
        if name not in table.fields:
            source.fail(f"{table.name} 没有字段 {name}{did_you_mean(name, table.fields)}", entries)
    for pattern in entries.get("from_title", {}).values():
        if re.compile(pattern).groups != 1:
            source.fail(f"from_title 的 {pattern} 要有且只有一个括号组", entries)
    constants = {name: _constant(value) for name, value in entries.get("set", {}).items()}
    return Emit(
        table.name,
        columns,
        constants,
        dict(entries.get("from_title", {})),
        entries.get("only_if"),
        _period(source, entries.get("period")),
        entries.get("per_sheet", False),
    )


def _borrowed(source: Source, entries: Entries, lent: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The emit's own columns, and those of its `fields` as the other layout spells them, its own spellings added."""
    own: Mapping[str, Any] = entries.get("columns", {})
    for name in entries.get("fields", ()):
        if name not in lent:
            source.fail(f"fields 里的 {name} 在 like 的版式里没有{did_you_mean(name, lent)}", entries)
        elif name not in own:
            yield name, lent[name]
    for name, value in own.items():
        extends = (
            name in entries.get("fields", ()) and isinstance(lent.get(name), list) and isinstance(value, list)
        )
        yield name, [*lent[name], *value] if extends else value


def _constant(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)


def _columns(
    source: Source, spelled: Mapping[str, Any], table: Table, scale: int, at: Entries
) -> Iterator[Column]:
    for name, value in spelled.items():
        if name not in table.fields:
            source.fail(f"{table.name} 没有字段 {name}{did_you_mean(name, table.fields)}", at)
            continue
        unit, labels = scale, {}
        if isinstance(value, Entries):
            if not take(source, value, {"headers": list}, {"unit": str, "labels": dict}):
                continue
            unit = {"万元": 10000, "元": 1}.get(value.get("unit", ""), scale)
            labels = {str(k): str(v) for k, v in value.get("labels", {}).items()}
            headers = value["headers"]
        else:
            headers = value if isinstance(value, list) else [value]
        spellings = tuple(dict.fromkeys(normalise_header(str(header)) for header in headers))
        yield Column(name, spellings, unit if table.fields[name].type == "money" else 1, labels)


def _period(source: Source, entries: Entries | None) -> Period | None:
    if entries is None:
        return None
    optional = {"year": str, "season": str, "months": str, "start": str, "text": str}
    if not take(source, entries, {"kind": str}, optional):
        return None
    if entries["kind"] not in PERIOD_KINDS:
        source.fail(f"period 的 kind 应是 {'、'.join(PERIOD_KINDS)} 之一", entries)
    return Period(
        entries["kind"],
        entries.get("year"),
        entries.get("season"),
        entries.get("months"),
        entries.get("start"),
        entries.get("text"),
    )
