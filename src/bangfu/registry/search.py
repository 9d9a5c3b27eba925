"""What a text typed into a search can mean: a name, its initials, a number or the end of one. Pure reading."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db import connection
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from bangfu.registry.computed import ID_PLACES, searched_name
from bangfu.registry.models import Household, MemberKey, Membership
from bangfu.terms.readings import initials_of

LONGEST = 40
_LAST = "\U0010ffff"
_NUMBER = re.compile(r"[0-9]+X?")
_SHORTEST_NUMBER, _SHORTEST_WHOLE_ID = 4, 15
_HAN_THEN_LETTERS = re.compile(r"([^A-Z]+)([A-Z]+)")


@dataclass(frozen=True)
class Way:
    """Rows that answer a text in one way; `household` is their column with the household's id.

    `is_rare`: never many, so that nobody needs to count them.
    """

    model: type[Model]
    condition: Q
    household: str = "household_id"
    is_rare: bool = False

    @property
    def households(self) -> QuerySet[Any]:
        return self.model._default_manager.filter(self.condition).order_by().values(self.household)

    @property
    def persons(self) -> QuerySet[Any] | None:
        """The persons that it finds; None where it finds households by their own number."""
        if self.model is Household:
            return None
        return self.model._default_manager.filter(self.condition).order_by().values("person_id")

    def exists(self, outer: str = "household_id") -> Exists:
        """For a query of households: that one is answered in this way."""
        return Exists(self.households.filter(**{self.household: OuterRef(outer)}))

    def is_narrow(self, most: int) -> bool:
        """Whether at most so many rows answer it."""
        return self.is_rare or bool(self.households[: most + 1].count() <= most)


@dataclass(frozen=True)
class Meaning:
    """The ways in which a text is looked up, the best first; `hint` where it cannot be."""

    ways: tuple[Way, ...] = ()
    hint: str = ""


def meaning_of(text: str) -> Meaning | None:
    """None where nothing was typed."""
    shown = unicodedata.normalize("NFKC", text).strip()
    if not shown:
        return None
    if len(shown) > LONGEST:
        return Meaning(hint=f"最多输入 {LONGEST} 个字")
    number = re.sub(r"[\s-]", "", shown).upper()
    if _NUMBER.fullmatch(number):
        return _of_number(number)
    name = searched_name(shown)
    return Meaning(tuple(_of_name(name))) if name else Meaning(hint="请输入姓名、姓名首字母或号码")


def beginning(column: str, prefix: str) -> Q:
    """That a text column begins with a prefix, in the words in which each database uses its index."""
    if connection.vendor == "sqlite":
        return Q(**{f"{column}__gte": prefix, f"{column}__lt": prefix + _LAST})
    return Q(**{f"{column}__startswith": prefix})


def members_found(
    ways: Iterable[Way], households: Sequence[int]
) -> Iterator[tuple[int, int, str | None, str | None, int | None]]:
    """Of these households whom the ways find: household, person, name, relation to the head, the day of leaving."""
    known = list(ways)
    for model, left in ((MemberKey, "membership__left_on"), (Membership, "left_on")):
        conditions = [way.condition for way in known if way.model is model]
        if conditions:
            names = ("household_id", "person_id", "person__full_name", "person__relation_to_head", left)
            rows = model._default_manager.filter(reduce(or_, conditions), household_id__in=households)
            yield from rows.values_list(*names)


def _of_name(name: str) -> Iterable[Way]:
    """A whole name before those that only begin so; 王JG is a name that begins with 王 and has these initials."""
    if name.isascii():
        letters = name.lower()
        yield Way(MemberKey, Q(initials=letters))
        yield Way(MemberKey, beginning("initials", letters))
    elif mixed := _HAN_THEN_LETTERS.fullmatch(name):
        yield Way(MemberKey, beginning("name", mixed[1]) & beginning("initials", initials_of(name)))
    else:
        yield Way(MemberKey, Q(name=name), is_rare=True)
        yield Way(MemberKey, beginning("name", name))


def _of_number(number: str) -> Meaning:
    if len(number) < _SHORTEST_NUMBER:
        return Meaning(hint=f"号码至少输入 {_SHORTEST_NUMBER} 位")
    ways = []
    if len(number) <= ID_PLACES:
        ways.append(Way(MemberKey, beginning("id_back", number[::-1]), is_rare=True))
    if len(number) >= _SHORTEST_WHOLE_ID:
        ways.append(Way(Membership, beginning("person__id_no", number), is_rare=True))
    if number.isdecimal():
        ways.append(Way(Household, beginning("nat_household_no", number), "id"))
        ways.append(Way(Membership, beginning("person__nat_person_no", number)))
    return Meaning(tuple(ways))
