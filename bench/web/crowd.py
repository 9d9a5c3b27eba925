"""Many people who change things at once: they edit the same households and work on tasks, from opening to closing.

What the server acknowledged is kept, to be looked for afterwards: see `acknowledged`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from random import Random

from bangfu.demo.photo import house_photo
from bench.web.forms import Form, forms_of
from bench.web.told import BROKEN, EDIT, OPEN, Change, Told
from bench.web.users import Session

EDITED = "natural_village"
REASON, PROBLEM, REPORTER = "门牌更正", "门牌没有挂", "驻村工作队"
PHOTO = ("files", "现场.png", house_photo())
_VERDICT = {
    "conclusion": "属实",
    "way": "入户",
    "people": "户主",
    "found": "已整改",
    "is_discipline_broken": "no",
}
_SAVED = (302, 303)


@dataclass
class Person:
    """A client with two sessions: who does the work, and who judges it. `mark` begins all that the person types."""

    mark: str
    worker: Session
    judge: Session
    households: Sequence[int]
    told: Told
    rng: Random
    turn: int = 0

    def act(self) -> None:
        """One edit of a household that others edit too, and one task from opening to closing."""
        self.turn += 1
        self._edit(self.rng.choice(self.households))
        self._work()

    def _edit(self, household: int) -> None:
        """What nobody could check in time is saved unchecked, as the page offers then."""
        form = self._form(self.worker, f"/households/{household}/edit", EDITED)
        if form is None:
            return
        name, seen = next((name, value) for name, value in form.fields if name.endswith(EDITED))
        change = Change(EDIT, household, f"{self.mark}-{self.turn}", seen)
        values = {name: change.text, "reason": REASON}
        if self._post(change, self.worker, form, values) == 422:
            self._post(change, self.worker, form, {**values, "unchecked": "on"})

    def _work(self) -> None:
        form = self._form(self.worker, "/tasks/new", "problem")
        if form is None:
            return
        change = Change(OPEN, 0, f"{PROBLEM} {self.mark}-{self.turn}")
        values = {"problem": change.text, "severity": "疑点", "source_document": "走访", "reporter": REPORTER}
        if self._post(change, self.worker, form, values) not in _SAVED:
            return
        path = self.worker.at.partition("?")[0]
        steps: tuple[tuple[str, Session, Mapping[str, str]], ...] = (
            ("acknowledge", self.worker, {}),
            ("answer", self.worker, {"measure": "已挂上", "effect": "现场看过"}),
            ("verify", self.judge, _VERDICT),
            ("close", self.judge, {"text": "同意"}),
        )
        for step, session, typed in steps:
            if not self._step(Change(step, int(path.rpartition("/")[2])), session, path, typed):
                return

    def _step(self, change: Change, session: Session, path: str, values: Mapping[str, str]) -> bool:
        form = self._form(session, path, "", f"{path}/{change.what}")
        return form is not None and self._post(change, session, form, values) in _SAVED

    def _form(self, session: Session, path: str, field: str, action: str = "") -> Form | None:
        """The page's form that has the field, or goes to the address."""
        start = time.perf_counter()
        status, page = session.ask(path)
        self.told.note("page", status, time.perf_counter() - start)
        for form in forms_of(page, path) if status == 200 else ():
            if form.action == action if action else any(name.endswith(field) for name, _ in form.fields):
                return form
        return None

    def _post(self, change: Change, session: Session, form: Form, values: Mapping[str, str]) -> int:
        fields, start = form.with_values(**values), time.perf_counter()
        with self.told.sending(change):
            if change.what == "answer":
                status, _ = session.send(form.action, fields, PHOTO)
            else:
                status, _ = session.ask(form.action, fields)
        self.told.note(change.what, status, time.perf_counter() - start)
        if status in _SAVED:
            number = session.at.partition("?")[0].rpartition("/")[2] if change.what == OPEN else ""
            self.told.acknowledge(change, int(number or 0))
        return status


class Crowd:
    """People who work until they are told to end. A broken connection ends a client's turn, not the client.

    Crowds that come one after another to the same register need marks of their own: what they type is known by it.
    """

    def __init__(
        self,
        address: str,
        accounts: tuple[str, str],
        password: str,
        households: Sequence[int],
        *,
        clients: int,
        mark: str = "湾",
    ) -> None:
        """`accounts`: who works and who judges."""
        self.address, self.accounts, self.password = address, accounts, password
        self.households, self.mark = households, mark
        self.told = Told()
        self.over = threading.Event()
        with ThreadPoolExecutor(4) as logins:  # of many at once each would wait for all others
            sat = list(logins.map(self._sit, range(clients), [1] * clients))
        self.threads = [threading.Thread(target=self._work, args=(person,)) for person in enumerate(sat)]
        for thread in self.threads:
            thread.start()

    def end(self) -> Told:
        """When everybody has finished what they were doing."""
        self.over.set()
        for thread in self.threads:
            thread.join()
        return self.told

    def _work(self, seat: tuple[int, Person]) -> None:
        number, sittings = seat[0], 1
        person: Person | None = seat[1]
        while not self.over.is_set():
            try:
                if person is None:
                    sittings += 1
                    person = self._sit(number, sittings)
                person.act()
            except (*BROKEN, SystemExit):
                person = None
                self.told.lose()
                self.over.wait(0.2)

    def _sit(self, number: int, sittings: int) -> Person:
        worker, judge = Session(self.address), Session(self.address)
        worker.log_in(self.accounts[0], self.password)
        judge.log_in(self.accounts[1], self.password)
        mark = f"{self.mark}{number}.{sittings}"
        return Person(mark, worker, judge, self.households, self.told, Random(mark))
