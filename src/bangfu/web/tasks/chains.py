"""The responsibility chain as one table that is filled like a sheet and saved once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from bangfu.casework.actions import set_chain
from bangfu.casework.chain import COLUMNS, OF_COUNTY, OF_DEPARTMENT, OF_TOWN, Link
from bangfu.casework.queries import ChainLine, chain_lines
from bangfu.casework.refusals import Wrong
from bangfu.terms.errors import UserError
from bangfu.web.request import Request
from bangfu.web.saved import mark_saved
from bangfu.web.tasks.acting import hand_of, reach
from bangfu.web.tasks.filters import departments
from bangfu.web.tasks.people import officers

NEW = "new"
LABELS = dict(zip(COLUMNS, ("责任单位", "责任领导", "领导账号", "责任人", "责任人账号"), strict=True))
CHANGED = "您打开以后别人改过这一行，没有保存。现在是：{now}。仍要改的话请再点一次“保存”"


@dataclass
class Line:
    """A row of the table; `typed` what stands in its inputs, `wrong` by column, `told` of the whole row."""

    of: ChainLine
    typed: Mapping[str, str]
    wrong: Mapping[str, str] = field(default_factory=dict)
    told: str = ""

    @property
    def key(self) -> str:
        if self.of.village is not None:
            return f"v{self.of.village}"
        return (
            NEW if not self.of.name else f"d{self.of.name}" if self.of.kind == OF_DEPARTMENT else self.of.kind
        )

    @property
    def was(self) -> str:
        """Stands for what the row said when it was shown."""
        return _digest(_texts(self.of.link))

    @property
    def cells(self) -> Iterator[tuple[str, str, str, str]]:
        """Column, what it is called, text, what is wrong with it."""
        for name in COLUMNS:
            yield name, LABELS[name], self.typed.get(name, ""), self.wrong.get(name, "")


@require_http_methods(["GET", "HEAD", "POST"])
def chains(request: Request) -> HttpResponse:
    lines = _lines(request)
    if request.method != "POST":
        return _page(request, lines)
    saved, moved = 0, 0
    for line in lines:
        done = _save(request, line)
        saved, moved = saved + (done is not None), moved + (done or 0)
    if saved:
        messages.success(
            request, f"已保存 {saved} 行" + (f"，{moved} 条未销号的任务随之改派" if moved else "")
        )
    if any(line.wrong or line.told for line in lines):
        return _page(request, _again(request, lines), status=422)
    mark_saved(request, "chains")
    return redirect("chains")


def _lines(request: Request) -> list[Line]:
    """Every village in reach; departments and levels for whom the whole home is."""
    scope = reach(request, "chain.set")
    listed = chain_lines(scope)
    if not scope.is_everything:
        listed = [line for line in listed if line.village is not None]
    else:
        known = {line.name for line in listed if line.village is None}
        listed += [ChainLine(kind, None, kind, Link()) for kind in (OF_TOWN, OF_COUNTY) if kind not in known]
        listed.append(ChainLine(OF_DEPARTMENT, None, "", Link()))
    return [Line(line, _texts(line.link)) for line in listed]


def _save(request: Request, line: Line) -> int | None:
    """Saves a row that was changed; how many open tasks went along, None where nothing was to be saved or it was refused."""
    if f"{line.key}.was" not in request.POST:
        return None
    typed = {name: request.POST.get(f"{line.key}.{name}", "").strip() for name in COLUMNS}
    if _digest(typed) in (request.POST[f"{line.key}.was"], line.was):
        return None
    line.typed = typed
    if request.POST[f"{line.key}.was"] != line.was:
        line.told = CHANGED.format(
            now="、".join(text for text in _texts(line.of.link).values() if text) or "空"
        )
        return None
    named = request.POST.get(f"{line.key}.department", "") if line.key == NEW else line.of.name
    try:
        return set_chain(
            hand_of(request),
            kind=line.of.kind,
            link=Link(**typed),
            village=line.of.village,
            department=named if line.of.kind == OF_DEPARTMENT else None,
            move_open=request.POST.get("move_open") == "yes",
        )
    except Wrong as wrong:
        line.wrong = wrong.fields
    except UserError as refused:
        line.told = str(refused)
    return None


def _again(request: Request, lines: list[Line]) -> list[Line]:
    """The table as it is now, with the rows that were refused as they were typed."""
    refused = {line.key: line for line in lines if line.wrong or line.told}
    fresh = _lines(request)
    for line in fresh:
        if (old := refused.get(line.key)) is not None:
            line.typed, line.wrong, line.told = old.typed, old.wrong, old.told
    return fresh


def _page(request: Request, lines: list[Line], status: int = 200) -> HttpResponse:
    named = {line.of.name for line in lines if line.of.kind == OF_DEPARTMENT}
    shown = {
        "section": "tasks",
        "lines": lines,
        "officers": officers("task.answer"),
        "leaders": officers("task.verify"),
        "departments": [name for name in departments() if name not in named],
        "move_open": request.POST.get("move_open", "yes"),
    }
    return render(request, "web/tasks/chains.html", shown, status=status)


def _texts(link: Link) -> dict[str, str]:
    return {name: getattr(link, name) or "" for name in COLUMNS}


def _digest(texts: Mapping[str, str]) -> str:
    return hashlib.sha256("\n".join(texts[name] for name in COLUMNS).encode()).hexdigest()[:16]
