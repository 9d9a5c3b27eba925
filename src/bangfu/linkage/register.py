"""The register's persons in columns, with indexes for linking, each built when first asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from typing import TypeVar

from bangfu.linkage.names import name_key
from bangfu.linkage.numbers import core_of
from bangfu.linkage.places import Places
from bangfu.terms.divisions import Divisions
from bangfu.terms.homophones import sound_of
from bangfu.terms.id_number import birth_of, clean_id, is_masked

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
Rows = Sequence[int]
_NOBODY: Rows = ()


@dataclass(frozen=True, slots=True)
class Person:
    """One registered person; `id18` may be any certificate number, dirty or empty; `birth` yyyymmdd or 0."""

    key: int
    name: str
    id18: str
    village: str
    household_key: int
    head_name: str = ""
    birth: int = 0


class Register:
    """Persons by row (0, 1, ...); `divisions` and `area` make village names comparable with dirty ones."""

    def __init__(
        self,
        *,
        keys: Sequence[int],
        names: Sequence[str],
        numbers: Sequence[str],
        villages: Sequence[str],
        households: Sequence[int],
        heads: Sequence[str] | None = None,
        births: Sequence[int | None] | None = None,
        divisions: Divisions | None = None,
        area: str = "",
    ) -> None:
        self.places = Places(divisions, area)
        self.keys = keys
        self.written_names = names
        self.households = households
        self.names = [name_key(name) for name in names]
        self.numbers = [core_of(_usable(number)) for number in numbers]
        self.villages = [self.places.key(village) for village in villages]
        self._heads = heads
        self._births = births

    @classmethod
    def of(cls, persons: Iterable[Person], divisions: Divisions | None = None, area: str = "") -> Register:
        people = list(persons)
        return cls(
            keys=[p.key for p in people],
            names=[p.name for p in people],
            numbers=[p.id18 for p in people],
            villages=[p.village for p in people],
            households=[p.household_key for p in people],
            heads=[p.head_name for p in people],
            births=[p.birth for p in people],
            divisions=divisions,
            area=area,
        )

    def __len__(self) -> int:
        return len(self.keys)

    def birth(self, row: int) -> int | None:
        given = self._births[row] if self._births else None
        return given or birth_of(self.numbers[row])

    def head(self, row: int) -> str:
        return name_key(self._heads[row]) if self._heads and self._heads[row] else ""

    @cached_property
    def by_number(self) -> dict[str, int]:
        """The first person of each number; the others are in `twins`."""
        found = dict(zip(reversed(self.numbers), range(len(self.numbers) - 1, -1, -1), strict=True))
        found.pop("", None)
        return found

    @cached_property
    def twins(self) -> dict[str, Rows]:
        """Numbers that several persons have: a fault of the register."""
        first = self.by_number
        repeated = {n for row, n in enumerate(self.numbers) if n and first[n] != row}
        return {n: rows for n, rows in self._index(lambda row: self.numbers[row]).items() if n in repeated}

    def with_number(self, number: str) -> Rows:
        first = self.by_number.get(number)
        if first is None:
            return _NOBODY
        return self.twins.get(number) or (first,)

    @cached_property
    def _by_name(self) -> dict[str, list[int]]:
        return self._index(self.names.__getitem__)

    def named(self, name: str) -> Rows:
        return self._by_name.get(name, _NOBODY)

    @cached_property
    def _by_sound_and_village(self) -> dict[tuple[str, str], list[int]]:
        return self._index(lambda row: (sound_of(self.names[row]), self.villages[row]))

    def sounding(self, name: str, village: str) -> Rows:
        return self._by_sound_and_village.get((sound_of(name), village), _NOBODY)

    @cached_property
    def _by_first_fifteen(self) -> dict[str, list[int]]:
        return self._index(lambda row: self.numbers[row][:15])

    def starting(self, first15: str) -> Rows:
        return self._by_first_fifteen.get(first15, _NOBODY)

    @cached_property
    def _by_last_four(self) -> dict[str, list[int]]:
        return self._index(lambda row: self.numbers[row][-4:])

    def ending(self, last4: str) -> Rows:
        return self._by_last_four.get(last4, _NOBODY)

    def _index(self, key: Callable[[int], K]) -> dict[K, list[int]]:
        found: defaultdict[K, list[int]] = defaultdict(list)
        for row in range(len(self.keys)):
            found[key(row)].append(row)
        return dict(found)


def _usable(number: str) -> str:
    text = clean_id(number)
    return "" if is_masked(text) else text


def columns_or_blank(column: Sequence[V | None] | None, length: int) -> Iterable[V | None]:
    """The column, or as many blanks when a list lacks it."""
    return column if column is not None else repeat(None, length)
