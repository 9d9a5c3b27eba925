"""Reads what the lights look at, all lists in one query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import BigIntegerField, Case, F, QuerySet, TextField, Value, When
from django.db.models.functions import Cast

from bangfu.ledger.models import HousingAppraisal, Insurance, SchoolRoll, WaterEvaluation
from bangfu.ledger.safeguards.home import BAD, OK, housing, water
from bangfu.ledger.safeguards.light import Given, Light, Person, Seen
from bangfu.ledger.safeguards.people import education, medical


def lights_of(
    household: int, persons: Sequence[Person], record: Mapping[str, Any] | None, *, day: int, place: str
) -> tuple[Light, ...]:
    """义务教育, 基本医疗, 住房安全, 饮水安全 of a household with these members, as of a day (yyyymmdd) at a place."""
    seen = _seen(household, [person.key for person in persons], day)
    given = Given(persons, record, seen, day, place)
    return education(given), medical(given), housing(given), water(given)


def _seen(household: int, persons: Sequence[int], day: int) -> list[Seen]:
    """Rows of departments' lists of these persons and of the household, as far as they are of that day or before."""
    year = day // 10000
    lists = (
        _told(
            Insurance.objects.filter(person_id__in=persons, data_year__lte=year),
            "data_year",
            F("kind"),
            F("state"),
        ),
        _told(SchoolRoll.objects.filter(person_id__in=persons), "enrolled_on", F("school"), F("state")),
        _told(
            HousingAppraisal.objects.filter(household_id=household),
            "appraised_on",
            F("house_grade"),
            F("appraiser"),
        ),
        _told(
            WaterEvaluation.objects.filter(household_id=household),
            "evaluated_on",
            _met("is_quantity_ok"),
            _met("is_quality_ok"),
        ),
    )
    rows = [Seen(*row) for row in lists[0].union(*lists[1:], all=True)]
    return [row for row in rows if row.when is None or row.when <= (day if row.when > 9999 else year)]


def _told(rows: QuerySet[Any], when: str, word: Any, state: Any) -> QuerySet[Any]:
    """A list in the columns of `Seen`, which all lists share."""
    is_of_persons = any(field.name == "person" for field in rows.model._meta.concrete_fields)
    person = F("person_id") if is_of_persons else Value(None, BigIntegerField())
    return rows.order_by().values_list(
        Value(rows.model._meta.db_table),
        Cast(person, BigIntegerField()),
        Cast(when, BigIntegerField()),
        word,
        state,
        "src",
        "src_row",
    )


def _met(column: str) -> Case:
    return Case(
        When(**{column: True}, then=Value(OK)),
        When(**{column: False}, then=Value(BAD)),
        default=None,
        output_field=TextField(),
    )
