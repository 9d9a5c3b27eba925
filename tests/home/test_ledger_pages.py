"""The clerk's manual has every ledger on one page, and names only checks and lists that there are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bangfu.ledger.shelf import groups
from bangfu.policy.loader import load_policy
from bangfu.spreadsheets.layouts import load_layouts
from tests.house.tree import ROOT

PAGES = sorted((ROOT / "docs" / "manual").glob("ledger-*.md"))
LINE = re.compile(r"^\| (?P<ledger>[^|]+) \| (?P<row>[^|]+) \| (?P<lists>[^|]+) \|$", re.MULTILINE)
CHECK = re.compile("「([^」]+)」")


def described() -> Iterator[tuple[str, str]]:
    """The ledgers that pages describe, with the lists that fill them: the first table of each page."""
    for page in PAGES:
        table = page.read_text("utf-8").split("| 台账 |", 1)[1].split("\n\n", 1)[0]
        for line in LINE.finditer(table):
            if not line["ledger"].startswith("-"):
                yield line["ledger"], line["lists"]


def test_every_ledger_stands_on_exactly_one_page() -> None:
    kept = sorted(table.label for group in groups() for table in group.tables)
    assert sorted(ledger for ledger, _ in described()) == kept


def test_every_list_that_fills_a_ledger_is_named_with_it() -> None:
    tables = {table.name: table.label for group in groups() for table in group.tables}
    told = {ledger: set(lists.split("、")) for ledger, lists in described()}
    filling = {
        (tables[emit.table], layout.name)
        for layout in load_layouts()
        for emit in layout.emits
        if emit.table in tables and layout.kind == "list"
    }
    named = {(ledger, one) for ledger, lists in told.items() for one in lists if not one.startswith("（")}
    assert named <= filling
    assert {name for _, name in filling} == {name for _, name in named}


def test_checks_that_a_page_names_exist() -> None:
    known = {check.name for check in load_policy().checks.values()}
    named = {page.stem: CHECK.findall(page.read_text("utf-8")) for page in PAGES}
    assert [page for page, checks in named.items() if not checks] == []
    assert [name for checks in named.values() for name in checks if name not in known] == []


def test_the_contents_lead_to_every_page() -> None:
    contents = (ROOT / "docs" / "manual" / "ledgers.md").read_text("utf-8")
    assert [page.name for page in PAGES if f"({page.name})" not in contents] == []
