"""src/bangfu/terms/tables/*.yaml -> Terms. Strict: every mistake of every file is told, with its line."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import get_args

from bangfu.terms.errors import UserError
from bangfu.terms.model import Field, FieldType, Relation, RelationKind, Sensitivity, Table, Terms
from bangfu.terms.nodes import Entry, Problem, Reader

TABLES = Path(__file__).parent / "tables"
LINKS = (
    "person",
    "household",
    "village",
    "head",
    "task",
)  # `head_key` of a household is derived from its members
OFFICE = "office"
"""What `kept_by` says of a table whose rows the office keeps itself."""
UNITS = frozenset(
    {"yuan", "mu", "sqm", "km", "metres", "minutes", "days", "months", "year", "persons", "households"}
    | {"count", "head", "percent", "ratio", "kwh", "unit"}
)
_TYPES: tuple[str, ...] = get_args(FieldType)
_LEVELS: tuple[str, ...] = get_args(Sensitivity)
_KINDS: tuple[str, ...] = get_args(RelationKind)
_TABLE_KEYS: dict[str, type] = {"table": str, "label": str, "definition": str, "fields": list}
_FIELD_KEYS = {"name": str, "label": str, "type": str}
_FIELD_OPTIONS = {"codes": str, "unit": str, "sensitivity": str, "definition": str}
_RELATION_KEYS = {"name": str, "label": str, "to": str, "kind": str, "on": dict}


class TermsError(UserError):
    """All that is wrong with the declared tables."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(set(problems))
        lines = "\n".join(f"  {problem}" for problem in self.problems)
        super().__init__(f"字段定义有 {len(self.problems)} 处错误,没有载入:\n{lines}")


def codelist_folder() -> Path:
    """The code lists of the rulebook that came with this program (in a wheel, or beside the sources)."""
    package = Path(__file__).parents[1]
    bundled = package / "rulebook" / "codelists"
    return bundled if bundled.is_dir() else package.parents[1] / "rulebook" / "codelists"


@cache
def load_terms() -> Terms:
    """The declared tables; TermsError names every mistake at once."""
    return read_terms(TABLES, frozenset(path.stem for path in codelist_folder().glob("*.yaml")))


def read_terms(folder: Path, codelists: frozenset[str]) -> Terms:
    """The tables of a folder; `codelists` are the ids that a field may name."""
    problems: list[Problem] = []
    drafts: dict[str, _Draft] = {}
    for path in sorted(folder.glob("*.yaml")):
        reader = Reader(path.name, problems)
        root = reader.read(path)
        if root is not None and (draft := _draft(reader, root, path.stem, codelists)):
            drafts[draft.name] = draft
    tables = {name: _table(draft, drafts) for name, draft in drafts.items()}
    for draft in drafts.values():
        _check_named_fields(draft)
        _check_relations(draft, tables)
    if problems:
        raise TermsError(problems)
    return Terms(MappingProxyType(tables))


class _Draft:
    """A table read from its file, before the others are known."""

    def __init__(self, reader: Reader, root: Entry) -> None:
        self.reader = reader
        self.root = root
        self.name: str = root.text("table")
        self.fields: dict[str, Field] = {}
        self.relations: dict[str, Relation] = {}
        self.lines: dict[str, int] = {}
        self.includes = root.texts("includes")
        self.links = root.texts("links")
        self.identity = root.texts("identity")
        self.listed_by = root.texts("listed_by") if "listed_by" in root.values else None
        self.dated_by = root.texts("dated_by")
        self.kept_by = root.get("kept_by")


def _draft(reader: Reader, root: Entry, stem: str, codelists: frozenset[str]) -> _Draft | None:
    optional = dict.fromkeys(("relations", "includes", "links", "identity", "listed_by", "dated_by"), list)
    if not reader.check(root, _TABLE_KEYS, {**optional, "kept_by": str}):
        return None
    draft = _Draft(reader, root)
    if draft.name != stem:
        reader.fail(root.line_of("table"), f"table 应与文件名相同:{stem}")
    if draft.kept_by is not None:
        reader.one_of(root, "kept_by", draft.kept_by, (OFFICE,))
    for link in draft.links:
        if link not in LINKS:
            reader.fail(root.line_of("links"), f"links 里的 {link} 应是 {'、'.join(LINKS)} 之一")
    for item in root.entries("fields"):
        if (field := _field(reader, item, draft.name, codelists)) and _is_new(draft, field.name, item):
            draft.fields[field.name] = field
    for item in root.entries("relations"):
        if (relation := _relation(reader, item)) and _is_new(draft, relation.name, item):
            draft.relations[relation.name] = relation
    return draft


def _is_new(draft: _Draft, name: str, item: Entry) -> bool:
    if not name.isidentifier() or name != name.lower():
        draft.reader.fail(item.line, f"{name} 不是合格的标识:用小写字母、数字和下划线")
    if name in draft.lines:
        draft.reader.fail(item.line, f"{name} 与第 {draft.lines[name]} 行重名")
        return False
    draft.lines[name] = item.line
    return True


def _field(reader: Reader, item: Entry, home: str, codelists: frozenset[str]) -> Field | None:
    if not reader.check(item, _FIELD_KEYS, _FIELD_OPTIONS):
        return None
    kind, codes, unit = item.text("type"), item.get("codes"), item.get("unit")
    level = item.get("sensitivity") or "open"
    ok = reader.one_of(item, "type", kind, _TYPES)
    ok &= reader.one_of(item, "sensitivity", level, _LEVELS)
    if unit is not None:
        ok &= reader.one_of(item, "unit", unit, tuple(sorted(UNITS)))
    if (codes is not None) != (kind in ("code", "codes")):
        reader.fail(item.line, f"{item.text('name')}:类型 code、codes 要写 codes(代码表),别的类型不写")
        ok = False
    elif codes is not None and codes not in codelists:
        reader.fail(item.line, f"{item.text('name')} 的代码表 {codes} 不存在")
        ok = False
    if not ok:
        return None
    return Field(
        name=item.text("name"),
        label=item.text("label"),
        type=kind,  # type: ignore[arg-type]  # one_of has just checked it
        unit=unit,
        codes=codes,
        sensitivity=level,  # type: ignore[arg-type]
        definition=item.get("definition") or "",
        home=home,
    )


def _relation(reader: Reader, item: Entry) -> Relation | None:
    if not reader.check(item, _RELATION_KEYS, {"year_offset": int}):
        return None
    kind = item.text("kind")
    if not reader.one_of(item, "kind", kind, _KINDS):
        return None
    return Relation(
        name=item.text("name"),
        label=item.text("label"),
        to=item.text("to"),
        kind=kind,  # type: ignore[arg-type]
        on=item.pairs("on"),
        year_offset=item.number("year_offset"),
    )


def _table(draft: _Draft, drafts: dict[str, _Draft]) -> Table:
    fields = dict(draft.fields)
    for name in draft.includes:
        if name not in drafts:
            draft.reader.fail(draft.root.line_of("includes"), f"includes 里的表 {name} 不存在")
            continue
        for field in drafts[name].fields.values():
            if field.name in fields or field.name in draft.relations:
                home = fields[field.name].home if field.name in fields else draft.name
                line = drafts[name].lines[field.name]
                drafts[name].reader.fail(line, f"{field.name} 与表 {home} 的同名,{draft.name} 分不清是哪个")
            fields.setdefault(field.name, field)
    return Table(
        name=draft.name,
        label=draft.root.text("label"),
        definition=draft.root.text("definition"),
        fields=MappingProxyType(fields),
        relations=MappingProxyType(draft.relations),
        includes=draft.includes,
        links=draft.links,
        identity=draft.identity,
        listed_by=draft.listed_by,
        dated_by=draft.dated_by,
        is_own=draft.kept_by == OFFICE,
    )


def _check_named_fields(draft: _Draft) -> None:
    for key, names in (
        ("identity", draft.identity),
        ("listed_by", draft.listed_by or ()),
        ("dated_by", draft.dated_by),
    ):
        for name in names:
            if name not in draft.fields:
                draft.reader.fail(draft.root.line_of(key), f"{key} 里的 {name} 不是表 {draft.name} 的字段")
            elif key == "dated_by" and not _tells_time(draft.fields[name]):
                draft.reader.fail(draft.root.line_of(key), f"dated_by 里的 {name} 不是日期、月份或年度")


def _tells_time(field: Field) -> bool:
    return field.type in ("date", "month") or field.unit == "year"


def _check_relations(draft: _Draft, tables: dict[str, Table]) -> None:
    own = tables[draft.name]
    for relation in draft.relations.values():
        line, target = draft.lines[relation.name], tables.get(relation.to)
        if target is None:
            draft.reader.fail(line, f"{relation.name} 指向的表 {relation.to} 不存在")
            continue
        for left, right in relation.on:
            _check_column(draft, line, own, left)
            _check_column(draft, line, target, right)
        if relation.year_offset is not None and "data_year" not in target.fields:
            draft.reader.fail(line, f"{relation.name} 写了 year_offset,而表 {relation.to} 没有 data_year")


def _check_column(draft: _Draft, line: int, table: Table, column: str) -> None:
    # an included field lives in another table's rows: joining on it would need that table first
    if column not in table.hidden_columns and not any(f.name == column for f in table.own_fields):
        draft.reader.fail(line, f"表 {table.name} 没有可用来连接的列 {column}")
