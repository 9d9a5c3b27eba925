"""Who is responsible and until when: a task given to somebody else, a deadline moved, the chain of a village set."""

from __future__ import annotations

from typing import Any

from bangfu.casework.chain import COLUMNS, OF_DEPARTMENT, OF_VILLAGE, Chain, Link, read_chain
from bangfu.casework.deadlines import LONGEST_DAYS, later
from bangfu.casework.filled import Filled
from bangfu.casework.hands import Hand
from bangfu.casework.models import Responsibility, Task, TaskEvent
from bangfu.casework.refusals import NotAllowed
from bangfu.casework.steps import STEPS
from bangfu.casework.taking import Move, Taken, event, take
from bangfu.ledger.scope import scope_of
from bangfu.office.accounts import account_named
from bangfu.office.journal.rows import Row, rows_of
from bangfu.office.journal.writing import Source, Writing, transaction
from bangfu.office.words import day_in_words
from bangfu.registry.naming import villages_named
from bangfu.registry.scope import Scope

_TASK_COLUMN = {"unit": "responsible_unit"}
KINDS = ("村", "部门", "镇领导", "县级")


def reassign(
    hand: Hand,
    number: int,
    *,
    seen: int,
    link: Link,
    reason: str,
    department: str | None = None,
    once: str = "",
) -> int:
    """Gives a task to somebody else, with a reason; the revision after it.

    Fields of `link` that are empty stay as they are, but a new person without an account takes the old account away.
    Wrong for an account that is not there or is switched off.
    """
    filled = Filled()
    why = filled.text("reason", "改派的理由", reason)
    told = _checked(filled, link, required=False)
    if not any(told.values()) and department is None:
        filled.wrong["responsible_person"] = "请写明改派给谁"
    filled.done()

    def do(taken: Taken) -> Move:
        values: dict[str, str | None] = {
            _TASK_COLUMN.get(name, name): text for name, text in told.items() if text
        }
        if told["responsible_person"] and not told["assignee"]:
            values["assignee"] = None
        if told["lead_leader"] and not told["lead_account"]:
            values["lead_account"] = None
        if department is not None:
            values["department"] = department.strip() or None
        after = {**taken.task, **values}
        return Move({**values, "acknowledged_on": None}, f"改派给 {_told(after)}：{why}")

    return take(hand, number, "reassign", seen=seen, once=once, do=do)


def extend(hand: Hand, number: int, *, seen: int, due: int | None, reason: str, once: str = "") -> int:
    """Moves a deadline, with a reason, to no more than three months from now; the assignee cannot do so."""
    filled = Filled()
    why = filled.text("reason", "延期的理由", reason)
    filled.day("due_on", "整改时限", due, first=hand.day, last=later(hand.day, LONGEST_DAYS))
    filled.done()

    def do(taken: Taken) -> Move:
        moved = f"{day_in_words(taken.task['due_on'])} 改为 {day_in_words(due)}：{why}"
        return Move({"due_on": due, "escalated_to": None, "escalated_on": None}, moved)

    return take(hand, number, "extend", seen=seen, once=once, do=do)


def set_chain(
    hand: Hand,
    *,
    kind: str,
    link: Link,
    village: int | None = None,
    department: str | None = None,
    move_open: bool = True,
) -> int:
    """Sets who is responsible for a village or department, or who hears of overdue tasks; the number of tasks that moved.

    With `move_open` the open tasks of the village or department go along that have nobody or whom the chain had named
    before; what was given to somebody else by hand stays there. Wrong names every field; NotAllowed outside the area.
    """
    filled = Filled()
    filled.choice("kind", "责任类别", kind, KINDS)
    if kind == OF_DEPARTMENT:
        department = filled.text("department", "部门", department)
    elif kind == OF_VILLAGE and (village is None or village not in villages_named()):
        filled.wrong["village"] = "请选择村"
    told = _checked(filled, link, required=True)
    filled.done()
    of = {
        "kind": kind,
        "village_key": village if kind == OF_VILLAGE else None,
        "department": department if kind == OF_DEPARTMENT else None,
    }
    scope = scope_of(hand.reader, "chain.set")
    _require_reach(scope, kind, village)
    with transaction(
        actor=hand.reader.username, source=Source("chain"), reason=f"设定责任链：{kind}"
    ) as change:
        before = read_chain()
        _put(change, of, {**told, "set_on": hand.day})
        if kind not in (OF_VILLAGE, OF_DEPARTMENT) or not move_open:
            return 0
        return _move(change, hand, before, kind, village, department)


def note_siblings(hand: Hand, number: int, *, seen: int, text: str, once: str = "") -> int:
    """Notes that it was asked whether the problem is elsewhere, too (举一反三), where no check can ask it."""
    filled = Filled()
    told = filled.text("text", "排查情况", text)
    filled.done()
    return take(
        hand,
        number,
        "note_siblings",
        seen=seen,
        once=once,
        do=lambda taken: Move({"siblings_checked_on": hand.day}, told),
    )


def _checked(filled: Filled, link: Link, *, required: bool) -> dict[str, str | None]:
    told = {
        "unit": filled.text("unit", "责任单位", link.unit, required=False),
        "lead_leader": filled.text("lead_leader", "责任领导", link.lead_leader, required=False),
        "lead_account": _account(filled, "lead_account", "责任领导账号", link.lead_account),
        "responsible_person": filled.text(
            "responsible_person", "责任人", link.responsible_person, required=required
        ),
        "assignee": _account(filled, "assignee", "责任人账号", link.assignee),
    }
    return told


def _account(filled: Filled, name: str, label: str, username: str | None) -> str | None:
    kept = (username or "").strip()
    if not kept:
        return None
    user = account_named(kept)
    if user is None:
        filled.wrong[name] = f"{label}填的是“{kept}”，没有这个账号"
    elif not user.is_active:
        filled.wrong[name] = f"{label} {kept} 已经停用，请换一个"
    return kept


def _require_reach(scope: Scope, kind: str, village: int | None) -> None:
    inside = scope.has(village=village) if kind == OF_VILLAGE else scope.is_everything
    if not inside:
        where = "这个村" if kind == OF_VILLAGE else "全镇的责任链"
        raise NotAllowed(f"{where}不在您的范围内，没有设定")


def _put(change: Writing, of: dict[str, Any], told: dict[str, Any]) -> None:
    rows = Responsibility.objects.filter(
        kind=of["kind"], village_id=of["village_key"], department=of["department"]
    )
    known = rows.values_list("id", flat=True).first()
    if known is None:
        change.create(Responsibility, [{**of, **told}])
    else:
        change.change(Responsibility, {known: told})


def _move(
    change: Writing, hand: Hand, before: Chain, kind: str, village: int | None, department: str | None
) -> int:
    narrowed = {"village_id": village} if kind == OF_VILLAGE else {"department": department}
    rows = Task.objects.filter(is_open=1, **narrowed)
    tasks = rows_of(Task, list(rows.values_list("id", flat=True)))
    after = read_chain()
    moved: dict[int, Row] = {}
    for number, task in tasks.items():
        place = (task["village_key"], task["village_name"], task["department"])
        old, new = before.link(*place), after.link(*place)
        if task["responsible_person"] in (None, old.responsible_person) and not _stands(task, new):
            moved[number] = _columns(new)
    change.change(Task, moved)
    change.create(TaskEvent, [_moved_event(change, hand, tasks[number], moved[number]) for number in moved])
    return len(moved)


def _stands(task: Row, link: Link) -> bool:
    return all(task[name] == value for name, value in _columns(link).items())


def _columns(link: Link) -> dict[str, Any]:
    return {_TASK_COLUMN.get(name, name): getattr(link, name) for name in COLUMNS}


def _moved_event(change: Writing, hand: Hand, task: Row, values: Row) -> Row:
    text = f"责任链改定，改派给 {_told(values)}"
    line = event(
        task["id"],
        STEPS["reassign"].event,
        hand.day,
        text,
        state=task["state"],
        revision=task["revision"],
        change=change,
    )
    return {**line, "username": hand.reader.username, "actor_name": hand.reader.name}


def _told(task: Row) -> str:
    return " ".join(str(task[name]) for name in ("responsible_unit", "responsible_person") if task.get(name))
