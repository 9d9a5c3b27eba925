"""What people ask for: a report, a filled form, a stack of cards. The paper and the job that makes it are there together."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bangfu.documents.forms.book import open_book
from bangfu.jobs.actions import add_job
from bangfu.jobs.queries import waiting_job
from bangfu.ledger.scope import scope_of
from bangfu.office.journal.waiting import write_lock
from bangfu.office.readers import Reader
from bangfu.office.words import day_in_words
from bangfu.registry.household import household_head
from bangfu.registry.scope import Scope
from bangfu.reporting.models import Paper
from bangfu.reporting.papers.files import LAST, file_of_paper, forget_paper
from bangfu.reporting.papers.kinds import CARDS, FORM, JOBS, REPORT, RIGHTS
from bangfu.reporting.papers.reach import Keys, area_in_words, asked_villages, is_of_villages, place_of
from bangfu.reporting.papers.templates import Template, speaks_of_the_town
from bangfu.terms.errors import UserError

_TITLES = {CARDS: "帮扶政策明白卡"}


def order_report(
    reader: Reader,
    template: Template,
    *,
    as_of: int,
    village: int | None,
    reason: str,
    words: Mapping[str, str],
    with_annex: bool,
) -> int:
    """The paper's number. UserError without a reason, and where the template speaks of more than is asked for."""
    villages = asked_villages(scope_of(reader, RIGHTS[REPORT]), village)
    town = "" if villages is None else speaks_of_the_town(template)
    if town:
        raise UserError(
            f"模板“{template.name}”里写着“{town}”,只算{area_in_words(villages)}的数会写错。"
            f"请选全部村,或者把模板另存一份,改成村里的说法再用"
        )
    asked = {"words": dict(words), "annex": with_annex}
    return _order(reader, REPORT, template, as_of=as_of, villages=villages, reason=reason, asked=asked)


def order_form(
    reader: Reader, form: Template, *, as_of: int, village: int | None, reason: str, last: Path | None = None
) -> int:
    """The same of a superior's form; `last` is the one sent last time, else the one filled last is compared.

    UserError where it is no workbook.
    """
    villages = asked_villages(scope_of(reader, RIGHTS[FORM]), village)
    if last is not None:
        open_book(last.read_bytes(), "上次报送的报表")
    return _order(reader, FORM, form, as_of=as_of, villages=villages, reason=reason, asked={}, last=last)


def order_cards(
    reader: Reader,
    *,
    as_of: int,
    village: int | None,
    household: int | None,
    reason: str,
    words: Mapping[str, str],
) -> int:
    """Of one household, of a village, or of all that the right reaches. UserError for what it does not reach."""
    scope = scope_of(reader, RIGHTS[CARDS])
    households = [household] if household else None
    if village is None and household is None and not is_of_villages(scope):
        households = sorted({key for part in scope.parts for key in part.households or ()})
    villages = (
        asked_villages(scope, village) if households is None else _villages_of(scope, households, as_of)
    )
    asked = {"words": dict(words)}
    return _order(
        reader, CARDS, None, as_of=as_of, villages=villages, reason=reason, asked=asked, households=households
    )


def remove_paper(number: int) -> None:
    """The paper and its files are gone; that they were taken stays in the journal."""
    with write_lock(lambda message: None):
        Paper.objects.filter(pk=number).delete()
    forget_paper(number)


def _villages_of(scope: Scope, households: Sequence[int], day: int) -> Keys:
    heads = [household_head(scope, household, day) for household in households]
    if not heads or None in heads:
        raise UserError("没有这一户,或者不在您的范围里" if heads else "您没有结对的户")
    return sorted({head.village for head in heads if head is not None and head.village is not None})


def _order(
    reader: Reader,
    kind: str,
    template: Template | None,
    *,
    as_of: int,
    villages: Keys,
    reason: str,
    asked: Mapping[str, Any],
    households: list[int] | None = None,
    last: Path | None = None,
) -> int:
    """Asked for twice while it waits, it is one paper."""
    if template is not None and not template.path.is_file():
        raise UserError(f"“{template.name}”的文件不在服务器上(可能是只恢复了数据库),请重新上传")
    if not reason.strip():
        raise UserError("请写明用途,它会记入日志")
    area = area_in_words(villages)
    paper = Paper(
        kind=kind,
        title=template.name if template else _TITLES[kind],
        template=template.id if template else "",
        template_sha256=template.sha256 if template else "",
        as_of=as_of,
        villages=villages,
        households=households,
        area=f"{area} {len(households)} 户" if households else area,
        asked=dict(asked),
        reason=reason.strip()[:100],
        actor=reader.username,
        ordered_at=datetime.now(UTC),
    )
    key = _key(paper) if last is None else ""
    with write_lock(lambda message: None):
        waiting = waiting_job(key) if key else None
        if waiting is not None:
            return int(Paper.objects.values_list("pk", flat=True).get(job=waiting))
        paper.save()
        if last is not None:
            _keep_last(paper.pk, last)
        paper.job = add_job(
            JOBS[kind],
            label=f"{paper.title}，{paper.area}，{day_in_words(as_of)}",
            actor=reader.username,
            parameters={"paper": paper.pk},
            key=key,
            place=place_of(villages),
        )
        paper.save(update_fields=["job"])
    return paper.pk


def _keep_last(paper: int, last: Path) -> None:
    target = file_of_paper(paper, FORM, LAST)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(last, target)


def _key(paper: Paper) -> str:
    told = [paper.template, paper.template_sha256, paper.as_of, paper.villages, paper.households, paper.asked]
    digest = hashlib.sha256(json.dumps([*told, paper.reason], sort_keys=True).encode()).hexdigest()
    return f"paper {paper.kind} {paper.actor} {digest[:32]}"
