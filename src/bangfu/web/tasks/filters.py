"""What somebody chose of the list, as it stands in the address; what makes no sense there is as if it were not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import QueryDict

from bangfu.casework.deadlines import DAYS, SOON_DAYS, later
from bangfu.casework.drafts import BY_HAND, FROM_FINDING, FROM_INSPECTION, SIBLING
from bangfu.casework.queries import ALL, CLOSED, TaskFilter
from bangfu.casework.steps import OPEN_STATES
from bangfu.intake.rulebook import home_rulebook
from bangfu.registry.naming import villages_named
from bangfu.registry.scope import Scope

VIEWS: Mapping[str, str] = {
    "problem": "问题清单",
    "responsibility": "责任清单",
    "rectification": "整改清单",
}
STANDS: Mapping[str, str] = {
    "": "未销号",
    **{state: state for state in OPEN_STATES},
    CLOSED: "已销号",
    ALL: "全部",
}
SOURCES = (FROM_FINDING, FROM_INSPECTION, BY_HAND, SIBLING)
MARKS: Mapping[str, str] = {
    "mine": "派给我的",
    "overdue": "已超期",
    "soon": f"{SOON_DAYS} 天内到期",
    "above": "已上报督办",
    "unowned": "没有责任人",
    "gone": "核查已不再发现",
}
_LARGEST = 2**63
_LONGEST = 60


@dataclass(frozen=True)
class Chosen:
    """The view, and the filter with the words that the form shows again."""

    view: str
    stand: str
    marks: frozenset[str]
    filter: TaskFilter

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was chosen beyond what a fresh list shows."""
        return self.filter != TaskFilter()

    @property
    def told(self) -> str:
        """The choice in words, for the head of what is handed in."""
        filter = self.filter
        village = villages_named().get(filter.village, "") if filter.village is not None else ""
        named = (
            village,
            filter.department,
            filter.unit,
            filter.severity,
            filter.source,
            check_name(filter.check),
        )
        marks = tuple(words for name, words in MARKS.items() if name in self.marks)
        text = f"含“{filter.text}”" if filter.text else ""
        return "、".join(word for word in (STANDS[self.stand], *named, *marks, text) if word)


def chosen(query: QueryDict, username: str, day: int) -> Chosen:
    """`username` and `day` (yyyymmdd) are what "mine" and "overdue" mean."""
    view = query.get("view", "")
    stand = query.get("stand", "")
    stand = stand if stand in STANDS else ""
    marks = frozenset(name for name in MARKS if query.get(name))
    filter = TaskFilter(
        village=_number(query.get("village")),
        household=_number(query.get("household")),
        severity=_one_of(query.get("severity"), DAYS),
        department=_short(query.get("department")),
        unit=_short(query.get("unit")),
        source=_one_of(query.get("source"), SOURCES),
        check=_short(query.get("check")),
        text=_short(query.get("q")),
        assignee=username if "mine" in marks else "",
        is_above="above" in marks,
        without_owner="unowned" in marks,
        not_found="gone" in marks,
        overdue_on=day if "overdue" in marks else None,
    )
    if "soon" in marks and "overdue" not in marks:
        filter = replace(filter, due_from=day, due_by=later(day, SOON_DAYS))
    filter = replace(filter, which=stand) if stand in (CLOSED, ALL) else replace(filter, state=stand)
    return Chosen(view if view in VIEWS else "problem", stand, marks, filter)


@dataclass(frozen=True)
class Options:
    """What can be chosen, for the selects of the form."""

    villages: tuple[tuple[int, str], ...]
    departments: tuple[str, ...]


def options(scope: Scope) -> Options:
    """No villages for whom only households are in reach, no departments for whom only theirs are."""
    wide = [part for part in scope.parts if part.households is None]
    villages = tuple(
        (number, name)
        for number, name in villages_named().items()
        if any(part.villages is None or number in part.villages for part in wide)
    )
    limited = [part.departments for part in scope.parts]
    if limited and all(limited):
        named = sorted({name for names in limited for name in names or ()})
        return Options(villages if len(villages) > 1 else (), tuple(named) if len(named) > 1 else ())
    return Options(villages if len(villages) > 1 else (), departments())


def departments() -> tuple[str, ...]:
    """Every department that a rule names as responsible."""
    return tuple(sorted({check.department for check in home_rulebook().checks.values() if check.department}))


def check_name(check: str) -> str:
    """The name of a rule; the identifier of one that is not there any more."""
    found = home_rulebook().checks.get(check)
    return found.name if found else check


def _number(text: str | None) -> int | None:
    if not text or not text.isascii() or not text.isdecimal() or int(text) >= _LARGEST:
        return None
    return int(text)


def _one_of(text: str | None, among: Mapping[str, object] | tuple[str, ...]) -> str:
    return text if text and text in among else ""


def _short(text: str | None) -> str:
    return (text or "").replace("\x00", "").strip()[:_LONGEST]
