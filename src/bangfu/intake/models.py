"""What was loaded: a file is a batch, its sheets are sources, what only a person can settle is a question."""

from __future__ import annotations

from django.db import models


class Batch(models.Model):
    """A file and what became of it. `state`: received, refused, staged, applied, undone, dropped.

    `given_as_of` is what the sender said of the day the file speaks of; `as_of` what it was read as.
    """

    file_name = models.TextField()
    sha256 = models.TextField(db_index=True)  # empty where the file was refused before it was kept
    size = models.BigIntegerField(default=0)
    state = models.TextField()
    actor = models.TextField()
    received_at = models.DateTimeField(null=True)
    given_as_of = models.IntegerField(null=True)  # yyyymmdd
    staged_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)
    applied_by = models.TextField(default="")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.TextField(default="")
    as_of = models.IntegerField(null=True)  # yyyymmdd, the day the file speaks of
    sheets = models.JSONField(default=list)  # sheet, layout, rows, unread headers
    problems = models.IntegerField(default=0)  # cells that could not be read
    refusal = models.TextField(default="")
    counts = models.JSONField(default=dict)  # table -> {added, changed, unchanged, gone}

    class Meta:
        db_table = "batch"


class Source(models.Model):
    """A sheet of a batch. `columns`: field -> number of the sheet's column, counted from 0."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="sources")
    sheet = models.TextField()
    layout = models.TextField()
    kind = models.TextField()  # of the layout: register, villages, list
    rank = models.IntegerField(default=0)  # of several registers of a day the highest gives the facts
    columns = models.JSONField(default=dict)  # table -> field -> column

    class Meta:
        db_table = "source"


class Question(models.Model):
    """What a file says and the register cannot settle alone. `state`: open, answered.

    `answer`: left, still_here, moved_in. One that keeps the question from being asked again stands while its batch is
    applied and no later batch (`lapsed_by`) that is still applied named the person.
    """

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="questions")
    kind = models.TextField()
    table = models.TextField()
    row = models.BigIntegerField(null=True)
    sheet = models.TextField(default="")
    sheet_row = models.IntegerField(null=True)
    message = models.TextField()
    household_no = models.TextField(default="")  # of the household that the file puts the person into
    state = models.TextField(default="open")
    answer = models.TextField(default="")
    answered_by = models.TextField(default="")
    answered_at = models.DateTimeField(null=True)
    lapsed_by = models.ForeignKey(Batch, models.SET_NULL, null=True, related_name="+")

    class Meta:
        db_table = "question"
