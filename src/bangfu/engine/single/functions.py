"""Nodes -> Python functions of a frame, made once and asked of any number of rows.

Three-valued as `reference.py` is, which judges them too; what an engine plans anew with every statement is decided
here when the function is made: the standards of the day, the labels of a code list, which item of `and` is cheapest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bangfu.engine import reference
from bangfu.engine.aggregates import aggregates_nested
from bangfu.engine.single.comprehensions import GATHERED, all_of, any_of, gathered, grouped
from bangfu.engine.single.rows import Row
from bangfu.policy.language import nodes as n
from bangfu.policy.language.types import SCALE
from bangfu.policy.model import Policy

Frame = list[Row]
"""The subject's row, and of each comprehension around a node the row it is at."""
Function = Callable[[Frame], Any]
Slots = Mapping[str, int]


class Maker:
    """Functions for one policy, date and place; `absent` are the fields that no list has, by table."""

    def __init__(
        self, policy: Policy, as_of: int, place: str, absent: Mapping[str, frozenset[str]] | None = None
    ) -> None:
        self.policy = policy
        self.context = reference.Context(policy, as_of, place)
        self.absent: Mapping[str, frozenset[str]] = absent or {}

    def asked(self, node: n.Node) -> Callable[[Row], Any]:
        """The value of a node for a row of its subject; None is unknown."""
        function = self.make(node, {n.SUBJECT: 0})
        depth = aggregates_nested(node)
        return lambda row: function([row] * (depth + 1))

    def make(self, node: n.Node, slots: Slots) -> Function:
        match node:
            case n.Literal(value=value):
                return _constant(value)
            case n.RunConstant():
                return _constant(self.context.as_of if node.name == "as_of" else self.context.data_year)
            case n.FieldRef():
                return self.field(node, slots)
            case n.Standard():
                return self.standard(node, slots)
            case n.IfElse():
                return self.choice(node, slots)
            case n.Arith():
                return self.arith(node, slots)
            case n.Call():
                return self.call(node, slots)
            case n.Aggregate():
                return self.aggregate(node, slots)
            case n.Compare():
                return self.compare(node, slots)
            case n.InSet() | n.HasAny():
                return self.membership(node, slots)
            case n.Logic():
                return self.logic(node, slots)
        return self.test(node, slots)

    def field(self, node: n.FieldRef, slots: Slots) -> Function:
        slot, path, name = slots[node.var], node.path, node.field
        if name in self.absent.get(node.table, ()):
            return _constant(None)
        if not path:
            return lambda frame: frame[slot][name]
        follow = _follow(slot, path)

        def value(frame: Frame) -> Any:
            row = follow(frame)
            return None if row is None else row[name]

        return value

    def standard(self, node: n.Standard, slots: Slots) -> Function:
        standard, place = self.policy.standards[node.id], self.context.place
        if node.on is None:
            found = standard.at(self.context.as_of, place)
            return _constant(None if found is None else found.value)
        on, kind = self.make(node.on, slots), node.on.type.kind

        def value(frame: Frame) -> int | None:
            day = reference.standard_day(on(frame), kind)
            found = None if day is None else standard.at(day, place)
            return None if found is None else found.value

        return value

    def choice(self, node: n.IfElse, slots: Slots) -> Function:
        condition = self.make(node.condition, slots)
        then, otherwise = (self.scaled(side, node.kind.kind, slots) for side in (node.then, node.otherwise))
        return lambda frame: then(frame) if condition(frame) is True else otherwise(frame)

    def scaled(self, node: n.Node, kind: str, slots: Slots) -> Function:
        """The value in the scale of `kind`."""
        value, source = self.make(node, slots), node.type.kind
        if source == kind or source not in SCALE or kind not in SCALE:
            return value
        if isinstance(node, n.Literal):
            return _constant(reference.rescale(node.value, source, kind))
        return lambda frame: reference.rescale(value(frame), source, kind)

    def arith(self, node: n.Arith, slots: Slots) -> Function:
        left, right = self.make(node.left, slots), self.make(node.right, slots)

        def value(frame: Frame) -> int | None:
            return reference.arith(node, left(frame), right(frame))

        return value

    def call(self, node: n.Call, slots: Slots) -> Function:
        if node.function == "default":
            first, second = (self.scaled(arg, node.kind.kind, slots) for arg in node.args)

            def value(frame: Frame) -> Any:
                given = first(frame)
                return second(frame) if given is None else given

            return value
        asked, args = reference.function_of(node, self.context), [self.make(x, slots) for x in node.args]
        if len(args) == 1:
            return _of_one(asked, args[0])

        def called(frame: Frame) -> Any:
            values = [arg(frame) for arg in args]
            return None if None in values else asked(*values)

        return called

    # -- truths ---------------------------------------------------------------------------------

    def compare(self, node: n.Compare, slots: Slots) -> Function:
        kinds, operation = (node.left.type.kind, node.right.type.kind), reference.COMPARE[node.op]
        finest = max(kinds, key=lambda kind: SCALE.get(kind, 0)) if all(k in SCALE for k in kinds) else ""
        left, right = (self.scaled(side, finest or side.type.kind, slots) for side in (node.left, node.right))

        def value(frame: Frame) -> bool | None:
            one = left(frame)
            if one is None:
                return None
            other = right(frame)
            if other is None:
                return None
            return operation(one, other)

        return value

    def membership(self, node: n.InSet | n.HasAny, slots: Slots) -> Function:
        item, negated = self.make(node.item, slots), node.negated
        values = [self.scaled(value, node.item.type.kind, slots)([]) for value in node.values]
        if isinstance(node, n.InSet):
            among = frozenset(values)
            return _of_one(lambda held: (held in among) != negated, item)
        parts = [f",{value}," for value in values]
        return _of_one(lambda held: any(part in held for part in parts) != negated, item)

    def test(self, node: n.Node, slots: Slots) -> Function:
        match node:
            case n.IsMissing(item=item, negated=negated):
                missing = self.make(item, slots)
                return lambda frame: (missing(frame) is None) != negated
            case n.IsTruth(item=item, value=truth, negated=negated):
                known = self.make(item, slots)
                return lambda frame: (known(frame) is truth) != negated
            case n.Not(item=item):
                return _of_one(lambda value: not value, self.make(item, slots))
        raise TypeError(node)

    def logic(self, node: n.Logic, slots: Slots) -> Function:
        """An answer that one item decides is not asked of the others: those that lead to other rows come last."""
        items = [self.make(item, slots) for item in sorted(node.items, key=_distance)]
        deciding = node.op == "or"

        def value(frame: Frame) -> bool | None:
            answer: bool | None = not deciding
            for item in items:
                found: bool | None = item(frame)
                if found is deciding:
                    return deciding
                if found is None:
                    answer = None
            return answer

        return value

    # -- related rows ---------------------------------------------------------------------------

    def aggregate(self, node: n.Aggregate, slots: Slots) -> Function:
        slot = max(slots.values()) + 1
        inner = {**slots, node.var: slot}
        owner = _follow(slots[node.base_var], node.path)
        on = self.policy.terms.table(node.owner).relations[node.relation].on
        group = grouped(owner, node.relation, tuple(own for own, _ in on))
        condition = _constant(True) if node.condition is None else self.make(node.condition, inner)
        element = _constant(True) if node.element is None else self.make(node.element, inner)
        if node.fn == "any":
            return any_of(group, slot, condition, element)
        if node.fn == "all":
            return all_of(group, slot, condition, element)
        return gathered(group, slot, condition, element, GATHERED[node.fn])


def _constant(value: Any) -> Function:
    return lambda frame: value


def _of_one(asked: Callable[[Any], Any], item: Function) -> Function:
    """What is asked of a value that is there."""

    def value(frame: Frame) -> Any:
        given = item(frame)
        return None if given is None else asked(given)

    return value


def _follow(slot: int, path: Sequence[str]) -> Callable[[Frame], Row | None]:
    if not path:
        return lambda frame: frame[slot]

    def row_at(frame: Frame) -> Row | None:
        row: Row | None = frame[slot]
        for name in path:
            if row is None:
                return None
            row = row[name]
        return row

    return row_at


def _distance(node: n.Node) -> int:
    """How many rows away a node's values are, roughly."""
    far = 2 if isinstance(node, n.Aggregate) else 0
    path = len(node.path) if isinstance(node, n.FieldRef | n.Aggregate) else 0
    return far + path + max((_distance(child) for child in n.children(node)), default=0)
