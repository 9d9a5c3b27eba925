"""An edit is checked, compared with what others did meanwhile, and written: all of it or nothing."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from bangfu.findings.desk import client
from bangfu.findings.examined import Examined, Fault
from bangfu.ledger.editing import stored_row, write_edit
from bangfu.office.home import business_day
from bangfu.office.journal.reading import position_and_seal
from bangfu.office.journal.rows import Row
from bangfu.office.journal.versions import Key, changes_since, versions_of, was_written
from bangfu.office.journal.writing import Source, transaction
from bangfu.registry.actions.records import CORRECTION
from bangfu.registry.editing.conflicts import Changed, Conflict, conflicts_of
from bangfu.registry.editing.writing import Made
from bangfu.registry.proposals import ProposedRow
from bangfu.terms.errors import UserError
from bangfu.terms.forms import form_of

FORM = "form"
UNCHECKED = "未经校验"
GONE = "要改的记录已经不在台账里(可能有人撤销了导入它的批次),没有保存。请刷新页面后重试"


@dataclass(frozen=True)
class Ticket:
    """Given out with a form: its number, and the journal's position then. A form that comes twice is written once."""

    number: str
    position: int


@dataclass(frozen=True)
class Edit:
    """Rows as they would be; `seen` are the versions of the rows on file that the editor looked at.

    Without a household it is one row of a ledger that is no household's.
    """

    household: int | None
    rows: tuple[ProposedRow, ...]
    seen: Mapping[Key, int]
    ticket: Ticket


class Blocked(UserError):
    """The edit would bring in errors; nothing was written."""

    def __init__(self, examined: Examined) -> None:
        self.examined = examined
        names = "、".join(dict.fromkeys(fault.name for fault in examined.errors))
        super().__init__(f"这次改动会带来错误,没有保存:{names}。请按提示改正后再保存")


class ReasonWanted(UserError):
    """The edit would bring in suspicions and gives no reason; nothing was written."""

    def __init__(self, examined: Examined) -> None:
        self.examined = examined
        names = "、".join(dict.fromkeys(fault.name for fault in examined.suspicions))
        super().__init__(f"这次改动会带来疑点,没有保存:{names}。核对无误的话请写明理由再保存")


class Unchecked(UserError):
    """Nobody could check the edit just now; nothing was written."""

    def __init__(self) -> None:
        super().__init__(
            "校验服务正在准备,这次改动还没有校验,没有保存。可以稍后再保存,或勾选“不等校验,直接保存”"
        )


def ticket() -> Ticket:
    position, _ = position_and_seal()
    return Ticket(uuid.uuid4().hex[:16], position)


def save(
    edit: Edit, *, actor: str, reason: str = "", is_unchecked_accepted: bool = False, corrects: str = ""
) -> Made:
    """Writes an edit; the numbers of its new rows. The same ticket again writes nothing.

    Refused, each with all its reasons: `Blocked`, `ReasonWanted`, `Unchecked` (unless accepted: the journal then says
    so), `Changed` where somebody changed a row since it was seen, and what the stations' actions refuse. `corrects`
    is the reason for which a closed year may be changed.
    """
    source = Source(CORRECTION if corrects.strip() else FORM, edit.ticket.number)
    if not edit.rows or was_written(source, edit.ticket.position):
        return {}
    _refuse_changed(edit)
    examined = _examined(edit, reason, is_unchecked_accepted)
    with transaction(actor=actor, source=source, reason=_told(examined, reason, corrects)) as change:
        if was_written(source, edit.ticket.position, change.position):
            return {}
        _refuse_changed(edit)
        return write_edit(change, edit.rows, business_day())


def _examined(edit: Edit, reason: str, is_unchecked_accepted: bool) -> Examined | None:
    examined = client.examine(edit.household, edit.rows)
    if examined is None:
        if not is_unchecked_accepted:
            raise Unchecked
        return None
    if examined.errors:
        raise Blocked(examined)
    if examined.suspicions and not reason.strip():
        raise ReasonWanted(examined)
    return examined


def _told(examined: Examined | None, reason: str, corrects: str) -> str:
    """The journal's reason: why a closed year is changed, what the edit brought in and why, or that nobody checked."""
    parts = [f"更正封存年度:{corrects.strip()}"] if corrects.strip() else []
    if examined is None:
        parts.append(UNCHECKED)
    elif examined.suspicions:
        parts.append(f"带来疑点({_names(examined.suspicions)})")
    if reason.strip():
        parts.append(f"理由:{reason.strip()}")
    return ";".join(parts)


def _names(faults: tuple[Fault, ...]) -> str:
    return "、".join(dict.fromkeys(fault.name for fault in faults))


def _refuse_changed(edit: Edit) -> None:
    found: list[Conflict] = []
    for item in edit.rows:
        version = edit.seen.get((item.table, item.row))
        if item.is_new or version is None:
            continue
        now = stored_row(item.table, item.row)
        if now is None:
            raise UserError(GONE)
        _refuse_changed_keys(item, now, version)
        found.extend(conflicts_of(item.table, now, version, item.values))
    if found:
        raise Changed(found, versions_of(edit.seen))


def _refuse_changed_keys(item: ProposedRow, now: Row, version: int) -> None:
    """What is set beside the typed fields, as a household's head, is not chosen field by field."""
    since = changes_since(item.table, item.row, version)
    for name in item.values.keys() & since.keys() - form_of(item.table).fields.keys():
        if since[name].before != now[name] != item.values[name]:
            raise UserError(f"您打开这张表以后{since[name].by} 改过它,没有保存。请刷新页面,看过以后再改")
