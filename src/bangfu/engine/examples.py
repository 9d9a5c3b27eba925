"""Executes the examples of the rulebook, and asks whether they would notice a mistake (lint)."""

from __future__ import annotations

from collections.abc import Iterator

from bangfu.engine.mutants import mutants
from bangfu.engine.reference import Context, evaluate
from bangfu.policy.language import nodes as n
from bangfu.policy.model import Check, Example, Policy, Programme

_ANSWERS = {True: "finding", False: "pass", None: "unknown"}
_ENTITLED = {True: "entitled", False: "not_entitled", None: "unknown"}
MIN_EXAMPLES = 3


def answer(check: Check, when: n.Node, example: Example, policy: Policy) -> str:
    """What `when` says of an example; a missing standard makes it unknown where it matters."""
    value = evaluate(when, example.given, Context(policy, example.as_of, example.place))
    if value is None and check.missing_passes:
        return "pass"
    return _ANSWERS[value]


def failures(check: Check, policy: Policy) -> Iterator[str]:
    """The examples of a check that do not give what they expect."""
    for example in check.examples:
        got = answer(check, check.when, example, policy)
        if got != example.expect:
            yield f"{check.file}:{example.line}: {check.id} 的例子应是 {example.expect},算得 {got}"


def programme_failures(programme: Programme, policy: Policy) -> Iterator[str]:
    if programme.eligible is None:
        return
    for example in programme.examples:
        context = Context(policy, example.as_of, example.place)
        got = _ENTITLED[evaluate(programme.eligible, example.given, context)]
        if got != example.expect:
            yield f"{programme.file}:{example.line}: {programme.id} 的例子应是 {example.expect},算得 {got}"


def lint_check(check: Check, policy: Policy) -> Iterator[str]:
    """What is wrong with a check's examples: too few, one answer missing, or blind to a change."""
    where = f"{check.file}:{check.line}: {check.id}"
    answers = [example.expect for example in check.examples]
    if len(answers) < MIN_EXAMPLES:
        yield f"{where} 只有 {len(answers)} 个例子,至少要 {MIN_EXAMPLES} 个"
    for expected in ("finding", "pass"):
        if expected not in answers:
            yield f"{where} 缺少 {expected} 的例子"
    if "unknown" not in answers and not check.missing_passes and _can_be_unknown(check):
        yield f"{where} 缺少 unknown 的例子"
    yield from _blind_spots(check.when, check, policy, where)


def _blind_spots(when: n.Node, check: Check, policy: Policy, where: str) -> Iterator[str]:
    for words, changed in mutants(when):
        if all(answer(check, changed, example, policy) == example.expect for example in check.examples):
            yield f"{where} 把{words},例子都看不出来:请补边界两侧的例子"


def lint_programme(programme: Programme, policy: Policy) -> Iterator[str]:
    """The same for a programme's condition of entitlement."""
    if programme.eligible is None:
        return
    where = f"{programme.file}:{programme.line}: {programme.id}"
    if len(programme.examples) < MIN_EXAMPLES:
        yield f"{where} 只有 {len(programme.examples)} 个例子,至少要 {MIN_EXAMPLES} 个"
    for words, changed in mutants(programme.eligible):
        if all(
            _ENTITLED[evaluate(changed, example.given, Context(policy, example.as_of, example.place))]
            == example.expect
            for example in programme.examples
        ):
            yield f"{where} 把{words},例子都看不出来:请补边界两侧的例子"


def _can_be_unknown(check: Check) -> bool:
    """A rule made only of “is missing” and “is true” tests always has an answer."""
    return any(not isinstance(node, n.IsMissing | n.IsTruth) for node in _leaves(check.when))


def _leaves(node: n.Node) -> Iterator[n.Node]:
    if isinstance(node, n.Logic | n.Not):
        for child in n.children(node):
            yield from _leaves(child)
    else:
        yield node
