"""What a run is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Asked:
    """Of which day (yyyymmdd), of which villages (ids in the register; none: all), by which checks (ids; none: all)."""

    as_of: int
    villages: tuple[int, ...] = ()
    checks: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        return not self.villages and not self.checks

    def as_json(self) -> dict[str, Any]:
        """For a job's parameters: no personal data."""
        return {"as_of": self.as_of, "villages": list(self.villages), "checks": list(self.checks)}

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Asked:
        return cls(int(told["as_of"]), tuple(told.get("villages", ())), tuple(told.get("checks", ())))
