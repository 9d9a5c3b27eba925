"""The home, its divisions and its journal."""

from __future__ import annotations

from django.db import models


class Home(models.Model):
    """The one row that says what this database is, and that writers of PostgreSQL queue at."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    key = models.TextField()
    format = models.IntegerField()  # home.FORMAT of the program that made or last moved it
    place = models.TextField()  # division code of the office
    business_on = models.IntegerField(null=True)  # yyyymmdd; empty: the day it is
    overlays = models.TextField(default="")  # of the rulebook, separated by blanks

    class Meta:
        db_table = "home"


class Division(models.Model):
    """An area of the division table; an area's code begins with its parent's."""

    code = models.TextField(primary_key=True)
    name = models.TextField()
    level = models.TextField()
    aliases = models.TextField(default="")  # separated by blanks

    class Meta:
        db_table = "division"


class Counter(models.Model):
    """The last row number that a fact table gave away: numbers are never used twice."""

    table = models.TextField(primary_key=True)
    last = models.BigIntegerField()

    class Meta:
        db_table = "counter"


class Transaction(models.Model):
    """Changes that were made together, sealed: see journal/sealing.py."""

    position = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.TextField()
    kind = models.TextField()
    source = models.TextField()
    reason = models.TextField(default="")
    entries = models.IntegerField()
    seal = models.TextField()

    class Meta:
        db_table = "journal_transaction"


class Entry(models.Model):
    """One change of one row: its columns before and after as JSON, empty where the row was not there."""

    number = models.BigIntegerField(primary_key=True)
    transaction = models.ForeignKey(Transaction, models.PROTECT, db_column="position")
    table = models.TextField()
    row = models.BigIntegerField()
    before = models.TextField(null=True)
    after = models.TextField(null=True)
    digest = models.BinaryField()

    class Meta:
        db_table = "journal_entry"
        indexes = (models.Index(fields=["table", "row", "number"], name="journal_entry_of_row"),)
