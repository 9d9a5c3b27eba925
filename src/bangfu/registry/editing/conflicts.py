"""Two editors of one row: what the second one saw, what it is now, what the second one wants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bangfu.office.journal.rows import Row
from bangfu.office.journal.versions import Key, changes_since
from bangfu.terms.errors import UserError
from bangfu.terms.forms import form_of
from bangfu.terms.model import Field


@dataclass(frozen=True)
class Conflict:
    """A field that somebody changed meanwhile (`by`, `at`) or that one wants to change (`is_mine`), or both."""

    table: str
    row: int
    field: Field
    seen: Any
    now: Any
    mine: Any
    is_mine: bool
    by: str = ""
    at: datetime | None = None


class Changed(UserError):
    """Somebody changed what one was about to change; nothing was written. `versions` are those of now."""

    def __init__(self, conflicts: Sequence[Conflict], versions: Mapping[Key, int]) -> None:
        self.conflicts = tuple(conflicts)
        self.versions = versions
        super().__init__("您打开这张表以后有人改过它,没有保存。请对照两边的内容,逐项选定后再保存")


def as_seen(table: str, now: Row, version: int) -> Row:
    """A row as it was in a version of it."""
    return {**now, **{name: since.before for name, since in changes_since(table, now["id"], version).items()}}


def conflicts_of(table: str, now: Row, version: int, mine: Mapping[str, Any]) -> list[Conflict]:
    """Everything that either side changed; empty where the others changed nothing, or to what one wants oneself."""
    fields = form_of(table).fields
    since = {name: what for name, what in changes_since(table, now["id"], version).items() if name in fields}
    theirs = {name for name, what in since.items() if what.before != now[name]}
    if all(name in mine and mine[name] == now[name] for name in theirs):
        return []
    return [
        Conflict(
            table,
            now["id"],
            field,
            seen := since[name].before if name in theirs else now[name],
            now[name],
            mine.get(name, seen),
            name in mine,
            *((since[name].by, since[name].at) if name in theirs else ()),
        )
        for name, field in fields.items()
        if name in theirs or name in mine
    ]
