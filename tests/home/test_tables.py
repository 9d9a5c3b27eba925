"""The database's tables are those that the terms declare."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

from django.core.management import call_command

from bangfu.terms.loader import load_terms
from tests.home.hashes import models

NOT_KEPT = {
    "former_person": "memberships that ended",
    "list_total": "belongs to a batch",
    "source_list": "belongs to a batch",
    "field_comparison": "computed from the three sources",
    "report_figure": "comes with reports",
}


def test_every_declared_table_is_kept_or_said_to_be_computed() -> None:
    kept = {model.table for model in models()}
    assert kept | set(NOT_KEPT) == set(load_terms().tables)
    assert not kept & set(NOT_KEPT)


def test_migrations_make_the_tables_of_the_models(home: Path) -> None:
    told = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=told)  # exits where one is missing
    assert "No changes detected" in told.getvalue()
