"""What an indicator needs before it can be counted."""

from __future__ import annotations

from collections.abc import Iterator

from bangfu.engine.dataset import Dataset, Holdings
from bangfu.engine.requirements import lacking
from bangfu.policy.language import nodes as n
from bangfu.policy.model import Indicator, Policy


def wanting(
    indicator: Indicator, dataset: Dataset | Holdings, policy: Policy, as_of: int, place: str
) -> list[str]:
    """The reasons, in Chinese, why it cannot be counted; empty when it can."""
    if indicator.measure == "standard":
        standard = policy.standards[indicator.standard]
        found = standard.at(as_of, place)
        return [] if found else [f"标准“{standard.name}”在 {as_of // 10000} 年没有取值"]
    if indicator.measure == "ratio":
        parts = (policy.indicators[name] for name in indicator.parts)
        return list(
            dict.fromkeys(reason for one in parts for reason in wanting(one, dataset, policy, as_of, place))
        )
    if indicator.table not in dataset.relations:
        return [f"没有“{policy.terms.table(indicator.table).label}”的表"]
    asked = [node for node in (indicator.where, *indicator.of) if node is not None]
    reasons = (
        reason
        for node in asked
        for reason in lacking(indicator.table, node, compared, dataset, policy, as_of, place)
    )
    return list(dict.fromkeys(reasons))


def compared(asked: n.Node) -> Iterator[n.Node]:
    """The nodes whose fields must be there: not those whose absence the condition provides for.

    That is the x of `x is None or ...`, of `x is not True` and of `default(x, y)`. What must be filled (`x is not None`)
    must be told by somebody: a column that no row and no list has is no zero.
    """
    provided = set(_provided_for(asked))
    return (node for node in n.walk(asked) if node not in provided)


def _provided_for(asked: n.Node) -> Iterator[n.Node]:
    for node in n.walk(asked):
        match node:
            case n.IsMissing(item=n.FieldRef() as field, negated=False):
                yield field
            case n.IsTruth(item=n.FieldRef() as field, negated=True):
                yield field
            case n.Call(function="default", args=(n.FieldRef() as field, _)):
                yield field
