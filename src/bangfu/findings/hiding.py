"""Numbers of persons in what a run tells: hidden wherever they stand, also inside a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from bangfu.office.masking import masked, number_kind
from bangfu.policy.language import nodes as n
from bangfu.policy.model import Check
from bangfu.terms.loader import load_terms

_LONG = re.compile(r"(?<![0-9A-Za-z])(?:\d{15,}[Xx]?|\d{14}[Xx]|1[3-9]\d{9})(?![0-9A-Za-z])")
_PHONE = 11
_IDS = frozenset((15, 18, 20, 22))
"""Digits of ID numbers, old and new, and of disability certificates; other long numbers may be accounts."""


def kinds_read(check: Check) -> dict[str, str]:
    """By the names that a finding's values have, which kind of number they are (see `office.masking`)."""
    terms = load_terms()
    found: dict[str, str] = {}
    for node in n.walk(check.when):
        if isinstance(node, n.FieldRef):
            field = terms.table(node.table).fields.get(node.field)
            kind = None if field is None else number_kind(field)
            if kind is not None:
                found[".".join((*node.path, node.field))] = kind
    return found


@cache
def kinds_by_label() -> Mapping[str, str]:
    """The same by the heads of columns."""
    return {
        field.label: kind for field in load_terms().all_fields() if (kind := number_kind(field)) is not None
    }


def hidden(text: str, check: Check, values: Mapping[str, Any]) -> str:
    """A sentence with the numbers in it starred: those that the check read, and whatever looks like one."""
    return starred(text, kinds_read(check), values)


def starred(text: str, kinds: Mapping[str, str], values: Mapping[str, Any]) -> str:
    """The same, where `kinds_read` of the check is at hand."""
    for kind, number in _numbers(kinds, values) if kinds else ():
        text = text.replace(number, masked(kind, number))
    return hidden_numbers(text)


def hidden_numbers(text: str) -> str:
    """Whatever looks like the number of a person, a phone or an account. 户编号 and 人编号 are not secret."""
    return _LONG.sub(lambda found: masked(_looks_like(found[0]), found[0]), text)


def _numbers(kinds: Mapping[str, str], values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The longest first: a number may be part of another."""
    read = [
        (kinds[name], value) for name, value in values.items() if name in kinds and isinstance(value, str)
    ]
    return sorted(read, key=lambda one: -len(one[1]))


def _looks_like(number: str) -> str:
    if len(number) == _PHONE:
        return "phone"
    return "id" if len(number) in _IDS else "account"
