"""The figures of a column -> its totals, each with the figures above it that it sums."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bangfu.documents.reading.quantity import Quantity

_TOTAL = re.compile(r"(?:合计|总计|共计|小计|总数|总和|汇总|全部|[一-龥]{1,6}(?:合计|总计|小计)|合计\(.*\))")
_GRAND = re.compile(r"(?:总计|合计|共计|总和|总数|汇总)")
_SUBTOTAL = re.compile(r"[一-龥]{0,6}小计")
_WHOLE = re.compile(r"全[省市州县区镇乡村行旗](?:合计|总计)?|本[县镇乡村]合计")
_NO_SUM = re.compile(r"均|单价|标准|每|最高|最低|排名|名次|年龄|价格|限额")


@dataclass(frozen=True)
class Column:
    """The figures of one column, by their indexes among a text's quantities; `total` is that of the row 合计."""

    head: str
    items: tuple[int, ...]
    total: int


@dataclass(frozen=True)
class Entry:
    """A figure in its column: the row's number and name, and the quantity."""

    row: int
    name: str
    quantity: Quantity


def is_total(name: str) -> bool:
    return _TOTAL.fullmatch(name) is not None or _WHOLE.fullmatch(name) is not None


def totals_of(entries: Sequence[Entry]) -> Iterator[tuple[list[Entry], Entry, bool]]:
    """Items, total, and whether the words alone make it a total (全县 and a total above its rows do not)."""
    loose: list[Entry] = []
    subtotals: list[Entry] = []
    first: tuple[Entry, bool] | None = None
    for entry in entries:
        said = _TOTAL.fullmatch(entry.name) is not None
        if not is_total(entry.name):
            loose.append(entry)
        elif not loose and not subtotals:
            first = (entry, False) if first is None else first
        else:
            grand = subtotals and _GRAND.fullmatch(entry.name)
            yield ([*subtotals, *loose] if grand else loose), entry, said
            subtotals = [*subtotals, entry] if _SUBTOTAL.fullmatch(entry.name) else []
            loose = []
    if first is not None and loose:
        yield loose, first[0], first[1]


def is_added_up(head: str, quantity: Quantity) -> bool:
    return not _NO_SUM.search(head) and not quantity.per and quantity.kind not in ("share", "point", "times")


def closes(items: Sequence[Entry], total: Entry) -> bool:
    return total.quantity.states(sum((one.quantity.base_value for one in items), Decimal(0)))
