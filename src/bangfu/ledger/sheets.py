"""What the ledgers hold of one household and of those who belong or belonged to it, in sections that a page opens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q

from bangfu.ledger.models import Loan
from bangfu.ledger.tables import ledger
from bangfu.office.journal.rows import columns
from bangfu.terms.loader import load_terms

MOST = 300
"""Rows of one ledger that a page shows; a household with more is a fault that checks find."""
_LISTED = """
benefits 享受政策
  benefit paid_on: programme full_name period quantity quantity_unit unit_standard amount state paid_on note
loans 贷款
  loan granted_on: full_name loan_no loan_kind bank_name principal granted_on due_on outstanding overdue_amount state
  loan_repayment repaid_on: loan_no repaid_on repaid_principal repaid_interest
work 就业和培训
  post data_year: full_name data_year post_name started_on ended_on months amount state
  post_attendance month: full_name month post_name required_days attended_days pay
  work_period work_start: full_name work_start work_end work_province work_city employer_name monthly_wage job_channel
  workshop_wage month: full_name workshop_name month wage is_signed
  training started_on: full_name training_name started_on days is_signed_in amount
market 求职和产销
  job_seeker registered_on: full_name registered_on seeker_kind wish_trade state employed_on
  job_match recommended_on: full_name employer_name trade recommended_on result started_on monthly_wage
  led_household data_year: entity_name data_year lead_ways has_agreement gain paid_on
  supply_offer offered_on: full_name product offered_on quantity quantity_unit sold_quantity state
  sale sold_on: full_name product sold_on buyer amount
health 医疗和教育
  insurance data_year: full_name kind data_year state self_paid subsidised paid_on
  health_contract data_year: full_name kind data_year disease team doctor last_followed_up_on
  hospital_stay admitted_on: full_name hospital diagnosis admitted_on discharged_on total_cost self_paid
  disability_certificate issued_on: full_name disability_type disability_level state issued_on expires_on
  school_roll enrolled_on: full_name school grade state enrolled_on left_on
help 帮扶
  helper_pairing started_on: helper_name unit position helper_phone started_on ended_on is_main
  visit visited_on: visited_on helper_name content has_photo entered_on
  plan_measure data_year: data_year measure_group measure_item responsible planned_by_on completed_on amount
  notice started_on: notice_kind title started_on ended_on objection_on
  archive_item data_year: item_kind data_year is_present is_signed dated_on
points 积分和荣誉
  points_entry month: full_name month item points_class points
  points_exchange exchanged_on: full_name exchanged_on goods points value fund_source
  activity_person signed_on: full_name activity_role honour level signed_on unit
living 住房、林地和项目
  housing_appraisal appraised_on: appraised_on house_grade appraiser is_signed
  water_evaluation evaluated_on: evaluated_on is_quantity_ok is_quality_ok fetch_minutes guarantee_ratio
  plot from_year: plot_no programme benefit_class area_mu from_year until_year
  project_beneficiary data_year: full_name project_no data_year benefited_on amount
compared 部门数据
  vehicle registered_on: full_name vehicle_kind model price registered_on state
  property registered_on: full_name usage area_sqm acquired_way registered_on
  business_role founded_on: full_name company_name role state founded_on
  death died_on: full_name died_on hukou_cancelled_on provider
"""


@dataclass(frozen=True)
class Sheet:
    """A ledger as pages show it: these columns, the rows with the latest in `newest` first."""

    table: str
    newest: str
    columns: tuple[str, ...]

    @property
    def label(self) -> str:
        return load_terms().table(self.table).label


@dataclass(frozen=True)
class Section:
    id: str
    label: str
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True)
class Filled:
    """A sheet with its rows; `is_cut` where there are more."""

    sheet: Sheet
    rows: tuple[Mapping[str, Any], ...]
    is_cut: bool = False


def _sections(text: str) -> Iterator[Section]:
    for block in text.strip().replace("\n  ", "\t").splitlines():
        head, *sheets = block.split("\t")
        name, label = head.split()
        yield Section(name, label, tuple(_sheet(line) for line in sheets))


def _sheet(line: str) -> Sheet:
    head, _, listed = line.partition(": ")
    table, newest = head.split()
    return Sheet(table, newest, tuple(listed.split()))


SECTIONS: Mapping[str, Section] = {section.id: section for section in _sections(_LISTED)}


def filled(section: Section, household: int, persons: Sequence[int]) -> list[Filled]:
    """The sheets of a section that have rows of the household or of these persons; one query a sheet."""
    found = [_filled(sheet, household, persons) for sheet in section.sheets]
    return [one for one in found if one.rows]


def _filled(sheet: Sheet, household: int, persons: Sequence[int]) -> Filled:
    model = ledger(sheet.table)
    latest_first = F(sheet.newest).desc(nulls_last=True)
    rows = model._default_manager.filter(owned(sheet.table, household, persons)).order_by(latest_first, "-id")
    read = list(rows.values("id", *sheet.columns)[: MOST + 1])
    return Filled(sheet, tuple(read[:MOST]), len(read) > MOST)


def owned(table: str, household: int, persons: Sequence[int]) -> Q:
    """That a row of a ledger is the household's or one of these persons'."""
    there = columns(ledger(table))
    if table == "loan_repayment":
        loans = Loan.objects.filter(owned("loan", household, persons)).exclude(loan_no=None)
        return Q(loan_no__in=loans.values("loan_no"))
    found = Q(household_id=household) if "household_key" in there else Q()
    return found | Q(person_id__in=persons) if "person_key" in there else found
