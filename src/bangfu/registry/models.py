"""Villages, households, persons, and the dated events that join them. Columns: `terms/tables/`.

What events answer has no column here: a person's household, a household's exit, return, cancellation, class and size.
"""

from __future__ import annotations

from django.db import models

from bangfu.office.facts import Fact


def _of(target: str, column: str) -> models.ForeignKey[models.Model, models.Model]:
    return models.ForeignKey(target, models.PROTECT, related_name="+", db_column=column)


def _perhaps(target: str, column: str) -> models.ForeignKey[models.Model | None, models.Model | None]:
    return models.ForeignKey(target, models.PROTECT, null=True, related_name="+", db_column=column)


class Village(Fact, table="village", index=("village_code", "village_name")):
    pass


class VillageRecord(Fact, table="village_record", required=("data_year",)):
    village = _of("registry.Village", "village_key")


class Household(
    Fact,
    table="household",
    without=("current_household_size", "local_class"),
    index=("nat_household_no", "household_phone", "bank_account_no"),
):
    village = _perhaps("registry.Village", "village_key")
    head = _perhaps("registry.Person", "head_key")


class Person(Fact, table="person", without=("nat_household_no", "id18"), index=("nat_person_no", "id_no")):
    pass


class Membership(Fact, table="membership", required=("joined_on",)):
    person = _of("registry.Person", "person_key")
    household = _of("registry.Household", "household_key")


class StatusEvent(Fact, table="status_event", required=("event", "happened_on")):
    household = _of("registry.Household", "household_key")


class HouseholdClass(Fact, table="household_class", required=("local_class", "from_on")):
    household = _of("registry.Household", "household_key")


class AnnualRecord(Fact, table="annual_record", required=("data_year",)):
    household = _of("registry.Household", "household_key")


class PersonRecord(
    Fact, table="person_record", without=("nat_household_no", "id18"), required=("data_year",)
):
    person = _of("registry.Person", "person_key")
    household = _perhaps("registry.Household", "household_key")


class MonitoringEpisode(Fact, table="monitoring_episode"):
    household = _of("registry.Household", "household_key")


class FrozenYear(Fact, table="frozen_year", required=("data_year",)):
    pass


class FieldValue(Fact, table="field_value", required=("field_table", "field_name", "source_kind")):
    person = _perhaps("registry.Person", "person_key")
    household = _perhaps("registry.Household", "household_key")
