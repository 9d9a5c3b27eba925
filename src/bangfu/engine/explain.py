"""Why a row is a finding, or what is missing to know: a sentence made from the rule's own nodes and the row's values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bangfu.engine.reference import Context, evaluate, standard_day
from bangfu.engine.wording import COMPARED, Wording, shown
from bangfu.policy.language import nodes as n
from bangfu.policy.model import Check, Policy
from bangfu.policy.standard import StandardValue

Known = Mapping[n.Node, Any]


class Filled(str):
    """A reason that only says a value is there: left out where another reason says the value too."""

    __slots__ = ()


class Explainer:
    """Sentences for the findings of one run."""

    def __init__(self, policy: Policy, as_of: int, place: str) -> None:
        self.policy = policy
        self.as_of = as_of
        self.place = place
        self.wording = Wording(policy, as_of, place)

    def finding(self, check: Check, known: Known) -> str:
        """The conditions that made the row a finding, each with its value and its limit."""
        context = Context(self.policy, self.as_of, self.place, known)
        reasons = list(dict.fromkeys(self.reasons(check.when, context, True)))
        return ",".join(reason for reason in reasons if not _is_said(reason, reasons)) or ",".join(reasons)

    def unknown(self, check: Check, known: Known) -> str:
        """The values without which the rule has no answer."""
        gaps = [self.gap(node) for node, value in known.items() if value is None and self.matters(node)]
        context = Context(self.policy, self.as_of, self.place, known)
        for node in n.walk(check.when):
            if isinstance(node, n.Standard) and evaluate(node, {}, context) is None:
                gaps.append(f"标准“{self.policy.standards[node.id].name}”没有取值")
        return "无法判断:" + (",".join(dict.fromkeys(gaps)) or "所需的值不全")

    def gap(self, node: n.Node) -> str:
        if isinstance(node, n.Aggregate):
            return f"{self.wording.relation_label(node)}的信息不全"
        return f"{self.wording.name(node)}未填"

    def matters(self, node: n.Node) -> bool:
        return isinstance(node, n.FieldRef | n.Aggregate)

    # -- reasons --------------------------------------------------------------------------------

    def reasons(self, node: n.Node, context: Context, wanted: bool) -> Iterator[str]:
        """Phrases for why `node` came out as `wanted`, from the branches that decided it."""
        match node:
            case n.Logic(op=op, items=items):
                decisive = (op == "and") == wanted
                for item in items:
                    if decisive or self.value(item, context) is wanted:
                        yield from self.reasons(item, context, wanted)
                        if not decisive:
                            return
            case n.Not(item=item):
                yield from self.reasons(item, context, not wanted)
            case n.Compare():
                yield self.comparison(node, context, wanted)
            case n.Literal():
                return
            case _:
                yield self.fact(node, context, wanted)

    def value(self, node: n.Node, context: Context) -> Any:
        return evaluate(node, {}, context)

    def comparison(self, node: n.Compare, context: Context, wanted: bool) -> str:
        op = node.op if wanted else _OPPOSITE[node.op]
        timed = node.left.type.kind in ("date", "month")
        word = {"<": "早于", ">": "晚于", "<=": "不晚于", ">=": "不早于"}.get(op) if timed else None
        if op == "==" and self.is_constant(node.right):
            return f"{self.wording.name(node.left)}为{self.with_value(node.right, context, named=False)}"
        left = self.with_value(node.left, context)
        constant = self.is_constant(node.right)
        right = self.wording.limit(node) if constant else self.with_value(node.right, context)
        return f"{left},{word or COMPARED[op]} {right}"

    def is_constant(self, node: n.Node) -> bool:
        return isinstance(node, n.Literal)

    def with_value(self, node: n.Node, context: Context, named: bool = True) -> str:
        """A node's name and value: 人均纯收入 4,999.00 元; 2023年防返贫监测收入线 7,600 元."""
        value = self.value(node, context)
        unit = self.wording.unit(node)
        if isinstance(node, n.Literal):
            return self.wording.name(node)
        text = shown(value, node.type.kind, unit, exact=not isinstance(node, n.Standard))
        if isinstance(value, str) and value in self.policy.programmes:
            text = self.policy.programmes[value].name
        if isinstance(node, n.Standard):
            return f"{self.standard_year(node, context)}{self.wording.name(node)} {text}"
        return f"{self.wording.name(node)} {text}" if named else text

    def standard_year(self, node: n.Standard, context: Context) -> str:
        found = self.standard_value(node, context)
        if found is None or found.since is None:
            return ""
        year = found.since // 10000
        return f"{year} 年" if found.until is not None else f"{year} 年起的"

    def standard_value(self, node: n.Standard, context: Context) -> StandardValue | None:
        day = self.as_of if node.on is None else standard_day(self.value(node.on, context), node.on.type.kind)
        return None if day is None else self.policy.standards[node.id].at(day, self.place)

    def fact(self, node: n.Node, context: Context, wanted: bool) -> str:
        """A condition that is no comparison, with the value that decided it."""
        name = self.wording.name
        match node:
            case n.IsMissing(item=item, negated=negated):
                if isinstance(item, n.FieldRef) and item.field == "row_key":
                    return "不在册" if wanted != negated else Filled("在册")
                if wanted != negated:
                    return f"{name(item)}未填"
                is_flag = item.type.kind == "bool"
                return Filled(self.truth(item, context) if is_flag else self.with_value(item, context))
            case n.IsTruth(item=item):
                return self.truth(item, context)
            case n.InSet(item=item) | n.HasAny(item=item):
                held = self.with_value(item, context)
                return held if wanted != node.negated else f"{held},不属于{self.labels(node)}"
            case n.FieldRef():
                return self.truth(node, context)
            case n.Aggregate():
                return self.wording.exists(node, "有" if wanted else "没有")
            case n.Call(function="in_codelist", args=args):
                return f"{self.with_value(args[0], context)}{'' if wanted else ' 不在代码表内'}"
            case n.Call(function="id_checksum_ok", args=args):
                return f"{self.with_value(args[0], context)} 校验码{'正确' if wanted else '不符'}"
            case n.Call(function="matches", args=args):
                return f"{self.with_value(args[0], context)} {'符合' if wanted else '不符合'}规定格式"
            case n.Call():
                if node.function == "starts_with" and not wanted:
                    return Filled(self.with_value(node.args[0], context))
                shown_args = self.with_value(node.args[0], context)
                condition = self.wording.condition(node).removeprefix(name(node.args[0]))
                return f"{shown_args} {'' if wanted else '不'}{condition}"
        return self.wording.condition(node)

    def truth(self, node: n.Node, context: Context) -> str:
        value = self.value(node, context)
        return self.wording.name(node) + ("未填" if value is None else f"为{shown(value, 'bool')}")

    def labels(self, node: n.InSet | n.HasAny) -> str:
        if node.group is not None and len(node.values) > 4:
            return "规定的选项"
        return "、".join(str(self.wording.name(value)) for value in node.values)


_OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}


def _is_said(reason: str, reasons: list[str]) -> bool:
    if not isinstance(reason, Filled):
        return False
    return reason == "在册" or any(other != reason and other.startswith(reason) for other in reasons)
