"""YAML files as mappings that know their lines, for the declarations of terms.

Keys are taken as written: plain YAML would read the key `on` as a truth value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS = {str: "文字", int: "整数", list: "列表", dict: "映射"}


@dataclass(frozen=True, order=True)
class Problem:
    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class Entry:
    """One mapping of a file. The typed getters may be called once `Reader.check` has accepted it."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.values: dict[str, Any] = {}
        self.lines: dict[str, int] = {}

    def line_of(self, key: str) -> int:
        return self.lines.get(key, self.line)

    def text(self, key: str) -> str:
        return str(self.values[key])

    def get(self, key: str) -> str | None:
        value = self.values.get(key)
        return None if value is None else str(value)

    def number(self, key: str) -> int | None:
        value = self.values.get(key)
        return None if value is None else int(value)

    def texts(self, key: str) -> tuple[str, ...]:
        return tuple(str(item) for item in self.values.get(key, ()))

    def entries(self, key: str) -> list[Entry]:
        return [item for item in self.values.get(key, ()) if isinstance(item, Entry)]

    def pairs(self, key: str) -> tuple[tuple[str, str], ...]:
        inner = self.values[key]
        return tuple((name, str(value)) for name, value in inner.values.items())


class Reader:
    """Reads one file and notes what is wrong with it."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file = file
        self.problems = problems

    def fail(self, line: int, message: str) -> None:
        self.problems.append(Problem(self.file, line, message))

    def read(self, path: Path) -> Entry | None:
        """The mapping in the file; None (and a problem) when there is none."""
        try:
            node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader)
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            mark = getattr(error, "problem_mark", None)
            self.fail(
                mark.line + 1 if mark else 1, f"不是合格的 YAML:{getattr(error, 'problem', None) or error}"
            )
            return None
        value = None if node is None else self._value(node)
        if not isinstance(value, Entry):
            self.fail(1, "文件应是“名称: 值”的形式")
            return None
        return value

    def check(self, entry: Entry, required: Mapping[str, type], optional: Mapping[str, type]) -> bool:
        """Notes missing, unknown and wrongly typed keys; True when nothing was wrong."""
        before = len(self.problems)
        known = {**required, **optional}
        for key in required.keys() - entry.values.keys():
            self.fail(entry.line, f"缺少 {key}")
        for key, value in entry.values.items():
            kind = known.get(key)
            if kind is None:
                self.fail(entry.line_of(key), f"不认识 {key},可用的有 {'、'.join(known)}")
            elif not _fits(value, kind):
                self.fail(entry.line_of(key), f"{key} 应是{_WORDS[kind]},写的是 {_shown(value)}")
        return len(self.problems) == before

    def one_of(self, entry: Entry, key: str, value: str, allowed: tuple[str, ...]) -> bool:
        if value in allowed:
            return True
        self.fail(entry.line_of(key), f"{key} 写的是 {value},应是 {'、'.join(allowed)} 之一")
        return False

    def _value(self, node: yaml.Node) -> Any:
        if isinstance(node, yaml.MappingNode):
            entry = Entry(node.start_mark.line + 1)
            for key_node, value_node in node.value:
                key, line = str(key_node.value), key_node.start_mark.line + 1
                if key in entry.values:
                    self.fail(line, f"{key} 重复")
                entry.values[key], entry.lines[key] = self._value(value_node), line
            return entry
        if isinstance(node, yaml.SequenceNode):
            return [self._value(item) for item in node.value]
        is_number = node.tag.endswith(":int") and node.value.lstrip("-").isdecimal()
        return int(node.value) if is_number else node.value


def _fits(value: object, kind: type) -> bool:
    if kind is dict:
        return isinstance(value, Entry) and all(isinstance(item, str) for item in value.values.values())
    return isinstance(value, kind) and value != ""


def _shown(value: object) -> str:
    if isinstance(value, Entry):
        return "映射"
    return "列表" if isinstance(value, list) else str(value)
