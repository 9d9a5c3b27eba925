"""The people who work at the demo town's office: one account for each role, with a password that everybody knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bangfu.demo.faults import Planted
from bangfu.ledger.queries import rows_of_households
from bangfu.office.accounts import account_named, add_account, reader_of
from bangfu.office.home import this_home
from bangfu.office.permissions import ROLES
from bangfu.office.queries import division_name
from bangfu.office.readers import Holding
from bangfu.registry import queries

PASSWORD = "bangfu-demo-2020"
"""Published: such accounts are made for the invented town only."""
ACTOR = "演示"
OVERLAY = "demo"


@dataclass(frozen=True)
class Worker:
    """Somebody at the office; `where`: the town or its county, the village that has most to do, or a helper's households."""

    username: str
    full_name: str
    role: str
    where: str = "town"
    departments: tuple[str, ...] = ()


WORKERS = (
    Worker("clerk", "张志远", "clerk"),
    Worker("leader", "李国栋", "leader"),
    Worker("cadre", "王秀兰", "village_cadre", "village"),
    Worker("helper", "", "helper", "pairing"),
    Worker("minzheng", "赵明霞", "department_officer", departments=("民政",)),
    Worker("county", "陈建军", "county_reviewer", "county"),
    Worker("auditor", "周正平", "auditor"),
    Worker("admin", "吴晓东", "administrator"),
)


def add_workers(planted: Sequence[Planted]) -> None:
    """Makes the accounts. The cadre's village has the most planted faults, the helper one of its faulty households."""
    home = this_home()
    village = _busiest_village(planted)
    helper = _helper(planted, village)
    for worker in WORKERS:
        name, phone = helper if worker.where == "pairing" else (worker.full_name, "")
        area = {"village": village, "county": f"{home.place[:6]}000000"}.get(worker.where) or home.place
        if not name:
            continue  # a town of a few households has no pairing
        add_account(
            username=worker.username,
            full_name=name,
            phone=phone,
            holdings=[Holding(worker.role, area, worker.departments)],
            actor=ACTOR,
            password=PASSWORD,
            must_change_password=False,
        )


def workers_told() -> Iterator[str]:
    """The accounts of a demo home, a line each; nothing for a real one."""
    if OVERLAY not in this_home().overlays.split():
        return
    found = [(worker, user) for worker in WORKERS if (user := account_named(worker.username)) is not None]
    if found:
        yield f"演示账号，密码都是 {PASSWORD}："
    for worker, user in found:
        where = "、".join(division_name(held.area) for held in reader_of(user).holdings)
        part = "、".join(worker.departments) or ("结对的户" if worker.where == "pairing" else where)
        yield f"  {worker.username:<9} {ROLES[worker.role].label}，{user.full_name}，{part}：{ROLES[worker.role].meaning}"


def _busiest_village(planted: Sequence[Planted]) -> str:
    """Its division code; empty where nothing is planted."""
    codes = {row["village_name"]: row["village_code"] for row in queries.village_rows().values()}
    counted = Counter(one.village for one in planted if one.village in codes)
    return str(codes[counted.most_common(1)[0][0]]) if counted else ""


def _helper(planted: Sequence[Planted], village: str) -> tuple[str, str]:
    """Name and phone of somebody who is paired with a faulty household, of that village where there is one."""
    names = {row["village_code"]: row["village_name"] for row in queries.village_rows().values()}
    numbers = [one.subject[:12] for one in planted]
    near = [one.subject[:12] for one in planted if one.village == names.get(village)]
    households = queries.households_by_number([*near, *numbers])
    order = [households[number] for number in [*near, *numbers] if number in households]
    pairings = {row["household_key"]: row for row in rows_of_households("helper_pairing", order)}
    found = next((pairings[home] for home in order if home in pairings), None)
    return (found["helper_name"], found["helper_phone"]) if found is not None else ("", "")
