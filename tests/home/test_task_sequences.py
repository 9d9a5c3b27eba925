"""Whatever people do to a task, in whatever order: nobody judges their own work, and the journal tells it all.

Random steps by random people are played against a small model of the table of steps, written down independently of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bangfu.casework import actions
from bangfu.casework.actions import Judgement
from bangfu.casework.chain import Link
from bangfu.casework.evidence_files import KeptFile
from bangfu.casework.models import Task, TaskEvent
from bangfu.casework.refusals import Changed, NotAllowed, NotPossible
from bangfu.office.journal.verifying import broken_facts, broken_links
from tests.home.hashes import models
from tests.home.offices import DAY, Office, a_run, an_office, findings

PHOTO = KeptFile("ab" * 32, "现场.jpg", "image/jpeg", 1_000)
SEEN = Judgement("属实", "入户", DAY, "本人", "看过", is_discipline_broken=False)
CLERKS, JUDGES = ("clerk", "clerk2"), ("clerk", "clerk2", "leader")
WORKERS = ("clerk", "clerk2", "cadre")
PEOPLE = ("clerk", "clerk2", "leader", "cadre", "auditor")
TO_DO = ("待整改", "整改中", "已退回")
OPEN = (*TO_DO, "已整改", "已验收")
MOVES = {
    "acknowledge": (WORKERS, ("待整改", "已退回"), "整改中"),
    "progress": (WORKERS, TO_DO, "整改中"),
    "answer": (WORKERS, TO_DO, "已整改"),
    "withdraw": (WORKERS, ("已整改",), "整改中"),
    "attach": (WORKERS, (*TO_DO, "已整改"), None),
    "verify": (JUDGES, ("已整改",), "已验收"),
    "send_back": (JUDGES, ("已整改", "已验收"), "已退回"),
    "close": (JUDGES, ("已验收",), "已销号"),
    "reopen": (JUDGES, ("已销号",), "待整改"),
    "recheck": (JUDGES, ("已销号",), None),
    "reassign": (CLERKS, OPEN, None),
    "run": (PEOPLE, (*OPEN, "已销号"), None),
    "climb": (PEOPLE, (*OPEN, "已销号"), None),
}
Wish = tuple[int, str, bool, bool]
"""Which move, of those that the state allows unless it is wild; by whom; whether the page was opened before the last change."""
RARELY = st.integers(0, 9).map(lambda number: number == 0)
WISHES = st.lists(
    st.tuples(st.integers(0, 59), st.sampled_from((*CLERKS, *CLERKS, *PEOPLE)), RARELY, RARELY),
    min_size=12,
    max_size=24,
)


@dataclass
class Model:
    """What the task should be."""

    state: str = "待整改"
    revision: int = 1
    workers: set[str] = field(default_factory=set)
    last_answer: str = ""
    has_evidence: bool = False

    def wished(self, number: int, is_wild: bool) -> str:
        """Mostly forward: a task that only goes round its beginning shows little."""
        moves = [move for move, (_, states, _) in MOVES.items() if is_wild or self.state in states[:5]]
        forward = [move for move in ("answer", "verify", "close") if move in moves]
        return [*moves, *forward * len(moves)][number % (len(moves) * (1 + len(forward)))]

    def allows(self, move: str, who: str) -> bool:
        people, states, _ = MOVES[move]
        if who not in people or self.state not in states:
            return False
        if move in ("verify", "send_back", "close", "recheck") and who in self.workers:
            return False
        if move == "withdraw" and who != self.last_answer:
            return False
        return move != "close" or self.has_evidence

    def take(self, move: str, who: str) -> None:
        if move in ("run", "climb"):
            if move == "run" and self.state == "已销号":
                self.state, self.revision, self.has_evidence = "待整改", self.revision + 1, False
            return
        self.state = MOVES[move][2] or self.state
        self.revision += 1
        if move in ("progress", "answer", "attach"):
            self.workers.add(who)
        if move == "answer":
            self.last_answer = who
        if move in ("answer", "attach"):
            self.has_evidence = True
        if move == "reopen":
            self.has_evidence = False


def play(office: Office, task: int, move: str, who: str, seen: int) -> None:
    hand = office.hand(who)
    match move:
        case "acknowledge":
            actions.acknowledge(hand, task, seen=seen)
        case "progress":
            actions.report_progress(hand, task, seen=seen, text="x")
        case "answer":
            actions.answer(hand, task, seen=seen, measure="x", effect="y", files=[PHOTO])
        case "withdraw":
            actions.withdraw(hand, task, seen=seen)
        case "attach":
            actions.attach(hand, task, seen=seen, files=[PHOTO])
        case "verify":
            actions.verify(hand, task, seen=seen, verdict=SEEN)
        case "send_back":
            actions.send_back(hand, task, seen=seen, reason="x")
        case "close":
            actions.close(hand, task, seen=seen)
        case "reopen":
            actions.reopen(hand, task, seen=seen, reason="x")
        case "recheck":
            actions.recheck(hand, task, seen=seen, text="x")
        case "reassign":
            actions.reassign(hand, task, seen=seen, link=Link(responsible_person="甲"), reason="x")
        case "run":
            actions.after_run(a_run().pk, actor=who, day=DAY)
        case "climb":
            actions.climb(20200601, actor=who)


def played(office: Office, task: int, wishes: list[Wish]) -> None:
    model = Model()
    for number, who, is_stale, is_wild in wishes:
        move = model.wished(number, is_wild)
        seen = model.revision - 1 if is_stale else model.revision
        is_seen = not is_stale or move in ("run", "climb")
        try:
            play(office, task, move, who, seen)
            done = True
        except (NotAllowed, NotPossible, Changed):
            done = False
        assert done == (is_seen and model.allows(move, who)), (move, who, is_stale, model)
        if done:
            model.take(move, who)
        now = Task.objects.values("state", "revision", "is_open").get(id=task)
        assert now == {
            "state": model.state,
            "revision": model.revision,
            "is_open": int(model.state != "已销号"),
        }


def nobody_judged_their_own_work(task: int) -> None:
    workers: set[str | None] = set()
    for event, username in (
        TaskEvent.objects.filter(task_id=task).order_by("id").values_list("event", "username")
    ):
        if event in ("进展", "答复", "补充佐证"):
            workers.add(username)
        if event in ("核实通过", "退回", "销号", "复核"):
            assert username not in workers


def test_no_sequence_lets_anybody_close_their_own_answer(home: Path) -> None:
    office = an_office()

    @settings(
        max_examples=100, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.generate,)
    )
    @given(WISHES)
    def any_sequence(wishes: list[Wish]) -> None:
        numbers = findings(office, a_run())
        [task] = actions.open_from_findings(office.hand("clerk"), numbers).tasks
        played(office, task, wishes)
        nobody_judged_their_own_work(task)

    any_sequence()
    assert Task.objects.count() >= 100
    assert broken_links() == broken_facts(models()) == []
