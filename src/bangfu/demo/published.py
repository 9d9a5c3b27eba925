"""The report's figures as declared in `published.yaml`, and their values computed from snapshots of a home."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from bangfu.engine.indicators.asking import Asking
from bangfu.engine.indicators.cells import shown
from bangfu.engine.indicators.wanting import wanting
from bangfu.policy.loader import load_policy
from bangfu.policy.references import parse_reference
from bangfu.screening.job import open_engine
from bangfu.screening.snapshot import read_manifest, snapshot_facts
from bangfu.terms.divisions import area_prefix

_PATH = Path(__file__).with_name("published.yaml")


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
    figure: str = ""
    """As templates name it."""
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
        figure=item.get("figure", ""),
        reported=Decimal(str(doubt["reported"])) if doubt else None,
        why=doubt.get("why", ""),
    )


def days() -> tuple[int, ...]:
    """The days (yyyymmdd) of which snapshots are needed."""
    return tuple(sorted({figure.as_of for figure in published() if figure.is_carried}))


def computed(snapshot: Path) -> dict[str, Decimal]:
    """By ref, the carried figures of the snapshot's day. ValueError where one cannot be asked of it."""
    policy, manifest = load_policy(), read_manifest(snapshot)
    day, place = manifest["as_of"], area_prefix(manifest["place"])
    facts = snapshot_facts(snapshot, open_engine())
    asking = Asking(facts.dataset, policy, day, place)
    figures = [figure for figure in published() if figure.is_carried and figure.as_of == day]
    wanted = [parse_reference(figure.figure, policy).on(day) for figure in figures]
    for one in wanted:
        if reasons := wanting(one.reference.indicator, facts.dataset, policy, day, place):
            raise ValueError(f"{one.reference.text}: {reasons}")
    cells = asking.figures(asking.ask(one) for one in wanted)
    return {
        figure.ref: shown(cell.value, policy.indicators[cell.indicator].decimals) or Decimal(0)
        for figure, cell in zip(figures, cells, strict=True)
    }
