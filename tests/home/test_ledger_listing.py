"""Ledgers in pages and what they come to, on both databases: filters, pages, sums, due days, who reaches what."""

from __future__ import annotations

from pathlib import Path

from bangfu.ledger import actions as ledger
from bangfu.ledger.counts import counted
from bangfu.ledger.listing import View, all_rows, listed
from bangfu.ledger.totals import totals
from bangfu.ledger.wanted import LedgerFilter
from bangfu.ledger.watches.due import Now
from bangfu.ledger.watches.known import watches
from bangfu.office.journal.writing import Source, transaction
from bangfu.policy.loader import load_policy
from bangfu.registry.actions import Join, add_households, add_persons, add_villages, join
from bangfu.registry.scope import EVERYTHING, NOTHING, Part, Scope

DAY = 20200422


def test_a_ledger_on_both_databases(any_home: Path) -> None:
    with transaction(actor="测试", source=Source("form")) as change:
        villages = add_villages(change, [{"village_name": "罗峰村"}, {"village_name": "云台山村"}])
        homes = add_households(
            change,
            [{"nat_household_no": f"61{n:010d}", "village_key": key} for n, key in enumerate(villages)],
        )
        people = add_persons(change, [{"full_name": "田甲"}, {"full_name": "田乙"}])
        join(change, [Join(person, home, 20140101) for person, home in zip(people, homes, strict=True)])
        ledger.add(
            change,
            "benefit",
            [
                {
                    "person_key": people[n % 2],
                    "household_key": homes[n % 2],
                    "village_key": villages[n % 2],
                    "programme": "dibao" if n < 9 else "yulu",
                    "data_year": 2019 if n % 3 else None,
                    "period_from": 201801,
                    "amount": 100 * n,
                }
                for n in range(12)
            ],
        )
        projects = [
            {"project_name": "路", "accepted_on": 20190421, "retention": 5, "village_key": villages[0]},
            {"project_name": "桥", "accepted_on": 20190422, "retention": 5, "defect_months": 13},
            {"project_name": "渠", "started_on": 20200101, "planned_end_on": 20200501},
        ]
        ledger.add(change, "project", projects)
        ledger.add(change, "loan", [{"full_name": "丙", "outstanding": 9, "due_on": 20200501}])
    now = Now(load_policy(), DAY, "421281102")
    town, village = View(EVERYTHING, now), View(Scope((Part(frozenset(villages[:1])),)), now)
    civil = View(Scope((Part(None, ("民政",)),)), now)

    first = listed("benefit", LedgerFilter(), town, size=5)
    second = listed("benefit", LedgerFilter(), town, after=first.after, size=50)
    assert [row.values["amount"] for row in (*first.rows, *second.rows)] == [
        100 * n for n in range(11, -1, -1)
    ]
    assert second.after == ""
    assert {row.person for row in first.rows} == {"田甲", "田乙"}
    assert len(list(all_rows("benefit", LedgerFilter(), town, most=7))) == 7
    dibao = LedgerFilter(codes={"programme": "dibao"})
    assert [len(listed("benefit", dibao, view).rows) for view in (town, village, civil)] == [9, 5, 9]
    assert len(listed("benefit", LedgerFilter(year=2018), town).rows) == 4
    assert len(listed("benefit", LedgerFilter(text="田乙"), town).rows) == 6
    assert listed("benefit", LedgerFilter(), View(NOTHING, now)).rows == ()

    all_of_it = totals("benefit", LedgerFilter(), town)
    assert (all_of_it.rows, all_of_it.persons, all_of_it.households) == (12, 2, 2)
    assert all_of_it.sums == {"amount": 6_600}
    assert totals("project", LedgerFilter(), town).villages == 1
    held = counted(EVERYTHING, now.policy)
    assert (held.tables["benefit"].rows, held.programmes["dibao"].rows) == (12, 9)

    def due(name: str) -> list[str]:
        asked = LedgerFilter(watch=name)
        rows = listed(watches()[name].table, asked, town).rows
        return [str(row.values.get("project_name") or row.person) for row in rows]

    assert due("retention_overdue") == ["路"]
    assert due("retention_due") == ["桥"]
    assert due("project_unfinished") == ["渠"]
    assert due("loan_due_last") == ["丙"]
    assert due("loan_overdue") == []
