"""A small office whose persons have faults that one check finds, for tests of runs and of what pages show of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bangfu.findings.actions import call_false_alarm, withdraw_false_alarm
from bangfu.findings.models import Finding, Run
from bangfu.findings.runs import check_register
from bangfu.office.journal.writing import Source, transaction
from bangfu.registry import actions
from bangfu.registry.actions import Join
from bangfu.registry.scope import EVERYTHING, Scope
from bangfu.screening.job import Job

DAY = 20231218
CHECK = "ID-008"  # birth date against the ID number
OTHER = "ID-003"  # the number's check digit
WRONG, RIGHT = 19800101, 19850612
NUMBER = "429999198506129595"


@dataclass(frozen=True)
class Office:
    """Villages, a household in each and its two members, of whom the first has a wrong birth date, in that order."""

    villages: list[int]
    households: list[int]
    persons: list[list[int]]


def make_office(villages: int = 2) -> Office:
    with transaction(actor="张三", source=Source("form")) as change:
        made = actions.add_villages(change, [{"village_name": f"村{number}"} for number in range(villages)])
        homes = actions.add_households(
            change,
            [
                {
                    "nat_household_no": f"6100000000{number:02d}",
                    "village_name": f"村{number}",
                    "village_key": key,
                }
                for number, key in enumerate(made)
            ],
        )
        persons = [
            actions.add_persons(change, [_person(number, 0, WRONG), _person(number, 1, RIGHT)])
            for number in range(villages)
        ]
        for home, members in zip(homes, persons, strict=True):
            actions.join(change, [Join(person, home, 20140101) for person in members])
    return Office(made, homes, persons)


def _person(household: int, place: int, birth: int) -> dict[str, object]:
    return {
        "full_name": "甲乙"[place] + str(household),
        "nat_person_no": f"6100000000{household:02d}{place:02d}",
        "id_no": NUMBER,
        "birth_date": birth,
        "data_year": 2023,
    }


def run(
    out: Path | None = None,
    *,
    villages: tuple[int, ...] = (),
    only: tuple[str, ...] = (CHECK,),
    day: int = DAY,
    number: int | None = None,
) -> Run:
    job = Job((), out, only=only, workbooks=False, quiet=True)
    return check_register(job, as_of=day, villages=villages, actor="张三", number=number).run


def counts(run: Run) -> dict[str, int]:
    return {name: count for name, count in run.counts.items() if count}


def set_birth(person: int, day: int) -> None:
    with transaction(actor="张三", source=Source("correction")) as change:
        actions.change_persons(change, {person: {"birth_date": day}})


def silence(
    number: int, reason: str = "公安已更正", scope: Scope = EVERYTHING, seen: str | None = None
) -> None:
    with transaction(actor="张三", source=Source("finding", str(number))) as change:
        call_false_alarm(change, number, reason=reason, on=DAY, scope=scope, seen=seen)


def speak(number: int, reason: str = "又错了", scope: Scope = EVERYTHING) -> None:
    with transaction(actor="李四", source=Source("finding", str(number))) as change:
        withdraw_false_alarm(change, number, reason=reason, on=DAY, scope=scope)


def finding_of(person: str) -> Finding:
    return Finding.objects.get(subject=person, aside_run__isnull=True)
