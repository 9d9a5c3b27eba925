"""Standards and code lists: what is in force on a day at a place."""

from __future__ import annotations

import pytest
from tests.parity.loaded import policy
from tests.parity.small import check

from bangfu.policy.language.types import MONEY
from bangfu.policy.model import CodeList, CodeListVersion, Label
from bangfu.policy.standard import Standard, StandardValue


def value(amount: int, since: int | None = None, until: int | None = None, place: str = "") -> StandardValue:
    return StandardValue(since, until, place, amount, True, "文件", None)


LINE = Standard(
    "line",
    "线",
    "yuan",
    MONEY,
    (
        value(1, None, 20181231),
        value(2, 20190101, 20191231),
        value(3, 20190101, 20191231, "42"),
        value(4, 20190601, None, "42"),
        value(5, 20200101, 20201231),
    ),
)


@pytest.mark.parametrize(
    ("day", "place", "expected"),
    [
        (19990101, "42", 1),
        (20181231, "42", 1),
        (20190101, "42", 3),
        (20190101, "43", 2),
        (20190531, "421281", 3),
        (20190601, "421281", 4),
        (20200101, "421281", 4),
        (20201231, "11", 5),
        (20210101, "11", None),
        (20200101, "", 5),
    ],
)
def test_nearest_place_wins_then_the_latest_start(day: int, place: str, expected: int | None) -> None:
    found = LINE.at(day, place)
    assert (found.value if found else None) == expected


def test_place_is_a_prefix_not_a_part() -> None:
    only = Standard("line", "线", "yuan", MONEY, (value(1, place="42"),))
    assert only.at(20200101, "1142") is None


CODES = CodeList(
    "codes",
    "表",
    (
        CodeListVersion(20140101, 20151231, "", (Label("旧", None, ()),)),
        CodeListVersion(20160101, 20171231, "", (Label("中", None, ()),)),
        CodeListVersion(20180101, None, "", (Label("新", None, ()), Label("中", None, ()))),
    ),
    {},
)


@pytest.mark.parametrize(
    ("day", "labels"),
    [
        (20130101, ["旧"]),
        (20151231, ["旧"]),
        (20160101, ["中"]),
        (20180101, ["新", "中"]),
        (20991231, ["新", "中"]),
    ],
)
def test_version_in_force_on_a_day(day: int, labels: list[str]) -> None:
    assert [label.label for label in CODES.version(day).labels] == labels


def test_rules_may_compare_with_labels_of_any_version() -> None:
    assert CODES.all_labels == {"旧", "中", "新"}


@pytest.mark.parametrize(
    ("day", "asked"), [(20190101, False), (20190102, True), (20191231, True), (20200101, False)]
)
def test_check_is_in_force_from_its_first_to_its_last_day(day: int, asked: bool) -> None:
    assert check("wage_income > 1", since=20190102, until=20191231).in_force(day) is asked


def test_monitoring_line_of_the_rulebook() -> None:
    line = policy().standards["monitoring_line"]
    values = {day: line.at(day, "421281102") for day in (20191231, 20220701, 20231218, 20240101)}
    assert {day: found.value if found else None for day, found in values.items()} == {
        20191231: 500_000,
        20220701: 690_000,
        20231218: 760_000,
        20240101: None,
    }
    assert [found.verified for found in values.values() if found] == [True, False, True]
