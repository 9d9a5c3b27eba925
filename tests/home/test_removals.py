"""The list of who left ends memberships, and asks where it cannot."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl

from bangfu.intake import batches
from bangfu.office.journal.writing import Source, transaction
from bangfu.registry import queries
from bangfu.registry.actions import Join, add_households, add_persons, join, set_heads
from tests.home.hashes import facts_hash

DAY = 20231218
NAMES = ("田大山", "田二河", "田小草")


def a_household() -> list[int]:
    with transaction(actor="张三", source=Source("form")) as change:
        [household] = add_households(change, [{"nat_household_no": "610000000001"}])
        people = [
            {"full_name": name, "nat_person_no": f"61000000000{number}"} for number, name in enumerate(NAMES)
        ]
        persons = add_persons(change, people)
        join(change, [Join(person, household, 20140101) for person in persons])
        set_heads(change, {household: persons[0]}, 20140101)
    return persons


def listed(path: Path, rows: Sequence[tuple[int, str, str]], household: str = "610000000001") -> Path:
    """Number of the person, day, reason."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["自然减少人员"])
    sheet.append(["户编号", "人编号", "姓名", "减少日期", "减少原因"])
    for number, on, reason in rows:
        name = NAMES[number] if number < len(NAMES) else "田外人"
        sheet.append([household, f"61000000000{number}", name, on, reason])
    book.save(path)
    return path


def load(path: Path) -> batches.Difference:
    staged = batches.stage(path, actor="张三", as_of=DAY)
    assert staged.problems == []
    return batches.apply(staged.batch.pk, actor="张三")


def left_on(person: int) -> list[int | None]:
    return [spell.left_on for spell in queries.history_of(person)]


def test_who_left_is_no_member_any_more(any_home: Path, tmp_path: Path) -> None:
    _, second, third = a_household()
    before = facts_hash()
    told = load(listed(tmp_path / "一.xlsx", [(1, "2023-05-01", "死亡"), (7, "2020-06-01", "婚出")]))
    assert (told.left, told.questions) == (2, [])
    assert left_on(second) == [20230501]
    assert left_on(third) == [None]
    [stranger] = queries.persons_by_number(["610000000007"]).values()
    assert left_on(stranger) == [20200601]
    after = facts_hash()
    assert load(tmp_path / "一.xlsx").is_empty
    assert facts_hash() == after
    batches.undo(1, actor="张三")
    assert facts_hash() == before


def test_what_cannot_be_is_asked(home: Path, tmp_path: Path) -> None:
    head, *_ = a_household()
    rows = [(0, "2023-05-01", "死亡"), (1, "2013-05-01", "婚出"), (2, "2024-05-01", "婚出")]
    told = load(listed(tmp_path / "一.xlsx", rows))
    assert (told.left, [asked.kind for asked in told.questions]) == (
        0,
        ["户主减少", "减少早于加入", "减少日期不明"],
    )
    assert left_on(head) == [None]
    unknown = load(listed(tmp_path / "二.xlsx", [(1, "2023-05-01", "死亡")], "619999999999"))
    assert [asked.kind for asked in unknown.questions] == ["不在册"]


def test_a_whole_household_may_leave_with_its_head(home: Path, tmp_path: Path) -> None:
    a_household()
    told = load(listed(tmp_path / "一.xlsx", [(number, "2023-05-01", "死亡") for number in range(3)]))
    assert (told.left, told.questions) == (3, [])
