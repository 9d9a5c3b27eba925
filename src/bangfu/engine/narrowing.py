"""Asking the rows of a few villages only. What they are compared with stays whole, so no answer changes by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bangfu.terms.model import Table


@dataclass(frozen=True)
class Villages:
    """Rows of the village table, by their keys."""

    keys: frozenset[int]

    def condition(self, table: Table, relations: Mapping[str, str]) -> str:
        """SQL for the table's rows that name one of the villages, or a household or person of one.

        A row may name a village and a household of another: it is asked, and who tells the findings decides.
        """
        listed = ", ".join(str(key) for key in sorted(self.keys)) or "NULL"
        return " OR ".join(self._ways(table, listed, relations)) or "FALSE"

    def _ways(self, table: Table, listed: str, relations: Mapping[str, str]) -> Iterator[str]:
        if table.name == "village":
            yield f"row_key IN ({listed})"
        if "village" in table.links:
            yield f"village_key IN ({listed})"
        for owner in ("household", "person"):
            if owner in table.links and owner in relations:
                of_owner = f"SELECT row_key FROM {relations[owner]} WHERE village_key IN ({listed})"
                yield f"{owner}_key IN ({of_owner})"
