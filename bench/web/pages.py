"""The pages that are measured, and the ways in which people ask for them: filters, later pages, half-typed searches.

Imports Django's models: name the home first (`bench.at_home.use_home`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from random import Random
from urllib.parse import urlencode

from django.db import connection

from bench.web.users import Asking, Pages

LIST, SEARCH, HOUSEHOLD = "household list", "household search", "household page"
WORK, FINDINGS, TASKS, DESK = "its findings and tasks", "findings list", "task list", "first page"
LISTS = (LIST, SEARCH, FINDINGS, TASKS)
"""Of these the issue says that they get no slower as the register grows."""
SAMPLE = 400
_STATES, _KINDS = ("脱贫户", "监测中", "已解除"), ("脱贫监测户", "边缘户")
_SEVERITIES, _STANDS = ("错误", "疑点"), ("待签收", "已答复", "all")


def pages_of(after: Callable[[str], str]) -> Pages:
    """`after`: the address of the page that follows an address (`""` where none does)."""
    homes, people = _rows("SELECT id, nat_household_no FROM household"), _rows(_PEOPLE)
    villages = [str(key) for (key,) in _rows("SELECT DISTINCT village_key FROM household_standing")]
    checks = [check for (check,) in _rows("SELECT DISTINCT check_id FROM finding")]
    lists = _followed("/households", _of_households(villages), after)
    findings = _followed("/findings", _of_findings(villages, checks), after)
    tasks = _followed("/tasks", _of_tasks(villages), after)

    def household(rng: Random, part: str = "") -> Asking:
        return Asking(f"/households/{rng.choice(homes)[0]}{part}")

    return {
        LIST: lambda rng: Asking(rng.choice(lists)),
        SEARCH: lambda rng: Asking("/households", {"q": _typed(rng, homes, people)}),
        HOUSEHOLD: household,
        WORK: lambda rng: household(rng, "/open"),
        FINDINGS: lambda rng: Asking(rng.choice(findings)),
        TASKS: lambda rng: Asking(rng.choice(tasks)),
        DESK: lambda rng: Asking("/"),
    }


_PEOPLE = "SELECT name, initials, id_back FROM member_key WHERE name <> '' AND id_back <> ''"


def _rows(query: str) -> Sequence[tuple[str, ...]]:
    """All of a short answer, an evenly spread part of a long one."""
    with connection.cursor() as cursor:
        cursor.execute(query)
        rows = cursor.fetchall()
    return Random(1).sample(rows, SAMPLE) if len(rows) > SAMPLE else rows


def _typed(rng: Random, homes: Sequence[tuple[str, ...]], people: Sequence[tuple[str, ...]]) -> str:
    """A name, its initials or a number, as far as somebody has typed it."""
    name, initials, back = rng.choice(people)
    number = str(rng.choice(homes)[1] or "")
    whole = rng.choice((name, initials, back[:4][::-1], back[:8][::-1], number))
    typed = rng.randint(1, len(whole)) if whole in (name, initials) else rng.randint(4, max(4, len(whole)))
    return whole[:typed]


def _of_households(villages: Sequence[str]) -> Iterable[dict[str, str]]:
    yield {}
    yield {"sort": "name"}
    yield from ({"village": village} for village in villages)
    yield from ({"state": state} for state in _STATES)
    yield from ({"kind": kind} for kind in _KINDS)
    yield from ({"village": villages[0], "exit": str(year)} for year in (2016, 2018, 2019))


def _of_findings(villages: Sequence[str], checks: Sequence[str]) -> Iterable[dict[str, str]]:
    yield {}
    yield from ({"village": village} for village in villages)
    yield from ({"check": check} for check in checks[:10])
    yield from ({"severity": severity} for severity in _SEVERITIES)
    yield {"village": villages[0], "severity": _SEVERITIES[0]}
    yield {"handed": "no"}
    yield from ({"by": by} for by in ("check", "village", "department"))


def _of_tasks(villages: Sequence[str]) -> Iterable[dict[str, str]]:
    yield {}
    yield from ({"village": village} for village in villages)
    yield from ({"stand": stand} for stand in _STANDS)
    yield from ({mark: "1"} for mark in ("overdue", "soon", "unowned"))
    yield from ({"view": view} for view in ("responsibility", "rectification"))


def _followed(path: str, filters: Iterable[dict[str, str]], after: Callable[[str], str]) -> list[str]:
    """Each address and the page after it."""
    found = []
    for chosen in filters:
        address = f"{path}?{urlencode(chosen)}" if chosen else path
        found.append(address)
        if later := after(address):
            found.append(later)
    return found
