"""What a table of a snapshot reads in place of one of the register: the same rows, with less work."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bangfu.intake.snapshots.columns import Kept
from bangfu.intake.snapshots.reading import some_rows
from bangfu.intake.snapshots.tables import MADE, attached

_WRITTEN = frozenset({"membership", "household_class", "annual_record", "monitoring_episode"})
"""Tables whose rows of the day stand in the snapshot already; status events do not, as later ones count, too."""
_OF_PERSON = {"person": "id", "membership": "person_key"}


@dataclass(frozen=True)
class Sooner:
    """For one table of a snapshot that is being written to `out`, those made of several tables last."""

    table: str
    out: Path
    as_of: int
    kept: Kept

    def __call__(self, name: str) -> str:
        if self.table == "former_person" and name in _OF_PERSON:  # of all persons a few
            left = f"SELECT person_key FROM membership WHERE left_on <= {self.as_of}"
            return some_rows(name, sorted(self.kept[name]), f"{_OF_PERSON[name]} IN ({left})")
        if self.table in MADE and name in _WRITTEN:
            return f"(SELECT *, row_key AS id FROM {quoted(self.out / f'{name}.parquet')})"
        return attached(name)


def quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
