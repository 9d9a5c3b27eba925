"""What people call a person or a household: a name, the national number, and where it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bangfu.office.journal.rows import batched
from bangfu.registry.models import Household, Person, Village


@dataclass(frozen=True)
class Named:
    """`name` is a person's own or that of the head of a household."""

    name: str | None
    number: str | None
    village: int | None = None


def households_named(ids: Iterable[int | None]) -> dict[int, Named]:
    """Households by number of their rows; two columns are read, not the whole rows."""
    found: dict[int, Named] = {}
    for some in batched(_wanted(ids)):
        rows = Household.objects.filter(id__in=some)
        listed = rows.values_list("id", "head_name", "head__full_name", "nat_household_no", "village_id")
        for row, written, head, number, village in listed:
            found[row] = Named(head or written, number, village)
    return found


def persons_named(ids: Iterable[int | None]) -> dict[int, Named]:
    found: dict[int, Named] = {}
    for some in batched(_wanted(ids)):
        for row, name, number in Person.objects.filter(id__in=some).values_list(
            "id", "full_name", "nat_person_no"
        ):
            found[row] = Named(name, number)
    return found


def villages_named() -> Mapping[int, str]:
    """Every village on file by number, in the order of their codes."""
    rows = Village.objects.order_by("village_code", "id").values_list("id", "village_name", "village_code")
    return {row: name or code or str(row) for row, name, code in rows}


def household_numbered(number: str) -> int | None:
    """The household of a 户编号."""
    return (
        Household.objects.filter(nat_household_no=number).order_by("id").values_list("id", flat=True).first()
    )


def _wanted(ids: Iterable[int | None]) -> list[int]:
    return list(dict.fromkeys(row for row in ids if row is not None))
