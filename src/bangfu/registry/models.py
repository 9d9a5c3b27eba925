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


# -- computed from the above, see `derived` ----------------------------------------------------------


_FILTERED = (
    "status",
    "monitoring",
    "monitor_type",
    "exit_year",
    "local_class",
    "attribute",
    "since_on",
    "until_on",
)
_OF_FEW = ("status", "since_on", "until_on")


class HouseholdStanding(models.Model):
    """How a household stands on the business day, in one narrow row that lists read; empty texts for nothing."""

    household = models.OneToOneField(
        Household,
        models.DO_NOTHING,
        primary_key=True,
        related_name="+",
        db_column="household_key",
        db_constraint=False,
    )
    village_key = models.BigIntegerField()  # 0 for none
    status = models.TextField()
    monitoring = models.TextField()
    monitor_type = models.TextField()
    exit_year = models.IntegerField()  # 0 for none
    local_class = models.TextField()
    attribute = models.TextField()
    size = models.IntegerField()
    head_reading = models.TextField()  # in pinyin, to sort by
    # So it is from one day (yyyymmdd) until another from which on time alone makes it otherwise.
    since_on = models.IntegerField(db_index=True)
    until_on = models.IntegerField(db_index=True)

    class Meta:
        db_table = "household_standing"
        indexes = (  # hold all that lists filter by: a walk along the list, in either order, reads nothing else
            models.Index(fields=["village_key", "household", *_FILTERED], name="standing_by_place"),
            models.Index(
                fields=["head_reading", "household", "village_key", *_FILTERED], name="standing_by_name"
            ),
            # The few that are monitored are found without walking past all others.
            models.Index(
                fields=["monitoring", "village_key", "household", *_OF_FEW], name="standing_of_monitored"
            ),
            models.Index(
                fields=["monitor_type", "village_key", "household", *_OF_FEW], name="standing_of_kind"
            ),
        )


class MemberKey(models.Model):
    """What a member, or a former one, is found by."""

    membership = models.OneToOneField(
        Membership,
        models.DO_NOTHING,
        primary_key=True,
        related_name="+",
        db_column="id",
        db_constraint=False,
    )
    household = models.ForeignKey(
        Household, models.DO_NOTHING, related_name="+", db_column="household_key", db_constraint=False
    )
    person = models.ForeignKey(
        Person,
        models.DO_NOTHING,
        related_name="+",
        db_column="person_key",
        db_constraint=False,
        db_index=False,
    )
    name = models.TextField()
    initials = models.TextField()
    id_back = models.TextField()  # the last eight places of the ID number, read backwards

    class Meta:
        db_table = "member_key"
        indexes = (
            # operators that PostgreSQL needs to find beginnings; SQLite finds them anyway
            models.Index(
                fields=["name", "household"],
                opclasses=["text_pattern_ops", "int8_ops"],
                name="member_by_name",
            ),
            models.Index(
                fields=["initials", "household"],
                opclasses=["text_pattern_ops", "int8_ops"],
                name="member_by_initials",
            ),
            models.Index(
                fields=["id_back", "household"],
                opclasses=["text_pattern_ops", "int8_ops"],
                name="member_by_id",
            ),
        )
