"""Households in lists: filtered, searched, in pages that cost the same whether there are a thousand or a million.

A page goes on behind the last household of the one before; nothing counts a whole table. All is read from the derived
tables (`derived`), whose rows say from which day on they are out of date: those are judged anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from bangfu.registry.computed import standings_of
from bangfu.registry.derived import is_late
from bangfu.registry.models import AnnualRecord, HouseholdStanding
from bangfu.registry.scope import Scope, narrowed
from bangfu.registry.search import Way, meaning_of, members_found
from bangfu.registry.standing import CANCELLED, Standing

COUNTED = 1_000
"""Counts go so far; beyond it is only said that there are more."""
_NARROW = 10_000
"""Up to so many matches are gathered and sorted; with more, walking along the list finds the next ones sooner."""
_TRIES = 4


@dataclass(frozen=True)
class HouseholdFilter:
    """What a list is narrowed to; empty texts and None for no limit. Cancelled households only where asked for.

    `also` is a further condition, made by a station that stands above, on `household_id`.
    """

    text: str = ""
    village: int | None = None
    status: str = ""
    monitoring: str = ""
    monitor_type: str = ""
    exit_year: int | None = None
    local_class: str = ""
    attribute: str = ""
    with_cancelled: bool = False
    also: Q | None = None
    by_name: bool = False


@dataclass(frozen=True)
class Match:
    """A member whom the text found."""

    name: str
    relation: str
    is_former: bool


@dataclass(frozen=True)
class Listed:
    """A household in a list; money is fen."""

    id: int
    number: str
    head: str
    head_id_no: str
    phone: str
    village_key: int
    village: str
    hamlet: str
    group: str
    size: int
    status: str
    monitoring: str
    monitor_type: str
    exit_year: int
    local_class: str
    attribute: str
    helper: str
    income_year: int | None = None
    income: int | None = None
    matches: tuple[Match, ...] = ()


@dataclass(frozen=True)
class Page:
    """`after` leads to the next page, empty on the last one. `count` is None where it is not known cheaply."""

    rows: tuple[Listed, ...]
    after: str
    count: int | None
    is_capped: bool = False
    hint: str = ""


def households(scope: Scope, asked: HouseholdFilter, *, day: int, after: str = "", size: int = 50) -> Page:
    """A page of a list as of a day (yyyymmdd). An unreadable `after` begins at the beginning."""
    meaning = meaning_of(asked.text)
    if meaning is not None and meaning.hint:
        return Page((), "", 0, hint=meaning.hint)
    ways: Sequence[Way | None] = meaning.ways if meaning else (None,)
    first, behind = _place(after)
    found: list[tuple[int, int]] = []
    for number in range(first, len(ways)):
        query = _narrowed_by(ways[number], ways[:number], _matching(scope, asked, day))
        start = behind if number == first else None
        found.extend((number, one) for one in _walk(query, asked, day, start, size + 1 - len(found)))
        if len(found) > size:
            break
    has_more = len(found) > size
    del found[size:]
    count, is_capped = len(found), has_more
    if has_more and meaning is None:
        count, is_capped = _counted(_matching(scope, asked, day), is_exact=asked.village is not None)
    answered = [way for number, way in enumerate(ways) if way and any(number == one for one, _ in found)]
    rows = _listed([one for _, one in found], answered, day)
    return Page(rows, "-".join(map(str, found[-1])) if has_more else "", count, is_capped)


def all_households(scope: Scope, asked: HouseholdFilter, *, day: int, most: int) -> Iterator[Listed]:
    """The whole list, page by page, as far as `most`."""
    after, left = "", most
    while left > 0:
        page = households(scope, asked, day=day, after=after, size=min(500, left))
        yield from page.rows
        after, left = page.after, left - len(page.rows)
        if not after:
            return


def _place(after: str) -> tuple[int, int | None]:
    """The way and the household behind which a page begins."""
    way, _, household = after.partition("-")
    is_readable = way.isdecimal() and household.isdecimal() and len(after) <= 18
    return (int(way), int(household)) if is_readable else (0, None)


def _matching(scope: Scope, asked: HouseholdFilter, day: int) -> QuerySet[HouseholdStanding]:
    """Those that fit, and those of which the row does not say any more."""
    rows = narrowed(HouseholdStanding.objects.all(), scope, village="village_key", household="household_id")
    if asked.village is not None:
        rows = rows.filter(village_key=asked.village)
    if asked.attribute:
        rows = rows.filter(attribute=asked.attribute)
    wanted = Q(**_wanted(asked))
    if not asked.status and not asked.with_cancelled:
        wanted &= ~Q(status=CANCELLED)
    if wanted:
        is_sure = _is_of_few(asked) and not rows.filter(is_late(day)).exists()
        rows = rows.filter(wanted if is_sure else wanted | is_late(day))
    return rows.filter(asked.also) if asked.also is not None else rows


def _is_of_few(asked: HouseholdFilter) -> bool:
    """Whether an index leads to those wanted, if no row is out of date: `or` would hide it."""
    return bool(asked.monitoring or asked.monitor_type)


def _wanted(asked: HouseholdFilter) -> dict[str, Any]:
    """What time can change, by column."""
    named = ("status", "monitoring", "monitor_type", "exit_year", "local_class")
    return {name: value for name in named if (value := getattr(asked, name))}


def _fits(asked: HouseholdFilter, standing: Standing) -> bool:
    if any(getattr(standing, name) != value for name, value in _wanted(asked).items()):
        return False
    return bool(asked.status) or asked.with_cancelled or standing.status != CANCELLED


def _narrowed_by(
    way: Way | None, before: Iterable[Way | None], rows: QuerySet[HouseholdStanding]
) -> QuerySet[HouseholdStanding]:
    """What is found in a way and was not in a better one."""
    if way is None:
        return rows
    found = Q(household_id__in=way.households) if way.is_narrow(_NARROW) else way.exists()
    rows = rows.filter(found)
    for better in before:
        if better is not None:
            rows = rows.exclude(better.exists())
    return rows


def _walk(
    rows: QuerySet[HouseholdStanding], asked: HouseholdFilter, day: int, behind: int | None, count: int
) -> list[int]:
    """The next households in the order of the list."""
    order = "head_reading" if asked.by_name else "village_key"
    start = None
    if behind is not None:
        start = HouseholdStanding.objects.filter(pk=behind).values_list(order, "household_id").first()
    found: list[int] = []
    for _ in range(_TRIES):
        if start is not None:
            level, household = start
            rows_behind = Q(**{f"{order}__gte": level}) & (
                Q(**{f"{order}__gt": level}) | Q(household_id__gt=household)
            )
            rows = rows.filter(rows_behind)
        named = (order, "household_id", "since_on", "until_on")
        read = list(rows.order_by(order, "household_id").values_list(*named)[:count])
        late = standings_of([one for _, one, since, until in read if not since <= day < until], day)
        found.extend(one for _, one, _, _ in read if one not in late or _fits(asked, late[one]))
        if len(read) < count or len(found) >= count:
            break
        start = read[-1][:2]
    return found[:count]


def _counted(rows: QuerySet[HouseholdStanding], *, is_exact: bool) -> tuple[int, bool]:
    if is_exact:
        return rows.count(), False
    count = rows.order_by()[: COUNTED + 1].count()
    return min(count, COUNTED), count > COUNTED


# -- what is shown of them ---------------------------------------------------------------------------


_OF_STANDING = ("size", "status", "monitoring", "monitor_type", "exit_year", "local_class")
_OF_HOUSEHOLD = {
    "number": "household__nat_household_no",
    "head": "household__head__full_name",
    "head_id_no": "household__head__id_no",
    "phone": "household__household_phone",
    "village": "household__village_name",
    "hamlet": "household__natural_village",
    "group": "household__villager_group",
    "attribute": "attribute",
    "helper": "household__helper_name",
}
_OF_YEAR = {"income_year": "data_year", "income": "per_capita_net_income"}


def _listed(ids: Sequence[int], ways: Iterable[Way], day: int) -> tuple[Listed, ...]:
    if not ids:
        return ()
    named = ("village_key", "since_on", "until_on", *_OF_STANDING, *_OF_HOUSEHOLD.values())
    last = AnnualRecord.objects.filter(household_id=OuterRef("pk"), data_year__lte=day // 10000)
    income = {name: Subquery(last.order_by("-data_year").values(name)[:1]) for name in _OF_YEAR.values()}
    read = HouseholdStanding.objects.filter(pk__in=ids).annotate(**income).values("pk", *named, *income)
    rows = {row["pk"]: row for row in read}
    late = standings_of(
        [one for one, row in rows.items() if not row["since_on"] <= day < row["until_on"]], day
    )
    matches = _matches(ids, ways)
    return tuple(
        Listed(
            id=one,
            village_key=rows[one]["village_key"],
            matches=tuple(matches.get(one, ())),
            **_told(rows[one], late.get(one)),
        )
        for one in ids
        if one in rows
    )


def _told(row: Mapping[str, Any], late: Standing | None) -> dict[str, Any]:
    """Of a row, or of what stands in its place where it is out of date."""
    standing = {name: row[name] if late is None else getattr(late, name) for name in _OF_STANDING}
    texts = {name: row[column] or "" for name, column in _OF_HOUSEHOLD.items()}
    return {**standing, **texts, **{name: row[column] for name, column in _OF_YEAR.items()}}


def _matches(ids: Sequence[int], ways: Iterable[Way]) -> Mapping[int, list[Match]]:
    """By household the members whom one of the ways found."""
    found: dict[int, dict[int, Match]] = defaultdict(dict)
    for household, person, name, relation, left in members_found(ways, ids):
        found[household].setdefault(person, Match(name or "", relation or "", left is not None))
    return {household: list(members.values()) for household, members in found.items()}
