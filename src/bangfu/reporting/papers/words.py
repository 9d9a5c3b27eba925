"""The words and lists that the shipped templates need, as the register has them on a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial

from bangfu.casework.books import SHEETS
from bangfu.casework.drafts import FROM_INSPECTION
from bangfu.casework.queries.filters import ALL, TaskFilter
from bangfu.casework.queries.tasks import TaskLine, every_task
from bangfu.documents.word import Listed, Row
from bangfu.office.queries import division_name
from bangfu.registry.queries import village_rows, villages_in
from bangfu.registry.scope import EVERYTHING, NOTHING, Scope
from bangfu.reporting.papers.reports import as_date
from bangfu.screening.punctuation import full_width

_WORK = ((20210000, "脱贫攻坚"), (20260000, "巩固拓展脱贫攻坚成果"), (99999999, "常态化防止返贫致贫"))
"""What the year's work is called, until the year that follows."""
_DEEP = "深度贫困村"
_KINDS = 8
_NO_VILLAGE: Row = {"村名": "", "村编码": "", "出列年度": None}
_LISTS = {"problem": "问题清单", "responsibility": "责任清单", "rectification": "整改清单"}


def told_on(
    day: int, place: str, scope: Scope, tasks: Scope, said: Mapping[str, str] | None = None
) -> tuple[Row, Listed]:
    """Every word and list of any template: as the register has them, and above all as they are `said`."""
    told = said or {}
    reply, replied = reply_on(day, tasks, told.get("检查名称", ""))
    words = {**words_on(day, place, scope), **reply, **{name: text for name, text in told.items() if text}}
    return words, lists_on(day, scope, tasks) | replied


def samples_on(day: int, place: str) -> tuple[Row, Listed]:
    """Every word and list that a template can use, each list with one line: what a template is checked by."""
    words, _ = reply_on(day, NOTHING)
    named = ((row, str(row["village_name"] or "")) for row in village_rows().values())
    village = next((_village(row, name) for row, name in named), _NO_VILLAGE)
    heads = {head for view in ("problem", "rectification") for head, *_ in SHEETS[view].columns}
    lists: dict[str, Row] = {
        "各村": village,
        "贫困村": {**village, "出列年度": day // 10000},
        "深度贫困村": village,
        "问题类别": {"类别": "", "条数": 1},
        **{name: {head: "" for head, *_ in SHEETS[view].columns} for view, name in _LISTS.items()},
        **{name: dict.fromkeys(heads, "") for name in ("反馈问题", "已销号", "整改中")},
    }
    words = {**words_on(day, place), **words, "反馈日期": as_date(day)}
    return words, {name: [row] for name, row in lists.items()}


def words_on(day: int, place: str, scope: Scope = EVERYTHING) -> Row:
    """镇名, 署名, 日期, 本年 and so on; a caller may add to them or say them differently.

    Where the scope is one village it is the village that speaks.
    """
    town = division_name(place)
    year = day // 10000
    village = "" if scope.is_everything else "、".join(villages_in(scope).values())
    return {
        "镇名": town + village if "、" not in village else town,
        "署名": f"{village}村民委员会" if village and "、" not in village else f"{town}人民政府",
        "日期": as_date(day),
        "工作名称": next(name for until, name in _WORK if day < until),
        "本年": year,
        "上年": year - 1,
        "前年": year - 2,
        "大前年": year - 3,
        "期号": day // 100 % 100,
        "主送机关": "",
    }


class Lists(Mapping[str, Sequence[Row]]):
    """Lists by name, each read when it is asked for: a county has tens of thousands of tasks, and most papers none."""

    def __init__(self, read: Mapping[str, Callable[[], Sequence[Row]]]) -> None:
        self._read, self._known = dict(read), dict[str, Sequence[Row]]()

    def __getitem__(self, name: str) -> Sequence[Row]:
        if name not in self._known:
            self._known[name] = self._read[name]()
        return self._known[name]

    def __contains__(self, name: object) -> bool:
        return name in self._read

    def __iter__(self) -> Iterator[str]:
        return iter(self._read)

    def __len__(self) -> int:
        return len(self._read)

    def __or__(self, other: Listed) -> Lists:
        """With others, which are there already."""
        return Lists({**self._read, **{name: partial(_as_it_is, rows) for name, rows in other.items()}})


def lists_on(day: int, scope: Scope, tasks: Scope) -> Lists:
    """各村 and the poor villages in the reader's scope; the three lists and their kinds in the scope of tasks."""

    @cache
    def villages() -> list[tuple[Mapping[str, object], str]]:
        rows = village_rows()
        return [(rows[number], name) for number, name in villages_in(scope).items() if number in rows]

    @cache
    def told() -> list[TaskLine]:
        return list(every_task(tasks, TaskFilter(which=ALL), day=day))

    return Lists(
        {
            "各村": lambda: [_village(row, name) for row, name in villages()],
            "贫困村": lambda: [_village(row, name) for row, name in villages() if _is_poor(row)],
            "深度贫困村": lambda: [
                _village(row, name) for row, name in villages() if row["village_attribute"] == _DEEP
            ],
            "问题类别": lambda: list(_kinds(one for one in told() if one.is_open)),
            **{name: partial(_lines_of, view, told) for view, name in _LISTS.items()},
        }
    )


def _as_it_is(rows: Sequence[Row]) -> Sequence[Row]:
    return rows


def reply_on(day: int, tasks: Scope, document: str = "") -> tuple[Row, Listed]:
    """The words and lists of a reply to an inspection: of its feedback of that name, else of the latest one.

    Where no feedback is on file the lists are empty.
    """
    feedback = list(every_task(tasks, TaskFilter(which=ALL, source=FROM_INSPECTION), day=day))
    latest = max(feedback, key=lambda one: one.source_on or 0, default=None)
    wanted = document or (latest.source_document if latest else "") or ""
    told = [one for one in feedback if (one.source_document or "") == wanted]
    first = told[0] if told else None
    lines = [(_reply_line(one), one.closed_on is not None) for one in told]
    words: Row = {
        "检查名称": wanted or "上级检查",
        "检查单位": (first and (first.reporter or first.source_level)) or "检查组",
        "反馈日期": as_date(first.source_on) if first and first.source_on else "",
        "发文字号": "",
    }
    return words, {
        "反馈问题": [line for line, _ in lines],
        "已销号": [line for line, is_closed in lines if is_closed],
        "整改中": [line for line, is_closed in lines if not is_closed],
    }


def _reply_line(task: TaskLine) -> Row:
    """In running text a name and its number stand in one line."""
    cells = {**_cells("problem", task), **_cells("rectification", task)}
    return {head: " ".join(_text(text).split("\n")) for head, text in cells.items()}


def _cells(view: str, task: TaskLine) -> dict[str, object]:
    return {head: value(task) for head, _, _, value in SHEETS[view].columns}


def _is_poor(row: Mapping[str, object]) -> bool:
    """As the figure `designated_villages` counts them: a village that was one has the year in which it left."""
    return row["exit_year"] is not None


def _village(row: Mapping[str, object], name: str) -> Row:
    exit_year = row["exit_year"]
    return {
        "村名": name,
        "村编码": str(row["village_code"] or name),
        "出列年度": exit_year if isinstance(exit_year, int) else None,
    }


def _kinds(tasks: Iterator[TaskLine]) -> Iterator[Row]:
    counted = Counter(task.issue_type or "其他" for task in tasks)
    for kind, number in counted.most_common(_KINDS):
        yield {"类别": kind, "条数": number}


def _lines_of(view: str, told: Callable[[], list[TaskLine]]) -> list[Row]:
    return [{head: _text(value(task)) for head, _, _, value in SHEETS[view].columns} for task in told()]


def _text(value: object) -> str:
    """What checks say has the punctuation of a terminal."""
    return "" if value is None else full_width(str(value))
