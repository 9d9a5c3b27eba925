"""What is computed from fact rows and kept beside them, such as the keys that a search looks up.

A transaction notes which rows it touched and brings these tables up to date before it is sealed: an import, a form, an
undo, the demo, whoever writes. They are neither journalled nor in snapshots, as they can be computed anew at any time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps

from bangfu.office.journal import rows as fact_rows

Say = Callable[[str], None]
Owners = Mapping[str, Set[int]]
"""By fact table, whom the touched rows belong to: see `Watch.owner`."""


@dataclass(frozen=True)
class Watch:
    """Rows of a fact table that matter when they come, go (unless `only_changes`), or change in one of the columns.

    `owner` is the column that says whose a row is; `id` where it is its own.
    """

    owner: str
    columns: frozenset[str]
    only_changes: bool = False


@dataclass(frozen=True)
class Derived:
    """`refresh` computes anew what belongs to these owners, `rebuild` everything (under the write lock; how many).

    `drift` tells, line by line, where what is kept is not what would be computed; `is_missing` whether nothing is
    kept though there are facts, as after an older program.
    """

    name: str
    watches: Mapping[str, Watch]
    refresh: Callable[[Owners], None]
    rebuild: Callable[[Say], int]
    drift: Callable[[], Iterator[str]]
    is_missing: Callable[[], bool]


_KNOWN: dict[str, Derived] = {}


def keep_derived(derived: Derived) -> None:
    """To be called when an app is ready: from then on every transaction keeps it."""
    _KNOWN[derived.name] = derived


def all_derived() -> tuple[Derived, ...]:
    return tuple(_KNOWN.values())


@dataclass
class Touched:
    """Whom the rows that a transaction wrote belong to."""

    owners: dict[str, dict[str, set[int]]] = field(default_factory=dict)
    changed: dict[tuple[str, str], set[int]] = field(default_factory=dict)
    """Rows that were changed in other columns than their owner's, which is looked up at the end."""

    def note(
        self, table: str, row: int, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
    ) -> None:
        for derived in _KNOWN.values():
            watch = derived.watches.get(table)
            if watch is None:
                continue
            told = [values for values in (before, after) if values is not None]
            is_change = len(told) == 2
            if watch.columns.isdisjoint(told[1]) if is_change else watch.only_changes:
                continue
            if watch.owner == "id":
                self._add(derived.name, table, (row,))
            elif watch.owner in told[0] or not is_change:
                self._add(derived.name, table, (values.get(watch.owner) for values in told))
            else:
                self.changed.setdefault((derived.name, table), set()).add(row)

    def refresh(self) -> None:
        """Brings everything derived up to date, also where only time has passed."""
        for (name, table), rows in self.changed.items():
            self._add(name, table, _owners(table, _KNOWN[name].watches[table].owner, rows))
        for derived in _KNOWN.values():
            derived.refresh(self.owners.get(derived.name, {}))

    def _add(self, name: str, table: str, owners: Iterable[int | None]) -> None:
        there = self.owners.setdefault(name, {}).setdefault(table, set())
        there.update(owner for owner in owners if owner is not None)


def make_up_for_missing(say: Say = lambda message: None) -> None:
    """Computes what an older program did not keep yet."""
    for derived in _KNOWN.values():
        if derived.is_missing():
            derived.rebuild(say)


def _owners(table: str, column: str, rows: Iterable[int]) -> Iterator[int | None]:
    """Of the rows that are still there; those taken away again were noted with their owner."""
    model = next(model for model in apps.get_models() if model._meta.db_table == table)
    for row in fact_rows.rows_where(model, "id", rows, (column,)):
        yield row[column]
