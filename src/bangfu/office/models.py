"""The home, its divisions, its journal and its accounts."""

from __future__ import annotations

from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from bangfu.office.facts import Fact


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
        indexes = (
            models.Index(fields=["actor", "position"], name="journal_of_actor"),
            models.Index(fields=["kind", "source", "position"], name="journal_of_source"),
        )


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


class User(AbstractBaseUser):
    """An account. What it may do are its holdings; it is switched off, never deleted."""

    username = models.CharField(max_length=40, unique=True)
    full_name = models.TextField()
    phone = models.TextField(default="")  # with the name, says which households are paired with a helper
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=True)
    failed_logins = models.IntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    ticket = models.TextField(default="")  # part of every session: a new one ends them all

    objects: ClassVar[BaseUserManager[Self]] = BaseUserManager()
    USERNAME_FIELD = "username"

    class Meta:
        db_table = "account"

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Sessions end with a new password, as always, and with a new ticket."""
        return salted_hmac(
            "bangfu.session", f"{self.password}:{self.ticket}", secret=secret, algorithm="sha256"
        ).hexdigest()


class RoleHolding(models.Model):
    """A role that an account holds for an area."""

    user = models.ForeignKey(User, models.CASCADE, related_name="holdings")
    role = models.TextField()
    area = models.TextField()  # division code
    departments = models.TextField(default="")  # separated by blanks

    class Meta:
        db_table = "role_holding"


class AccessRecord(Fact, table="access_record"):
    """What was seen in full, exported or changed of accounts; as a fact, so that the journal seals it."""


class SetDate(Fact, table="set_date", required=("name", "on")):
    """A day that the office counts down to."""
