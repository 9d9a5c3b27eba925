"""The report's figures as declared in `published.yaml`, and their values computed from snapshots of a home."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from bangfu.engine.run import Run, run
from bangfu.policy.language.parser import parse
from bangfu.policy.language.types import unscaled
from bangfu.policy.loader import default_root, load_policy, vocabulary_of
from bangfu.policy.model import Check, Policy
from bangfu.screening.job import open_engine
from bangfu.screening.snapshot import read_manifest, snapshot_facts
from bangfu.terms.divisions import area_prefix

_PATH = Path(__file__).with_name("published.yaml")
_AGGREGATES = {"rows": "count(*)", "sum": "coalesce(sum({}), 0)", "mean": "avg({})"}


@dataclass(frozen=True)
class Figure:
    """One published figure. `value` is what the ledgers show; `reported` the report's own where that is a doubt."""

    ref: str
    subject: str
    value: Decimal
    unit: str
    is_carried: bool
    at_least: bool = False
    reason: str = ""
    as_of: int = 0
    measure: str = ""
    table: str = ""
    columns: tuple[str, ...] = ()
    where: str = ""
    standard: str = ""
    divide: int = 1
    reported: Decimal | None = None
    why: str = ""

    def holds(self, computed: Decimal) -> bool:
        return computed >= self.value if self.at_least else computed == self.value


def published() -> tuple[Figure, ...]:
    """All figures, in the report's order."""
    return tuple(_figure(item) for item in yaml.safe_load(_PATH.read_text("utf-8"))["figures"])


def _figure(item: Mapping[str, Any]) -> Figure:
    doubt = item.get("doubt", {})
    as_of: date | None = item.get("as_of")
    return Figure(
        ref=item["ref"],
        subject=item["subject"],
        value=Decimal(str(item["value"])),
        unit=item["unit"],
        is_carried=item["carried"],
        at_least=item.get("at_least", False),
        reason=item.get("reason", ""),
        as_of=as_of.year * 10000 + as_of.month * 100 + as_of.day if as_of else 0,
        measure=item.get("measure", ""),
        table=item.get("table", ""),
        columns=tuple(item.get("columns", ())),
        where=item.get("where", ""),
        standard=item.get("standard", ""),
        divide=item.get("divide", 1),
        reported=Decimal(str(doubt["reported"])) if doubt else None,
        why=doubt.get("why", ""),
    )


def days() -> tuple[int, ...]:
    """The days (yyyymmdd) of which snapshots are needed."""
    return tuple(sorted({figure.as_of for figure in published() if figure.is_carried}))


def computed(snapshot: Path) -> dict[str, Decimal]:
    """By ref, the carried figures of the snapshot's day. ValueError where a condition cannot be asked of it."""
    policy = load_policy()
    manifest = read_manifest(snapshot)
    figures = [figure for figure in published() if figure.is_carried and figure.as_of == manifest["as_of"]]
    place = area_prefix(manifest["place"])
    facts = snapshot_facts(snapshot, open_engine())
    checks = {figure.ref: _check(figure, policy) for figure in figures if figure.where}
    answered = run(facts.dataset, policy, manifest["as_of"], place, checks.values())
    if answered.not_run:
        raise ValueError(f"figures that cannot be asked: {answered.not_run}")
    return dict(_values(figures, checks, answered))


def _values(
    figures: Iterable[Figure], checks: Mapping[str, Check], answered: Run
) -> Iterator[tuple[str, Decimal]]:
    for figure in figures:
        if figure.measure == "standard":
            yield figure.ref, _standard(figure, answered)
        else:
            yield figure.ref, _measured(figure, checks.get(figure.ref), answered)


def _check(figure: Figure, policy: Policy) -> Check:
    """The condition as a question to every row of the table: `when` true counts the row."""
    vocabulary = vocabulary_of(default_root(), policy.terms, dict(policy.codelists), dict(policy.standards))
    return Check(
        id=figure.ref,
        name=figure.subject,
        subject=figure.table,
        severity="reminder",
        when=parse(figure.where, figure.table, vocabulary),
        text=figure.where,
        refs=(),
        codes=(),
        since=None,
        until=None,
        focus=(),
        missing_passes=True,
        department="",
        rectify="",
        basis="",
        examples=(),
        file=_PATH.name,
        line=0,
    )


def _standard(figure: Figure, answered: Run) -> Decimal:
    standard = answered.policy.standards[figure.standard]
    found = standard.at(figure.as_of, answered.place)
    if found is None:
        raise ValueError(f"{figure.ref}: no value of {figure.standard} on {figure.as_of}")
    return Decimal(str(unscaled(found.value, standard.type.kind))) / figure.divide


def _measured(figure: Figure, check: Check | None, answered: Run) -> Decimal:
    source = f'"{figure.table}" t'
    if check is not None:
        hits = answered.hits_table(check)
        if hits is None:
            return Decimal(0)
        source += f" JOIN {hits} h ON h.row_key = t.row_key AND h.found"
    columns = [f't."{name}"' for name in figure.columns]
    if figure.measure == "distinct":
        asked = f"count(DISTINCT ({', '.join(columns)}))"
    else:
        asked = _AGGREGATES[figure.measure].format(" + ".join(f"coalesce({name}, 0)" for name in columns))
    row = answered.dataset.connection.execute(f"SELECT {asked} FROM {source}").fetchone()
    assert row is not None
    return Decimal(str(row[0])) / _scale(figure, answered.policy)


def _scale(figure: Figure, policy: Policy) -> int:
    """What one whole unit of the summed columns is held as."""
    if figure.measure not in ("sum", "mean"):
        return 1
    kind = policy.terms.table(figure.table).fields[figure.columns[0]].type
    return {"money": 100, "decimal": 10_000}.get(kind, 1)
