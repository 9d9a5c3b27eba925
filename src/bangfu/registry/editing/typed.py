"""The fields of a row as they were typed: what changes, and what cannot be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bangfu.policy.model import Policy
from bangfu.registry.editing.choices import choices_of
from bangfu.registry.editing.entry import BadEntry, is_as_shown, read_entry
from bangfu.terms.forms import Form
from bangfu.terms.model import Field

Texts = Mapping[str, Sequence[str]]
"""What was typed, by field; a field that is not among them was not shown and stays as it is."""


@dataclass(frozen=True)
class Typed:
    """`values` are those that differ from the row as it was seen; `wrong` says per field what is the matter."""

    values: Mapping[str, Any]
    wrong: Mapping[str, BadEntry]


def read_fields(form: Form, texts: Texts, seen: Mapping[str, Any], policy: Policy, day: int) -> Typed:
    """Reads the typed fields of a row; `seen` has no values where the row is not there yet."""
    values: dict[str, Any] = {}
    wrong: dict[str, BadEntry] = {}
    for name, field in typed_fields(form, seen).items():
        held = seen.get(name)
        if name not in texts or is_as_shown(field, texts[name], held):
            continue
        try:
            value = read_entry(field, texts[name], choices_of(field, policy, day), held)
        except BadEntry as bad:
            wrong[name] = bad
            continue
        if value != held:
            values[name] = value
    return Typed(values, wrong)


def typed_fields(form: Form, seen: Mapping[str, Any]) -> dict[str, Field]:
    """The fields that may be typed of a row: those for once only while they are empty."""
    filled = {field.name for field in form.once if seen.get(field.name) is not None}
    return {name: field for name, field in form.fields.items() if name not in filled}
