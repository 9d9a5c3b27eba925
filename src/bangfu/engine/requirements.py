"""What a check needs before it can be asked: lists, fields, programmes and standards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from bangfu.engine.dataset import PARTITIONS, Dataset, Holdings
from bangfu.policy.language import nodes as n
from bangfu.policy.language.parser import ROW_KEY
from bangfu.policy.model import Check, Policy


def wanting(check: Check, dataset: Dataset | Holdings, policy: Policy, as_of: int, place: str) -> list[str]:
    """The reasons, in Chinese, why the check cannot be run on this dataset; empty when it can."""
    return list(dict.fromkeys(lacking(check.subject, check.when, _needed, dataset, policy, as_of, place)))


def lacking(
    subject: str,
    asked: n.Node,
    needed: Callable[[n.Node], Iterator[n.Node]],
    dataset: Dataset | Holdings,
    policy: Policy,
    as_of: int,
    place: str,
) -> Iterator[str]:
    """What a node asked of rows of `subject` wants; `needed` gives the nodes whose fields must be there."""
    reasons = [*_tables(subject, asked, dataset, policy), *_kinds(asked, dataset, policy)]
    if not reasons:
        reasons.extend(_fields(needed(asked), dataset, policy))
    yield from reasons
    yield from _standards(asked, policy, as_of, place)


def tables_read(check: Check, policy: Policy) -> Iterator[str]:
    """Every table the check reads, its subject first."""
    yield check.subject
    yield from _read(check.when, {n.SUBJECT: check.subject}, policy)


def _read(node: n.Node, tables: Mapping[str, str], policy: Policy) -> Iterator[str]:
    """The tables below a node: those that paths end at and those they pass."""
    if isinstance(node, n.FieldRef | n.Aggregate):
        table = tables[node.var if isinstance(node, n.FieldRef) else node.base_var]
        for name in node.path:
            table = policy.terms.table(table).relations[name].to
            yield table
    if isinstance(node, n.Aggregate):
        yield node.target
        tables = {**tables, node.var: node.target}
    for child in n.children(node):
        yield from _read(child, tables, policy)


def _tables(subject: str, asked: n.Node, dataset: Dataset | Holdings, policy: Policy) -> Iterator[str]:
    for table in (subject, *_read(asked, {n.SUBJECT: subject}, policy)):
        if table not in dataset.relations:
            yield f"没有“{policy.terms.table(table).label}”的表"


def _fields(needed: Iterable[n.Node], dataset: Dataset | Holdings, policy: Policy) -> Iterator[str]:
    for node in needed:
        if not isinstance(node, n.FieldRef) or node.field == ROW_KEY:
            continue
        if node.field not in dataset.fields[node.table]:
            table = policy.terms.table(node.table)
            yield f"“{table.label}”的表里没有“{table.fields[node.field].label}”一栏"


def _needed(node: n.Node) -> Iterator[n.Node]:
    """The nodes that must be there: not the x of `default(x, y)`, for which the rule itself says what then counts."""
    yield node
    for child in n.children(node):
        optional = isinstance(node, n.Call) and node.function == "default" and child is node.args[0]
        if not (optional and isinstance(child, n.FieldRef)):
            yield from _needed(child)


def kinds_read(node: n.Node) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The kinds of list that comparisons name: a table and the values of its partition field."""
    for part in n.walk(node):
        match part:
            case n.Compare(
                op="==", left=n.FieldRef(table=table, field=field), right=n.Literal(value=str() as name)
            ):
                values: tuple[str, ...] = (name,)
            case n.InSet(item=n.FieldRef(table=table, field=field), values=members, negated=False):
                values = tuple(str(value.value) for value in members if isinstance(value, n.Literal))
            case _:
                continue
        if PARTITIONS.get(table) == field:
            yield table, values


def _kinds(asked: n.Node, dataset: Dataset | Holdings, policy: Policy) -> Iterator[str]:
    if dataset.kinds is None:
        return
    for table, values in kinds_read(asked):
        if not any((table, value) in dataset.kinds for value in values):
            titles = [
                policy.programmes[value].name if value in policy.programmes else value for value in values
            ]
            yield f"没有“{'、'.join(titles)}”的名单"


def _standards(asked: n.Node, policy: Policy, as_of: int, place: str) -> Iterator[str]:
    for node in n.walk(asked):
        if isinstance(node, n.Standard) and node.on is None:
            standard = policy.standards[node.id]
            if standard.at(as_of, place) is None:
                yield f"标准“{standard.name}”在 {as_of // 10000} 年没有取值"


def rests_on_unverified(check: Check, policy: Policy, as_of: int, place: str) -> list[str]:
    """Names of unverified standards the check reads: they cap it at suspicion."""
    names = []
    for node in n.walk(check.when):
        if isinstance(node, n.Standard):
            standard = policy.standards[node.id]
            found = standard.at(as_of, place)
            if found is not None and not found.verified:
                names.append(standard.name)
    return list(dict.fromkeys(names))
