"""A report as of a day: its template filled with the figures of the ledgers, and what stands behind each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bangfu.documents.forms import FilledForm, fill_form, form_references
from bangfu.documents.word import Filled, Listed, Row, references_of, render_report
from bangfu.findings.progress import Say, silent
from bangfu.registry.scope import Scope
from bangfu.reporting.papers.answers import Answers, answers_to, days_of
from bangfu.reporting.runs import count_days


@dataclass(frozen=True)
class Report:
    """The document, and its figures in order of appearance by the reference that asked for each."""

    content: bytes
    filled: Filled
    answers: Answers

    @property
    def references(self) -> tuple[str, ...]:
        return tuple(use.reference for use in self.filled.uses)


@dataclass(frozen=True)
class Form:
    """The workbook, and its figures."""

    filled: FilledForm
    answers: Answers


def make_report(
    template: Path,
    as_of: int,
    scope: Scope,
    *,
    words: Row,
    lists: Listed,
    actor: str,
    say: Say = silent,
    as_counted: bool = False,
) -> Report:
    """UserError with everything that is wrong with the template. Figures that were counted stand until a fact changes; others
    are counted first: outside of any transaction, in a process of its own. `as_counted`: as they were counted last, whatever
    has changed since.
    """
    references = references_of(template, words=words, lists=lists)
    answers = _counted(references, as_of, scope, actor, say, as_counted)
    say("正在写报告", 0.95)
    filled = render_report(
        template, answers.resolver, day=as_date(as_of), words=words, lists=lists, name=template.name
    )
    return Report(filled.content, filled, answers)


def make_form(form: Path, as_of: int, scope: Scope, *, words: Row, actor: str, say: Say = silent) -> Form:
    """A superior's form as of a day; the same holds as of a report."""
    answers = _counted(form_references(form, words=words), as_of, scope, actor, say)
    return Form(fill_form(form, answers.resolver, words=words), answers)


def _counted(
    references: Iterable[str],
    as_of: int,
    scope: Scope,
    actor: str,
    say: Say,
    as_counted: bool = False,
) -> Answers:
    references = tuple(references)
    if not references:  # lists and letters may name no figure; nothing needs counting for them
        return Answers({}, {}, {})
    days = days_of(references, as_of)
    counted = count_days(days, actor=actor, say=say, as_counted=as_counted)
    return answers_to(references, as_of, scope, counted)


def as_date(day: int) -> date:
    return date(day // 10000, day // 100 % 100, day % 100)
