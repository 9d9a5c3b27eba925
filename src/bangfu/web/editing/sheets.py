"""A form as a whole: its parts, what they make together, and what came of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from bangfu.findings.edits import Edit, Ticket, ticket
from bangfu.ledger.editing import stored_row
from bangfu.office.journal.rows import Row
from bangfu.office.journal.versions import versions_of
from bangfu.policy.model import Policy
from bangfu.registry.editing.conflicts import as_seen
from bangfu.registry.editing.entry import BadEntry
from bangfu.registry.editing.typed import Typed
from bangfu.registry.editing.writing import Made
from bangfu.registry.proposals import ProposedRow
from bangfu.web.editing.parts import Part
from bangfu.web.editing.reach import Family

Compose = Callable[[Sequence[Typed]], list[ProposedRow]]


@dataclass(frozen=True)
class Read:
    """What came: the rows as they would be, and per input what cannot be read or is missing."""

    rows: tuple[ProposedRow, ...]
    wrong: Mapping[str, BadEntry]
    missing: Mapping[str, BadEntry]


@dataclass(frozen=True)
class Sheet:
    """`household` is the one that is checked; `family` is none while it is not on file.

    `compose` makes rows of what the parts' inputs say; without it each part makes its own. `closed`: why nothing can be
    changed here; `is_correction`: it can, with a reason. `stop`: why what was typed cannot be saved as it is.
    `together`: the one heading of parts that have a field each. `extra`: fields of other rows changed along.
    `more`: what else the page shows, not asked for while one types. `crumbs` lead back to where the form was opened from
    other than the household, and `section` is that place in the menu.
    """

    title: str
    household: int | None
    parts: Sequence[Part]
    back: str
    after: Callable[[Made], str]
    family: Family | None = None
    compose: Compose | None = None
    closed: str = ""
    stop: str = ""
    is_correction: bool = False
    more: Callable[[], Mapping[str, Any]] = dict
    together: str = ""
    extra: Sequence[Part] = ()
    button: str = "保存"
    crumbs: Sequence[tuple[str, str]] = ()
    section: str = "household"

    @property
    def draft(self) -> str:
        """Under which the browser keeps what was typed."""
        return "-".join(["edit", str(self.household or "row"), *(part.prefix for part in self.parts)])

    @property
    def all_parts(self) -> list[Part]:
        return [*self.parts, *self.extra]

    def read(self, posted: QueryDict, policy: Policy, day: int) -> Read:
        both = [(part, part.read(posted, policy, day)) for part in self.all_parts]
        typed = [one for _, one in both[: len(self.parts)]]
        wrong = {part.name(name): bad for part, one in both for name, bad in one.wrong.items()}
        missing = {part.name(name): bad for part, one in both for name, bad in part.missing(one).items()}
        rows = self.compose(typed) if self.compose else _own(both[: len(self.parts)])
        rows.extend(_own(both[len(self.parts) :]))
        return Read(tuple(rows), wrong, missing)

    def edit(self, rows: tuple[ProposedRow, ...], given: Ticket) -> Edit:
        seen = {(part.table, part.row): part.version for part in self.all_parts if not part.is_new}
        return Edit(self.household, rows, seen, given)


def _own(both: Sequence[tuple[Part, Typed]]) -> list[ProposedRow]:
    return [row for part, typed in both for row in part.proposed(typed)]


def part_of(table: str, now: Row, posted: QueryDict, **more: Any) -> Part:
    """A stored row's part, as the form that comes back showed it."""
    part = Part(table, now["id"], **more)
    told = posted.get(f"seen-{part.prefix}", "")
    version = int(told) if told.isdecimal() and len(told) < 16 else _version(table, now["id"])
    current = stored_row(table, now["id"]) or now
    return Part(table, now["id"], seen=as_seen(table, current, version), version=version, **more)


def _version(table: str, row: int) -> int:
    return versions_of([(table, row)])[table, row]


def ticket_of(posted: QueryDict) -> Ticket:
    """The form's own, else a new one."""
    number, _, position = posted.get("ticket", "").partition(".")
    if number.isalnum() and len(number) < 40 and position.isdecimal() and len(position) < 16:
        return Ticket(number, int(position))
    return ticket()
