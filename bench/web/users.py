"""People at the workbench: each with a session of their own, asking one page after another without a pause."""

from __future__ import annotations

import http.client
import re
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from statistics import median, quantiles
from urllib.parse import urlencode, urlsplit

_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
_EDGE = "bangfu-form-edge"
_SILENT = 10.0  # seconds


@dataclass(frozen=True)
class Asking:
    """What a browser sends: an address and, where a form is posted, its fields without the token."""

    path: str
    form: Mapping[str, str] | None = None


Pages = Mapping[str, Callable[[Random], Asking]]
"""By page, how one way of asking it is chosen."""


class Session:
    """A browser's connection and cookies."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=120)
        self.cookies: dict[str, str] = {}
        self.at = ""
        self.asked_at = time.monotonic()

    def ask(self, path: str, form: Iterable[tuple[str, str]] | None = None) -> tuple[int, bytes]:
        """GET, or POST of a form with its token; the status and what came. `at` is where a redirect leads."""
        headers = self._headers()
        if form is None:
            self.connection.request("GET", path, headers=headers)
        else:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            self.connection.request("POST", path, urlencode(list(form)), headers)
        return self._answer()

    def send(
        self, path: str, form: Iterable[tuple[str, str]], file: tuple[str, str, bytes]
    ) -> tuple[int, bytes]:
        """POST of a form with a file: the field's name, the file's name, its bytes."""
        headers = self._headers()
        parts = [
            f'--{_EDGE}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in form
        ]
        name, file_name, content = file
        head = f'--{_EDGE}\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"\r\n\r\n'
        headers["Content-Type"] = f"multipart/form-data; boundary={_EDGE}"
        body = b"".join([*parts, head.encode(), content, f"\r\n--{_EDGE}--\r\n".encode()])
        self.connection.request("POST", path, body, headers)
        return self._answer()

    def _headers(self) -> dict[str, str]:
        """A line that was long silent may have been hung up: a browser would open another."""
        if time.monotonic() - self.asked_at > _SILENT:
            self.connection.close()
        self.asked_at = time.monotonic()
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}

    def _answer(self) -> tuple[int, bytes]:
        answer = self.connection.getresponse()
        body = answer.read()
        self.asked_at = time.monotonic()
        self.at = answer.headers.get("Location", "")
        for header in answer.headers.get_all("Set-Cookie") or ():
            name, _, rest = header.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return answer.status, body

    def token(self, path: str) -> str:
        found = _TOKEN.search(self.ask(path)[1])
        if found is None:
            raise SystemExit(f"no form at {path}")
        return found[1].decode()

    def log_in(self, username: str, password: str) -> None:
        form = {"username": username, "password": password, "csrfmiddlewaretoken": self.token("/login")}
        status, _ = self.ask("/login", form.items())
        if status != 302:
            raise SystemExit(f"{username} could not log in: {status}")


@dataclass
class Times:
    """Milliseconds that pages took, by page."""

    taken: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    refused: list[str] = field(default_factory=list)

    def median(self, page: str) -> float:
        return median(self.taken[page])

    def most(self, page: str) -> float:
        """Below which 95 of 100 lie."""
        return quantiles(self.taken[page], n=20)[-1]


def asked_by(users: int, address: str, account: tuple[str, str], pages: Pages, each: int) -> Times:
    """Every user asks each page `each` times, all in another order. Answers other than 200 are told in `refused`."""
    times = Times()
    lock = threading.Lock()
    ready = threading.Barrier(users)

    def work(number: int) -> None:
        session, rng = Session(address), Random(number)
        session.log_in(*account)
        token = {"csrfmiddlewaretoken": session.token("/households")}
        order = [page for page in pages for _ in range(each)]
        rng.shuffle(order)
        ready.wait()
        for page in order:
            asking = pages[page](rng)
            form = None if asking.form is None else {**asking.form, **token}.items()
            start = time.perf_counter()
            status, _ = session.ask(asking.path, form)
            taken = (time.perf_counter() - start) * 1_000
            with lock:
                times.taken[page].append(taken)
                if status != 200:
                    times.refused.append(f"{status} {page}")

    _together([threading.Thread(target=work, args=(number,)) for number in range(users)])
    return times


def _together(threads: Sequence[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
