"""Runs, what they found, what changed from run to run, and what people have said of it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from bangfu.office.facts import Fact


def _run(**options: Any) -> models.ForeignKey[Any, Any]:
    """Without an index of its own: those below begin with it where one is needed."""
    return models.ForeignKey("findings.Run", models.PROTECT, related_name="+", db_index=False, **options)


class Run(models.Model):
    """One check of the register: what was asked, of which day, by which rules, on which state of the journal."""

    job = models.BigIntegerField(null=True, unique=True)  # that ran it: delivered twice, it runs once
    started_at = models.DateTimeField()
    at = models.DateTimeField()  # when it was stored
    actor = models.TextField()
    as_of = models.IntegerField()  # yyyymmdd
    place = models.TextField()
    villages = models.JSONField(default=list)  # ids in the register; empty: all
    chosen = models.JSONField(default=list)  # ids of the checks that were chosen; empty: all in force
    answered = models.JSONField(default=list)  # ids of the checks that could be asked
    not_run = models.JSONField(default=dict)  # id of a check -> why it could not
    is_whole = models.BooleanField()  # every village, every check in force
    is_aside = models.BooleanField(default=False)  # of another day: its findings are nobody's present ones
    policy_hash = models.TextField()
    overlays = models.TextField(default="")
    engine = models.TextField()  # version of the program
    position = models.BigIntegerField()  # of the journal
    seal = models.TextField()
    households = models.IntegerField(default=0)  # on file
    persons = models.IntegerField(default=0)
    counts = models.JSONField(default=dict)  # new, remaining, returned, gone, changed, silent, unknown
    by_check = models.JSONField(default=dict)  # id of a check -> the same counts
    by_department = models.JSONField(default=dict)
    by_village = models.JSONField(
        default=dict
    )  # id of a village, "" where none can be told -> the same counts

    class Meta:
        db_table = "run"


_PRESENT = Q(gone_run__isnull=True)
_ORDER = ("since_run", "rank", "id")


class Finding(models.Model):
    """What a check found about a subject, known again in every run by `check_id`, `table`, `subject` and `row`.

    A run writes only what is new, has changed or is gone: what remains is not touched. What it is to a run follows from
    `first_run`, `since_run` and `gone_run`.
    """

    check_id = models.TextField()
    table = models.TextField()
    subject = models.TextField()  # 户编号, 人编号 or what names the row
    row = models.BigIntegerField(default=0)  # of tables other than household, person and village
    name = models.TextField()  # of whom it is about
    household = models.TextField()  # 户编号
    # Rows of the register that it is about, wherever that can be told: what a reader may see is decided by these.
    person_key = models.BigIntegerField(null=True)
    household_key = models.BigIntegerField(null=True, db_index=True)
    village_key = models.BigIntegerField(null=True)
    village = models.TextField()
    department = models.TextField()
    severity = models.TextField()
    rank = models.SmallIntegerField()  # of the severity, the gravest highest
    explanation = models.TextField()
    told = models.TextField()  # JSON: what the check read, its standards, the cells behind it
    values_hash = models.TextField()
    told_hash = models.TextField()  # of all that a run tells of it
    first_run = _run()
    since_run = _run()  # that found it again, or for the first time, and since when it has been there
    gone_run = _run(null=True)  # that did not find it any more
    aside_run = _run(null=True)  # that stands aside: known to no other run, and gone from the start
    is_silent = models.BooleanField(default=False)  # called a false alarm, with the values that it has
    is_handed_out = models.BooleanField(default=False)  # an open task stands for it

    class Meta:
        db_table = "finding"
        constraints = (
            models.UniqueConstraint(
                fields=["check_id", "table", "subject", "row"],
                condition=Q(aside_run__isnull=True),
                name="finding_identity",
            ),
        )
        indexes = (
            models.Index(fields=_ORDER, condition=_PRESENT, name="finding_present"),
            models.Index(fields=("check_id", *_ORDER), condition=_PRESENT, name="finding_of_check"),
            models.Index(fields=("village_key", *_ORDER), condition=_PRESENT, name="finding_of_village"),
            models.Index(
                fields=("village_key", "check_id", *_ORDER), condition=_PRESENT, name="finding_of_both"
            ),
            models.Index(
                fields=_ORDER,
                condition=Q(gone_run__isnull=True, is_handed_out=True),
                name="finding_handed_out",
            ),
            models.Index(
                fields=("gone_run", "rank", "id"), condition=Q(gone_run__isnull=False), name="finding_gone"
            ),
            models.Index(fields=("first_run", "id"), name="finding_of_run"),
            models.Index(fields=("name", "id"), name="finding_name"),
            models.Index(fields=("household", "id"), name="finding_household"),
        )


class Turn(models.Model):
    """A finding that a run found gone, returned, or resting on other values than before."""

    run = _run()
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="turns")
    kind = models.TextField()  # gone, returned, changed

    class Meta:
        db_table = "finding_turn"
        indexes = (models.Index(fields=["run", "kind", "finding"], name="finding_turn_of_run"),)


_SUMS = ("open", "fresh", "back", "silent", "unknown")


class Tally(models.Model):
    """How many findings of a check there are now in a village; kept by runs and decisions, so that no page counts."""

    check_id = models.TextField()
    village_key = models.BigIntegerField(null=True)
    department = models.TextField()
    severity = models.TextField()
    open = models.IntegerField()  # there and not silent
    fresh = models.IntegerField()  # of these new since the last whole run
    back = models.IntegerField()  # of these returned since then
    silent = models.IntegerField()
    unknown = models.IntegerField()  # rows that the check could not judge when it was last asked

    class Meta:
        db_table = "finding_tally"
        # With all columns, grouped as they are asked for: sums over a county's hundred thousand rows read nothing else.
        indexes = (
            models.Index(
                fields=("check_id", "department", "severity", "village_key", *_SUMS),
                name="finding_tally_check",
            ),
            models.Index(
                fields=("village_key", "severity", "department", "check_id", *_SUMS),
                name="finding_tally_village",
            ),
            models.Index(
                fields=("department", "severity", "village_key", "check_id", *_SUMS),
                name="finding_tally_dept",
            ),
        )


def _about(target: str, column: str) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(target, models.PROTECT, null=True, related_name="+", db_column=column)


class FalseAlarm(Fact, table="false_alarm", index=("finding_no",), required=("finding_no", "values_hash")):
    """A person's word that a finding is none, while its values stay as they are. A fact, so that the journal seals it."""

    person = _about("registry.Person", "person_key")
    household = _about("registry.Household", "household_key")
    village = _about("registry.Village", "village_key")
