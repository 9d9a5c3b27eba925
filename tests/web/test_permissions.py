"""Every address with every role, in its area and outside, against the table of rights."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from bangfu.office.permissions import RIGHTS, ROLES
from bangfu.web.access import PUBLIC, ROUTES
from tests.web.conftest import LoggedIn, visitor
from tests.web.walk import ARGUMENTS, OF_THE_HOME, World

METHODS = ("get", "post")
REFUSED, NOT_FOUND, WRONG_METHOD = 403, 404, 405


def _patterns() -> Iterator[URLPattern]:
    for pattern in get_resolver().url_patterns:
        yield from getattr(pattern, "url_patterns", [pattern])


PATTERNS = {pattern.name: pattern for pattern in _patterns()}


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert set(PATTERNS) == set(ROUTES)


def test_every_row_names_a_right_of_the_table() -> None:
    assert {right for right in ROUTES.values() if right != PUBLIC} <= set(RIGHTS)


def test_every_right_opens_something_and_every_role_may_something() -> None:
    assert set(RIGHTS) - set(ROUTES.values()) == set()
    assert {role for right in RIGHTS.values() for role in right.roles} == set(ROLES)


def test_every_address_of_something_is_walked_with_one_inside_and_one_outside() -> None:
    with_arguments = {name for name, pattern in PATTERNS.items() if pattern.pattern.converters}
    assert with_arguments == set(ARGUMENTS)


def _asked(client: Client, method: str, address: str) -> int:
    return int(getattr(client, method)(address).status_code)


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_nobody_gets_in_without_login(world: World, name: str) -> None:
    address = world.address(name, inside=True)
    for method in METHODS:
        answer = getattr(visitor(), method)(address)
        if ROUTES[name] == PUBLIC:
            assert answer.status_code not in (REFUSED, NOT_FOUND), f"{method} {name}"
        else:
            assert answer.status_code == 302, f"{method} {name}"
            assert answer["Location"].startswith("/login"), f"{method} {name}"


@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_what_the_table_grants_and_nothing_else(
    world: World, logged_in: LoggedIn, role: str
) -> None:
    for name, right in ROUTES.items():
        if right == PUBLIC or name == "logout":
            continue
        for method in METHODS:
            status = _asked(world.client(logged_in, role, name), method, world.address(name, inside=True))
            if role in RIGHTS[right].roles:
                assert status not in (REFUSED, NOT_FOUND), f"{role} {method} {name}: {status}"
                assert status < 500, f"{role} {method} {name}: {status}"
            else:
                assert status == REFUSED, f"{role} {method} {name}: {status}"


@pytest.mark.parametrize("role", ROLES)
def test_what_lies_outside_is_not_found_like_what_is_not_there(
    world: World, logged_in: LoggedIn, role: str
) -> None:
    client = world.client(logged_in, role)
    for name in ARGUMENTS:
        if role not in RIGHTS[ROUTES[name]].roles or world.is_open_to_all(name):
            continue
        other = world.address(name, inside=name in OF_THE_HOME)
        for address in (other, world.unknown(name)):
            for method in METHODS:
                status = _asked(client, method, address)
                assert status in (NOT_FOUND, WRONG_METHOD), f"{role} {method} {name}: {status}"
            assert NOT_FOUND in {_asked(client, method, address) for method in METHODS}, name


def test_an_address_that_is_not_in_the_table_opens_for_nobody(
    world: World, logged_in: LoggedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "bangfu.web.access.ROUTES", {name: right for name, right in ROUTES.items() if name != "desk"}
    )
    assert logged_in("clerk").get(reverse("desk")).status_code == NOT_FOUND
