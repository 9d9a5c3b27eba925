"""The checking desk as a process: it answers many at once, and nobody waits long for one that does not."""

from __future__ import annotations

import os
import signal
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bangfu.findings.desk import client
from bangfu.findings.desk.address import folder, known_door
from bangfu.findings.desk.lines import BadLine, document_of, line_of
from bangfu.findings.examined import Examined
from bangfu.findings.single import HouseholdDesk
from bangfu.intake import batches
from bangfu.office.home import business_day
from bangfu.office.journal.writing import Source, transaction
from bangfu.registry import actions
from bangfu.registry.actions import Happened, Join
from bangfu.registry.proposals import ProposedRow
from bangfu.samples.town import write_town
from bangfu.terms.errors import UserError
from tests.home.desks import running_desk, wait_until

SEX = "identity.sex_differs_from_number"


@pytest.fixture
def family(any_home: Path) -> list[tuple[int, int]]:
    """Eight households, each with one woman in it."""
    return eight_households()


def eight_households() -> list[tuple[int, int]]:
    with transaction(actor="张三", source=Source("form")) as change:
        homes = actions.add_households(change, [{"nat_household_no": f"61000000000{n}"} for n in range(8)])
        woman = {"full_name": "甲", "id_no": "429999198506129587", "birth_date": 19850612, "sex": "女"}
        people = actions.add_persons(change, [woman] * 8)
        both = list(zip(homes, people, strict=True))
        actions.join(change, [Join(person, home, 20140101) for home, person in both])
        actions.record_statuses(change, [Happened(home, "识别", 20131231) for home in homes])
    return both


def as_man(household: int, person: int) -> Examined | None:
    return client.examine(household, [ProposedRow("person", person, {"sex": "男"})])


def brought_in(examined: Examined | None) -> set[str]:
    return set() if examined is None else {fault.check for fault in examined.errors}


def test_it_answers_many_at_once_as_the_checks_themselves(
    any_home: Path, family: list[tuple[int, int]]
) -> None:
    with running_desk(any_home):
        with ThreadPoolExecutor(8) as threads:
            answers = list(threads.map(lambda both: as_man(*both), family * 4))
        here = HouseholdDesk(business_day())
        expected = [
            here.examine(home, [ProposedRow("person", person, {"sex": "男"})]) for home, person in family
        ]
        assert answers == expected * 4
        assert {frozenset(brought_in(one)) & {SEX} for one in answers} == {frozenset({SEX})}
        with pytest.raises(UserError, match="没有编号为 77 的户"):
            client.examine(77, [])


def test_what_is_not_there_or_not_answering_is_no_answer(home: Path) -> None:
    [one, *_] = eight_households()
    assert as_man(*one) is None
    with running_desk(home) as desk:
        assert SEX in brought_in(as_man(*one))
        desk.send_signal(signal.SIGSTOP)
        os.waitpid(desk.pid, os.WUNTRACED)
        assert as_man(*one) is None
        desk.send_signal(signal.SIGCONT)
        wait_until(lambda: SEX in brought_in(as_man(*one)))
        desk.kill()
        desk.wait()
        assert as_man(*one) is None
        left = list(folder().glob("socket.*"))
    with running_desk(home) as desk:
        assert SEX in brought_in(as_man(*one))
        assert not [path for path in left if path.exists()]
        desk.terminate()
        assert desk.wait() == 0
        assert not list(folder().glob("socket.*"))


def test_lists_that_are_loaded_while_it_runs_are_checked(home: Path, tmp_path: Path) -> None:
    [(household, person), *_] = eight_households()
    rows = [ProposedRow("person", person, {"dibao_status": "农村低保"})]
    write_town(tmp_path / "town", 30, 3, faults=False, national_only=True)
    [export] = (tmp_path / "town").glob("*监测对象*")
    with running_desk(home):
        before = client.examine(household, rows)
        assert before is not None
        staged = batches.stage(export, actor="张三")
        batches.apply(staged.batch.pk, actor="张三", gathered=staged.gathered)
        wait_until(lambda: client.examine(household, rows) != before)
        after = client.examine(household, rows)
    assert after is not None
    assert len(after.faults) > len(before.faults)


def test_who_has_not_the_key_is_not_answered(home: Path) -> None:
    with running_desk(home), socket.socket(socket.AF_UNIX) as line:
        door = known_door()
        assert door is not None
        assert (folder() / "key").stat().st_mode & 0o077 == 0
        assert folder().stat().st_mode & 0o077 == 0
        line.connect(door.address)
        line.sendall(line_of({"once": "1"}, door.key, "client"))
        answered = line.makefile("rb").readline()
        assert document_of(answered, door.key, "desk") == {"once": "1"}
        with pytest.raises(BadLine):
            document_of(answered, door.key, "client")
        line.sendall(line_of({"once": "2"}, b"another key", "client"))
        assert line.recv(100) == b""
