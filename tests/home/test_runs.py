"""Runs on the register: what is new, still there, gone and back; a false alarm is silent until its values change."""

from __future__ import annotations

from pathlib import Path

import pytest

from bangfu.findings.models import Finding, Run
from bangfu.findings.runs import call_false_alarm, check_register
from bangfu.office.journal.writing import Source, transaction
from bangfu.registry import actions
from bangfu.registry.actions import Join
from bangfu.screening.job import Job
from bangfu.terms.errors import UserError

DAY = 20231218
CHECK = "ID-008"  # birth date against the ID number


@pytest.fixture
def persons(any_home: Path) -> list[int]:
    """Two members of one household whose birth dates are not those of their numbers."""
    with transaction(actor="张三", source=Source("form")) as change:
        [home] = actions.add_households(
            change, [{"nat_household_no": "610000000001", "village_name": "罗峰村"}]
        )
        made = actions.add_persons(
            change,
            [
                {
                    "full_name": name,
                    "nat_person_no": f"6100000000010{number}",
                    "id_no": number_of,
                    "birth_date": 19800101,
                    "data_year": 2023,
                }
                for number, (name, number_of) in enumerate(
                    [("甲", "429999198506129595"), ("乙", "429999198412227687")]
                )
            ],
        )
        actions.join(change, [Join(person, home, 20140101) for person in made])
    return made


def run(out: Path) -> dict[str, int]:
    kept = check_register(Job((), out, only=(CHECK,), workbooks=False, quiet=True), as_of=DAY, actor="张三")
    return {name: count for name, count in kept.run.counts.items() if count}


def set_birth(person: int, day: int) -> None:
    with transaction(actor="张三", source=Source("correction")) as change:
        actions.change_persons(change, {person: {"birth_date": day}})


def test_a_run_is_a_difference_from_the_one_before(persons: list[int], tmp_path: Path) -> None:
    assert run(tmp_path / "1") == {"new": 2}
    assert run(tmp_path / "2") == {"remaining": 2}
    set_birth(persons[0], 19850612)
    assert run(tmp_path / "3") == {"remaining": 1, "gone": 1}
    assert run(tmp_path / "4") == {"remaining": 1}
    set_birth(persons[0], 19800102)
    assert run(tmp_path / "5") == {"remaining": 1, "returned": 1}
    first, last = Run.objects.order_by("pk")[0], Run.objects.order_by("-pk")[0]
    finding = Finding.objects.get(subject="61000000000100")
    assert (finding.first_run_id, finding.last_run_id, finding.state) == (first.pk, last.pk, "returned")
    assert (last.as_of, last.position) == (DAY, 3)
    assert "1980" in finding.explanation


def test_a_false_alarm_is_silent_until_its_values_change(persons: list[int], tmp_path: Path) -> None:
    run(tmp_path / "1")
    finding = Finding.objects.get(subject="61000000000100")
    with pytest.raises(UserError, match="写明为什么"):
        call_false_alarm(finding.pk, reason=" ", actor="张三")
    call_false_alarm(finding.pk, reason="公安已更正", actor="张三")
    assert run(tmp_path / "2") == {"remaining": 2, "silent": 1}
    set_birth(persons[0], 19800102)
    assert run(tmp_path / "3") == {"remaining": 2}
    set_birth(persons[0], 19800101)
    assert run(tmp_path / "4") == {"remaining": 2, "silent": 1}
    with pytest.raises(UserError, match="没有编号为 99"):
        call_false_alarm(99, reason="x", actor="张三")
