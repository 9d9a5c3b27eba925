"""The ledgers by the names of their tables."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from django.apps import apps

from bangfu.office.facts import Fact

LINKS: Mapping[str, str] = {"person_key": "人", "household_key": "户", "village_key": "村"}


@cache
def ledgers() -> Mapping[str, type[Fact]]:
    return {
        model.table: model for model in apps.get_app_config("ledger").get_models() if issubclass(model, Fact)
    }


def ledger(table: str) -> type[Fact]:
    """The model of a ledger. KeyError for a table that is none."""
    return ledgers()[table]
