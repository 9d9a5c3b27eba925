"""One hash of every fact table's rows, to tell whether anything moved."""

from __future__ import annotations

import hashlib
import json

from django.apps import apps

from bangfu.office.facts import Fact
from bangfu.office.journal.rows import all_rows


def models() -> list[type[Fact]]:
    return sorted(
        (model for model in apps.get_models() if issubclass(model, Fact)), key=lambda model: model.table
    )


def facts_hash() -> str:
    told = hashlib.sha256()
    for model in models():
        for row in all_rows(model):
            told.update(json.dumps([model.table, row], sort_keys=True).encode())
    return told.hexdigest()
