"""Several figures side by side: one line a village, or a label of a dimension."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bangfu.engine.indicators.cells import ALL, Period
from bangfu.policy.model import VILLAGE, Indicator, Policy
from bangfu.registry.queries import villages_in
from bangfu.registry.scope import EVERYTHING, Scope
from bangfu.reporting.models import Figure, FigureRun
from bangfu.reporting.queries.figures import added, figure, label_name, policy_of
from bangfu.reporting.queries.reach import Villages, villages_of
from bangfu.reporting.shown import TableShown
from bangfu.terms.errors import UserError


def table(
    run: FigureRun,
    indicators: Sequence[Indicator],
    by: str,
    period: Period | None = None,
    *,
    scope: Scope = EVERYTHING,
) -> TableShown:
    """Several indicators, one line a village or label of a dimension, with the totals. Zero where nothing is stored.

    UserError where one of them does not have the dimension. A fixed number of queries, however many lines.
    """
    for one in indicators:
        if by not in one.dimensions:
            raise UserError(f"{one.name}没有按这个维度计算,可用的有 {'、'.join(one.dimensions)}")
    places, policy = villages_of(scope), policy_of(run)
    names = villages_in(scope)
    totals = tuple(figure(run, one, period, scope=scope) for one in indicators)
    stored = _stored(run, indicators, by, period, places)
    lines = []
    for key, name in _labels(by, indicators, policy, names, stored):
        cells = [stored.get((one.id, key), []) for one in indicators]
        line = tuple(
            added(replace(total, label=name, cut=by), one, found, policy) if not total.why_not else total
            for one, total, found in zip(indicators, totals, cells, strict=True)
        )
        lines.append((name, line))
    return TableShown(by, totals, tuple(lines))


Key = int | str | None


def _stored(
    run: FigureRun, indicators: Sequence[Indicator], by: str, period: Period | None, places: Villages
) -> Mapping[tuple[str, Key], list[Figure]]:
    found: dict[tuple[str, Key], list[Figure]] = {}
    rows = Figure.objects.filter(run=run, indicator__in=[one.id for one in indicators])
    is_village = by == VILLAGE
    rows = rows.filter(cut=ALL if is_village else by, is_of_village=is_village or places is not None)
    if places is not None:
        rows = rows.filter(village_key__in=[place for place in places if place is not None])
    flows = {one.id for one in indicators if one.is_flow}
    for row in rows:
        wanted = (period or (0, 0)) if row.indicator in flows else (0, 0)
        if (row.period_start, row.period_end) == tuple(wanted):
            key = row.village_key if is_village else row.label
            found.setdefault((row.indicator, key), []).append(row)
    return found


def _labels(
    by: str,
    indicators: Sequence[Indicator],
    policy: Policy,
    villages: Mapping[int, str],
    stored: Mapping[tuple[str, Key], list[Figure]],
) -> list[tuple[Key, str]]:
    """What the lines are of, in the order of villages or forms; what no form has last, and what is not told at the end."""
    there = dict.fromkeys(key for _, key in stored)
    if by == VILLAGE:
        lines: list[tuple[Key, str]] = list(villages.items())
        return [*lines, (None, "(未写明村)")] if None in there else lines
    dimension = policy.dimensions[indicators[0].table][by]
    known = [label for label in dimension.labels if label in there or dimension.of.type.codes is None]
    more = sorted(str(key) for key in there if key is not None and key not in known)
    told: list[tuple[Key, str]] = [
        (label, label_name(label, dimension.of.type.codes, policy)) for label in (*known, *more)
    ]
    return [*told, (None, "(未填)")] if None in there else told
