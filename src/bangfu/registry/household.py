"""One household as of a day, for whoever may see it: who it is, who belongs to it, what happened to it.

A household outside the scope is None, like one that is not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet

from bangfu.office.journal.rows import Row, rows_where
from bangfu.office.masking import number_kind
from bangfu.registry.computed import standings_of
from bangfu.registry.models import (
    AnnualRecord,
    FieldValue,
    Household,
    HouseholdClass,
    HouseholdStanding,
    Membership,
    MonitoringEpisode,
    Person,
    PersonRecord,
    StatusEvent,
)
from bangfu.registry.scope import Scope, narrowed
from bangfu.registry.standing import Standing
from bangfu.terms.loader import load_terms

LARGEST = 2**63 - 1
"""The largest number of a row: an address may name a larger one, and databases refuse to compare it."""
CURRENT, FORMER, COMING = "current", "former", "coming"
_OF_HOUSEHOLD = (StatusEvent, HouseholdClass, AnnualRecord, MonitoringEpisode)
_STANDING = (
    "status",
    "monitoring",
    "monitor_type",
    "exit_year",
    "local_class",
    "size",
    "since_on",
    "until_on",
)
_HOUSEHOLD = (
    "nat_household_no",
    "village_name",
    "natural_village",
    "villager_group",
    "address",
    "household_type",
    "household_attribute",
    "poverty_cause_main",
    "poverty_causes_other",
    "first_identified_on",
    "household_phone",
    "bank_name",
    "bank_account_no",
    "helper_name",
    "helper_phone",
    "change_note",
    "src",
    "src_row",
)
_PERSON = (
    "full_name",
    "sex",
    "birth_date",
    "id_no",
    "id_doc_type",
    "nat_person_no",
    "relation_to_head",
    "ethnicity",
    "education_level",
    "student_status",
    "school_name",
    "dropout_reason",
    "has_school_exemption",
    "health_status",
    "disease_name",
    "disability_type",
    "disability_level",
    "labor_ability",
    "work_area",
    "work_place",
    "work_months",
    "employer_name",
    "public_post_type",
    "resident_medical_ins",
    "employee_medical_ins",
    "has_uninsured_proof",
    "in_active_service",
    "resident_pension_ins",
    "employee_pension_ins",
    "dibao_status",
    "tekun_status",
    "member_phone",
    "died_on",
    "src",
    "src_row",
)


@dataclass(frozen=True)
class HouseholdHead:
    """What stands at the top of the page; `columns` are the register's own, by name."""

    id: int
    village: int | None
    head: int | None
    head_name: str
    standing: Standing
    columns: Mapping[str, Any]


@dataclass(frozen=True)
class Member:
    """Somebody who belongs to the household on the day, did, or will; `columns` are the person's, by name."""

    person: int
    state: str
    joined_on: int
    join_reason: str
    left_on: int | None
    leave_reason: str
    age: int | None
    is_head: bool
    columns: Mapping[str, Any]


@dataclass(frozen=True)
class Milestone:
    """Something that happened to the household; `precision` says how much of the day (yyyymmdd) is known: 日, 月 or 年."""

    on: int
    kind: str  # status, class, episode
    what: str
    detail: str = ""
    precision: str = "日"
    is_ahead: bool = False
    src: int | None = None
    src_row: int | None = None


def household_head(scope: Scope, household: int, day: int) -> HouseholdHead | None:
    """The household as it stands on a day (yyyymmdd)."""
    if household > LARGEST:
        return None
    rows = narrowed(HouseholdStanding.objects.filter(pk=household), scope, village="village_key")
    own = [f"household__{name}" for name in _HOUSEHOLD]
    named = ("village_key", "household__head_id", "household__head__full_name", *_STANDING, *own)
    row = rows.values(*named).first()
    if row is None:
        return None
    standing = Standing(**{name: row[name] for name in _STANDING})
    if not standing.holds_on(day):
        standing = standings_of([household], day)[household]
    return HouseholdHead(
        id=household,
        village=row["village_key"] or None,
        head=row["household__head_id"],
        head_name=row["household__head__full_name"] or "",
        standing=standing,
        columns={name: row[f"household__{name}"] for name in _HOUSEHOLD},
    )


def is_in(scope: Scope, household: int) -> bool:
    """Whether the household is there and in the scope."""
    if household > LARGEST:
        return False
    rows = HouseholdStanding.objects.filter(pk=household)
    return narrowed(rows, scope, village="village_key").exists()


def members_of(household: HouseholdHead, day: int) -> list[Member]:
    """Everybody who ever belonged: the head first, then in the order in which they joined; each in the last spell."""
    own = [f"person__{name}" for name in _PERSON]
    named = ("person_id", "joined_on", "join_reason", "left_on", "leave_reason", *own)
    rows = Membership.objects.filter(household_id=household.id).order_by("joined_on", "id").values(*named)
    found: dict[int, Member] = {}
    for row in rows:
        found[row["person_id"]] = _member(row, household.head, day)
    return sorted(found.values(), key=lambda member: not member.is_head)


def annual_rows(household: int, day: int) -> list[Row]:
    """The household's annual records, earliest first."""
    rows = rows_where(AnnualRecord, "household_key", [household])
    past = [row for row in rows if row["data_year"] <= day // 10000]
    return sorted(past, key=lambda row: (row["data_year"], row["id"]))


def milestones_of(household: int, day: int) -> list[Milestone]:
    """Everything that happened or is to happen, latest first; what is known of a monitoring stands with its event."""
    episodes = {(one.what, one.on // 100): one for one in _episodes(household, day)}
    found = list(_classes(household, day))
    for event in _events(household, day):
        episode = episodes.pop((event.what, event.on // 100), None)
        detail = "；".join(told for told in (episode.detail if episode else "", event.detail) if told)
        found.append(replace(event, detail=detail))
    return sorted([*found, *episodes.values()], key=lambda one: one.on, reverse=True)


def rows_of(household: int, persons: Sequence[int]) -> list[QuerySet[Any]]:
    """A query of each table of the register: the rows of the household and of these persons."""
    either = Q(household_id=household) | Q(person_id__in=persons)
    return [
        Household.objects.filter(pk=household),
        Person.objects.filter(pk__in=persons),
        Membership.objects.filter(either),
        *(model._default_manager.filter(household_id=household) for model in _OF_HOUSEHOLD),
        PersonRecord.objects.filter(person_id__in=persons),
        FieldValue.objects.filter(either),
    ]


def number_of(household: HouseholdHead, table: str, row: int, field: str) -> str | None:
    """A number of the household or of somebody who belongs or belonged to it, in full.

    None where there is none, or where the column holds no number that is masked.
    """
    declared = load_terms().table(table).fields.get(field) if table in ("household", "person") else None
    if declared is None or number_kind(declared) is None:
        return None
    value: str | None
    if table == "household":
        value = Household.objects.filter(pk=household.id).values_list(field, flat=True).first()
        return value or None if row == household.id else None
    members = Membership.objects.filter(household_id=household.id, person_id=row)
    value = Person.objects.filter(pk__in=members.values("person_id")).values_list(field, flat=True).first()
    return value or None


def age_on(birth: int | None, day: int) -> int | None:
    """Full years; a birth after the day is nobody's age."""
    return None if birth is None or birth > day else (day - birth) // 10000


def _member(row: Mapping[str, Any], head: int | None, day: int) -> Member:
    joined, left = row["joined_on"], row["left_on"]
    state = COMING if joined > day else FORMER if left is not None and left <= day else CURRENT
    columns = {name: row[f"person__{name}"] for name in _PERSON}
    return Member(
        person=row["person_id"],
        state=state,
        joined_on=joined,
        join_reason=row["join_reason"] or "",
        left_on=left,
        leave_reason=row["leave_reason"] or "",
        age=age_on(columns["birth_date"], left or day if state == FORMER else day),
        is_head=row["person_id"] == head and state == CURRENT,
        columns=columns,
    )


def _events(household: int, day: int) -> Iterable[Milestone]:
    named = ("event", "happened_on", "precision", "reason", "src", "src_row")
    for event, on, precision, reason, src, row in StatusEvent.objects.filter(
        household_id=household
    ).values_list(*named):
        yield Milestone(on, "status", event, reason or "", precision or "日", on > day, src, row)


def _classes(household: int, day: int) -> Iterable[Milestone]:
    rows = HouseholdClass.objects.filter(household_id=household)
    for label, on, reason, src, row in rows.values_list("local_class", "from_on", "reason", "src", "src_row"):
        yield Milestone(on, "class", f"分类为{label}", reason or "", "日", on > day, src, row)


_EPISODE = (
    "monitored_from",
    "monitor_type",
    "risks",
    "risk_removed_on",
    "removal_mode",
    "src",
    "src_row",
)


def _episodes(household: int, day: int) -> Iterable[Milestone]:
    """Under the words of the events that they belong to."""
    rows = MonitoringEpisode.objects.filter(household_id=household)
    for since, kind, risks, until, mode, src, row in rows.values_list(*_EPISODE):
        if since is not None:
            told = [kind or "类别未填", *(label for label in (risks or "").split(",") if label)]
            yield _of_month(since, "纳入监测", "、".join(told), day, src, row)
        if until is not None:
            yield _of_month(until, "风险消除", mode or "", day, src, row)


def _of_month(month: int, what: str, detail: str, day: int, src: int | None, row: int | None) -> Milestone:
    on = month * 100 + 1
    return Milestone(on, "episode", what, detail, "月", on > day, src, row)
