"""Several counts at once: the figures of the first page are one question to the database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection

from bangfu.casework.queries.filters import TaskFilter, listed
from bangfu.casework.queries.tasks import COUNTED, Counted
from bangfu.registry.scope import Scope


def counts(
    scope: Scope, filters: Mapping[str, tuple[TaskFilter, ...]], *, cap: int = COUNTED
) -> dict[str, Counted]:
    """By name: how many tasks the filters chose together, each counted no further than `cap`. One query."""
    parts: list[str] = []
    given: list[Any] = []
    for chosen in filters.values():
        terms = [_counted(part, given) for part in _parts(scope, chosen, cap)]
        parts.append(" + ".join(terms) or "0")
    if not parts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", given)
        row = cursor.fetchone()
    return {name: Counted(min(number, cap), number > cap) for name, number in zip(filters, row, strict=True)}


def _parts(scope: Scope, filters: tuple[TaskFilter, ...], cap: int) -> list[Any]:
    return [
        part.rows.order_by().values("id")[: cap + 1].query
        for filter in filters
        for part in listed(scope, filter)
    ]


def _counted(query: Any, given: list[Any]) -> str:
    """The query as a number; its parameters join those given."""
    try:
        text, parameters = query.sql_with_params()
    except EmptyResultSet:
        return "0"
    given.extend(parameters)
    return f"(SELECT COUNT(*) FROM ({text}) counted)"
