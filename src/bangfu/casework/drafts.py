"""A problem before it is a task: from a finding, from an inspection's feedback, or as somebody typed it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bangfu.casework.chain import NOBODY, Chain, Link
from bangfu.casework.deadlines import due_on
from bangfu.findings.handing_out import ToHandOut
from bangfu.intake.rulebook import home_rulebook
from bangfu.office.words import day_in_words
from bangfu.registry.naming import households_named, persons_named
from bangfu.screening.hand_out import SEVERITIES

FROM_FINDING, FROM_INSPECTION, BY_HAND, SIBLING = "核查疑点", "检查反馈", "日常登记", "举一反三"
_LEVELS = {"household": "户", "person": "人", "village": "村"}


@dataclass(frozen=True)
class Draft:
    """What is known of a problem; empty where nobody said. Days are yyyymmdd.

    `chain` fields that are filled (a feedback may name its own) go before those of the office's chain.
    """

    problem: str
    source_kind: str
    source_document: str | None = None
    source_on: int | None = None
    reporter: str | None = None
    source_level: str | None = None
    issue_type: str | None = None
    severity: str = "错误"
    village: int | None = None
    village_name: str | None = None
    household: int | None = None
    object_name: str | None = None
    object_no: str | None = None
    object_level: str | None = None
    department: str | None = None
    requirement: str | None = None
    due_on: int | None = None
    rule_id: str | None = None
    finding_no: int | None = None
    is_suspicion: bool = False
    note: str | None = None
    link: Link = NOBODY

    def columns(self, day: int, chain: Chain) -> Mapping[str, Any]:
        """The task's columns, with who is responsible and until when."""
        set_link = chain.link(self.village, self.village_name, self.department)
        return {
            "problem": self.problem,
            "issue_type": self.issue_type,
            "rule_id": self.rule_id,
            "finding_no": self.finding_no,
            "village_key": self.village,
            "village_name": self.village_name,
            "household_key": self.household,
            "object_name": self.object_name,
            "object_no": self.object_no,
            "object_level": self.object_level,
            "source_kind": self.source_kind,
            "source_document": self.source_document,
            "source_level": self.source_level,
            "source_on": self.source_on,
            "reporter": self.reporter,
            "department": self.department,
            "severity": self.severity,
            "registered_on": day,
            "due_on": self.due_on or due_on(self.severity, day),
            "requirement": self.requirement,
            "is_suspicion": self.is_suspicion,
            "is_from_inspection": self.source_kind == FROM_INSPECTION,
            "note": self.note,
            **_responsible(self.link, set_link),
        }


def _responsible(told: Link, set_link: Link) -> dict[str, Any]:
    """A person whom the problem's own source names has no account that is known, unless it is the chain's person."""
    is_other = told.responsible_person not in (None, set_link.responsible_person)
    leads_other = told.lead_leader not in (None, set_link.lead_leader)
    return {
        "lead_leader": told.lead_leader or set_link.lead_leader,
        "lead_account": told.lead_account or (None if leads_other else set_link.lead_account),
        "responsible_unit": told.unit or set_link.unit,
        "responsible_person": told.responsible_person or set_link.responsible_person,
        "assignee": told.assignee or (None if is_other else set_link.assignee),
    }


def drafts_of(
    found: Sequence[ToHandOut], reporter: str, source_kind: str, due: int | None, note: str | None
) -> Iterator[Draft]:
    """Findings as problems; names come with two queries however many there are."""
    households = households_named(item.household for item in found)
    persons = persons_named(item.person for item in found if item.table == "person")
    checks = home_rulebook().checks
    for item in found:
        check = checks.get(item.check)
        person = persons.get(item.person) if item.person is not None else None
        home = households.get(item.household) if item.household is not None else None
        named = person or home
        yield Draft(
            problem=item.explanation,
            source_kind=source_kind,
            source_document=f"第 {item.run} 次核查（{day_in_words(item.as_of)}）",
            source_on=item.as_of,
            reporter=reporter,
            issue_type=check.name if check else item.check,
            severity=SEVERITIES[item.severity],
            village=item.village,
            village_name=item.village_name or None,
            household=item.household,
            object_name=(named.name if named else None) or item.subject,
            object_no=(named.number if named else None) or item.subject,
            object_level=_LEVELS.get(item.table, "名单"),
            department=item.department or None,
            requirement=check.rectify if check else None,
            due_on=due,
            rule_id=item.check,
            finding_no=item.number,
            is_suspicion=item.severity == "suspicion",
            note=note,
        )


def by_village(drafts: Iterable[Draft]) -> dict[str, int]:
    """How many problems each village has, the most first."""
    counted: dict[str, int] = {}
    for draft in drafts:
        name = draft.village_name or "未写明村"
        counted[name] = counted.get(name, 0) + 1
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))
