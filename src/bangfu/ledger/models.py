"""Everything given to households and done for them, and what departments say. Columns: `terms/tables/`.

Who a row means: `person` and `household` where they are on file, and the name and number as written.
"""

from __future__ import annotations

from django.db import models

from bangfu.ledger.derived import COMPUTED
from bangfu.office.facts import Fact


def _of(target: str) -> models.ForeignKey[models.Model | None, models.Model | None]:
    column = f"{target.rpartition('.')[2].lower()}_key"
    return models.ForeignKey(
        target, models.PROTECT, null=True, related_name="+", db_column=column, db_index=True
    )


class OfPerson(Fact):
    person = _of("registry.Person")
    household = _of("registry.Household")
    village = _of("registry.Village")

    class Meta:
        abstract = True


class OfHousehold(Fact):
    household = _of("registry.Household")
    village = _of("registry.Village")

    class Meta:
        abstract = True


class OfVillage(Fact):
    village = _of("registry.Village")

    class Meta:
        abstract = True


# -- What people receive -----------------------------------------------------------------------------


class Benefit(
    OfPerson, table="benefit", without=("id18", "beneficiary"), index=("id_no",), listed=("programme",)
):
    pass


class Insurance(OfPerson, table="insurance", without=("id18", "beneficiary"), index=("id_no",)):
    pass


class HealthContract(OfPerson, table="health_contract", without=("id18", "beneficiary"), index=("id_no",)):
    pass


class HospitalStay(OfPerson, table="hospital_stay", without=("id18", "beneficiary"), index=("id_no",)):
    pass


class Plot(OfPerson, table="plot", without=("id18", "beneficiary"), index=("id_no",)):
    pass


# -- Credit ------------------------------------------------------------------------------------------


class Loan(
    OfPerson,
    table="loan",
    without=("id18", "beneficiary", *COMPUTED["loan"]),
    index=(
        "id_no",
        "loan_no",
    ),
):
    pass


class LoanRepayment(Fact, table="loan_repayment", index=("loan_no",)):
    pass


class LoanEvent(Fact, table="loan_event", index=("loan_no",)):
    pass


# -- Work --------------------------------------------------------------------------------------------


class Post(OfPerson, table="post", without=("id18", "beneficiary"), index=("id_no",)):
    pass


class PostQuota(OfVillage, table="post_quota"):
    pass


class PostAttendance(OfPerson, table="post_attendance", without=("id18", "beneficiary"), index=("id_no",)):
    pass


class WorkPeriod(OfPerson, table="work_period", without=("id18", "beneficiary"), index=("id_no",)):
    pass


class WorkPlan(OfPerson, table="work_plan", without=("id18", "beneficiary"), index=("id_no",)):
    pass


class Workshop(OfVillage, table="workshop"):
    pass


class WorkshopWage(OfPerson, table="workshop_wage", without=("id18", "beneficiary"), index=("id_no",)):
    pass


class Training(OfPerson, table="training", without=("id18", "beneficiary"), index=("id_no",)):
    pass


class JobSeeker(OfPerson, table="job_seeker", without=("id18", "beneficiary"), index=("id_no",)):
    pass


class Vacancy(OfVillage, table="vacancy", index=("vacancy_no",)):
    pass


class JobMatch(
    OfPerson,
    table="job_match",
    without=("id18", "beneficiary"),
    index=(
        "id_no",
        "vacancy_no",
    ),
):
    pass


class Sale(OfPerson, table="sale", without=("id18", "beneficiary"), index=("id_no",)):
    pass


# -- Who leads households, and what they sell -------------------------------------------------------


class LeadingEntity(OfVillage, table="leading_entity", index=("entity_name",)):
    pass


class LedHousehold(
    OfPerson,
    table="led_household",
    without=("id18", "beneficiary"),
    index=(
        "id_no",
        "entity_name",
    ),
):
    pass


class SupplyOffer(OfPerson, table="supply_offer", without=("id18", "beneficiary"), index=("id_no",)):
    pass


class SalesContract(OfVillage, table="sales_contract", index=("contract_no",)):
    pass


# -- Projects, their money and what they leave behind ------------------------------------------------


class Project(OfVillage, table="project", without=tuple(COMPUTED["project"]), index=("project_no",)):
    pass


class ProjectFund(Fact, table="project_fund", index=("project_no",)):
    pass


class ProjectPayment(Fact, table="project_payment", index=("project_no",)):
    pass


class ProjectProgress(Fact, table="project_progress", index=("project_no",)):
    pass


class ProjectOutput(Fact, table="project_output", index=("project_no",)):
    pass


class ProjectBeneficiary(
    OfPerson,
    table="project_beneficiary",
    without=("id18", "beneficiary"),
    index=(
        "id_no",
        "project_no",
    ),
):
    pass


class Asset(OfVillage, table="asset", index=("project_no",)):
    pass


class AssetIncome(OfVillage, table="asset_income"):
    pass


class AssetInspection(OfVillage, table="asset_inspection", index=("asset_no",)):
    pass


class IncomeUse(OfVillage, table="income_use", index=("asset_no",)):
    pass


class Stake(
    OfVillage,
    table="stake",
    index=(
        "project_no",
        "entity_name",
    ),
):
    pass


# -- The will to work one's way out, and what villages are ------------------------------------------


class PointsEntry(OfPerson, table="points_entry", without=("id18", "beneficiary"), index=("id_no",)):
    pass


class PointsExchange(OfPerson, table="points_exchange", without=("id18", "beneficiary"), index=("id_no",)):
    pass


class PointsFund(OfVillage, table="points_fund"):
    pass


class Activity(OfVillage, table="activity", index=("activity_no",)):
    pass


class ActivityPerson(
    OfPerson,
    table="activity_person",
    without=("id18", "beneficiary"),
    index=(
        "id_no",
        "activity_no",
    ),
):
    pass


class VillageFact(OfVillage, table="village_fact"):
    pass


class VillagePlan(OfVillage, table="village_plan", index=("project_no",)):
    pass


class CollectiveIncome(OfVillage, table="collective_income", index=("asset_no",)):
    pass


# -- What departments say of people ------------------------------------------------------------------


class Death(OfPerson, table="death", without=("id18", "beneficiary"), index=("id_no",)):
    pass


class DisabilityCertificate(
    OfPerson, table="disability_certificate", without=("id18", "beneficiary"), index=("id_no",)
):
    pass


class PoliceRecord(OfPerson, table="police_record", without=("id18", "beneficiary"), index=("id_no",)):
    pass


class SchoolRoll(OfPerson, table="school_roll", without=("id18", "beneficiary"), index=("id_no",)):
    pass


class Vehicle(OfPerson, table="vehicle", without=("id18", "beneficiary"), index=("id_no",)):
    pass


class Property(OfPerson, table="property", without=("id18", "beneficiary"), index=("id_no",)):
    pass


class BusinessRole(OfPerson, table="business_role", without=("id18", "beneficiary"), index=("id_no",)):
    pass


class PublicPayroll(OfPerson, table="public_payroll", without=("id18", "beneficiary"), index=("id_no",)):
    pass


class Cadre(OfPerson, table="cadre", without=("id18", "beneficiary"), index=("id_no",)):
    pass


class CustodyRecord(OfPerson, table="custody_record", without=("id18", "beneficiary"), index=("id_no",)):
    pass


class HousingAppraisal(OfHousehold, table="housing_appraisal"):
    pass


class WaterEvaluation(OfHousehold, table="water_evaluation"):
    pass


class IncomeEntry(OfPerson, table="income_entry"):
    pass


class ChangeLog(OfPerson, table="change_log"):
    pass


# -- Help work ---------------------------------------------------------------------------------------


class HelperPairing(OfHousehold, table="helper_pairing"):
    pass


class PlanMeasure(OfHousehold, table="plan_measure"):
    pass


class Visit(OfHousehold, table="visit"):
    pass


class Notice(OfHousehold, table="notice", index=("project_no",)):
    pass


class ArchiveItem(OfHousehold, table="archive_item"):
    pass


class Clue(OfPerson, table="clue", without=("id18", "beneficiary"), index=("id_no",)):
    pass


class VillageTeamMember(OfVillage, table="village_team_member"):
    pass
