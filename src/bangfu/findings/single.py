"""One household of the register checked by itself, with the checks of a whole run; nothing is stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from threading import Lock
from typing import Any

from bangfu.engine.dataset import Holdings
from bangfu.engine.single.asking import (
    OWNERS,
    HouseholdChecks,
    HouseholdRun,
    columns_read,
    is_of_household,
)
from bangfu.engine.single.evidence import evidence
from bangfu.findings.examined import Examined
from bangfu.findings.examining import ToldRun, compared, row_of
from bangfu.intake.batches import sources
from bangfu.intake.snapshots.copied import Copied
from bangfu.intake.snapshots.holdings import holdings_of
from bangfu.intake.snapshots.household import HouseholdRows, ProposedRows, RowsAlone
from bangfu.intake.snapshots.narrow import Narrow
from bangfu.intake.snapshots.statements import at_one_moment
from bangfu.ledger.tables import ledgers
from bangfu.office.home import this_home
from bangfu.office.journal.reading import position_and_seal
from bangfu.policy.loader import load_policy
from bangfu.policy.model import Check, Policy
from bangfu.registry.proposals import NEW, ProposedRow
from bangfu.screening.findings import Finding, told
from bangfu.screening.job import selected
from bangfu.screening.snapshot import Lists
from bangfu.screening.subjects import NAMING, Subject, Subjects
from bangfu.terms.divisions import area_prefix
from bangfu.terms.errors import UserError
from bangfu.terms.model import ROW_KEY

KEPT = 64
"""Households whose state a desk remembers: those that are being edited."""


@dataclass(frozen=True)
class Checked:
    """What the checks said of a household: findings and what could not be judged, explained.

    `not_run` names the checks that were not asked, or not of all its rows, with the reasons.
    """

    household: Subject
    findings: tuple[Finding, ...]
    checks: tuple[Check, ...]
    not_run: Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class _Origins:
    sources: Lists
    overlays: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class _Before:
    """A household as it was when the journal was at a position."""

    position: int
    rows: HouseholdRows
    told: ToldRun


class HouseholdDesk:
    """All checks of a day made ready: it takes seconds once, then milliseconds a household.

    What the register holds is looked at when the desk is made: after a list was loaded, make another.
    """

    def __init__(
        self,
        as_of: int,
        *,
        place: str | None = None,
        overlays: tuple[str, ...] = (),
        only: tuple[str, ...] = (),
        holdings: Callable[[], Holdings] | None = None,
    ) -> None:
        """Checks in force at `as_of` (yyyymmdd), or those that `only` names; the place is the home's unless given.

        `holdings` waits for what the register holds where another process looks it up meanwhile.
        """
        self.policy = load_policy(overlays=overlays)
        chosen = _chosen(self.policy, as_of, only)
        self.read = read = columns_read(chosen, self.policy)
        self.holdings = holdings() if holdings else holdings_of(as_of, read)
        where = place or area_prefix(this_home().place)
        kept = [name for name in ledgers() if name in read]
        self.checks = HouseholdChecks(self.holdings, self.policy, as_of, where, chosen, also=kept)
        terms = self.policy.terms
        listed = [name for name in self.holdings.fields if is_of_household(terms.table(name))]
        self.tables = list(dict.fromkeys([*OWNERS, *listed]))
        columns = {
            name: read.get(name, frozenset()) | {*NAMING, *table.hidden_columns}
            for name, table in terms.tables.items()
        }
        self.narrow = Narrow(as_of, columns)
        self.copied = Copied(self.tables)
        self.narrow_copied = Narrow(as_of, columns, self.copied)
        self.alone = Copied(kept)
        self.narrow_alone = Narrow(as_of, columns, self.alone)
        self.origins = _Origins(Lists(sources()))
        self.known: dict[int, _Before] = {}
        self.lock = Lock()

    def wants(self, item: ProposedRow) -> bool:
        """Whether a row fills a field that nobody had filled when the desk was made: its checks were not made then."""
        filled = {name for name, value in item.values.items() if value is not None}
        tables = self.policy.terms.tables
        readers = [item.table, *(name for name, table in tables.items() if item.table in table.includes)]
        return any(
            filled
            & self.read.get(name, frozenset())
            & tables[name].fields.keys() - self.holdings.fields.get(name, frozenset())
            for name in readers
        )

    def check(self, household: int) -> Checked:
        """The household with this number in the register. UserError where it is not on file that day."""
        with at_one_moment():
            run = self.ask(household)
            subjects = Subjects(partial(row_of, run), lambda written: (written or "").strip())
            found = told(run, partial(evidence, run), subjects, self.origins, unknowns=True)
            return Checked(subjects.of("household", household), tuple(found), tuple(run.checks), run.not_run)

    def ask(self, household: int) -> HouseholdRun:
        """The answers without their explanations."""
        rows = HouseholdRows(self.narrow, household, self.tables)
        _refuse_absent(rows, household)
        return self.checks.ask(rows)

    def examine(self, household: int, proposed: Sequence[ProposedRow]) -> Examined:
        """The household as it is and as the rows would make it, side by side; nothing is written.

        `household` may be one that the rows add. UserError where it is not on file that day, now or then.
        """
        with at_one_moment():
            before = self._before(household)
            if household < NEW:
                _refuse_absent(before.rows, household)
            changed = self.copied.rows(self.narrow_copied, household, proposed)
            then = ProposedRows(before.rows, changed)
            _refuse_absent(then, household)
            return compared(before.told, ToldRun(self.checks.ask(then)))

    def examine_alone(self, item: ProposedRow) -> Examined:
        """The same of a ledger's row that is no household's, such as a project: only the row itself is asked about."""
        if item.table not in self.alone.tables:
            return Examined(self.checks.as_of, ())
        with at_one_moment():
            was = [] if item.is_new else self.narrow.rows(item.table, ROW_KEY, item.row)
            then = self.alone.row(self.narrow_alone, item)
            answers = [
                ToldRun(self.checks.ask(RowsAlone(self.narrow, item.table, rows, [item.row]), [item.table]))
                for rows in (was, then)
            ]
            return compared(*answers)

    def _before(self, household: int) -> _Before:
        """A household as it is; what was last asked of it stands as long as nothing was written."""
        position, _ = position_and_seal()
        known = self.known.get(household)
        if known is not None and known.position == position:
            return known
        rows = HouseholdRows(self.narrow, household, self.tables)
        made = _Before(position, rows, ToldRun(self.checks.ask(rows)))
        with self.lock:
            while len(self.known) >= KEPT:
                self.known.pop(next(iter(self.known)))
            self.known[household] = made
        return made


def holdings_for(as_of: int, overlays: tuple[str, ...]) -> Holdings:
    """What a desk of a day has to know of the register. Reads the database's file through DuckDB."""
    policy = load_policy(overlays=overlays)
    return holdings_of(as_of, columns_read(_chosen(policy, as_of, ()), policy))


def _chosen(policy: Policy, as_of: int, only: tuple[str, ...]) -> list[Check]:
    named = selected(policy, only)
    return policy.in_force(as_of) if named is None else named


def check_household(household: int, *, as_of: int, overlays: tuple[str, ...] = ()) -> Checked:
    """Checks one household of the register as of a day. Who asks often keeps a `HouseholdDesk`."""
    return HouseholdDesk(as_of, overlays=overlays).check(household)


def _refuse_absent(rows: HouseholdRows, household: int) -> None:
    if not rows.own().get("household"):
        raise UserError(f"台账里没有编号为 {household} 的户,或者它在这一天还没有建档")
