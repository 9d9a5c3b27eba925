"""The responsibility chain as it is set: who leads and who does the work, for each village and each department."""

from __future__ import annotations

from dataclasses import dataclass, field

from bangfu.casework.models import Responsibility

OF_VILLAGE, OF_DEPARTMENT, OF_TOWN, OF_COUNTY = "村", "部门", "镇领导", "县级"
COLUMNS = ("unit", "lead_leader", "lead_account", "responsible_person", "assignee")


@dataclass(frozen=True)
class Link:
    """Who is responsible; accounts are named where the person has one."""

    unit: str | None = None
    lead_leader: str | None = None
    lead_account: str | None = None
    responsible_person: str | None = None
    assignee: str | None = None

    @property
    def is_set(self) -> bool:
        return self.responsible_person is not None


NOBODY = Link()


@dataclass
class Chain:
    """The whole chain of the office."""

    villages: dict[int, Link] = field(default_factory=dict)
    departments: dict[str, Link] = field(default_factory=dict)
    above: dict[str, Link] = field(default_factory=dict)
    """镇领导 and 县级: who hears when tasks stay overdue."""

    def link(self, village: int | None, village_name: str | None, department: str | None) -> Link:
        """Who a new task goes to: the department's officer where one is set, else the village's."""
        own = self.villages.get(village, NOBODY) if village is not None else NOBODY
        officer = self.departments.get(department or "", NOBODY)
        if officer.is_set:
            return Link(
                officer.unit or department,
                officer.lead_leader or own.lead_leader,
                officer.lead_account or own.lead_account,
                officer.responsible_person,
                officer.assignee,
            )
        return Link(
            own.unit or village_name or department,
            own.lead_leader,
            own.lead_account,
            own.responsible_person,
            own.assignee,
        )


def read_chain() -> Chain:
    """One query: an office has some dozens of links, a county some hundreds."""
    chain = Chain()
    for kind, village, department, *columns in Responsibility.objects.order_by("id").values_list(
        "kind", "village_id", "department", *COLUMNS
    ):
        link = Link(*columns)
        if kind == OF_VILLAGE and village is not None:
            chain.villages[village] = link
        elif kind == OF_DEPARTMENT:
            chain.departments[department] = link
        else:
            chain.above[kind] = link
    return chain
