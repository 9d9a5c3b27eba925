"""The places that the division table knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from bangfu.office.models import Division


@lru_cache(maxsize=4096)
def division_name(code: str) -> str:
    """The name of a place, else its code. The table is written once, when the home is made."""
    found = Division.objects.filter(code=code).values_list("name", flat=True).first()
    return found or code


def places_below(prefix: str) -> Mapping[str, str]:
    """Code and name of every place whose code begins with the prefix, in the order of codes."""
    rows: Iterable[tuple[str, str]] = (
        Division.objects.filter(code__gte=prefix, code__lt=prefix + "~")
        .order_by("code")
        .values_list("code", "name")
    )
    return dict(rows)


def spellings_within(prefix: str) -> dict[str, tuple[str, ...]]:
    """The other spellings in use of each division under an area, by its name."""
    rows = Division.objects.filter(code__gte=prefix, code__lt=prefix + "~").exclude(aliases="")
    return {name: tuple(aliases.split()) for name, aliases in rows.values_list("name", "aliases")}
