"""A ledger in pages, what was entered last first, at the same cost among thousands and among millions.

A page goes on behind the last row of the one before; nothing counts a whole ledger to show one. What the rows that a
list is narrowed to come to is `totals`, which a page asks for by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bangfu.ledger.reach import Rows, reached
from bangfu.ledger.tables import ledger
from bangfu.ledger.wanted import LedgerFilter, condition_of, found_by
from bangfu.ledger.watches.due import DUE, Now
from bangfu.ledger.watches.known import watches
from bangfu.office.journal.rows import Row, rows_of
from bangfu.registry.queries import household_rows, person_rows
from bangfu.registry.scope import Scope

Place = tuple[int, ...]


@dataclass(frozen=True)
class ListedRow:
    """A row of a ledger and whom it means: `person` as the register or else the row writes it, `head` of the household."""

    values: Mapping[str, Any]
    person: str
    head: str
    household_no: str

    @property
    def id(self) -> int:
        return int(self.values["id"])


@dataclass(frozen=True)
class Page:
    """`after` leads to the next page, empty on the last one; `hint` says why a text cannot be looked up."""

    rows: tuple[ListedRow, ...]
    after: str = ""
    hint: str = ""


@dataclass(frozen=True)
class View:
    """How far a reader sees, and on which day by which rules."""

    scope: Scope
    now: Now


def listed(table: str, asked: LedgerFilter, by: View, *, after: str = "", size: int = 50) -> Page:
    """A page of a ledger. An unreadable `after` begins at the beginning. KeyError for a table that is none."""
    rows, hint, is_few = matching(table, asked, by)
    if rows is None:
        return Page((), hint=hint)
    order = (DUE, "id") if asked.watch in watches() else ("id",)
    ids = _few(rows, order, after, size) if is_few else _walked(rows, order, after, size)
    more = "-".join(map(str, ids[size - 1])) if len(ids) > size else ""
    return Page(tuple(told(table, [place[-1] for place in ids[:size]])), more)


def all_rows(table: str, asked: LedgerFilter, by: View, *, most: int) -> Iterator[ListedRow]:
    """The whole list, page by page, as far as `most`."""
    after, left = "", most
    while left > 0:
        page = listed(table, asked, by, after=after, size=min(500, left))
        yield from page.rows
        after, left = page.after, left - len(page.rows)
        if not after:
            return


def matching(table: str, asked: LedgerFilter, by: View) -> tuple[Rows | None, str, bool]:
    """The rows that are wanted, or why there can be none; and whether they are few enough to be gathered first."""
    found = found_by(table, asked.text)
    if found.hint:
        return None, found.hint, False
    rows = reached(table, by.scope, by.now.policy).filter(found.condition, condition_of(table, asked))
    if asked.watch in watches():
        rows = watches()[asked.watch].narrow(rows, by.now)
    return rows, "", found.is_few


def told(table: str, ids: Sequence[int]) -> Iterator[ListedRow]:
    """The rows in the order of their numbers as given, with the names of those they mean; in three queries."""
    rows = rows_of(ledger(table), ids)
    people = _rows(person_rows, [row.get("person_key") for row in rows.values()])
    homes = _rows(household_rows, [row.get("household_key") for row in rows.values()])
    heads = _rows(
        person_rows, [home["head_key"] for home in homes.values() if home["head_key"] not in people]
    )
    for number in ids:
        if number in rows:
            yield _told(rows[number], homes, {**heads, **people})


def _told(row: Row, homes: Mapping[int, Row], people: Mapping[int, Row]) -> ListedRow:
    home: Mapping[str, Any] = homes.get(row.get("household_key") or 0, {})
    head = people.get(home.get("head_key") or 0, {})
    person = people.get(row.get("person_key") or 0, {})
    return ListedRow(
        row,
        person.get("full_name") or row.get("full_name") or "",
        head.get("full_name") or home.get("head_name") or row.get("head_name") or "",
        home.get("nat_household_no") or row.get("nat_household_no") or "",
    )


def _rows(read: Callable[[list[int]], dict[int, Row]], keys: Sequence[int | None]) -> dict[int, Row]:
    wanted = [key for key in dict.fromkeys(keys) if key is not None]
    return read(wanted) if wanted else {}


# -- which rows --------------------------------------------------------------------------------------


def _walked(rows: Rows, order: Sequence[str], after: str, size: int) -> list[Place]:
    behind = _place(after, len(order))
    if len(order) == 1:
        rows = rows.filter(pk__lt=behind[0]) if behind else rows
        return [(pk,) for pk in rows.order_by("-pk").values_list("pk", flat=True)[: size + 1]]
    return _few(rows, order, after, size)


def _few(rows: Rows, order: Sequence[str], after: str, size: int) -> list[Place]:
    """Few rows are gathered and sorted here: no database has to guess whether its own order leads to them."""
    behind = _place(after, len(order))
    found = sorted(rows.order_by().values_list(*order))
    if len(order) == 1:
        found.reverse()
        return [place for place in found if not behind or place < behind][: size + 1]
    return [place for place in found if not behind or place > behind][: size + 1]


def _place(after: str, length: int) -> Place | None:
    parts = after.split("-")
    is_readable = len(parts) == length and all(part.isdecimal() and len(part) <= 18 for part in parts)
    return tuple(map(int, parts)) if is_readable else None
