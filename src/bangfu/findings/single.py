"""One household of the register checked by itself, with the checks of a whole run; nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from bangfu.engine.single.asking import (
    OWNERS,
    HouseholdChecks,
    HouseholdRun,
    columns_read,
    is_of_household,
)
from bangfu.engine.single.evidence import evidence
from bangfu.intake.batches import sources
from bangfu.intake.snapshots.holdings import holdings_of
from bangfu.intake.snapshots.household import HouseholdRows
from bangfu.intake.snapshots.narrow import Narrow
from bangfu.intake.snapshots.statements import at_one_moment
from bangfu.office.home import this_home
from bangfu.policy.loader import load_policy
from bangfu.policy.model import Check
from bangfu.screening.findings import Finding, told
from bangfu.screening.job import selected
from bangfu.screening.snapshot import Lists
from bangfu.screening.subjects import NAMING, Subject, Subjects
from bangfu.terms.divisions import area_prefix
from bangfu.terms.errors import UserError


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
    ) -> None:
        """Checks in force at `as_of` (yyyymmdd), or those that `only` names; the place is the home's unless given."""
        self.policy = load_policy(overlays=overlays)
        named = selected(self.policy, only)
        chosen = self.policy.in_force(as_of) if named is None else named
        read = columns_read(chosen, self.policy)
        holdings = holdings_of(as_of, read)
        where = place or area_prefix(this_home().place)
        self.checks = HouseholdChecks(holdings, self.policy, as_of, where, chosen)
        terms = self.policy.terms
        listed = [name for name in holdings.fields if is_of_household(terms.table(name))]
        self.tables = list(dict.fromkeys([*OWNERS, *listed]))
        columns = {
            name: read.get(name, frozenset()) | {*NAMING, *table.hidden_columns}
            for name, table in terms.tables.items()
        }
        self.narrow = Narrow(as_of, columns)
        self.origins = _Origins(Lists(sources()))

    def check(self, household: int) -> Checked:
        """The household with this number in the register. UserError where it is not on file that day."""
        with at_one_moment():
            run = self.ask(household)
            subjects = Subjects(partial(_row, run), lambda written: (written or "").strip())
            found = told(run, partial(evidence, run), subjects, self.origins, unknowns=True)
            return Checked(subjects.of("household", household), tuple(found), tuple(run.checks), run.not_run)

    def ask(self, household: int) -> HouseholdRun:
        """The answers without their explanations."""
        rows = HouseholdRows(self.narrow, household, self.tables)
        if not rows.own().get("household"):
            raise UserError(f"台账里没有编号为 {household} 的户,或者它在这一天还没有建档")
        return self.checks.ask(rows)


def check_household(household: int, *, as_of: int, overlays: tuple[str, ...] = ()) -> Checked:
    """Checks one household of the register as of a day. Who asks often keeps a `HouseholdDesk`."""
    return HouseholdDesk(as_of, overlays=overlays).check(household)


def _row(run: HouseholdRun, table: str, row_key: int) -> Mapping[str, Any]:
    found = run.around.by(table, "row_key", row_key)
    return found[0] if found else {}
