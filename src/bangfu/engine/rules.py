"""`python -m bangfu.engine.rules test|lint [FAMILY ...]`: the examples of checks being written, family by family."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from bangfu.engine.examples import failures, lint_check, lint_programme, programme_failures
from bangfu.policy.checks import load_checks
from bangfu.policy.codelists import load_codelists
from bangfu.policy.loader import default_root, digest, vocabulary_of
from bangfu.policy.model import Policy
from bangfu.policy.programmes import load_programmes
from bangfu.policy.source import Problem
from bangfu.policy.standards import load_standards
from bangfu.terms.loader import load_terms


def problems_of(mode: str, families: list[str], root: Path) -> Iterator[str]:
    """What does not load, fails or is blind, in the named families (all when none is named)."""
    found: list[Problem] = []
    terms = load_terms()
    codelists, standards = load_codelists(root, found), load_standards(root, found)
    vocabulary = vocabulary_of(root, terms, codelists, standards)
    checks = load_checks(root, vocabulary, found)
    programmes, yielded = load_programmes(root, vocabulary, found)
    policy = Policy(terms, standards, codelists, programmes, {**checks, **yielded}, digest(root))
    for problem in sorted(set(found)):
        if not families or any(
            f"/{name}/" in f"/{problem.file}" or name in problem.file for name in families
        ):
            yield str(problem)
    for check in checks.values():
        if not families or check.id.split(".")[0] in families:
            yield from failures(check, policy)
            if mode == "lint":
                yield from lint_check(check, policy)
    for programme in programmes.values():
        if not families or "programmes" in families:
            yield from programme_failures(programme, policy)
            if mode == "lint":
                yield from lint_programme(programme, policy)


def main() -> int:
    mode, *families = sys.argv[1:]
    problems = list(problems_of(mode, families, default_root()))
    print(*problems, sep="\n")
    print(f"{len(problems)} 处问题")
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
