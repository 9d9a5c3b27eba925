"""The inputs of a form as the templates draw them, with what is said beside each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from bangfu.findings.examined import Examined, Fault, Place
from bangfu.office.masking import STAR, number_kind
from bangfu.policy.model import Policy
from bangfu.registry.editing.choices import choices_of, label_of
from bangfu.registry.editing.entry import UNIT_WORDS, BadEntry, is_prose
from bangfu.terms.model import Field
from bangfu.web.editing.parts import Part

YES_NO = (("是", "是"), ("否", "否"))
_PLACEHOLDERS = {"date": "如 2020-04-22", "month": "如 2020-04"}
_FEW = 6
"""Up to so many labels stand side by side to be ticked; more are a list with its own scroll bar."""


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Said:
    """Something about a field: `kind` is wrong, error, suspicion, reminder or known."""

    kind: str
    text: str


@dataclass(frozen=True)
class Input:
    """`kind`: text, prose, choice or ticks; `text` is what stands in it, `options` what may be chosen."""

    name: str
    label: str
    kind: str
    text: str
    options: Sequence[Option]
    unit: str
    help: str
    placeholder: str
    keyboard: str
    is_must: bool
    said: Sequence[Said]

    @property
    def is_wrong(self) -> bool:
        return any(one.kind in ("wrong", "error") for one in self.said)

    @property
    def is_wide(self) -> bool:
        return self.kind == "prose" or (self.kind == "ticks" and len(self.options) > _FEW)


@dataclass(frozen=True)
class Section:
    """Inputs under one heading."""

    id: str
    label: str
    inputs: Sequence[Input]


@dataclass(frozen=True)
class Drawing:
    """What the inputs are drawn from besides their part; `changed` are the fields that were typed otherwise."""

    policy: Policy
    day: int
    posted: QueryDict
    wrong: Mapping[str, BadEntry]
    examined: Examined | None
    changed: Collection[Place] = ()


def sections_of(part: Part, drawing: Drawing) -> Iterator[Section]:
    """One under each heading of the form; a part with a title is one."""
    if part.title:
        inputs = [_input(part, one, drawing) for group in part.groups for one in group.fields]
        yield Section(part.prefix, part.title, inputs)
        return
    for number, group in enumerate(part.groups):
        inputs = [_input(part, one, drawing) for one in group.fields]
        yield Section(f"{part.prefix}-g{number}", group.label, inputs)


def said_of(part: Part, field: Field, drawing: Drawing) -> list[Said]:
    """What is the matter with a field: what cannot be read, what the edit brings in, what was there before."""
    name, own = part.name(field.name), Place(part.table, part.row, field.name)
    found = [Said("wrong", _expected(drawing.wrong[name]))] if name in drawing.wrong else []
    faults = drawing.examined.faults if drawing.examined else ()
    return [*found, *(_said(fault) for fault in faults if own in _places(fault, drawing.changed))]


def _expected(bad: BadEntry) -> str:
    return f"应填{bad.expected}" if bad.expected else "必填"


def _places(fault: Fault, changed: Collection[Place]) -> Sequence[Place]:
    """Where a fault is shown: at the fields that were typed, else where it is looked at first."""
    if fault.standing == "mended":
        return ()
    typed = [place for place in fault.places if place in changed]
    return typed or fault.places[:1]


def _said(fault: Fault) -> Said:
    if fault.standing == "introduced":
        return Said(fault.severity, fault.name)
    return Said("known", f"{fault.name}（原有{'，改后仍在' if fault.is_touched else ''}）")


def _input(part: Part, field: Field, drawing: Drawing) -> Input:
    texts = [text for text in part.shown(field.name, drawing.posted) if text]
    text = texts[0] if texts else ""
    return Input(
        part.name(field.name),
        field.label,
        _kind(field),
        text,
        list(_options(field, texts, drawing)),
        UNIT_WORDS.get(field.unit or "", ""),
        _help(field, text),
        _PLACEHOLDERS.get(field.type, ""),
        _keyboard(field),
        field.name in part.wanted,
        said_of(part, field, drawing),
    )


def _kind(field: Field) -> str:
    if field.type == "codes":
        return "ticks"
    if field.type in ("code", "yes_no"):
        return "choice"
    return "prose" if is_prose(field) else "text"


def _options(field: Field, chosen: Sequence[str], drawing: Drawing) -> Iterator[Option]:
    """The labels in force, and those that were chosen though they are not in force any more."""
    if field.type == "yes_no":
        yield from (Option(value, label, value in chosen) for value, label in YES_NO)
        return
    labels = choices_of(field, drawing.policy, drawing.day).labels
    yield from (Option(value, label, value in chosen) for value, label in labels.items())
    if field.type in ("code", "codes"):
        for value in chosen:
            if value not in labels:
                yield Option(value, f"{label_of(field, value, drawing.policy)}（旧）", True)


def _help(field: Field, text: str) -> str:
    if number_kind(field) is not None and STAR in text:
        return "不改就保留原样；要改请填完整号码"
    return field.definition


def _keyboard(field: Field) -> str:
    if field.type in ("integer", "date", "month"):
        return "numeric"
    if field.type in ("money", "decimal"):
        return "decimal"
    return "tel" if number_kind(field) == "phone" else "text"
