"""What a reader sees of the ledgers; what is outside is not found, as if it were not there."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import Http404

from bangfu.intake.rulebook import home_rulebook
from bangfu.ledger.listing import ListedRow, View
from bangfu.ledger.reach import reaches
from bangfu.ledger.row import row_seen
from bangfu.ledger.scope import scope_of
from bangfu.ledger.tables import ledgers
from bangfu.ledger.watches.due import Now
from bangfu.office.home import business_day, this_home
from bangfu.office.readers import Reader
from bangfu.registry.scope import Scope
from bangfu.terms.divisions import area_prefix
from bangfu.terms.loader import load_terms
from bangfu.terms.model import Table

SEE, CHANGE = "ledger.see", "ledger.change"


def now_here() -> Now:
    """The rules of the office's day and place."""
    return Now(home_rulebook(), business_day(), area_prefix(this_home().place))


def view_of(reader: Reader, right: str = SEE) -> View:
    return View(scope_of(reader, right), now_here())


def villages_of(scope: Scope, names: Mapping[int, str]) -> dict[int, str]:
    """Of the villages, those that the scope reaches as villages: what a list can be narrowed to."""
    whole = [part for part in scope.parts if part.households is None]
    return {
        key: name
        for key, name in names.items()
        if any(part.villages is None or key in part.villages for part in whole)
    }


def table_seen(name: str, view: View) -> Table:
    """404 for what is no ledger, and for one that is no matter of the reader's."""
    if name not in ledgers() or not reaches(name, view.scope, view.now.policy):
        raise Http404
    return load_terms().table(name)


def found_row(name: str, row: int, view: View) -> tuple[Table, ListedRow]:
    """404 where the row is not there or not in the reader's scope."""
    if name not in ledgers():
        raise Http404
    found = row_seen(name, row, view)
    if found is None:
        raise Http404
    return load_terms().table(name), found
