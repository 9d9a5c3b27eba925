"""The narrow tables of a count, kept as files: whoever opens its figures finds what was judged, and judges nothing anew.

Their columns are named by places: those in which the indicators that were counted name them, which the same rulebook
gives again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bangfu.engine.dataset import Dataset
from bangfu.engine.indicators.cells import Period
from bangfu.engine.indicators.populations import Base, new_base
from bangfu.policy.model import Indicator, Policy

_KEPT_TYPES = frozenset({"BIGINT", "INTEGER", "BOOLEAN", "VARCHAR"})
"""Parquet has no whole numbers beyond 64 bits: a table that holds such is not kept, and is read anew."""


@dataclass(frozen=True)
class KeptBases:
    """Where they lie, and which indicators (ids, in their order) were counted from them."""

    folder: Path
    counted: Sequence[str]

    def base(self, dataset: Dataset, policy: Policy, table: str, period: Period | None) -> Base | None:
        """The narrow table of a table of facts, all its rows in the order of their keys; None where it was not kept."""
        path = _path(self.folder, table, period)
        if not path.is_file():
            return None
        counted = (policy.indicators[name] for name in self.counted)
        asked = together((one for one in counted if one.table == table), period)
        base = new_base(f"kept {path.stem}", asked, policy, period, is_kept=True)
        dataset.connection.execute(f"CREATE OR REPLACE TEMP VIEW \"{base.name}\" AS FROM '{_quoted(path)}'")
        return base


def keep_base(folder: Path, dataset: Dataset, base: Base) -> None:
    """Writes one beside the others."""
    described = dataset.connection.execute(f'DESCRIBE "{base.name}"').fetchall()
    if _KEPT_TYPES.issuperset(column[1] for column in described):
        folder.mkdir(exist_ok=True)
        path = _quoted(_path(folder, base.table, base.period))
        dataset.connection.execute(
            f"COPY (FROM \"{base.name}\" ORDER BY row_key) TO '{path}' (FORMAT parquet)"
        )


def together(indicators: Iterable[Indicator], period: Period | None) -> list[Indicator]:
    """Of a table's indicators those that are counted from one narrow table: with a period those that name it."""
    return [one for one in indicators if one.is_counted and one.reads_period is (period is not None)]


def _path(folder: Path, table: str, period: Period | None) -> Path:
    return folder / f"{table}{'' if period is None else f'-{period.start}-{period.end}'}.parquet"


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
