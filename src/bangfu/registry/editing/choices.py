"""What may be chosen in a field with a code list: the labels in force on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bangfu.policy.model import CodeList, Label, Policy
from bangfu.terms.model import Field

PROGRAMMES = "programme"


@dataclass(frozen=True)
class Choices:
    """The labels by the values that are kept; `words` are other ways of writing them (codes, aliases)."""

    labels: Mapping[str, str]
    words: Mapping[str, str]

    def value_of(self, text: str) -> str | None:
        """The value that a text means; None where it means none."""
        return text if text in self.labels else self.words.get(text)


NONE = Choices({}, {})


def choices_of(field: Field, policy: Policy, day: int) -> Choices:
    """For a field of type code or codes; nothing for others."""
    codelist = policy.codelists.get(field.codes or "")
    if codelist is None:
        return NONE
    labels = codelist.version(day).labels
    named = {label.label: _named(codelist, label, policy) for label in labels}
    words = {word: label.label for label in labels for word in (label.code, *label.aliases) if word}
    return Choices(named, {**words, **{name: value for value, name in named.items()}})


def label_of(field: Field, value: str, policy: Policy) -> str:
    """A kept value in words, also where its list does not have it any more."""
    codelist = policy.codelists.get(field.codes or "")
    if codelist is None or codelist.id != PROGRAMMES:
        return value
    for version in codelist.versions:
        for label in version.labels:
            if label.label == value:
                return _named(codelist, label, policy)
    return value


def _named(codelist: CodeList, label: Label, policy: Policy) -> str:
    """Programmes are kept under their identifiers."""
    if codelist.id != PROGRAMMES:
        return label.label
    programme = policy.programmes.get(label.label)
    if programme is not None:
        return programme.name
    return label.aliases[0] if label.aliases else label.label
