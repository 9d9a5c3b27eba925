"""Which person on file a row of a file means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bangfu.registry import queries

Values = Mapping[str, Any]


class PersonsOnFile:
    """The persons on file whom some rows may mean; `rows` are those persons as the register has them."""

    def __init__(self, people: Iterable[Values]) -> None:
        listed = list(people)
        self.by_number = queries.persons_by_number(_texts(listed, "nat_person_no"))
        self.by_id = queries.persons_by_id(_texts(listed, "id_no"))
        self.rows = queries.person_rows({*self.by_number.values(), *_all(self.by_id.values())})

    def who(self, values: Values) -> int | None:
        """The person on file: by 人编号, else by ID number and name; never by the number alone."""
        number = values.get("nat_person_no")
        if number and number in self.by_number:
            return self.by_number[number]
        for person in self.by_id.get(values.get("id_no") or "", ()):
            known = self.rows[person]
            if known["full_name"] == values.get("full_name") and not (number and known["nat_person_no"]):
                return person
        return None


def _texts(people: Iterable[Values], name: str) -> list[str]:
    return [value for values in people if (value := values.get(name))]


def _all(groups: Iterable[Iterable[int]]) -> Iterator[int]:
    for group in groups:
        yield from group
