"""Public-welfare posts by village: how many there may be, who holds one now, how many are free."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from bangfu.ledger.reach import Rows, reached
from bangfu.ledger.tables import ledger
from bangfu.ledger.watches.due import Now
from bangfu.registry.scope import Scope

QUOTA = "post_quota_village"


@dataclass(frozen=True)
class Held:
    """Posts of a village; `quota` is None where nobody knows how many there may be. Money is fen, of this year."""

    village: int | None
    quota: int | None
    holders: int
    people: int
    without_agreement: int
    paid: int

    @property
    def free(self) -> int | None:
        """Below zero where there are more than there may be."""
        return None if self.quota is None else self.quota - self.holders


def posts_by_village(scope: Scope, villages: Mapping[int, str], now: Now) -> list[Held]:
    """Of these villages, those without any post too, and of posts in none of them; in two queries."""
    rows = reached("post", scope, now.policy).order_by()
    on = Q(started_on=None) | Q(started_on__lte=now.day)
    on &= Q(ended_on=None) | Q(ended_on__gte=now.day)
    year = Q(data_year=now.day // 10_000)
    counted = rows.values("village_id").annotate(
        holders=Count("pk", filter=on),
        people=Count("person_id", filter=on, distinct=True),
        loose=Count("pk", filter=on & ~Q(has_agreement=True)),
        paid=Sum("amount", filter=year),
    )
    found = {one["village_id"]: one for one in counted}
    given, general = _given(now), now.standard(QUOTA)
    named = [*villages, *(key for key in found if key not in villages and found[key]["holders"])]
    return [_held(key, found.get(key, {}), given.get(key, general)) for key in named]


def _given(now: Now) -> dict[int, int]:
    """What villages were given for the year, of those for which somebody wrote it down."""
    rows: Rows = ledger("post_quota")._default_manager.all()
    of_year = rows.filter(data_year=now.day // 10_000)
    summed = of_year.order_by().values_list("village_id").annotate(all=Sum("quota"))
    return {village: quota for village, quota in summed if village is not None and quota is not None}


def _held(village: int | None, counted: Mapping[str, int], quota: int | None) -> Held:
    return Held(
        village,
        quota if village is not None else None,
        counted.get("holders", 0),
        counted.get("people", 0),
        counted.get("loose", 0),
        counted.get("paid") or 0,
    )
