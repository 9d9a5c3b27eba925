"""Pages of a real home, asked through Django's client: no server, but everything behind it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from bangfu.office.accounts import add_account
from bangfu.office.readers import Holding
from tests.home.conftest import _no_leftovers, any_home, databases, home
from tests.web.walk import World, make_world

__all__ = ["_no_leftovers", "any_home", "databases", "home"]

TOWN = "421281102000"
PASSWORD = "a-long-pass-phrase-7"
LoggedIn = Callable[..., Client]


def visitor() -> Client:
    """A browser that is not logged in."""
    return Client(SERVER_NAME="127.0.0.1")


@pytest.fixture
def world(home: object) -> World:
    """A home with something in each of two villages."""
    return make_world()


@pytest.fixture
def logged_in(home: object) -> LoggedIn:
    """A client that is logged in as a new account with a role: `logged_in("village_cadre", area=VILLAGE)`."""

    def log_in(
        role: str, area: str = TOWN, *, departments: tuple[str, ...] = (), name: str = "甲", phone: str = ""
    ) -> Client:
        username = f"{role}_{area}_{'_'.join(str(ord(one[0])) for one in departments)}{len(phone)}"
        if not get_user_model().objects.filter(username=username).exists():
            add_account(
                username=username,
                full_name=name,
                phone=phone,
                holdings=[Holding(role, area, departments)],
                actor="测试",
                password=PASSWORD,
                must_change_password=False,
            )
        client = visitor()
        client.force_login(get_user_model().objects.get(username=username))
        return client

    return log_in
