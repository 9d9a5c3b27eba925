"""明白卡 of households as the ledgers have them: members, what each may have, what came this year, and whom to ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from bangfu.documents.pdf import Card, Contact, Entitlement, Member, Office, Receipt
from bangfu.findings.queries.listing import all_findings
from bangfu.findings.queries.summary import summary
from bangfu.findings.queries.wanted import FindingFilter
from bangfu.intake.rulebook import home_rulebook
from bangfu.ledger.queries import rows_of_households, rows_of_persons
from bangfu.office.masking import masked
from bangfu.office.queries import division_name
from bangfu.office.words import open_value
from bangfu.policy.model import Policy
from bangfu.registry.computed import standings_of
from bangfu.registry.queries import (
    household_rows,
    households_of_village,
    members_on,
    person_rows,
    villages_in,
)
from bangfu.registry.scope import EVERYTHING, Scope, narrowed
from bangfu.registry.standing import EXITED, MONITORED, POOR, Standing
from bangfu.reporting.papers.reports import as_date

Row = Mapping[str, Any]
_TOGETHER = 200  # households that are read at once: memory stays the same however large a village is
_MISSING, _IMPROPER = "应享未享", "违规享受"
_Told = Mapping[int, Sequence[tuple[str, str]]]
_MOST_FINDINGS = 100_000
_ALL = "全家"
_RETURNED = "退回"


@dataclass(frozen=True)
class _Read:
    """What is read of some households in one go."""

    households: Mapping[int, Row]
    standings: Mapping[int, Standing]
    members: Mapping[int, Sequence[int]]
    persons: Mapping[int, Row]
    benefits: Mapping[int, Sequence[Row]]
    helpers: Mapping[int, Sequence[Row]]
    unclaimed: _Told
    """Programmes that checks say a household should have and does not: what, and whom."""
    doubted: _Told
    """Those that it has and, as far as checks can tell, should not."""


def office_of(day: int, place: str, *, phone: str, name: str = "", complaints: Sequence[str] = ()) -> Office:
    town = division_name(place)
    return Office(town, name or f"{town}帮扶工作办公室", phone, day // 10000, as_date(day), complaints)


def cards_of(
    day: int, scope: Scope, *, villages: Sequence[int] = (), households: Sequence[int] = ()
) -> Iterator[Card]:
    """Cards in the order of villages: of these villages or households, else of all that the scope reaches.

    Of households that are helped or monitored on the day; others have no card. A fixed number of queries for every 200.
    """
    policy, names = home_rulebook(), villages_in(EVERYTHING if households else scope)
    if households:  # whoever reaches these reaches no whole village, perhaps
        villages = [row["village_key"] for row in household_rows(households).values()]
    for village, name in names.items():
        if villages and village not in villages:
            continue
        rows = narrowed(households_of_village(village), scope, village="village_id", household="id")
        if households:
            rows = rows.filter(id__in=list(households))
        unclaimed, doubted = _told(scope, village)
        numbers = iter(rows.values_list("id", flat=True).iterator(_TOGETHER))
        while some := list(islice(numbers, _TOGETHER)):
            read = _read(some, day, unclaimed, doubted)
            for household in some:
                if has_card(read.standings[household]):
                    yield _card(household, name, read, day, policy)


def has_card(standing: Standing) -> bool:
    """Cards are for households that are or were poor, and for those that are monitored."""
    return standing.status in (POOR, EXITED) or standing.monitoring == MONITORED


def _told(scope: Scope, village: int) -> tuple[_Told, _Told]:
    """By household what checks say is missing and what improper: the programme, and whom.

    Every programme that says who is entitled has such checks, besides those of the catalogue.
    """
    missing: dict[int, list[tuple[str, str]]] = defaultdict(list)
    improper: dict[int, list[tuple[str, str]]] = defaultdict(list)
    checks = home_rulebook().checks
    for counted in summary(scope, by="check", wanted=FindingFilter(village=village)):
        check = checks.get(str(counted.key))
        beginning, _, programme = (
            check.name.partition(":") if check is not None and counted.open else ("", "", "")
        )
        found = {_MISSING: missing, _IMPROPER: improper}.get(beginning)
        if found is None or check is None:
            continue
        for line in all_findings(scope, FindingFilter(check=check.id, village=village), _MOST_FINDINGS):
            told = programme, line.name
            if line.household_key is not None and told not in found[line.household_key]:
                found[line.household_key].append(told)
    return missing, improper


def _read(households: list[int], day: int, unclaimed: _Told, doubted: _Told) -> _Read:
    members = members_on(day, households)
    persons = person_rows([person for some in members.values() for person in some])
    home = {person: household for household, some in members.items() for person in some}
    benefits: dict[int, dict[int, Row]] = defaultdict(dict)
    for row in rows_of_households("benefit", households):
        benefits[row["household_key"]][row["id"]] = row
    for row in rows_of_persons("benefit", list(home)):
        benefits[home[row["person_key"]]][row["id"]] = row
    helpers: dict[int, list[Row]] = defaultdict(list)
    for row in rows_of_households("helper_pairing", households):
        if (row["started_on"] or 0) <= day and (row["ended_on"] is None or row["ended_on"] >= day):
            helpers[row["household_key"]].append(row)
    listed = {household: list(rows.values()) for household, rows in benefits.items()}
    return _Read(
        household_rows(households),
        standings_of(households, day),
        members,
        persons,
        listed,
        helpers,
        unclaimed,
        doubted,
    )


def _card(household: int, village: str, read: _Read, day: int, policy: Policy) -> Card:
    row = read.households[household]
    members = [read.persons[person] for person in read.members.get(household, ())]
    benefits = [one for one in read.benefits.get(household, ()) if _is_received(one)]
    names = {one["id"]: one["full_name"] or "" for one in members}
    return Card(
        village=village,
        household_no=row["nat_household_no"] or f"H{household}",
        head=row["head_name"] or next((one["full_name"] or "" for one in members), ""),
        status=_status(read.standings[household]),
        members=[_member(one) for one in members],
        entitlements=list(_entitlements(benefits, household, read, names, day, policy)),
        receipts=list(_receipts(benefits, names, day // 10000 * 100 + 1, day // 100, policy)),
        last_year=list(_receipts(benefits, names, day // 10000 * 100 - 99, day // 10000 * 100 - 88, policy)),
        contacts=[_contact(one) for one in read.helpers.get(household, ())],
        facts=list(_facts(row)),
    )


def _status(standing: Standing) -> str:
    monitored = standing.monitor_type or "监测对象"
    return f"{standing.status}、{monitored}" if standing.monitoring == MONITORED else standing.status


def _facts(row: Row) -> Iterator[tuple[str, str]]:
    for label, name in (
        ("组别", "villager_group"),
        ("住址", "address"),
        ("主要致贫原因", "poverty_cause_main"),
    ):
        if row[name]:
            yield label, open_value("household", name, row[name])


def _member(row: Row) -> Member:
    number = row["id_no"] or ""
    note = [open_value("person", "student_status", row["student_status"]) if row["student_status"] else ""]
    return Member(
        row["full_name"] or "",
        row["relation_to_head"] or "",
        masked("id", number) if number else "",
        "、".join(filter(None, note)),
    )


def _contact(row: Row) -> Contact:
    return Contact("帮扶责任人", row["helper_name"] or "", row["helper_phone"] or "", row["unit"] or "")


# -- what came, and what may ---------------------------------------------------------------------------


def _is_received(row: Row) -> bool:
    return row["refusal_reason"] is None and row["state"] != _RETURNED and row["programme"] is not None


def _month(row: Row) -> int:
    """When it was for, else when it was paid (yyyymm)."""
    return int(row["period_from"] or (row["paid_on"] or 0) // 100)


def _until(row: Row) -> int:
    """The last month that it was for."""
    return max(_month(row), int(row["period_to"] or 0))


def _receipts(
    benefits: Iterable[Row], names: Mapping[int, str], first: int, last: int, policy: Policy
) -> Iterator[Receipt]:
    """Of the months (yyyymm) from `first` to `last`, one line a programme and person."""
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in benefits:
        if first <= _month(row) <= last:
            found[_programme(row, policy), _person(row, names)].append(row)
    for (programme, person), rows in sorted(found.items()):
        amounts = [row["amount"] for row in rows if row["amount"] is not None]
        yield Receipt(
            programme,
            person,
            sum(amounts) if amounts else None,
            _span(min(map(_month, rows)), max(map(_until, rows))),
            f"{len(rows)}期" if len(rows) > 1 else "",
        )


def _span(first: int, last: int) -> str:
    start, year = f"{first // 100}年{first % 100}月", f"{last // 100}年"
    return start if first == last else f"{start}至{year if first // 100 != last // 100 else ''}{last % 100}月"


def _entitlements(
    benefits: Iterable[Row], household: int, read: _Read, names: Mapping[int, str], day: int, policy: Policy
) -> Iterator[Entitlement]:
    """What came within a year, at what it came to last; and what checks say is missing. What is in doubt is said so."""
    latest: dict[tuple[str, str], Row] = {}
    for row in sorted(benefits, key=_month):
        if day // 100 - 100 < _until(row) and _month(row) <= day // 100:
            latest[_programme(row, policy), _person(row, names)] = row
    doubted = read.doubted.get(household, ())
    for (programme, person), row in sorted(latest.items()):
        standard = (
            "是否还符合条件正在核实，请咨询村委会" if (programme, person) in doubted else _standard(row)
        )
        yield Entitlement(programme, person, standard, _department(row["programme"], policy))
    for programme, person in read.unclaimed.get(household, ()):
        yield Entitlement(programme, person, "可能符合条件，还没有享受，请向村里申报核实", "村委会")


def _standard(row: Row) -> str:
    if row["unit_standard"]:
        unit = f"每{row['quantity_unit']}" if row["quantity_unit"] else "标准"
        return f"{unit}{_yuan(row['unit_standard'])}元"
    return f"最近一期{_yuan(row['amount'])}元" if row["amount"] else "按政策规定享受"


def _yuan(fen: int) -> str:
    return f"{fen // 100}" if fen % 100 == 0 else f"{fen / 100:.2f}"


def _programme(row: Row, policy: Policy) -> str:
    known = policy.programmes.get(row["programme"])
    return known.name if known else str(row["stated_item"] or row["programme"])


def _department(programme: str, policy: Policy) -> str:
    known = policy.programmes.get(programme)
    return f"{known.department}部门" if known and known.department else "镇政府"


def _person(row: Row, names: Mapping[int, str]) -> str:
    return names.get(row["person_key"] or 0, "") or row["full_name"] or _ALL
