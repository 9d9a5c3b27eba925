"""rulebook/dimensions/*.yaml -> Dimension: how figures of a table's rows can be broken down."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bangfu.policy.checks import expression
from bangfu.policy.language.errors import did_you_mean
from bangfu.policy.language.nodes import Node
from bangfu.policy.language.vocabulary import Vocabulary
from bangfu.policy.model import TIMES, VILLAGE, Dimension
from bangfu.policy.source import Entries, Items, Problem, Source, files, read, take

Dimensions = dict[str, dict[str, Dimension]]
_KINDS = ("text", "code", "codes", "integer", "bool", "date", "month")


def load_dimensions(root: Path, vocabulary: Vocabulary, problems: list[Problem]) -> Dimensions:
    """By table and id."""
    found: Dimensions = {}
    for path in files(root / "dimensions"):
        told = read(path, root, problems)
        if told is None or not take(*told, {"table": str, "dimensions": dict}, {}):
            continue
        source, entries = told
        if entries["table"] not in vocabulary.terms.tables or entries["table"] != path.stem:
            hint = did_you_mean(entries["table"], vocabulary.terms.tables)
            source.fail(f"table 应是表名,并与文件名相同:{path.stem}{hint}", line=entries.lines["table"])
            continue
        found[path.stem] = dict(_table(source, entries["dimensions"], path.stem, vocabulary))
    return found


def _table(
    source: Source, entries: Entries, table: str, vocabulary: Vocabulary
) -> list[tuple[str, Dimension]]:
    made = []
    for name, told in entries.items():
        if not isinstance(told, Entries):
            source.fail(f"{name} 应写成 {{name: ..., of: ...}}", line=entries.lines[name])
            continue
        dimension = _dimension(source, told, name, table, vocabulary)
        if dimension is not None:
            made.append((name, dimension))
    return made


def _dimension(
    source: Source, entries: Entries, name: str, table: str, vocabulary: Vocabulary
) -> Dimension | None:
    if not take(source, entries, {"name": str, "of": str}, {"bands": dict, "labels": list, "note": str}):
        return None
    if name in (*TIMES, VILLAGE):
        source.fail(f"维度 {name} 是自带的,不用写", entries)
    if "bands" in entries:
        return _banded(source, entries, name, table, vocabulary)
    node = expression(source, entries, "of", table, vocabulary, None)
    if node is None:
        return None
    if node.type.kind not in _KINDS:
        source.fail(f"of 应是文字、代码、整数或日期,写的是 {node.type.kind}", line=entries.lines["of"])
        return None
    labels = tuple(map(str, entries.get("labels", ()))) or _labels(node, vocabulary)
    return Dimension(name, entries["name"], table, node, labels)


def _labels(node: Node, vocabulary: Vocabulary) -> tuple[str, ...]:
    if node.type.kind == "bool":
        return ("是", "否")
    listed = vocabulary.ordered.get(node.type.codes or "", ())
    if node.type.codes == "programme":  # a new subsidy is a file of its own
        return (*listed, *sorted(vocabulary.programmes - set(listed)))
    return listed


def _banded(
    source: Source, entries: Entries, name: str, table: str, vocabulary: Vocabulary
) -> Dimension | None:
    """Bands of a number: each label up to its limit, which it does not reach; the last may have none."""
    bands: dict[str, Any] = entries["bands"]
    limits = list(bands.values())
    last_is_open = bool(limits) and limits[-1] is None
    known = limits[:-1] if last_is_open else limits
    if not known or not all(type(limit) in (int, float) for limit in known) or known != sorted(known):
        source.fail("bands 应是“名称: 上限(不含)”,从小到大,最后一档可以不写上限", line=entries.lines["bands"])
        return None
    value = entries["of"].strip()
    text = "None"
    for label, limit in reversed(list(bands.items())):
        text = f'"{label}"' if limit is None else f'"{label}" if ({value}) < {limit} else ({text})'
    entries["of"] = f"None if ({value}) is None else ({text})"
    node = expression(source, entries, "of", table, vocabulary, None)
    return None if node is None else Dimension(name, entries["name"], table, node, tuple(bands))


def chosen(
    source: Source, entries: Entries, known: set[str], fallback: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """The dimensions that an indicator names; what its table does not have is a problem."""
    listed = entries.get("dimensions", Items(fallback))
    for name in listed:
        if name not in known:
            source.fail(f"没有维度 {name}{did_you_mean(str(name), known)}", line=entries.lines["dimensions"])
    return tuple(name for name in listed if name in known)
