"""A part of a form: fields of one row, under the names that its inputs have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from bangfu.policy.model import Policy
from bangfu.registry.editing.entry import BadEntry, texts_of
from bangfu.registry.editing.typed import Typed, read_fields, typed_fields
from bangfu.registry.proposals import NEW, ProposedRow
from bangfu.terms.forms import Form, Group, form_of
from bangfu.terms.model import Field


@dataclass(frozen=True)
class Part:
    """`seen`: the row as the form showed it, nothing of a row to be added, which gets the values of `given` besides.

    `only` names the fields shown where not all are; `must` those without which the form says nothing; `suggested` are
    values that the form has from the start and the row has not. `is_taken_in`: somebody asked for it beside the form.
    """

    table: str
    row: int
    title: str = ""
    seen: Mapping[str, Any] = field(default_factory=dict)
    version: int = 0
    given: Mapping[str, Any] = field(default_factory=dict)
    only: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    suggested: Mapping[str, Any] = field(default_factory=dict)
    is_taken_in: bool = False

    @property
    def is_new(self) -> bool:
        return self.row >= NEW

    @property
    def wanted(self) -> tuple[str, ...]:
        """Fields that a new row must have, and those that this page insists on."""
        own = self.form.must if self.is_new else ()
        return tuple(name for name in dict.fromkeys((*own, *self.must)) if name in self.fields)

    @property
    def prefix(self) -> str:
        return f"{self.table}-{f'n{self.row - NEW}' if self.is_new else self.row}"

    @property
    def form(self) -> Form:
        return form_of(self.table)

    @property
    def fields(self) -> dict[str, Field]:
        """Those that can be typed here."""
        found = typed_fields(self.form, self.seen)
        return {name: one for name, one in found.items() if not self.only or name in self.only}

    @property
    def groups(self) -> list[Group]:
        """The headings with what is typed under them; a number that is typed once stands first."""
        there = self.fields
        once = tuple(one for one in self.form.once if one.name in there)
        found = [
            Group(group.label, tuple(one for one in group.fields if one.name in there))
            for group in self.form.groups
        ]
        kept = [group for group in found if group.fields]
        if once and kept:
            kept[:1] = [Group(kept[0].label, (*once, *kept[0].fields))]
        return kept

    def name(self, field_name: str) -> str:
        """Of a field's input."""
        return f"{self.prefix}-{field_name}"

    def texts(self, posted: QueryDict) -> dict[str, list[str]]:
        """What was typed, by field, of the fields that came; one that others have is taken where that was chosen."""
        return {
            name: posted.getlist(self.name(name))
            for name in self.fields
            if self.name(name) in posted and posted.get(f"choose-{self.name(name)}", "mine") == "mine"
        }

    def read(self, posted: QueryDict, policy: Policy, day: int) -> Typed:
        """The values that differ from those seen, and what cannot be read."""
        return read_fields(self.form, self.texts(posted), self.seen, policy, day)

    def missing(self, typed: Typed) -> dict[str, BadEntry]:
        """What the form insists on and nobody typed."""
        return {
            name: BadEntry(self.fields[name], "", "")
            for name in self.wanted
            if typed.values.get(name, self.seen.get(name)) is None and name not in typed.wrong
        }

    def proposed(self, typed: Typed) -> list[ProposedRow]:
        """The row as it would be; none where nothing changes or was typed."""
        if not typed.values:
            return []
        return [ProposedRow(self.table, self.row, {**self.given, **typed.values})]

    def shown(self, field_name: str, posted: QueryDict) -> Sequence[str]:
        """The texts of an input: as they were typed, else as the row has them."""
        if self.name(field_name) in posted:
            return posted.getlist(self.name(field_name))
        value = {**self.seen, **self.given, **self.suggested}.get(field_name)
        return texts_of(self.fields[field_name], value)
