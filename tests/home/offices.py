"""A small office for tests of tasks: two villages with a household each, accounts of every role, findings made by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bangfu.casework.hands import Hand
from bangfu.findings.models import Finding, Run
from bangfu.office.accounts import account_named, reader_of
from bangfu.office.journal.reading import position_and_seal
from bangfu.office.journal.writing import Source, transaction
from bangfu.office.models import RoleHolding, User
from bangfu.office.readers import Holding
from bangfu.registry import actions
from bangfu.registry.actions import Join

CHECK = "identity.birth_date_differs_from_number"
TOWN, NORTH, SOUTH = "421281102000", "421281102201", "421281102202"
DAY = 20200422
PEOPLE = {
    "clerk": ("周文书", "clerk", TOWN, ()),
    "clerk2": ("吴文书", "clerk", TOWN, ()),
    "leader": ("郑镇长", "leader", TOWN, ()),
    "cadre": ("王村干", "village_cadre", NORTH, ()),
    "south": ("冯村干", "village_cadre", SOUTH, ()),
    "officer": ("陈民政", "department_officer", TOWN, ("民政",)),
    "auditor": ("褚审计", "auditor", TOWN, ()),
    "admin": ("卫管理", "administrator", TOWN, ()),
}


@dataclass
class Office:
    """`villages`, `households` and `persons` by name: north, south."""

    villages: dict[str, int] = field(default_factory=dict)
    households: dict[str, int] = field(default_factory=dict)
    persons: dict[str, int] = field(default_factory=dict)

    def hand(self, username: str, day: int = DAY) -> Hand:
        user = account_named(username)
        assert user is not None
        return Hand(reader_of(user), day)


def an_office() -> Office:
    """Accounts are of every role; the two households have one member each, whose birth date is 1980-01-01."""
    office = Office()
    with transaction(actor="张三", source=Source("batch", "1")) as change:
        for name, code in (("north", NORTH), ("south", SOUTH)):
            label = {"north": "云台山村", "south": "温泉村"}[name]
            [village] = actions.add_villages(change, [{"village_code": code, "village_name": label}])
            number = {"north": "610000000001", "south": "610000000002"}[name]
            told = {"nat_household_no": number, "village_name": label, "village_key": village, "src": 1}
            [household] = actions.add_households(change, [told])
            member = {
                "full_name": f"田{label[0]}",
                "nat_person_no": f"{number}01",
                "birth_date": 19800101,
                "src": 1,
            }
            [person] = actions.add_persons(change, [member])
            actions.join(change, [Join(person, household, 20140101)])
            actions.set_heads(change, {household: person}, 20140101)
            year = {"household_key": household, "data_year": 2019, "net_income": 400_000, "src": 1}
            actions.put_annual_records(change, [year])
            office.villages[name], office.households[name], office.persons[name] = village, household, person
    for username, (full_name, role, area, departments) in PEOPLE.items():
        an_account(username, full_name, Holding(role, area, departments))
    return office


def an_account(username: str, full_name: str, holding: Holding, phone: str = "") -> None:
    """Without a password: hashing one takes longer than most tests."""
    user = User.objects.create(username=username, full_name=full_name, phone=phone, password="!")
    RoleHolding.objects.create(
        user=user, role=holding.role, area=holding.area, departments=" ".join(holding.departments)
    )


def a_run(as_of: int = DAY) -> Run:
    """A whole run that has read everything that is in the journal now."""
    position, seal = position_and_seal()
    now = datetime.now(UTC)
    return Run.objects.create(
        started_at=now,
        at=now,
        actor="clerk",
        as_of=as_of,
        place="421281102",
        answered=[CHECK, "identity.no_id_number"],
        is_whole=True,
        policy_hash="",
        engine="",
        position=position,
        seal=seal,
    )


def findings(office: Office, run: Run, count: int = 1, where: str = "north", **told: Any) -> list[int]:
    """Findings of one check about the member there; `told` has other columns."""
    first = Finding.objects.count()
    made = Finding.objects.bulk_create(
        Finding(
            **{
                "check_id": CHECK,
                "table": "person",
                "subject": f"{where}{first + number}",
                "name": "田某",
                "household": "",
                "person_key": office.persons[where],
                "household_key": office.households[where],
                "village_key": office.villages[where],
                "severity": "error",
                "rank": 3,
                "village": {"north": "云台山村", "south": "温泉村"}[where],
                "department": "村",
                "explanation": f"出生日期与证件号码 429999198506129595 不符({first + number})",
                "told": "{}",
                "values_hash": "a",
                "told_hash": "a",
                "first_run": run,
                "since_run": run,
                **told,
            }
        )
        for number in range(count)
    )
    return [finding.pk for finding in made]
