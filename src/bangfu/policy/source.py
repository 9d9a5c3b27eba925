"""Rulebook files as plain values that remember their line, and the list of all that is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from yaml.constructor import SafeConstructor

from bangfu.policy.language.errors import did_you_mean
from bangfu.terms.errors import UserError
from bangfu.terms.nodes import Problem

__all__ = ["Entries", "Items", "Problem", "RulebookError", "Source", "day", "files", "read", "take"]
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CONSTRUCTOR = SafeConstructor()
_TEXT = "tag:yaml.org,2002:str"


class RulebookError(UserError):
    """Every problem of the rulebook at once."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(set(problems))
        lines = "\n".join(f"  {problem}" for problem in self.problems)
        super().__init__(f"规则库有 {len(self.problems)} 处错误,没有载入:\n{lines}")


@dataclass
class Source:
    """One file: its entries, the line of each, and where problems go."""

    file: str
    problems: list[Problem]
    lines: dict[int, int] = field(default_factory=dict)

    def fail(self, message: str, at: object = None, line: int | None = None) -> None:
        self.problems.append(Problem(self.file, line or self.line_of(at), message))

    def line_of(self, value: object) -> int:
        return self.lines.get(id(value), 1)


class Entries(dict[str, Any]):
    """A mapping read from a file; `lines[key]` is where the key stands."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, int] = {}


class Items(list[Any]):
    """A list read from a file."""


def read(path: Path, root: Path, problems: list[Problem]) -> tuple[Source, Entries] | None:
    """The mapping in a file, or None when the file cannot be read as one (the problem is noted)."""
    source = Source(path.relative_to(root).as_posix(), problems)
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader)
        value = _value(node, source) if node is not None else None
        _CONSTRUCTOR.constructed_objects.clear()  # it remembers every node it ever saw
    except (yaml.YAMLError, UnicodeDecodeError, _DuplicateKey) as error:
        mark = getattr(error, "problem_mark", None)
        source.fail(
            f"不是合格的 YAML:{getattr(error, 'problem', None) or error}", line=mark.line + 1 if mark else 1
        )
        return None
    if not isinstance(value, Entries):
        source.fail("文件应是“名称: 值”的形式")
        return None
    return source, value


class _DuplicateKey(Exception):
    pass


def _value(node: yaml.Node, source: Source) -> Any:
    if isinstance(node, yaml.MappingNode):
        entries = Entries()
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in entries:
                raise _DuplicateKey(f"第 {key_node.start_mark.line + 1} 行的 {key} 重复")
            entries[key] = _value(value_node, source)
            entries.lines[key] = key_node.start_mark.line + 1
        source.lines[id(entries)] = node.start_mark.line + 1
        return entries
    if isinstance(node, yaml.SequenceNode):
        items = Items(_value(item, source) for item in node.value)
        source.lines[id(items)] = node.start_mark.line + 1
        return items
    return _scalar(node)


def _scalar(node: yaml.Node) -> Any:
    if node.tag == _TEXT:  # most are, and need no looking up
        return node.value
    return _CONSTRUCTOR.construct_object(node, deep=True)


def files(folder: Path) -> Iterator[Path]:
    return iter(sorted(folder.rglob("*.yaml")))


def take(
    source: Source,
    entries: Entries,
    required: Mapping[str, type | tuple[type, ...]],
    optional: Mapping[str, type | tuple[type, ...]],
) -> bool:
    """Notes missing, unknown and wrongly typed keys; True when nothing was wrong."""
    before = len(source.problems)
    for key in required:
        if key not in entries:
            source.fail(f"缺少 {key}", entries)
    known = {**required, **optional}
    for key, value in entries.items():
        line = entries.lines[key]
        if key not in known:
            source.fail(f"不认识 {key}{did_you_mean(key, known)}", line=line)
        elif not isinstance(value, known[key]) or (isinstance(value, bool) and not _allows_bool(known[key])):
            source.fail(f"{key} 应是 {_words(known[key])},写的是 {value!r}", line=line)
    return len(source.problems) == before


def _allows_bool(kind: type | tuple[type, ...]) -> bool:
    return bool in (kind if isinstance(kind, tuple) else (kind,))


_NAMES = {
    str: "文字",
    int: "整数",
    float: "数字",
    bool: "true/false",
    list: "列表",
    dict: "映射",
    date: "日期",
}


def _words(kind: type | tuple[type, ...]) -> str:
    kinds = kind if isinstance(kind, tuple) else (kind,)
    return " 或 ".join(_NAMES.get(item, "空") for item in kinds)


def day(value: date | None) -> int | None:
    """A YAML date as yyyymmdd."""
    return None if value is None else value.year * 10000 + value.month * 100 + value.day
