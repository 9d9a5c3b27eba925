"""Which village of the register a written name means."""

from __future__ import annotations

from bangfu.office.home import this_home
from bangfu.registry import queries
from bangfu.screening.place import read_default_divisions
from bangfu.terms.divisions import area_prefix


class Villages:
    """The villages on file, by name and by what the division table makes of a name."""

    def __init__(self) -> None:
        self._divisions = read_default_divisions()
        self._place = area_prefix(this_home().place)
        self._by_code = queries.villages_by_code()
        self._found: dict[str, int | None] = dict(queries.villages_by_name())
        for name, village in queries.villages_by_name().items():
            code = self._divisions.resolve_village(name, self._place).code
            if code is not None:
                self._by_code.setdefault(code, village)

    def key(self, written: str | None) -> int | None:
        """None for a name that means no village on file."""
        if written is None:
            return None
        if written not in self._found:
            code = self._divisions.resolve_village(written, self._place).code
            self._found[written] = self._by_code.get(code) if code else None
        return self._found[written]
