"""What the forms that ask for papers have in common: a day, an area, a purpose; and the list of what was made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from bangfu.config.env import read_env
from bangfu.jobs.queries import Seen, jobs
from bangfu.ledger.scope import scope_of
from bangfu.office.home import business_day, this_home
from bangfu.office.queries import division_name
from bangfu.office.words import day_in_words
from bangfu.registry.queries import villages_in
from bangfu.reporting.papers.kinds import JOBS, RIGHTS
from bangfu.reporting.papers.shelf import PaperShown, papers
from bangfu.terms.errors import UserError
from bangfu.web.days import typed_day
from bangfu.web.findings.starting import EARLIEST
from bangfu.web.request import Request
from bangfu.web.system.town import is_for_all
from bangfu.web.uploads import KeptFile, refused_uploads

_SIZE = 20
_JOBS_LOOKED_AT = 100


@dataclass
class Order:
    """A form as it was sent; `wrong` has what could not be read, by the names of its inputs."""

    request: Request
    wrong: dict[str, str] = field(default_factory=dict)

    @property
    def typed(self) -> Mapping[str, str]:
        return {name: str(value) for name, value in self.request.POST.items()}

    def text(self, name: str, most: int = 100) -> str:
        return str(self.request.POST.get(name, "")).strip()[:most]

    def number(self, name: str) -> int | None:
        text = self.text(name)
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None

    def day(self) -> int:
        """The office's own where none was typed; what is none, long gone or yet to come is wrong."""
        today = business_day()
        try:
            day = typed_day(self.text("as_of"), "日期") or today
        except UserError as bad:
            self.wrong["as_of"] = str(bad)
            return today
        if not EARLIEST <= day <= today:
            self.wrong["as_of"] = f"应在 {day_in_words(EARLIEST)} 到业务日期 {day_in_words(today)} 之间"
        return day

    def reason(self) -> str:
        reason = self.text("reason")
        if not reason:
            self.wrong["reason"] = "请写明用途，它会记入日志"
        return reason

    def upload(self, name: str) -> tuple[Path, str] | None:
        """Where the file is and what it is called; None where none was chosen."""
        for told, why in refused_uploads(self.request):
            self.wrong[name] = f"“{told}”{why}"
        sent = self.request.FILES.get(name)
        if sent is None:
            return None
        assert isinstance(sent, KeptFile)
        return sent.path(), sent.name or ""


@dataclass(frozen=True)
class Line:
    """A paper, with its job as long as that has something to say."""

    paper: PaperShown
    job: Seen | None

    @property
    def is_moving(self) -> bool:
        return self.job is not None and not self.job.is_over


def order_page(
    request: Request, template: str, kind: str, order: Order | None = None, **more: Any
) -> HttpResponse:
    """The form with what is wrong in it, above the papers of its kind."""
    before = request.GET.get("before", "")
    found = papers(
        request.reader,
        (kind,),
        before=int(before) if before.isdecimal() and len(before) < 18 else None,
        size=_SIZE + 1,
    )
    lines = _with_jobs(request, kind, found[:_SIZE])
    scope = scope_of(request.reader, RIGHTS[kind])
    told: dict[str, Any] = {
        "section": "reports",
        "kind": kind,
        "sent": order,
        "lines": lines,
        "moving": [line for line in lines if line.is_moving],
        "last": found[_SIZE - 1].number if len(found) > _SIZE else None,
        "today": business_day(),
        "whole": division_name(this_home().place) if scope.is_everything else "",
        "villages": [(str(key), name) for key, name in villages_in(scope).items()],
        "most_megabytes": read_env().upload_megabytes,
        "may_change": is_for_all(request, "template.change"),
    }
    return render(request, template, told | more, status=422 if order and order.wrong else 200)


def _with_jobs(request: Request, kind: str, found: list[PaperShown]) -> list[Line]:
    """One query, however many there are: those made need no job any more."""
    unmade = {one.job for one in found if one.made_at is None}
    if not unmade:
        return [Line(one, None) for one in found]
    known = {
        one.number: one for one in jobs(request.reader, size=_JOBS_LOOKED_AT, kinds_wanted=(JOBS[kind],))
    }
    return [Line(one, known.get(one.job or 0) if one.made_at is None else None) for one in found]
