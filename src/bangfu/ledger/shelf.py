"""Which ledgers stand together on the shelf, and whose matter each is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bangfu.ledger.tables import ledgers
from bangfu.policy.model import Policy
from bangfu.spreadsheets.layouts import load_layouts
from bangfu.terms.loader import load_terms
from bangfu.terms.model import Table

_LISTED = """
benefits 享受政策
  benefit plot points_entry points_exchange points_fund
credit 贷款
  loan loan_repayment loan_event
projects 项目和资金
  project project_fund project_payment project_progress project_output project_beneficiary notice
assets 资产和收益
  asset asset_income asset_inspection income_use stake collective_income
work 就业和岗位
  post post_quota post_attendance work_period work_plan job_seeker vacancy job_match workshop
  workshop_wage training
industry 产业和消费帮扶
  leading_entity led_household supply_offer sales_contract sale
health 医疗和保障
  health_contract insurance hospital_stay
living 住房和饮水
  housing_appraisal water_evaluation
help 帮扶工作
  helper_pairing visit plan_measure village_team_member activity activity_person archive_item
villages 村情
  village_fact village_plan
departments 部门数据
  death disability_certificate police_record school_roll vehicle property business_role
  public_payroll cadre custody_record income_entry change_log clue
"""
"""Group, what people call it, and its tables; a table that no group names stands under `OTHERS`."""
OTHERS = ("others", "其他台账")
DEPARTMENTS = "departments"
_KEYS = ("person_key", "household_key", "village_key")


@dataclass(frozen=True)
class Group:
    id: str
    label: str
    tables: tuple[Table, ...]


@cache
def groups() -> tuple[Group, ...]:
    """Every ledger once, in the order in which the office keeps them."""
    terms, left = load_terms(), dict.fromkeys(ledgers())
    found = []
    for line in _LISTED.strip().replace("\n  ", " ").splitlines():
        group, label, *names = line.split()
        there = [name for name in names if name in left]
        for name in there:
            del left[name]
        found.append(Group(group, label, tuple(terms.table(name) for name in there)))
    found.append(Group(*OTHERS, tuple(terms.table(name) for name in left)))
    return tuple(group for group in found if group.tables)


_layouts = cache(load_layouts)


@cache
def departments_of(table: str) -> frozenset[str]:
    """Whose lists fill a ledger; benefits are told apart by their programmes instead."""
    return frozenset(
        layout.department
        for layout in _layouts()
        if layout.department and any(emit.table == table for emit in layout.emits)
    )


def children_of(table: str, row: Mapping[str, Any]) -> list[str]:
    """Labels of the ledgers whose rows belong to this one and would be left without it."""
    found = []
    for name in ledgers():
        parent = parent_of(name)
        if parent is None or parent.to != table:
            continue
        values = {own: row[theirs] for own, theirs in parent.on}
        if None not in values.values() and ledgers()[name]._default_manager.filter(**values).exists():
            found.append(load_terms().table(name).label)
    return found


def is_typed(table: str) -> bool:
    """Whether people add and change rows; what departments say changes with their lists alone."""
    return table in ledgers() and all(
        table not in (one.name for one in group.tables) for group in groups() if group.id == DEPARTMENTS
    )


def programmes_of(policy: Policy, departments: tuple[str, ...]) -> tuple[str, ...]:
    """The programmes that these departments grant."""
    return tuple(one.id for one in policy.programmes.values() if one.department in departments)


@dataclass(frozen=True)
class Bond:
    """That rows of `table` hang together with rows of `to` where these columns are equal."""

    label: str
    to: str
    on: tuple[tuple[str, str], ...]


def bonds_of(table: str) -> tuple[Bond, ...]:
    """The other ledgers that a row leads to by its own number, such as a loan's repayments: not by whom it means."""
    return tuple(_bonds(load_terms().table(table), ledgers()))


def parent_of(table: str) -> Bond | None:
    """What the rows of a ledger belong to that names neither people nor villages, as a repayment its loan."""
    if load_terms().table(table).links:
        return None
    terms = load_terms()
    return next((bond for bond in bonds_of(table) if terms.table(bond.to).links), None)


def _bonds(table: Table, kept: Mapping[str, object]) -> Iterator[Bond]:
    for relation in table.relations.values():
        if relation.to not in kept or relation.to == table.name or relation.year_offset is not None:
            continue
        there = {field.name for field in load_terms().table(relation.to).own_fields}
        own = {field.name for field in table.own_fields}
        columns = [name for pair in relation.on for name in pair]
        computed = {"beneficiary", "id18", *_KEYS}
        if computed.isdisjoint(columns) and all(a in own and b in there for a, b in relation.on):
            yield Bond(relation.label, relation.to, relation.on)
