"""Single standards and code lists of the rulebook that came with the program, without loading its checks."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from bangfu.policy.codelists import load_codelists
from bangfu.policy.model import CodeList
from bangfu.policy.root import default_root
from bangfu.policy.source import Problem, RulebookError, files, read
from bangfu.policy.standard import Standard, StandardValue
from bangfu.policy.standards import load_standards


@cache
def standards() -> Mapping[str, Standard]:
    """RulebookError where any of them cannot be read."""
    problems: list[Problem] = []
    found = load_standards(default_root(), problems)
    if problems:
        raise RulebookError(problems)
    return found


@cache
def codelists() -> Mapping[str, CodeList]:
    """RulebookError where any of them cannot be read."""
    problems: list[Problem] = []
    found = load_codelists(default_root(), problems)
    if problems:
        raise RulebookError(problems)
    return found


def standard_at(name: str, day: int, place: str) -> StandardValue | None:
    """The value in force on a day (yyyymmdd) at a place; None where nobody knows it. KeyError for an unknown name."""
    return standards()[name].at(day, place)


def group(codelist: str, name: str) -> frozenset[str]:
    """The labels of a group of a code list. KeyError where there is none."""
    return frozenset(codelists()[codelist].groups[name])


def labels_at(codelist: str, day: int) -> tuple[str, ...]:
    """The labels in force on a day, in their order."""
    return tuple(label.label for label in codelists()[codelist].version(day).labels)


@cache
def programme_names() -> Mapping[str, str]:
    """What people call each programme, by its identifier."""
    root, problems = default_root(), list[Problem]()
    found = [read(path, root, problems) for path in files(root / "programmes")]
    named = {entries["id"]: str(entries["name"]) for _, entries in (one for one in found if one is not None)}
    if problems:
        raise RulebookError(problems)
    return named
