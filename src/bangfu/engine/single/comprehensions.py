"""Aggregates over related rows as Python functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bangfu.engine import reference
from bangfu.engine.single.rows import Row
from bangfu.terms.model import ROW_KEY

Frame = list[Row]
Function = Callable[[Frame], Any]
Group = Callable[[Frame], "list[Row] | None"]


def grouped(owner: Callable[[Frame], Row | None], relation: str, keys: tuple[str, ...]) -> Group:
    """The related rows; None where there is no row that could have any, or it lacks a value to be found by."""
    asked = tuple(key for key in keys if key != ROW_KEY)

    def rows(frame: Frame) -> list[Row] | None:
        row = owner(frame)
        if row is None:
            return None
        for key in asked:
            if row[key] is None:
                return None
        found: list[Row] = row[relation]
        return found

    return rows


def any_of(group: Group, slot: int, condition: Function, element: Function) -> Function:
    def value(frame: Frame) -> bool | None:
        rows = group(frame)
        if rows is None:
            return None
        answer: bool | None = False
        for row in rows:
            frame[slot] = row
            fits = condition(frame)
            if fits is False:
                continue
            found = element(frame)
            if found is False:
                continue
            if fits and found:
                return True
            answer = None
        return answer

    return value


def all_of(group: Group, slot: int, condition: Function, element: Function) -> Function:
    def value(frame: Frame) -> bool | None:
        rows = group(frame)
        if rows is None:
            return None
        answer: bool | None = True
        for row in rows:
            frame[slot] = row
            fits = condition(frame)
            if fits is False:
                continue
            found = element(frame)
            if found is True:
                continue
            if fits and found is False:
                return False
            answer = None
        return answer

    return value


def gathered(
    group: Group, slot: int, condition: Function, element: Function, gather: Callable[[list[Any]], Any]
) -> Function:
    """Counts, sums and ends: unknown as soon as one row is."""

    def value(frame: Frame) -> Any:
        rows = group(frame)
        if rows is None:
            return None
        values = []
        for row in rows:
            frame[slot] = row
            fits = condition(frame)
            if fits is None:
                return None
            if fits:
                found = element(frame)
                if found is None:
                    return None
                values.append(found)
        return gather(values)

    return value


GATHERED: Mapping[str, Callable[[list[Any]], Any]] = {
    "count": len,
    "count_distinct": lambda values: len(set(values)),
    "sum": lambda values: reference.in_range(sum(values)),
    "min": lambda values: min(values, default=None),
    "max": lambda values: max(values, default=None),
}
