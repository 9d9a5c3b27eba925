"""The small office of `tests/home/offices`, with a browser for each of its people and a task that a check has found."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bangfu.casework import actions
from bangfu.casework.chain import OF_VILLAGE, Link
from bangfu.casework.models import Task
from bangfu.office.models import Home, User
from tests.home.offices import DAY, Office, a_run, an_office, findings
from tests.web.conftest import visitor


def office_in_april() -> Office:
    """Its day is 2020-04-22; everybody has logged in before."""
    office = an_office()
    Home.objects.update(business_on=DAY)
    User.objects.update(must_change_password=False)
    return office


def browser(username: str, *, checks_csrf: bool = False) -> Client:
    client = Client(SERVER_NAME="127.0.0.1", enforce_csrf_checks=True) if checks_csrf else visitor()
    client.force_login(User.objects.get(username=username))
    return client


def handed_out(
    office: Office, count: int = 1, where: str = "north", day: int = DAY, **told: Any
) -> list[int]:
    """Tasks about the member there, opened on a day."""
    found = findings(office, a_run(), count, where, **told)
    return list(actions.open_from_findings(office.hand("clerk", day), found).tasks)


def chain_of(office: Office, where: str = "north", assignee: str = "cadre") -> None:
    link = Link("云台山村", "郑镇长", "leader", "王村干", assignee)
    actions.set_chain(office.hand("clerk"), kind=OF_VILLAGE, village=office.villages[where], link=link)


def state(task: int) -> str:
    return str(Task.objects.values_list("state", flat=True).get(id=task))


def revision(task: int) -> int:
    return int(Task.objects.values_list("revision", flat=True).get(id=task))


def queries_of(client: Client, address: str) -> int:
    client.get(address)  # what a process reads once is read
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def shown_queries(client: Client, address: str) -> list[str]:
    """For the message of a test that counts."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return [one["sql"][:160] for one in asked.captured_queries]
