"""A rulebook folder -> Policy, or every problem of it at once."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from bangfu.policy.checks import load_checks
from bangfu.policy.codelists import load_codelists
from bangfu.policy.dimensions import load_dimensions
from bangfu.policy.indicators import load_indicators
from bangfu.policy.language.vocabulary import Vocabulary
from bangfu.policy.model import Check, CodeList, Policy
from bangfu.policy.overlays import load_overlay
from bangfu.policy.programmes import load_programmes, programme_ids
from bangfu.policy.root import default_root
from bangfu.policy.source import Problem, RulebookError, files
from bangfu.policy.standard import Standard
from bangfu.policy.standards import load_standards
from bangfu.policy.statistics import load_statistics
from bangfu.terms.loader import load_terms
from bangfu.terms.model import Terms

_KEPT = 4
"""So many rulebooks, or the same with other overlays, are kept."""


def load_policy(root: Path | None = None, overlays: tuple[str, ...] = ()) -> Policy:
    """The rulebook under `root`; what the process has read before is read again only when a file changed.

    Raises RulebookError with all problems: file, line, what was found and what was expected.
    """
    root = root or default_root()
    return _loaded(root, overlays, digest(root))


@lru_cache(maxsize=_KEPT)
def _loaded(root: Path, overlays: tuple[str, ...], contents: str) -> Policy:
    problems: list[Problem] = []
    terms = load_terms()
    codelists = load_codelists(root, problems)
    standards = load_standards(root, problems)
    vocabulary = vocabulary_of(root, terms, codelists, standards)
    checks = load_checks(root, vocabulary, problems)
    for overlay in overlays:
        apply_overlay(root, overlay, vocabulary, standards, checks, problems)
    programmes, yielded = load_programmes(root, vocabulary, problems)
    dimensions = load_dimensions(root, vocabulary, problems)
    indicators = load_indicators(root, vocabulary, dimensions, programmes, problems)
    for twice in checks.keys() & yielded.keys():
        problems.append(Problem(checks[twice].file, 1, f"{twice} 已由补助项目自动产生"))
    if problems:
        raise RulebookError(problems)
    every = {**checks, **yielded}
    policy = Policy(
        terms, standards, codelists, programmes, every, contents, overlays, indicators, dimensions
    )
    policy = replace(policy, statistics=load_statistics(root, policy, problems))
    if problems:
        raise RulebookError(problems)
    return policy


def apply_overlay(
    root: Path,
    name: str,
    vocabulary: Vocabulary,
    standards: dict[str, Standard],
    checks: dict[str, Check],
    problems: list[Problem],
) -> None:
    """Puts an overlay's standards and checks in the place of those with the same name."""
    folder = load_overlay(root, name).folder
    standards.update(load_standards(folder, problems))
    checks.update(load_checks(folder, vocabulary, problems))


def vocabulary_of(
    root: Path, terms: Terms, codelists: dict[str, CodeList], standards: dict[str, Standard]
) -> Vocabulary:
    return Vocabulary(
        terms=terms,
        labels={name: codelist.all_labels for name, codelist in codelists.items()},
        ordered={name: codelist.ordered_labels for name, codelist in codelists.items()},
        groups={
            f"{codelist.id}.{name}": labels
            for codelist in codelists.values()
            for name, labels in codelist.groups.items()
        },
        standards={name: standard.type for name, standard in standards.items()},
        programmes=programme_ids(root)
        | (codelists["programme"].all_labels if "programme" in codelists else frozenset()),
    )


def digest(root: Path) -> str:
    """sha256 over the names and contents of all rulebook files."""
    total = hashlib.sha256()
    for path in files(root):
        total.update(path.relative_to(root).as_posix().encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
