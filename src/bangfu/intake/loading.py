"""Compares every sheet of a batch with the register and, where a transaction is open, writes it.

Comparing and writing go sheet by sheet and chunk by chunk: a chunk sees what the one before it wrote.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property, partial

from bangfu.intake.applying import apply_chunk
from bangfu.intake.comparing import compare, missing
from bangfu.intake.difference import Difference
from bangfu.intake.lists.applying import apply_list
from bangfu.intake.lists.comparing import compare_list
from bangfu.intake.lists.households import apply_households, compare_households, fields_given
from bangfu.intake.lists.on_file import OnFile
from bangfu.intake.models import Batch
from bangfu.intake.models import Source as Sheet
from bangfu.intake.noting import Notes
from bangfu.intake.places import Villages
from bangfu.intake.preview import Noted, Preview
from bangfu.intake.register_file import RegisterFile
from bangfu.intake.removals import apply_removals, compare_removals
from bangfu.intake.source_values import compare_sources
from bangfu.intake.standing import lapse
from bangfu.intake.villages import apply_villages, compare_villages
from bangfu.office.journal.writing import Writing
from bangfu.policy.model import Policy
from bangfu.screening.gather import Gathered
from bangfu.spreadsheets.extract import Extract
from bangfu.spreadsheets.layouts import Layout

Say = Callable[[str], None]
Cell = tuple[str, int]  # sheet and row
ORDER = {"villages": 0, "register": 1, "removals": 2, "list": 3, "sources": 4, "feedback": 5}
"""Who is on file comes before what lists say of them."""


@dataclass
class Loading:
    """One pass over a batch. Households with a row among the `bad` ones are left out."""

    batch: Batch
    gathered: Gathered
    policy: Policy
    day: int
    change: Writing | None = None
    bad: frozenset[Cell] = frozenset()
    progress: Say = lambda message: None
    reach: Callable[[float], None] = lambda fraction: None
    preview: Preview | None = None
    difference: Difference = field(default_factory=Difference)
    done: int = 0  # rows of all sheets
    named: set[str] = field(default_factory=set)  # 人编号 that its sheets named so far
    seen: set[int] = field(default_factory=set)  # persons on file whom they named

    def run(self) -> Difference:
        for extract in sorted(self.gathered.extracts, key=lambda one: ORDER[one.recognised.layout.kind]):
            sheets = _sheets(self.batch, extract) if self.change is not None else []
            match extract.recognised.layout.kind:
                case "villages":
                    self.villages(extract, sheets)
                case "register":
                    self.register(extract, sheets)
                case "removals":
                    self.removals(extract, sheets)
                case "sources":
                    self.sources(extract, sheets)
                case "list":
                    self.ledgers(extract, sheets)
            self.ended(extract)
        if not self.bad:
            self.difference.take(missing(self.earlier_registers(), self.seen, self.day))
        return self.difference

    def villages(self, extract: Extract, sheets: list[int]) -> None:
        villages, compared = compare_villages(extract)
        self.difference.take_villages(villages, compared)
        self.note(lambda: Notes(extract).of_villages(villages, compared))
        if self.change is not None:
            apply_villages(self.change, villages, sheets[0])

    def register(self, extract: Extract, sheets: list[int]) -> None:
        done, count = 0, len(extract.row_numbers)
        stronger, notes = self.stronger(extract.recognised.layout), Notes(extract)
        for chunk in RegisterFile(extract).chunks():
            clean = [home for home in chunk if not self.is_bad(extract, (m.sheet_row for m in home.members))]
            compared = compare(clean, self.day, self.named, self.places, stronger)
            self.seen |= compared.seen
            self.difference.take(compared)
            self.note(partial(notes.of_register, compared))
            if self.change is not None:
                apply_chunk(self.change, compared, sheets[0], self.day)
                lapse(self.batch, compared.seen)
            done += sum(len(home.members) for home in chunk)
            self.said(extract, done, count)

    def removals(self, extract: Extract, sheets: list[int]) -> None:
        removals, compared = compare_removals(extract, self.day)
        self.difference.take_removals(removals, compared)
        self.note(lambda: Notes(extract).of_removals(removals))
        if self.change is not None:
            apply_removals(self.change, removals, sheets[0])

    def sources(self, extract: Extract, sheets: list[int]) -> None:
        notes = Notes(extract)
        for compared in compare_sources(extract, self.day, self.bad):
            self.difference.take(compared)
            self.note(partial(notes.of_sources, compared))
            if self.change is not None:
                apply_chunk(self.change, compared, sheets[0], self.day)

    def ledgers(self, extract: Extract, sheets: list[int]) -> None:
        for emitted in extract.emitted:
            if emitted.table == "household":
                given = fields_given(
                    Sheet.objects.filter(kind="register", batch__state="applied").values_list(
                        "columns", flat=True
                    )
                )
                overlay, compared = compare_households(extract, emitted, given, self.day // 10000)
                self.difference.take(compared)
                self.note(partial(Notes(extract).changed, compared.changes))
                if self.change is not None:
                    apply_households(self.change, overlay, self.day // 10000)
        lists, compared = compare_list(extract, self.on_file, self.policy, self.earlier(extract))
        for item in lists:
            item.rows = [row for row in item.rows if not self.is_bad(extract, (row.sheet_row,))]
        self.difference.take_lists(lists, compared)
        self.note(partial(Notes(extract).of_lists, lists, compared))
        if self.change is not None:
            apply_list(self.change, lists, sheets)

    def note(self, rows: Callable[[], Iterable[Noted]]) -> None:
        """For the preview, where one is made."""
        if self.preview is not None:
            self.preview.note(rows())

    def said(self, extract: Extract, done: int, count: int) -> None:
        """How far it is in a sheet, and in all of them."""
        self.progress(f"{'写入' if self.change else '比对'} {extract.sheet}:{done}/{count} 行")
        self.reach((self.done + min(done, count)) / max(self.rows, 1))

    def ended(self, extract: Extract) -> None:
        self.said(extract, len(extract.row_numbers), len(extract.row_numbers))
        self.done += len(extract.row_numbers)

    @cached_property
    def rows(self) -> int:
        return sum(len(extract.row_numbers) for extract in self.gathered.extracts)

    @cached_property
    def on_file(self) -> OnFile:
        return OnFile(self.day, self.places)

    @cached_property
    def places(self) -> Villages:
        return Villages()

    def earlier(self, extract: Extract) -> list[int]:
        """The sheets of this kind that were applied before."""
        return self.applied({extract.recognised.layout.id})

    def earlier_registers(self) -> list[int]:
        layouts = [extract.recognised.layout for extract in self.gathered.extracts]
        return self.applied({layout.id for layout in layouts if layout.kind == "register"})

    def stronger(self, layout: Layout) -> frozenset[int]:
        """The sheets of registers that have the say over this one: of a higher rank, and none the older."""
        sheets = Sheet.objects.filter(kind="register", rank__gt=layout.rank, batch__state="applied")
        now = sheets.filter(batch__as_of__gte=self.day).values_list("layout", flat=True)
        return frozenset(sheets.filter(layout__in=list(now)).values_list("pk", flat=True))

    def applied(self, layouts: set[str]) -> list[int]:
        sheets = Sheet.objects.filter(layout__in=layouts, batch__state="applied").exclude(batch=self.batch)
        return list(sheets.values_list("pk", flat=True))

    def is_bad(self, extract: Extract, rows: Iterable[int]) -> bool:
        return bool(self.bad) and any((extract.sheet, row) in self.bad for row in rows)


def _sheets(batch: Batch, extract: Extract) -> list[int]:
    """A source for each table that the sheet fills; tables share one until one of them comes again."""
    layout = extract.recognised.layout
    found: list[int] = []
    told: list[dict[str, dict[str, int]]] = []
    for emitted in extract.emitted:
        columns = {name: extract.first_column + place for name, place in emitted.positions.items()}
        place = next((i for i, tables in enumerate(told) if emitted.table not in tables), len(told))
        if place == len(told):
            told.append({})
        told[place][emitted.table] = columns
        found.append(place)
    numbers = [
        Sheet.objects.create(
            batch=batch,
            sheet=extract.sheet,
            layout=layout.id,
            kind=layout.kind,
            rank=layout.rank,
            columns=columns,
        ).pk
        for columns in told
    ]
    return [numbers[place] for place in found]
