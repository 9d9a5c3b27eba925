"""Village names made comparable: codes where the division table knows them, else how they sound."""

from __future__ import annotations

from bangfu.terms.divisions import Divisions, split_village
from bangfu.terms.homophones import sound_of


class Places:
    """Gives equal keys to names of one village; remembers every spelling, for a list has few of them."""

    def __init__(self, divisions: Divisions | None = None, area: str = "") -> None:
        self._divisions = divisions
        self._area = area
        self._keys: dict[str, str] = {}

    def key(self, name: str | None) -> str:
        """Empty when no village is written."""
        if not name:
            return ""
        key = self._keys.get(name)
        if key is None:
            key = self._keys[name] = self._find(name)
        return key

    def _find(self, name: str) -> str:
        if self._divisions is not None:
            code = self._divisions.resolve_village(name, self._area).code
            if code:
                return code
        return sound_of(split_village(name)[0])
