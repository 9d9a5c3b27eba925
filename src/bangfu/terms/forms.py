"""forms/*.yaml -> which fields of a table people type, and under which headings. Strict, as the tables are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from bangfu.terms.errors import UserError
from bangfu.terms.loader import load_terms
from bangfu.terms.model import Field, Table, Terms
from bangfu.terms.nodes import Entry, Problem, Reader

FOLDER = Path(__file__).parent / "forms"
_OF_PLACES = frozenset(("id18", "beneficiary", "village_name"))
_OF_PEOPLE = _OF_PLACES | {"full_name", "id_no", "head_name", "nat_household_no", "nat_person_no"}
COMPUTED = "计算"
"""Stands in the definition of a field that nobody types."""
_HEADINGS = ("基本情况", "日期", "数量和金额", "情况和备注")
_KEYS: dict[str, type] = {"table": str, "groups": list, "fixed": list}
_GROUP: dict[str, type] = {"label": str, "fields": list}


@dataclass(frozen=True)
class Group:
    """Fields under one heading."""

    label: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Form:
    """`once`: fields that are typed while they are empty and never changed; `fixed` ones are not typed at all.

    `must`: fields without which a new row says nothing.
    """

    table: Table
    groups: tuple[Group, ...]
    once: tuple[Field, ...]
    fixed: tuple[Field, ...]
    must: tuple[str, ...] = ()

    @property
    def fields(self) -> Mapping[str, Field]:
        """Every field that may be typed, by name."""
        return {field.name: field for group in self.groups for field in group.fields} | {
            field.name: field for field in self.once
        }


@cache
def load_forms() -> Mapping[str, Form]:
    """By table; UserError names every mistake at once. A table without a form is not typed."""
    return read_forms(FOLDER, load_terms())


@cache
def form_of(table: str) -> Form:
    """The table's form; where it has none, one made from its declaration, for rows that are no household's alone."""
    found = load_forms().get(table)
    return found if found is not None else _made(load_terms().table(table))


def written_of(table: Table) -> frozenset[str]:
    """The fields that say whom a row means, or where it is: what they say follows from the keys beside them."""
    return _OF_PEOPLE if {"person", "household"} & set(table.links) else _OF_PLACES


def _made(table: Table) -> Form:
    """Fields under headings by what they are; what is computed or says whom a row means is not typed."""
    typed = [
        one
        for one in table.own_fields
        if one.name not in written_of(table) and COMPUTED not in one.definition
    ]
    groups = [Group(label, tuple(one for one in typed if _heading(one) == label)) for label in _HEADINGS]
    names = {one.name for one in typed}
    fixed = tuple(one for one in table.own_fields if one.name not in names)
    must = tuple(name for name in table.identity if name in names)[:2]
    return Form(table, tuple(group for group in groups if group.fields), (), fixed, must)


def _heading(field: Field) -> str:
    if field.type == "yes_no" or field.name.endswith("note"):
        return "情况和备注"
    if field.type in ("date", "month"):
        return "日期"
    is_amount = field.type in ("money", "decimal", "integer") and field.unit != "year"
    return "数量和金额" if is_amount else "基本情况"


def read_forms(folder: Path, terms: Terms) -> Mapping[str, Form]:
    """The forms of a folder: each field that the table declares stands in exactly one place."""
    problems: list[Problem] = []
    forms = {}
    for path in sorted(folder.glob("*.yaml")):
        reader = Reader(path.name, problems)
        root = reader.read(path)
        if root is not None and reader.check(root, _KEYS, {"once": list, "must": list}):
            form = _form(reader, root, terms, path.stem)
            if form is not None:
                forms[path.stem] = form
    if problems:
        lines = "\n".join(f"  {problem}" for problem in sorted(set(problems)))
        raise UserError(f"表单定义有 {len(set(problems))} 处错误,没有载入:\n{lines}")
    return MappingProxyType(forms)


def _form(reader: Reader, root: Entry, terms: Terms, stem: str) -> Form | None:
    table = terms.tables.get(root.text("table"))
    if table is None or table.name != stem:
        reader.fail(root.line_of("table"), f"table 应是已有的表,并与文件名相同:{stem}")
        return None
    own = {field.name: field for field in table.own_fields}
    groups = [entry for entry in root.entries("groups") if reader.check(entry, _GROUP, {})]
    _check_places(reader, root, groups, own)
    return Form(
        table,
        tuple(Group(entry.text("label"), _fields(entry.texts("fields"), own)) for entry in groups),
        _fields(root.texts("once"), own),
        _fields(root.texts("fixed"), own),
        root.texts("must"),
    )


def _check_places(reader: Reader, root: Entry, groups: list[Entry], own: Mapping[str, Field]) -> None:
    seen = set[str]()
    for name, line in _named(root, groups):
        if name not in own:
            reader.fail(line, f"{name} 不是这张表自己的字段")
        elif name in seen:
            reader.fail(line, f"{name} 重复")
        seen.add(name)
    for name in root.texts("must"):
        if name not in seen or name in root.texts("fixed"):
            reader.fail(root.line_of("must"), f"must 里的 {name} 不在表单里")
    for name in own.keys() - seen:
        reader.fail(root.line, f"没有写明 {name} 在哪一组,不填写的写进 fixed")


def _named(root: Entry, groups: list[Entry]) -> Iterator[tuple[str, int]]:
    for group in groups:
        yield from ((name, group.line_of("fields")) for name in group.texts("fields"))
    for key in ("once", "fixed"):
        yield from ((name, root.line_of(key)) for name in root.texts(key))


def _fields(names: tuple[str, ...], own: Mapping[str, Field]) -> tuple[Field, ...]:
    return tuple(own[name] for name in names if name in own)
