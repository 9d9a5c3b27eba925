"""The home's own row: read anew every time, and once where a page asks for it at many places."""

from __future__ import annotations

from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bangfu.office.home import business_day, home_read_once, this_home
from bangfu.office.models import Home


def test_within_a_page_the_home_is_read_once(home: Path) -> None:
    with CaptureQueriesContext(connection) as asked, home_read_once():
        assert this_home().place == this_home().place
        business_day()
    assert len(asked) == 1


def test_the_next_page_sees_what_has_changed(home: Path) -> None:
    days = []
    for day in (20200422, 20200423):
        Home.objects.update(business_on=day)
        with home_read_once():
            days.append(business_day())
    Home.objects.update(business_on=20200424)
    assert [*days, business_day()] == [20200422, 20200423, 20200424]
