"""A text is read, its arithmetic tested, and its figures held beside the ledgers. Nothing of it stands in an address."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from bangfu.config.env import read_env
from bangfu.documents.arithmetic.standards import Cap
from bangfu.documents.files.marked import write_marked
from bangfu.documents.files.opening import open_text
from bangfu.documents.files.source import Source, pasted
from bangfu.documents.highlights import highlights
from bangfu.documents.limits import caps_in_force, last_day_of
from bangfu.documents.reading.read import Reading
from bangfu.documents.verification import Verification
from bangfu.documents.verification import verify as verified
from bangfu.intake.rulebook import home_rulebook
from bangfu.ledger.scope import scope_of
from bangfu.office.home import this_home
from bangfu.office.words import day_in_words
from bangfu.registry.queries import villages_by_name
from bangfu.reporting.counterparts.beside import Compared, Ledgers, beside_ledgers, run_for
from bangfu.reporting.counterparts.told import as_json, marks, time_in_words, when_of
from bangfu.reporting.queries.totals import Run
from bangfu.terms.divisions import area_prefix
from bangfu.terms.errors import UserError
from bangfu.web.reports.asked import EVER, Asked, this_year
from bangfu.web.reports.figures import figure_address
from bangfu.web.reports.kept import fetch, keep
from bangfu.web.reports.papers import text_of_paper
from bangfu.web.reports.taking import as_file, written
from bangfu.web.request import Request
from bangfu.web.uploads import KeptFile, refused_uploads

MOST = 100_000
"""Characters that are read while somebody waits: twenty times a long report."""
ACCEPTED = (".docx", ".txt", ".xlsx")
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: Request) -> HttpResponse:
    told: dict[str, Any] = {"section": "reports", "tab": "verify", "accepted": ACCEPTED}
    told |= {"most_megabytes": read_env().upload_megabytes, "text": "", "wrong": ""}
    if request.method != "POST":
        return render(request, "web/reports/verify.html", told)
    told["text"] = request.POST.get("text", "")
    try:
        source = _source(request)
    except UserError as refused:
        told["wrong"] = str(refused)
        return render(request, "web/reports/verify.html", told, status=422)
    found = _read(source)
    told |= _shown(found) | _ledgers(request, found)
    told["ticket"] = keep(request.reader, source)
    return render(request, "web/reports/verified.html", told)


@require_POST
def download(request: Request) -> HttpResponse:
    """The marked copy as .docx, or everything that was read as JSON. UserError when the text is gone."""
    found = _read(fetch(request.reader, request.POST.get("ticket", "")))
    _, ledgers, _ = _compared(request, found)
    name = found.source.name.rpartition(".")[0] or found.source.name
    if request.POST.get("what") == "json":
        told = found.as_json() | (as_json(ledgers) if ledgers is not None else {})
        content = json.dumps(told, ensure_ascii=False, indent=2).encode()
        return as_file(content, f"{name}（数字和关系）.json", "application/json; charset=utf-8")
    content = written(lambda path: write_marked(found.source, marks(found, ledgers), path))
    return as_file(content, f"{name}（核对批注）.docx", _WORD)


def _source(request: Request) -> Source:
    """UserError for what is no text, for nothing, and for too much."""
    for name, why in refused_uploads(request):
        raise UserError(f"“{name}”{why}")
    sent = request.FILES.get("file")
    if request.POST.get("paper"):
        source = text_of_paper(request, request.POST["paper"])
    elif sent is None:
        if not request.POST.get("text", "").strip():
            raise UserError("没有要核对的文字。请粘贴一段文字，或选一个文件")
        source = pasted(request.POST["text"])
    else:
        assert isinstance(sent, KeptFile)
        source = open_text(sent.path(), sent.name)
    if len(source.text) > MOST:
        raise UserError(
            f"“{source.name}”有 {len(source.text):,} 字，网页上一次最多核对 {MOST:,} 字。请分成几份，"
            "或请管理员用命令 bangfu verify 核对"
        )
    return source


def _read(source: Source) -> Verification:
    return verified(source, _caps)


def _caps(reading: Reading) -> Sequence[Cap]:
    """The standards in force here at the end of the text's year, or the latest where it names none."""
    place = area_prefix(this_home().place)
    return caps_in_force(home_rulebook().standards, day=last_day_of(reading.year), place=place)


def _shown(found: Verification) -> dict[str, Any]:
    numbered = list(enumerate(found.doubts))
    return {
        "found": found,
        "pieces": list(highlights(found)),
        "accused": [(number, doubt) for number, doubt in numbered if not doubt.is_question],
        "questions": [(number, doubt) for number, doubt in numbered if doubt.is_question],
        "held": sum(1 for relation in found.relations if relation.holds),
    }


def _compared(request: Request, found: Verification) -> tuple[Run | None, Ledgers | None, str]:
    """Beside the ledgers, for who sees all of them; else why not."""
    scope = scope_of(request.reader, "figure.see")
    if not scope.is_everything:
        return None, None, "台账的数字要看全镇的人才能比，这里只核对文字自己的算术"
    run = run_for(found.reading)
    if run is None:
        return None, None, "还没有计算过指标，计算以后才能和台账比"
    return run, beside_ledgers(found, run, scope), ""


def _ledgers(request: Request, found: Verification) -> dict[str, Any]:
    run, ledgers, why_not = _compared(request, found)
    if run is None or ledgers is None:
        return {"ledgers": None, "why_not": why_not}
    rows = {
        verdict: [_row(one, run) for one in ledgers.told(verdict)] for verdict in ("differ", "ask", "agree")
    }
    return {
        "ledgers": {**rows, "day": day_in_words(ledgers.as_of), "strangers": ledgers.strangers},
        "why_not": "",
    }


def _row(one: Compared, run: Run) -> dict[str, Any]:
    """What the page shows of a figure, with the address of its indicator."""
    figure = one.figure
    asked = Asked(run, this_year(run), by=figure.cut)
    if figure.village:
        asked = asked.narrowed(village=villages_by_name().get(figure.village))
    if figure.period is not None:
        asked = asked.narrowed(when=when_of(figure) or EVER)
    link = figure_address(figure.indicator, asked)
    return {"one": one, "time": time_in_words(figure), "link": link}
