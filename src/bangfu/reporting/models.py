"""Counts of the register with every figure they came to; papers that were made, and the office's own templates."""

from __future__ import annotations

from django.db import models


class FigureRun(models.Model):
    """One count of all indicators: of which day, by which rules, on which state of the journal."""

    job = models.BigIntegerField(null=True, unique=True)  # that ran it: delivered twice, it runs once
    at = models.DateTimeField()
    actor = models.TextField()
    as_of = models.IntegerField(db_index=True)  # yyyymmdd
    place = models.TextField()
    policy_hash = models.TextField()
    overlays = models.TextField(default="")
    engine = models.TextField()  # version of the program
    position = models.BigIntegerField()  # of the journal
    seal = models.TextField()
    lists = models.TextField(default="")  # which lists were loaded: a list may bring columns and no row
    counted = models.JSONField(default=list)  # ids of the indicators that could be counted
    not_counted = models.JSONField(default=dict)  # id of an indicator -> why it could not
    is_pinned = models.BooleanField(default=False)  # a document rests on it: it is never cleared away

    class Meta:
        db_table = "figure_run"


class Figure(models.Model):
    """What an indicator came to in a period (0 and 0: on the day), of a part of the rows; what is zero has no row."""

    run = models.ForeignKey(FigureRun, models.CASCADE, related_name="figures", db_index=False)
    indicator = models.TextField()
    period_start = models.IntegerField()  # yyyymmdd; 0: since ever
    period_end = models.IntegerField()
    is_of_village = models.BooleanField()
    village_key = models.BigIntegerField(null=True)  # null where is_of_village: of rows that name none
    cut = models.TextField()  # the dimension beside the village, "" for none
    label = models.TextField(null=True)
    total = models.BigIntegerField()
    count = models.BigIntegerField()
    unknown = models.BigIntegerField()  # rows that could not be judged
    value = models.BigIntegerField(null=True)  # at `decimals` places
    decimals = models.SmallIntegerField()

    class Meta:
        db_table = "figure"
        indexes = (
            models.Index(
                fields=("run", "indicator", "cut", "is_of_village", "period_end", "period_start"),
                name="figure_of_indicator",
            ),
            models.Index(
                fields=("run", "is_of_village", "cut", "village_key", "indicator"), name="figure_of_village"
            ),
        )


class PaperTemplate(models.Model):
    """A Word template that the office wrote itself, or a superior's form whose cells name figures."""

    kind = models.TextField()  # report, form
    name = models.TextField()  # the file's, without its ending
    file_name = models.TextField()
    sha256 = models.TextField()
    size = models.BigIntegerField()
    actor = models.TextField()  # who put it there last
    kept_at = models.DateTimeField()
    is_dropped = models.BooleanField(default=False)

    class Meta:
        db_table = "paper_template"


class Paper(models.Model):
    """A report, a filled form or a stack of cards: what was asked for, by whom, and what it came to."""

    kind = models.TextField()  # report, form, cards
    title = models.TextField()
    template = models.TextField(default="")  # a shipped one's id, or the number of the office's own
    template_sha256 = models.TextField(default="")
    as_of = models.IntegerField()  # yyyymmdd
    villages = models.JSONField(null=True)  # keys; null: of the whole home
    households = models.JSONField(null=True)  # keys; null: all of the villages
    area = models.TextField()  # the same in words, without a person
    asked = models.JSONField(default=dict)  # what else was typed
    reason = models.TextField(default="")
    actor = models.TextField()
    ordered_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    job = models.BigIntegerField(null=True)
    figures = models.JSONField(default=list)  # each figure as it was stated
    told = models.JSONField(default=dict)  # what else the makers should know
    files = models.JSONField(default=dict)  # kind of file -> its size

    class Meta:
        db_table = "paper"
        indexes = (models.Index(fields=["kind", "id"], name="paper_of_kind"),)
