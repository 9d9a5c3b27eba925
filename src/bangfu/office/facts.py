"""Fact tables: Django models whose columns are those that `terms/` declares, held as the engine holds them.

Money is integer fen, a decimal ten-thousandths, a day yyyymmdd, a month yyyymm (docs/adr/0006): a row of the
database, of a snapshot and of a check are the same values.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.db.models.base import ModelBase

from bangfu.terms.loader import load_terms
from bangfu.terms.model import Field

_KINDS: Mapping[str, type[models.Field[Any, Any]]] = {
    "text": models.TextField,
    "code": models.TextField,
    "codes": models.TextField,
    "yes_no": models.BooleanField,
    "integer": models.BigIntegerField,
    "decimal": models.BigIntegerField,
    "money": models.BigIntegerField,
    "date": models.IntegerField,
    "month": models.IntegerField,
}
SOURCE = ("src", "src_row")
"""The list and its row that a fact was last read from; empty for what a person entered."""


def column(field: Field, *, index: bool = False, required: bool = False) -> models.Field[Any, Any]:
    """The database column of a declared field; empty means that nobody knows."""
    return _KINDS[field.type](null=not required, db_index=index)


class FactBase(ModelBase):
    """Adds the declared columns of `table`.

    `without` are those that other tables answer, `index` those searched, `required` those without which a row says nothing.
    `listed` is by what a ledger of millions is walked from its last row backwards.
    """

    def __new__(
        mcs,
        name: str,
        bases: tuple[type, ...],
        attrs: dict[str, Any],
        *,
        table: str | None = None,
        without: tuple[str, ...] = (),
        index: tuple[str, ...] = (),
        required: tuple[str, ...] = (),
        listed: tuple[str, ...] = (),
    ) -> FactBase:
        if table is not None:
            declared = load_terms().table(table)
            columns = {
                field.name: column(field, index=field.name in index, required=field.name in required)
                for field in declared.own_fields
                if field.name not in without
            }
            walked = [models.Index(fields=[*listed, "id"], name=f"{table}_listed")] if listed else []
            told = {"db_table": table, "verbose_name": declared.label, "indexes": walked}
            meta = type("Meta", (), told)
            attrs = {"Meta": meta, **columns, **attrs, "table": table}
        made: FactBase = super().__new__(mcs, name, bases, attrs)
        return made


class Fact(models.Model, metaclass=FactBase):
    """A row of a fact table. Only `journal.transaction` writes it."""

    id = models.BigIntegerField(primary_key=True)
    src = models.BigIntegerField(null=True)
    src_row = models.IntegerField(null=True)

    table: str = ""

    class Meta:
        abstract = True
