"""A clerk who loads a file through the pages: uploads it, waits until it is read, applies it, waits until it is applied."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bench.web.forms import forms_of
from bench.web.told import BROKEN
from bench.web.users import Session

_LOOKS_EVERY = 0.3


@dataclass
class Clerk:
    """Logs in anew and asks again when a line breaks, as who sits there would."""

    address: str
    account: tuple[str, str]
    patience: float = 600.0
    statuses: list[int] = field(default_factory=list)
    _session: Session | None = None

    def upload(self, path: Path) -> int:
        """The batch's number; to be called while the server is up."""
        session = self.session()
        token = session.token("/imports")
        form = [("csrfmiddlewaretoken", token)]
        status, _ = session.send("/imports/upload", form, ("files", path.name, path.read_bytes()))
        assert status == 302, status
        return int(session.at.rpartition("/")[2])

    def until_read(self, batch: int) -> None:
        self._until(lambda: self._offers(batch, "apply"), f"batch {batch} was not read")

    def apply(self, batch: int) -> None:
        """The batch must have been read."""
        address = f"/imports/{batch}/apply"
        form = next(one for one in forms_of(self._page(batch), "") if one.action == address)
        status, _ = self.session().ask(form.action, form.fields)
        assert status == 302, status

    def until_applied(self, batch: int) -> None:
        self._until(lambda: self._offers(batch, "undo"), f"batch {batch} was not applied")

    def start_run(self) -> int:
        """The job of a run of everything."""
        session = self.session()
        _, page = session.ask("/runs/start")
        form = next(one for one in forms_of(page, "/runs/start") if "as_of" in dict(one.fields))
        status, _ = session.ask(form.action, form.fields)
        assert status == 302, status
        return int(session.at.rpartition("/")[2])

    def session(self) -> Session:
        if self._session is None:
            session = Session(self.address)
            session.log_in(*self.account)
            self._session = session
        return self._session

    def _offers(self, batch: int, step: str) -> bool:
        """The page has the forms of all steps, and a button for those that can be taken now."""
        return f'data-opens="{step}"'.encode() in self._page(batch)

    def _page(self, batch: int) -> bytes:
        status, page = self.session().ask(f"/imports/{batch}")
        self.statuses.append(status)
        return page if status == 200 else b""

    def _until(self, is_so: Callable[[], bool], what: str) -> None:
        until = time.monotonic() + self.patience
        while time.monotonic() < until:
            try:
                if is_so():
                    return
            except (*BROKEN, SystemExit):
                self._session = None
            time.sleep(_LOOKS_EVERY)
        raise AssertionError(what)
