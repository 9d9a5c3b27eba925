"""A paper is made as long work: figures counted where they are not, files written, then the paper says what it came to.

Safe to be done again after a kill at any instant: a paper that is made is told, files are written whole or not at all.
"""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.utils import timezone

from bangfu.documents.fields import Listed
from bangfu.documents.forms import compare_forms
from bangfu.documents.pdf import Card, cards_pdf, paper_pdf
from bangfu.jobs.work import Work
from bangfu.ledger.scope import scope_of
from bangfu.office.accounts import reader_named
from bangfu.office.home import this_home
from bangfu.office.journal.waiting import write_lock
from bangfu.office.readers import Reader
from bangfu.office.words import day_in_words
from bangfu.registry.queries import households_of_village, villages_in
from bangfu.registry.scope import Scope, narrowed
from bangfu.reporting.models import Paper
from bangfu.reporting.papers import files
from bangfu.reporting.papers.annex import write_annex
from bangfu.reporting.papers.answers import Answers
from bangfu.reporting.papers.cards import cards_of, office_of
from bangfu.reporting.papers.kinds import CARDS, FORM, REPORT, RIGHTS
from bangfu.reporting.papers.reach import in_villages
from bangfu.reporting.papers.reports import as_date, make_form, make_report
from bangfu.reporting.papers.stated import figures_of_form, figures_of_report
from bangfu.reporting.papers.templates import Template, file_of, template_named
from bangfu.reporting.papers.words import told_on, words_on
from bangfu.terms.errors import UserError

_CHANGES = 500
"""Of a form as many are kept to be shown."""


def make_paper(work: Work) -> Mapping[str, Any]:
    """UserError where it cannot be made, which the job then tells."""
    paper = Paper.objects.filter(pk=work.parameters["paper"]).first()
    if paper is None:
        raise UserError("这份材料已经删掉了")
    if paper.made_at is None:
        files.forget_old()
        _MAKERS[paper.kind](paper, _maker(paper), work)
        paper.made_at = datetime.now(UTC)
        with write_lock(work.say):
            paper.save(update_fields=["figures", "told", "files", "made_at"])
    return {"paper": paper.pk}


def _maker(paper: Paper) -> Reader:
    """Who asked for it, with the rights of now. UserError where these do not reach the paper any more."""
    reader = reader_named(paper.actor)
    if reader is None or not reader.may(RIGHTS[paper.kind]):
        raise UserError(f"账号 {paper.actor} 现在没有写这种材料的权限")
    return reader


def _scope(paper: Paper, reader: Reader, right: str) -> Scope:
    return in_villages(scope_of(reader, right), paper.villages)


def _report(paper: Paper, reader: Reader, work: Work) -> None:
    template = _template(paper)
    work.say("正在读取名单", 0.0)
    scope, tasks = (_scope(paper, reader, right) for right in (RIGHTS[REPORT], "task.see"))
    words, lists = told_on(paper.as_of, this_home().place, scope, tasks, paper.asked.get("words"))
    report = make_report(
        template.path, paper.as_of, scope, words=words, lists=lists, actor=reader.username, say=work.say
    )
    work.say("正在排 PDF", 0.96)
    printed = paper_pdf(report.content, day=as_date(paper.as_of), title=paper.title)
    paper.files = {files.DOCX: _put(paper, files.DOCX, report.content)}
    paper.files[files.PDF] = _put(paper, files.PDF, printed.content)
    paper.figures = figures_of_report(report)
    paper.told = {**_counts(paper.figures), "losses": [*printed.losses, *_empty(template, lists)]}
    if paper.asked.get("annex"):
        work.say("正在写数据明细", 0.97)
        paper.told["rows"] = _annex(paper, reader, report.references, report.answers, scope)


def _empty(template: Template, lists: Listed) -> Iterator[str]:
    """A reply to nothing reads well and says nothing."""
    if template.id == "feedback_reply" and not lists["反馈问题"]:
        yield "“清单”里没有登记检查反馈的问题，所以报告里写的是 0 个。请先登记检查反馈，再写一份"


def _annex(paper: Paper, reader: Reader, references: Sequence[str], answers: Answers, scope: Scope) -> int:
    """The rows behind the figures. It leaves the house when somebody takes it, which is journalled then."""
    target = files.file_of_paper(paper.pk, paper.kind, files.ANNEX)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{os.getpid()}.part.xlsx")
    at = f"{timezone.localtime():%Y-%m-%d %H:%M}"
    rows = write_annex(
        part, references, answers, scope, reader=reader, reason=paper.reason, at=at, is_taken=False
    )
    os.replace(part, target)
    paper.files[files.ANNEX] = target.stat().st_size
    return rows


def _form(paper: Paper, reader: Reader, work: Work) -> None:
    template = _template(paper)
    scope = _scope(paper, reader, RIGHTS[FORM])
    words = words_on(paper.as_of, this_home().place, scope)
    form = make_form(template.path, paper.as_of, scope, words=words, actor=reader.username, say=work.say)
    paper.files = {files.XLSX: _put(paper, files.XLSX, form.filled.content)}
    paper.figures = figures_of_form(form)
    paper.told = {
        **_counts(paper.figures),
        "imbalances": [
            {"message": one.message, "is_rounding": one.is_rounding} for one in form.filled.imbalances
        ],
        "losses": list(form.filled.losses),
        **_compared(paper, form.filled.content),
    }


def _compared(paper: Paper, content: bytes) -> Mapping[str, Any]:
    """With the form that was uploaded beside it, else with the same one filled last for the same villages."""
    last, named = files.file_of_paper(paper.pk, FORM, files.LAST), "上传的上次报送的表"
    if not last.is_file():
        before = _filled_before(paper)
        if before is None:
            return {}
        last = files.file_of_paper(before.pk, FORM, files.XLSX)
        named = f"上次填的截至 {day_in_words(before.as_of)} 的表"
    changes = compare_forms(last, content)
    shown = [
        {
            "sheet": one.sheet,
            "cell": one.cell,
            "what": one.what,
            "before": one.before,
            "after": one.after,
            "difference": None if one.difference is None else f"{one.difference:+f}",
        }
        for one in changes[:_CHANGES]
    ]
    return {"compared": named, "changes": shown, "changed": len(changes)}


def _filled_before(paper: Paper) -> Paper | None:
    same = Paper.objects.filter(kind=FORM, template=paper.template, made_at__isnull=False, pk__lt=paper.pk)
    for one in same.exclude(as_of=paper.as_of).order_by("-pk")[:20]:
        if one.villages == paper.villages and files.file_of_paper(one.pk, FORM, files.XLSX).is_file():
            return one
    return None


def _cards(paper: Paper, reader: Reader, work: Work) -> None:
    scope = _scope(paper, reader, RIGHTS[CARDS])
    words = paper.asked.get("words", {})
    complaints = [line.strip() for line in words.get("complaints", "").splitlines() if line.strip()]
    office = office_of(paper.as_of, this_home().place, phone=words.get("phone", ""), complaints=complaints)
    cards = cards_of(paper.as_of, scope, villages=paper.villages or (), households=paper.households or ())
    total = len(paper.households) if paper.households else _households_in(scope)
    target = files.passing_folder(paper.pk)
    target.mkdir(parents=True, exist_ok=True)
    counted = _Counted(cards, total, work)
    with tempfile.TemporaryDirectory(dir=target, prefix=".cards-") as folder:
        made = cards_pdf(iter(counted), Path(folder), office)
        if not made:
            raise UserError("这个范围里没有要印卡的户:明白卡印给建档立卡户、脱贫户和监测对象")
        what = files.PDF if len(made) == 1 else files.ZIP
        path = made[0] if len(made) == 1 else _packed(made, Path(folder) / "all.zip")
        os.replace(path, files.file_of_paper(paper.pk, CARDS, what))
    size = files.file_of_paper(paper.pk, CARDS, what).stat().st_size
    paper.files, paper.told = {what: size}, {"rows": counted.number, "parts": len(made)}


class _Counted:
    """Cards on their way to the press, and the word of how many there are."""

    def __init__(self, cards: Iterator[Card], total: int, work: Work) -> None:
        self._cards, self._total, self._work = cards, total, work
        self.number = 0

    def __iter__(self) -> Iterator[Card]:
        for card in self._cards:
            self.number += 1
            share = min(self.number / self._total, 0.99) if self._total else None
            self._work.say(f"已排 {self.number} 户,正在印{card.village}", share)
            yield card


def _packed(paths: Sequence[Path], archive: Path) -> Path:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as whole:  # what a PDF holds is packed already
        for path in paths:
            whole.write(path, path.name)
    return archive


def _households_in(scope: Scope) -> int:
    return sum(
        narrowed(households_of_village(village), scope, village="village_id", household="id").count()
        for village in villages_in(scope)
    )


def _template(paper: Paper) -> Template:
    """As it was when the paper was asked for, whatever became of it since."""
    found = template_named(paper.template, paper.kind)
    if paper.template_sha256:
        path = file_of(paper.kind, paper.template_sha256)
        found = Template(paper.template, paper.kind, paper.title, path.name, path)
    if found is None or not found.path.is_file():
        raise UserError("模板的文件不在了,请重新上传模板再写")
    return found


def _put(paper: Paper, what: str, content: bytes) -> int:
    return files.put(files.file_of_paper(paper.pk, paper.kind, what), content)


def _counts(figures: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {"count": len(figures), "blanks": sum(1 for one in figures if one["value"] is None)}


_MAKERS: Mapping[str, Callable[[Paper, Reader, Work], None]] = {REPORT: _report, FORM: _form, CARDS: _cards}
