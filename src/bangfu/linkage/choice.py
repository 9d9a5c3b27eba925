"""Choosing among candidates: the strongest agreement of names, then the village, never one of two."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from bangfu.linkage.names import STRENGTH, Agreement, agreement
from bangfu.linkage.register import Register
from bangfu.linkage.row import Row


class Candidate(NamedTuple):
    """A person of the register whose name agrees with the row's."""

    person: int
    names: Agreement


def agreeing(register: Register, row: Row, people: Iterable[int]) -> list[Candidate]:
    found = ((person, agreement(row.name, register.names[person])) for person in people)
    return [Candidate(person, names) for person, names in found if names is not None]


def strongest(register: Register, row: Row, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates left when weaker names and, if that is not enough, other villages are put aside."""
    if len(candidates) < 2:
        return candidates
    best = min(STRENGTH[c.names] for c in candidates)
    left = [c for c in candidates if STRENGTH[c.names] == best]
    here = [c for c in left if same_village(register, row, c.person)]
    return here if len(left) > 1 and here else left


def same_village(register: Register, row: Row, person: int) -> bool:
    """Both are known and agree."""
    return row.village != "" and row.village == register.villages[person]


def other_village(register: Register, row: Row, person: int) -> bool:
    """Both are known and differ."""
    village = register.villages[person]
    return row.village != "" and village != "" and row.village != village


def has_namesake_nearby(register: Register, row: Row, person: int) -> bool:
    """Whether somebody else of the household or village has exactly the row's name.

    Lists often carry a relative's number: 张海林's number beside 张海琳's name, when there is a 张海琳.
    """
    return any(
        other != person
        and (
            register.households[other] == register.households[person]
            or (register.villages[other] == register.villages[person] != "")
        )
        for other in register.named(row.name)
    )


def list_names(register: Register, people: Iterable[int]) -> str:
    """The names as the register writes them, three at most."""
    names = list(dict.fromkeys(register.written_names[person].strip() for person in people))
    return "、".join(names[:3]) + ("等" if len(names) > 3 else "")
