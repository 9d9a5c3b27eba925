"""Any superior's form: cells that name figures are filled, and nothing else of the workbook is touched."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from openpyxl.utils import column_index_from_string

from bangfu.documents.fields.evaluate import find_cell, reference_of
from bangfu.documents.fields.formats import show_cell
from bangfu.documents.fields.tags import Field, Name, Tag, find_tags, read_field
from bangfu.documents.fields.values import FieldValue, Resolver, Row, Scope
from bangfu.documents.forms.balances import Imbalance, find_imbalances
from bangfu.documents.forms.book import Sheet, address, open_book, read_sheet
from bangfu.terms.errors import UserError

_COLUMN = re.compile(r"[A-Z]{1,3}")
_ROW = re.compile(r"\d{1,7}")
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_LOSSES = {"charts/": "图表", "drawings/": "图形或图片"}


@dataclass(frozen=True)
class FormUse:
    """A figure of the form and the cell it stands in."""

    sheet: str
    cell: str
    reference: str
    value: FieldValue


@dataclass(frozen=True)
class FilledForm:
    """The workbook, its figures, its totals that do not add up, and what the copy could not keep."""

    content: bytes
    uses: tuple[FormUse, ...]
    imbalances: tuple[Imbalance, ...]
    losses: tuple[str, ...]

    @property
    def blanks(self) -> tuple[FormUse, ...]:
        return tuple(use for use in self.uses if use.value.is_blank)


@dataclass(frozen=True)
class _Asked:
    """A cell that asks for something: the whole of it, or texts within its text."""

    cell: Any
    sheet: Sheet
    tags: tuple[Tag, ...]
    is_whole: bool

    @property
    def place(self) -> str:
        return f"{self.sheet.name}!{self.cell.coordinate}"


def form_references(
    form: Path | bytes,
    *,
    words: Row | None = None,
    demand: Callable[[str], object] = lambda reference: None,
    name: str = "",
) -> tuple[str, ...]:
    """Every reference that `fill_form` will ask for, each once. UserError as of `fill_form`, and what `demand` raises."""
    asked: dict[str, None] = {}

    def note(reference: str) -> FieldValue:
        demand(reference)
        asked.setdefault(reference)
        return FieldValue("", 0)

    fill_form(form, note, words=words, name=name)
    return tuple(asked)


def fill_form(
    form: Path | bytes, resolve: Resolver, *, words: Row | None = None, name: str = ""
) -> FilledForm:
    """Cells `{{dibao_families@2019}}`, or the text `=dibao_families@2019`, become numbers; within a text, text.

    In a reference `<A>` is what stands in column A of the same row, `<4>` what stands in row 4 of the same column, `<A4>`
    that cell: `{{poor_households[村=<A>]}}` can be copied down. A figure that is not known reads （未统计）. UserError,
    with the cells, for everything unknown at once. What the workbook adds up itself is left to Excel.
    """
    shown = name or (form.name if isinstance(form, Path) else "报表")
    book = open_book(form, shown)
    problems: list[str] = []
    uses: list[FormUse] = []
    for worksheet in book.worksheets:
        sheet = read_sheet(worksheet)
        for asked in _asked(worksheet, sheet, problems):
            _fill(asked, resolve, words or {}, problems, uses)
    if problems:
        raise UserError(
            f"报表“{shown}”有 {len(problems)} 处写得不对：\n" + "\n".join(f"  {one}" for one in problems)
        )
    imbalances = [one for worksheet in book.worksheets for one in find_imbalances(read_sheet(worksheet))]
    kept = BytesIO()
    book.save(kept)
    return FilledForm(kept.getvalue(), tuple(uses), tuple(imbalances), _losses(form))


def _asked(worksheet: Any, sheet: Sheet, problems: list[str]) -> Iterator[_Asked]:
    for row in worksheet.iter_rows():
        for cell in row:
            if cell.data_type not in ("s", "inlineStr") or not isinstance(cell.value, str):
                continue
            text = cell.value.strip()
            if text.startswith("=") and len(text) > 1:
                yield from _equation(cell, sheet, text, problems)
                continue
            tags, wrong = find_tags(cell.value)
            problems.extend(f"{sheet.name}!{cell.coordinate}：{tag} {message}" for tag, message in wrong)
            for tag in tags:
                if tag.kind not in ("field", "comment"):
                    problems.append(f"{sheet.name}!{cell.coordinate}：{tag.text} 报表里只能写 {{{{ 字段 }}}}")
            if tags and not wrong:
                yield _Asked(cell, sheet, tuple(tags), len(tags) == 1 and tags[0].text == text)


def _equation(cell: Any, sheet: Sheet, text: str, problems: list[str]) -> Iterator[_Asked]:
    """`=name` typed as text; a formula is not text and does not come here."""
    try:
        tag = Tag("field", text, 0, len(text), read_field(text[1:]))
    except UserError as error:
        problems.append(f"{sheet.name}!{cell.coordinate}：{text} {error}")
        return
    yield _Asked(cell, sheet, (tag,), True)


def _fill(asked: _Asked, resolve: Resolver, words: Row, problems: list[str], uses: list[FormUse]) -> None:
    text: str = asked.cell.value
    filled: object = None
    for tag in reversed(asked.tags):
        if not isinstance(tag.what, Field):
            text = text[: tag.start] + text[tag.end :]
            continue
        try:
            value = _value(asked, tag.what, resolve, words, uses)
        except UserError as error:
            problems.append(f"{asked.place}：{tag.text} {error}")
            continue
        filled = _number(value)
        text = text[: tag.start] + value.shown + text[tag.end :]
    asked.cell.value = filled if asked.is_whole and filled is not None else text
    if isinstance(asked.cell.value, str):
        asked.cell.data_type = "s"  # a text that begins with = stays a text


def _value(asked: _Asked, field: Field, resolve: Resolver, words: Row, uses: list[FormUse]) -> FieldValue:
    scope = Scope({**words, **_holes(asked, field.name, words)})
    cell = find_cell(field.name, scope, resolve)
    if isinstance(cell, FieldValue):
        reference = reference_of(field.name, scope)
        uses.append(FormUse(asked.sheet.name, asked.cell.coordinate, reference, cell))
    return show_cell(cell, field.formats)


def _holes(asked: _Asked, name: Name, words: Row) -> dict[str, str]:
    """What `<A>`, `<4>` and `<A4>` stand for in this cell."""
    row, column = asked.cell.row, asked.cell.column
    values: dict[str, str] = {}
    for hole in name.holes:
        if hole in words:
            continue
        at = _PLACE.fullmatch(hole)
        if at:
            place = int(at[2]), column_index_from_string(at[1])
        elif _COLUMN.fullmatch(hole):
            place = row, column_index_from_string(hole)
        elif _ROW.fullmatch(hole):
            place = int(hole), column
        else:
            continue
        value = asked.sheet.at(place)
        if value is None:
            raise UserError(f"<{hole}> 指的单元格 {address(place)} 是空的")
        values[hole] = f"{value:f}" if isinstance(value, Decimal) else value
    return values


def _number(value: FieldValue) -> int | float | None:
    """What a cell holds as a number: as it is shown, so that 万元 with two decimals is just that."""
    if value.value is None:
        return None
    text = value.shown.removesuffix(value.unit).replace(",", "")
    try:
        number = Decimal(text)
    except ArithmeticError:  # 汉字 and other writings of a number stay texts
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def _losses(form: Path | bytes) -> tuple[str, ...]:
    """openpyxl drops drawings; the sender must know before it sends."""
    with ZipFile(BytesIO(form) if isinstance(form, bytes) else form) as package:
        names = package.namelist()
    found = [word for part, word in _LOSSES.items() if any(f"xl/{part}" in name for name in names)]
    return tuple(f"填好的表里没有原表的{word}，请从原表复制" for word in found)
