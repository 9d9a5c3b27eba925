"""The pages of 系统 that a reader may open, as tabs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bangfu.web.access import ROUTES
from bangfu.web.request import Request

_TABS = (("health", "运行情况"), ("users", "账号和角色"), ("journal", "变更日志"), ("backups", "备份和恢复"))


@dataclass(frozen=True)
class Tab:
    route: str
    label: str
    is_current: bool


def with_tabs(request: Request, current: str, filled: dict[str, Any]) -> dict[str, Any]:
    """What a template of 系统 needs besides its own."""
    tabs = [
        Tab(route, label, route == current) for route, label in _TABS if request.reader.may(ROUTES[route])
    ]
    return {"section": "system", "tabs": tabs, **filled}
