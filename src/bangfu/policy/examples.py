"""The examples of a rule: values as people write them -> values as the engine holds them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from bangfu.policy.language.errors import did_you_mean
from bangfu.policy.language.types import SCALE, scaled
from bangfu.policy.model import Example
from bangfu.policy.source import Entries, Items, Source, day, take
from bangfu.terms.model import Field, Table, Terms

DEFAULT_AS_OF = 20231218
DEFAULT_PLACE = "421281102"


def load_examples(
    source: Source, items: list[Any], table: Table, terms: Terms, answers: tuple[str, ...]
) -> tuple[Example, ...]:
    return tuple(
        example for item in items if (example := _example(source, item, table, terms, answers)) is not None
    )


def _example(
    source: Source, entries: Entries, table: Table, terms: Terms, answers: tuple[str, ...]
) -> Example | None:
    if not isinstance(entries, Entries):
        source.fail(f"例子应写成 {{given: ..., expect: ...}},写的是 {entries!r}")
        return None
    optional = {"as_of": date, "place": str, "note": str}
    if not take(source, entries, {"given": dict, "expect": (str, int, float)}, optional):
        return None
    if answers and entries["expect"] not in answers:
        source.fail(f"expect 应是 {'、'.join(answers)} 之一,写的是 {entries['expect']}", entries)
        return None
    given = record(source, entries["given"], table, terms)
    return Example(
        given,
        str(entries["expect"]),
        day(entries.get("as_of")) or DEFAULT_AS_OF,
        entries.get("place", DEFAULT_PLACE),
        source.line_of(entries),
    )


def record(source: Source, entries: Mapping[str, Any], table: Table, terms: Terms) -> dict[str, Any]:
    """A row of `table` with its related rows, every value in the form its type holds."""
    values: dict[str, Any] = {}
    for key, value in entries.items():
        if key in table.fields:
            values[key] = _field_value(source, table.fields[key], value, entries)
        elif key in table.relations:
            values[key] = _related(source, table, key, value, terms, entries)
        elif key == "row_key":
            values[key] = value
        else:
            hint = did_you_mean(key, [*table.fields, *table.relations])
            source.fail(f"{table.name} 没有 {key}{hint}", entries)
    return values


def _related(source: Source, table: Table, name: str, value: Any, terms: Terms, at: object) -> Any:
    relation = table.relations[name]
    target = terms.table(relation.to)
    if relation.kind == "one":
        if value is None:
            return None
        if not isinstance(value, Entries):
            source.fail(f"{name} 应写成一个映射,写的是 {value!r}", at)
            return None
        return record(source, value, target, terms)
    if not isinstance(value, Items) or not all(isinstance(item, Entries) for item in value):
        source.fail(f"{name} 应写成映射的列表,写的是 {value!r}", at)
        return []
    return [record(source, item, target, terms) for item in value]


def _field_value(source: Source, field: Field, value: Any, at: object) -> Any:
    """One value; what does not fit the field's type is a problem at the example's line."""
    if value is None:
        return None
    try:
        return _converted(field, value)
    except (ValueError, TypeError, ArithmeticError):
        source.fail(f"{field.name}({field.label})是 {field.type},不能写 {value!r}", at)
        return None


def _converted(field: Field, value: Any) -> Any:
    if field.type == "yes_no":
        return _exactly(value, bool)
    if field.type in SCALE:
        if isinstance(value, bool):
            raise TypeError(value)
        return scaled(value, field.type)
    if field.type == "date":
        return day(_exactly(value, date))
    if field.type == "month":
        return _month(value)
    if field.type == "codes":
        labels = value if isinstance(value, list) else re.split("[,,、]", _exactly(value, str))
        return join_labels([str(label) for label in labels])
    return _exactly(value, str)


def join_labels(labels: list[str]) -> str | None:
    """How a multi-select cell is held: ",label,label," without repeats; None when there is no label."""
    kept = list(dict.fromkeys(label.strip() for label in labels if label.strip()))
    return f",{','.join(kept)}," if kept else None


def _month(value: Any) -> int:
    found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", str(value))
    if not found:
        raise ValueError(value)
    return int(found[1]) * 100 + int(found[2])


def _exactly(value: Any, kind: type) -> Any:
    if not isinstance(value, kind):
        raise TypeError(value)
    return value
