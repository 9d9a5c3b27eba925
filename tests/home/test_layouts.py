"""Every list that a ledger comes in: read in full, known again, and taken back. One home serves all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from bangfu.intake import batches
from bangfu.ledger import queries
from bangfu.office.journal.rows import Row, all_rows
from bangfu.office.journal.writing import Source, transaction
from bangfu.policy.loader import load_policy
from bangfu.policy.model import CodeList
from bangfu.registry.actions import Join, add_households, add_persons, add_villages, join
from bangfu.spreadsheets.layouts import Layout, load_layouts
from bangfu.terms.loader import load_terms
from bangfu.terms.model import Field
from tests.home.databases import Databases, use
from tests.home.hashes import facts_hash

DAY = 20191231
VILLAGE, NUMBER, NAME, ID_NO = "罗峰村", "610000000001", "田大山", "429999196001012017"
_NAMED = {"full_name": NAME, "id_no": ID_NO, "nat_household_no": NUMBER, "village_name": VILLAGE}
_CELLS = {
    "yes_no": "是",
    "integer": "3",
    "decimal": "1.5",
    "money": "12",
    "date": "2019-05-06",
    "month": "2019-05",
}


def lists() -> list[Layout]:
    """The layouts that fill one ledger, a row a row."""
    return [
        layout
        for layout in load_layouts()
        if layout.kind == "list"
        and len(layout.emits) == 1
        and layout.titled
        and queries.is_ledger(layout.emits[0].table)
    ]


@dataclass(frozen=True)
class Register:
    person: int
    household: int
    village: int


@pytest.fixture(scope="module")
def register(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """A home with one household of one person in one village."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BANGFU_HOME", str(folder))
        patch.setenv("BANGFU_DATABASE", "")
        with use(databases.sqlite(folder)):
            with transaction(actor="张三", source=Source("form")) as change:
                [village] = add_villages(
                    change, [{"village_name": VILLAGE, "village_code": "421281102200", "data_year": 2019}]
                )
                [household] = add_households(change, [{"nat_household_no": NUMBER, "village_key": village}])
                [person] = add_persons(change, [{"full_name": NAME, "id_no": ID_NO, "birth_date": 19600101}])
                join(change, [Join(person, household, 20140101)])
            yield Register(person, household, village)


def cell(field: Field, codelists: Mapping[str, CodeList]) -> str:
    if field.codes is not None:
        return codelists[field.codes].versions[-1].labels[0].label
    if field.unit == "year":
        return "2019"
    return _NAMED.get(field.name) or _CELLS.get(field.type) or f"{field.label}一"


def workbook(path: Path, layouts: list[Layout]) -> Path:
    """A sheet for each: a title, the first spelling of each head, one row."""
    codelists = load_policy().codelists
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for layout in layouts:
        [emit] = layout.emits
        fields = load_terms().table(emit.table).fields
        sheet = book.create_sheet(layout.id)
        sheet.append([f"茶庵岭镇2019年{layout.titles[0]}{layout.name}"])
        sheet.append([column.headers[0] for column in emit.columns])
        sheet.append([cell(fields[column.field], codelists) for column in emit.columns])
    book.save(path)
    return path


def stored(layout: Layout) -> Row:
    """The row that the list brought; several lists fill one ledger, each under a programme of its own."""
    [emit] = layout.emits
    rows = [row for row in all_rows(batches.fact_models()[emit.table]) if row["src"] is not None]
    [row] = [row for row in rows if all(row[name] == value for name, value in emit.constants.items())]
    return row


def test_each_list_is_read_in_full_known_again_and_taken_back(register: Register, tmp_path: Path) -> None:
    layouts, before = lists(), facts_hash()
    assert len(layouts) >= 50
    path = workbook(tmp_path / "名单.xlsx", layouts)
    staged = batches.stage(path, actor="张三", as_of=DAY)
    read = {one.sheet: one.recognised for one in staged.gathered.extracts}
    assert {name: found.layout.id for name, found in read.items()} == {one.id: one.id for one in layouts}
    assert {name: found.unread for name, found in read.items() if found.unread} == {}
    assert (staged.problems, staged.difference.questions) == ([], [])
    number = staged.batch.pk
    tables = Counter(layout.emits[0].table for layout in layouts)
    assert batches.apply(number, actor="张三").added == tables
    for layout in layouts:
        [emit], row = layout.emits, stored(layout)
        filled = {column.field for column in emit.columns} & row.keys()
        assert (layout.id, [name for name in sorted(filled) if row[name] is None]) == (layout.id, [])
        links = set(load_terms().table(emit.table).links)
        if not {"full_name", "nat_household_no"} & filled:
            links.discard("household")  # nothing in the list says which
        owners = {link: row[f"{link}_key"] for link in links}
        assert (layout.id, owners) == (layout.id, {link: getattr(register, link) for link in links})
    assert batches.stage(path, actor="张三", as_of=DAY).difference.is_empty
    batches.undo(number, actor="李四")
    assert facts_hash() == before
