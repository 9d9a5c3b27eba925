"""What is written down of an error: where it was raised, never what it said."""

from __future__ import annotations

import logging

import pytest

from bangfu.config.logs import Frames
from bangfu.web.household import views
from tests.web.conftest import LoggedIn

NAME, NUMBER = "王小明", "429999196201020018"


def test_an_error_of_a_page_is_told_by_its_frames(
    logged_in: LoggedIn, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down(*_: object, **__: object) -> None:
        try:
            raise KeyError(NAME)
        except KeyError as error:
            raise ValueError(f"{NAME} {NUMBER}") from error

    monkeypatch.setattr(views, "listed", break_down)
    client = logged_in("clerk")
    client.raise_request_exception = False
    answer = client.get("/households")
    assert answer.status_code == 500
    assert "程序出错了" in answer.content.decode()
    [formatter] = [one.formatter for one in logging.getLogger().handlers if isinstance(one.formatter, Frames)]
    [record] = [record for record in caplog.records if record.name == "django.request"]
    told = formatter.format(record)
    assert "in break_down" in told
    assert "builtins.ValueError" in told
    assert "builtins.KeyError" in told
    assert NAME not in told
    assert NUMBER not in told
