"""How the villages stand, and what waits for a reader: the figures of the first page."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from bangfu.casework.chain import Chain, Link, read_chain
from bangfu.casework.deadlines import SOON_DAYS, later
from bangfu.casework.models import Task
from bangfu.casework.queries.filters import CLOSED, TaskFilter
from bangfu.casework.queries.tasks import Counted, TaskLine, count, tasks
from bangfu.casework.steps import ANSWERED, VERIFIED
from bangfu.office.readers import Reader
from bangfu.registry.naming import villages_named
from bangfu.registry.scope import Scope, narrowed

SHOWN = 10


@dataclass(frozen=True)
class Standing:
    """A village's tasks; `village` None: of no village."""

    village: int | None
    name: str
    open: int
    overdue: int
    closed: int

    @property
    def closed_percent(self) -> int | None:
        """Of all its tasks those that are closed, in whole percent; None where it has none."""
        total = self.open + self.closed
        return self.closed * 100 // total if total else None


@dataclass(frozen=True)
class Listed:
    """The first of some tasks, and how many there are."""

    rows: tuple[TaskLine, ...]
    count: Counted


@dataclass(frozen=True)
class Desk:
    """What waits for a reader: own tasks, what is overdue and due soon in the area, what is to be verified or closed,
    what has climbed to town or county."""

    mine: Listed
    overdue: Listed
    soon: Listed
    to_verify: Listed
    to_close: Listed
    escalated: Listed


@dataclass(frozen=True)
class ChainLine:
    """A village, department or level with who is responsible; `link` without a person: not set yet."""

    kind: str
    village: int | None
    name: str
    link: Link


def league(scope: Scope, day: int) -> list[Standing]:
    """Every village that has tasks, the most overdue first, then the most open."""
    rows = narrowed(Task.objects.all(), scope, department="department").order_by()
    names = villages_named()
    open_tasks = rows.filter(is_open=1).values("village_id")
    counted = open_tasks.annotate(open=Count("id"), overdue=Count("id", filter=Q(due_on__lt=day)))
    standing = {row["village_id"]: (row["open"], row["overdue"]) for row in counted}
    closed_tasks = rows.filter(is_open=0).values("village_id").annotate(closed=Count("id"))
    closed = {row["village_id"]: row["closed"] for row in closed_tasks}
    found = [
        Standing(
            village,
            names.get(village, "未写明村") if village is not None else "未写明村",
            *standing.get(village, (0, 0)),
            closed.get(village, 0),
        )
        for village in standing.keys() | closed.keys()
    ]
    return sorted(found, key=lambda item: (-item.overdue, -item.open, item.name))


def desk(reader: Reader, scope: Scope, day: int) -> Desk:
    """What waits for the reader in a scope on a day (yyyymmdd)."""

    def listed(filter: TaskFilter) -> Listed:
        page = tasks(scope, filter, day=day, size=SHOWN)
        exact = Counted(len(page.rows), False)
        return Listed(page.rows, count(scope, filter) if page.after else exact)

    return Desk(
        mine=listed(TaskFilter(assignee=reader.username)),
        overdue=listed(TaskFilter(overdue_on=day)),
        soon=listed(TaskFilter(due_from=day, due_by=later(day, SOON_DAYS))),
        to_verify=listed(TaskFilter(state=ANSWERED)),
        to_close=listed(TaskFilter(state=VERIFIED)),
        escalated=listed(TaskFilter(is_above=True)),
    )


def to_recheck(scope: Scope, day: int, *, after_days: int = 30) -> Listed:
    """Closed tasks of the gravest kind that nobody has looked at again although it is time to."""
    filter = TaskFilter(which=CLOSED, severity="错误", closed_by_day=later(day, -after_days))
    page = tasks(scope, filter, day=day, size=SHOWN)
    return Listed(page.rows, count(scope, filter))


def chain_lines(scope: Scope) -> list[ChainLine]:
    """Every village of the scope with its chain, set or not, then departments and levels that are set."""
    chain: Chain = read_chain()
    villages = [
        ChainLine("村", village, name, chain.villages.get(village, Link()))
        for village, name in villages_named().items()
        if scope.has(village=village)
    ]
    departments = [ChainLine("部门", None, name, link) for name, link in sorted(chain.departments.items())]
    above = [ChainLine(level, None, level, link) for level, link in chain.above.items()]
    return [*villages, *departments, *above]
