"""Runs, what they found, and what people have said of it."""

from __future__ import annotations

from django.db import models


class Run(models.Model):
    """One check of the register: of which day, by which rules, on which state of the journal."""

    at = models.DateTimeField()
    actor = models.TextField()
    as_of = models.IntegerField()  # yyyymmdd
    place = models.TextField()
    policy_hash = models.TextField()
    engine = models.TextField()  # version of the program
    position = models.BigIntegerField()  # of the journal
    seal = models.TextField()
    counts = models.JSONField(default=dict)  # new, remaining, returned, gone, silent

    class Meta:
        db_table = "run"


class Finding(models.Model):
    """What a check found about a subject, known again in every run by `check`, `table`, `subject` and `row`."""

    check_id = models.TextField()
    table = models.TextField()
    subject = models.TextField()  # 户编号, 人编号 or what names the row
    row = models.BigIntegerField(default=0)  # of tables other than household, person and village
    severity = models.TextField()
    village = models.TextField()
    department = models.TextField()
    explanation = models.TextField()
    values = models.JSONField()
    values_hash = models.TextField()
    state = models.TextField()  # new, remaining, returned, gone: against the run before the last
    is_silent = models.BooleanField(default=False)
    first_run = models.ForeignKey(Run, models.PROTECT, related_name="+")
    last_run = models.ForeignKey(Run, models.PROTECT, related_name="+")  # that found it

    class Meta:
        db_table = "finding"
        constraints = (
            models.UniqueConstraint(fields=["check_id", "table", "subject", "row"], name="finding_identity"),
        )
        indexes = (models.Index(fields=["state", "village"], name="finding_of_village"),)


class FalseAlarm(models.Model):
    """A person's word that a finding is none, while its values stay as they are."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="alarms")
    values_hash = models.TextField()
    reason = models.TextField()
    actor = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "false_alarm"
