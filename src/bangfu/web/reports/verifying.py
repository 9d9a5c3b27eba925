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
from bangfu.documents.limits import caps_in_force
from bangfu.documents.reading.read import Reading
from bangfu.documents.verification import Verification
from bangfu.documents.verification import verify as verified
from bangfu.intake.rulebook import home_rulebook
from bangfu.ledger.scope import scope_of
from bangfu.office.home import this_home
from bangfu.terms.divisions import area_prefix
from bangfu.terms.errors import UserError
from bangfu.web.reports.kept import fetch, keep
from bangfu.web.reports.known import Ledgers, beside_ledgers, run_for
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
    name = found.source.name.rpartition(".")[0] or found.source.name
    if request.POST.get("what") == "json":
        content = json.dumps(found.as_json(), ensure_ascii=False, indent=2).encode()
        return as_file(content, f"{name}（数字和关系）.json", "application/json; charset=utf-8")
    content = written(lambda path: write_marked(found.source, found.marks(), path))
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
    day = reading.year * 10_000 + 1231 if reading.year else 99_991_231
    return caps_in_force(home_rulebook().standards, day=day, place=area_prefix(this_home().place))


def _shown(found: Verification) -> dict[str, Any]:
    numbered = list(enumerate(found.doubts))
    return {
        "found": found,
        "pieces": list(highlights(found)),
        "accused": [(number, doubt) for number, doubt in numbered if not doubt.is_question],
        "questions": [(number, doubt) for number, doubt in numbered if doubt.is_question],
        "held": sum(1 for relation in found.relations if relation.holds),
    }


def _ledgers(request: Request, found: Verification) -> dict[str, Any]:
    """Beside the ledgers, for who sees all of them; else why not."""
    scope = scope_of(request.reader, "figure.see")
    if not scope.is_everything:
        return {"ledgers": None, "why_not": "台账的数字要看全镇的人才能比，这里只核对文字自己的算术"}
    run = run_for(found.reading.year)
    if run is None:
        return {"ledgers": None, "why_not": "还没有计算过指标，计算以后才能和台账比"}
    told: Ledgers = beside_ledgers(found, run, scope)
    return {"ledgers": told, "why_not": ""}
