"""Many people who change things at once: they edit the same households and work on tasks, from opening to closing.

What the server acknowledged is kept, to be looked for afterwards: in the journal and in the tasks.
"""

from __future__ import annotations

import http.client
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from bangfu.demo.photo import house_photo
from bench.web.forms import Form, forms_of
from bench.web.users import Session

EDITED = "natural_village"
PHOTO = ("files", "现场.png", house_photo())
_VERDICT = {
    "conclusion": "属实",
    "way": "入户",
    "people": "户主",
    "found": "已整改",
    "is_discipline_broken": "no",
}
_PROBLEM = {"problem": "门牌没有挂", "severity": "疑点", "source_document": "走访", "reporter": "驻村工作队"}


@dataclass
class Told:
    """What was acknowledged, and how often the server answered what."""

    edits: list[tuple[int, str]] = field(default_factory=list)  # household and value
    opened: list[int] = field(default_factory=list)  # tasks
    closed: list[int] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    lost: int = 0  # connections that broke: nobody knows whether that was written

    @property
    def failures(self) -> dict[str, int]:
        """Answers of 500 and above."""
        return {key: count for key, count in self.statuses.items() if key.split()[-1] >= "500"}


@dataclass
class Person:
    """A client with two sessions: who does the work, and who judges it."""

    number: int
    worker: Session
    judge: Session
    households: Sequence[int]
    told: Told
    lock: threading.Lock
    rng: Random
    turn: int = 0

    def act(self) -> None:
        """One edit of a household that others edit too, and one task from opening to closing."""
        self.turn += 1
        self._edit(self.rng.choice(self.households))
        self._work()

    def _edit(self, household: int) -> None:
        path = f"/households/{household}/edit"
        form = self._form(self.worker, path, EDITED)
        if form is None:
            return
        value = f"湾{self.number}-{self.turn}"
        name = next(name for name, _ in form.fields if name.endswith(EDITED))
        status = self._post("edit", self.worker, form, {name: value, "reason": "门牌更正"})
        if status in (302, 303):
            with self.lock:
                self.told.edits.append((household, value))

    def _work(self) -> None:
        form = self._form(self.worker, "/tasks/new", "problem")
        if form is None or self._post("open", self.worker, form, _PROBLEM) not in (302, 303):
            return
        path = self.worker.at.partition("?")[0]
        task = int(path.rpartition("/")[2])
        with self.lock:
            self.told.opened.append(task)
        steps: tuple[tuple[str, Session, Mapping[str, str], bool], ...] = (
            ("acknowledge", self.worker, {}, False),
            ("answer", self.worker, {"measure": "已挂上", "effect": "现场看过"}, True),
            ("verify", self.judge, _VERDICT, False),
            ("close", self.judge, {"text": "同意"}, False),
        )
        for step, session, values, has_file in steps:
            if not self._step(step, session, path, values, has_file):
                return
        with self.lock:
            self.told.closed.append(task)

    def _step(
        self, step: str, session: Session, path: str, values: Mapping[str, str], has_file: bool
    ) -> bool:
        action = f"{path}/{step}"
        form = next((one for one in self._forms(session, path) if one.action == action), None)
        if form is None:
            return False
        return self._post(step, session, form, values, has_file=has_file) in (302, 303)

    def _form(self, session: Session, path: str, field: str) -> Form | None:
        found = self._forms(session, path)
        return next((one for one in found if any(name.endswith(field) for name, _ in one.fields)), None)

    def _forms(self, session: Session, path: str) -> list[Form]:
        status, page = session.ask(path)
        self._count(f"page {status}")
        return forms_of(page, path) if status == 200 else []

    def _post(
        self, what: str, session: Session, form: Form, values: Mapping[str, str], *, has_file: bool = False
    ) -> int:
        fields = form.with_values(**values)
        status, _ = session.send(form.action, fields, PHOTO) if has_file else session.ask(form.action, fields)
        self._count(f"{what} {status}")
        return status

    def _count(self, key: str) -> None:
        with self.lock:
            self.told.statuses[key] += 1


def crowd(
    address: str,
    accounts: tuple[str, str],
    password: str,
    households: Sequence[int],
    *,
    clients: int,
    until: threading.Event,
) -> Told:
    """Lets the clients work until the event is set. A broken connection ends a client's turn, not the client."""
    told, lock = Told(), threading.Lock()

    def work(number: int) -> None:
        person: Person | None = None
        while not until.is_set():
            try:
                if person is None:
                    person = _sit(number, address, accounts, password, households, told, lock)
                person.act()
            except (OSError, http.client.HTTPException, SystemExit):
                person = None
                with lock:
                    told.lost += 1
                time.sleep(0.2)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def _sit(
    number: int,
    address: str,
    accounts: tuple[str, str],
    password: str,
    households: Sequence[int],
    told: Told,
    lock: threading.Lock,
) -> Person:
    worker, judge = Session(address), Session(address)
    worker.log_in(accounts[0], password)
    judge.log_in(accounts[1], password)
    return Person(number, worker, judge, households, told, lock, Random(number))
