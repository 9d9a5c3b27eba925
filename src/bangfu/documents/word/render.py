"""The one route to a filled .docx: read the template, ask for its references, render, mark what is not known."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from bangfu.documents.fields.evaluate import find_cell, holds, reference_of, rows_of, show_field
from bangfu.documents.fields.formats import find_format
from bangfu.documents.fields.tags import Condition, Field, Name
from bangfu.documents.fields.values import BLANK, FieldValue, Listed, Resolver, Row, Scope
from bangfu.documents.word.blanks import mark_blanks
from bangfu.documents.word.blocks import Block, Piece, Placed, Problem
from bangfu.documents.word.package import packed
from bangfu.documents.word.paragraphs import RESTORED
from bangfu.documents.word.translate import Template, read_template, refuse
from bangfu.terms.errors import UserError

# XML cannot hold these; \a, \f would be paragraphs and pages to docxtpl.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
_LISTED_FORMATS = ("个数", "连写", "日期", "年月", "年")


@dataclass(frozen=True)
class Use:
    """A figure of the document: the reference as it was resolved, what stands in the text, and the text around it."""

    reference: str
    value: FieldValue
    shown: str
    paragraph: str


@dataclass(frozen=True)
class Filled:
    """A document, and every figure in it in order of appearance, each reference once."""

    content: bytes
    uses: tuple[Use, ...]

    @property
    def blanks(self) -> tuple[Use, ...]:
        return tuple(use for use in self.uses if use.value.is_blank)


def references_of(
    template: Path | bytes,
    *,
    words: Row | None = None,
    lists: Listed | None = None,
    demand: Callable[[str], object] = lambda reference: None,
    name: str = "",
) -> tuple[str, ...]:
    """Every reference that `render_report` will ask for with these words and lists, each once, in order.

    So that a caller computes them in one go. `demand` raises UserError for one that nobody will answer. UserError as of
    `render_report`: all that is wrong at once.
    """
    asked: dict[str, None] = {}

    def note(reference: str) -> FieldValue:
        demand(reference)
        asked.setdefault(reference)
        return FieldValue("", 0)

    read = read_template(template, name)
    _refuse_unknown(read, _root(words, lists), note)
    return tuple(asked)


def render_report(
    template: Path | bytes,
    resolve: Resolver,
    *,
    day: date,
    words: Row | None = None,
    lists: Listed | None = None,
    name: str = "",
) -> Filled:
    """The template with its fields filled. A figure that is not known reads （未统计） and is marked yellow.

    `words` are the document's own (镇名, 本年); `lists` are what `循环` goes over. UserError, naming template,
    paragraph, field and the nearest names, for every unknown field at once; nothing in a template can run code.
    """
    read = read_template(template, name)
    root = _root(words, lists)
    _refuse_unknown(read, root, resolve)
    rendering = _Rendering(read, resolve)
    document = _Docx(BytesIO(read.content))
    context = {"F": rendering.field, "C": rendering.condition, "L": rendering.rows, "s0": root}
    document.render(context, _sandbox(), autoescape=True)
    refuse(read.name, rendering.problems)
    mark_blanks(document.docx)
    return Filled(packed(document.docx, day, RESTORED), tuple(rendering.uses.values()))


def _root(words: Row | None, lists: Listed | None) -> Scope:
    """Lists are asked for by name, so that one that is costly is read only for a template that has it."""
    return Scope(lists or {}, around=Scope(words or {}))


def _sandbox() -> SandboxedEnvironment:
    """Knows nothing but the calls that we wrote into the template."""
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    environment.globals.clear()
    environment.filters.clear()
    return environment


class _Docx(DocxTemplate):  # type: ignore[misc]
    """docxtpl, but for the properties: an author's name is no template."""

    def render_properties(self, *_: Any) -> None:
        return


@dataclass
class _Rendering:
    """What the numbered calls of a translated template do."""

    template: Template
    resolve: Resolver
    problems: list[Problem] = field(default_factory=list)
    uses: dict[str, Use] = field(default_factory=dict)

    def field(self, number: int, scope: Scope) -> str:
        placed, what = self.template.fields[number]
        try:
            value = show_field(what, scope, self._noting(placed))
        except UserError as error:
            self.problems.append(placed.problem(str(error)))
            return BLANK
        shown = _CONTROL.sub("", value.shown)
        self._note_shown(what, scope, shown)
        return shown

    def condition(self, number: int, scope: Scope) -> bool:
        placed, what = self.template.conditions[number]
        try:
            return holds(what, scope, self.resolve)
        except UserError as error:
            self.problems.append(placed.problem(str(error)))
            return False

    def rows(self, number: int, scope: Scope) -> list[Scope]:
        _, name = self.template.loops[number]
        return scope.rows(rows_of(name, scope))

    def _noting(self, placed: Placed) -> Resolver:
        def resolve(reference: str) -> FieldValue:
            value = self.resolve(reference)
            self.uses.setdefault(reference, Use(reference, value, "", placed.excerpt))
            return value

        return resolve

    def _note_shown(self, what: Field, scope: Scope, shown: str) -> None:
        found, _ = scope.find(what.name.text)
        if not found:
            use = self.uses[reference_of(what.name, scope)]
            if not use.shown:
                self.uses[use.reference] = Use(use.reference, use.value, shown, use.paragraph)


# -- what must be known before anything is written ---------------------------------------------------


def _refuse_unknown(template: Template, root: Scope, resolve: Resolver) -> None:
    problems: list[Problem] = []
    for placed, message in _unknown(template.pieces, root, resolve):
        problems.append(placed.problem(message))
    refuse(template.name, problems)


def _unknown(pieces: list[Piece], scope: Scope, resolve: Resolver) -> Iterator[tuple[Placed, str]]:
    """Of every branch, taken or not: a template is right or wrong whatever the figures are."""
    for piece in pieces:
        if isinstance(piece, Block):
            yield from _unknown_in_block(piece, scope, resolve)
        else:
            assert isinstance(piece.tag.what, Field)
            yield from _told(piece, [piece.tag.what.name], scope, resolve)
            yield from _unknown_formats(piece, piece.tag.what)


def _unknown_in_block(block: Block, scope: Scope, resolve: Resolver) -> Iterator[tuple[Placed, str]]:
    what = block.opened.tag.what
    if isinstance(what, Condition):
        sides = [side for tests in what.alternatives for one in tests for side in (one.left, one.right)]
        yield from _told(block.opened, [side for side in sides if isinstance(side, Name)], scope, resolve)
        yield from _unknown(block.inside, scope, resolve)
    elif isinstance(what, Name):
        try:
            rows = rows_of(what, scope)
        except UserError as error:
            yield block.opened, str(error)
            rows = []
        for row in scope.rows(rows):
            yield from _unknown(block.inside, row, resolve)
    yield from _unknown(block.otherwise, scope, resolve)


def _told(placed: Placed, names: list[Name], scope: Scope, resolve: Resolver) -> Iterator[tuple[Placed, str]]:
    for name in names:
        try:
            find_cell(name, scope, resolve)
        except UserError as error:
            yield placed, str(error)


def _unknown_formats(placed: Placed, what: Field) -> Iterator[tuple[Placed, str]]:
    for name, _ in what.formats:
        if name not in _LISTED_FORMATS:
            try:
                find_format(name)
            except UserError as error:
                yield placed, str(error)
