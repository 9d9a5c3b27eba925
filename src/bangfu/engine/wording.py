"""Values, fields and conditions in the words that an office uses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from bangfu.policy.language import nodes as n
from bangfu.policy.language.functions import FUNCTIONS
from bangfu.policy.language.types import SCALE, unscaled
from bangfu.policy.model import Policy

COMPARED = {"==": "为", "!=": "不为", "<": "低于", "<=": "不高于", ">": "高于", ">=": "不低于"}
_TIMED = {"==": "为", "!=": "不为", "<": "早于", "<=": "不晚于", ">": "晚于", ">=": "不早于"}
_RUN = {
    "as_of": "截止日期",
    "data_year": "数据年度",
    "period_start": "统计期的第一天",
    "period_end": "统计期的最后一天",
}
_UNITS = {
    "yuan": "元",
    "mu": "亩",
    "sqm": "平方米",
    "km": "公里",
    "days": "天",
    "month": "个月",
    "months": "个月",
    "years": "岁",
    "percent": "%",
    "persons": "人",
    "households": "户",
    "minutes": "分钟",
    "metres": "米",
}
_FUNCTION_UNITS = {
    "age": "岁",
    "years_between": "年",
    "months_between": "个月",
    "days_between": "天",
    "id_length": "位",
}


def shown(value: Any, kind: str, unit: str = "", exact: bool = True) -> str:
    """A held value as text: 4,999.00 元, 2023年12月18日, 健康、残疾, 是. `exact` keeps both decimals of money."""
    if value is None:
        return "未填"
    if kind == "bool":
        return "是" if value else "否"
    if kind == "date":
        return f"{value // 10000}年{value // 100 % 100}月{value % 100}日"
    if kind == "month":
        return f"{value // 100}年{value % 100}月"
    if kind == "codes":
        return "、".join(value.strip(",").split(","))
    if kind in SCALE:
        return f"{_number(value, kind, exact)}{' ' + unit if unit else ''}"
    return str(value)


def _number(value: int, kind: str, exact: bool) -> str:
    number = unscaled(value, kind)
    if kind == "money" and exact:
        return f"{number:,.2f}"
    if kind == "integer" and abs(number) < 10000:
        return str(int(number))
    return f"{_plain(number):,f}"


def _plain(number: Decimal) -> Decimal:
    """Without trailing zeros, never in scientific notation."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


MAX_LABELS = 6  # of a long set the first labels and their number say enough
_OWN = {"person": "本人", "household": "本户", "village": "本村"}


class Wording:
    """Texts of one policy's nodes."""

    def __init__(self, policy: Policy, as_of: int, place: str) -> None:
        self.policy = policy
        self.as_of = as_of
        self.place = place
        self.inside = False

    # -- names ----------------------------------------------------------------------------------

    def field_label(self, ref: n.FieldRef) -> str:
        field = self.policy.terms.table(ref.table).fields.get(ref.field)
        return "序号" if field is None else field.label

    def unit(self, node: n.Node) -> str:
        match node:
            case n.FieldRef():
                field = self.policy.terms.table(node.table).fields.get(node.field)
                unit = None if field is None else field.unit
                return _UNITS.get(unit or "", "元" if node.kind.kind == "money" else "")
            case n.Call():
                return _FUNCTION_UNITS.get(node.function, self.unit(node.args[0]) if node.args else "")
            case n.Standard():
                return _UNITS.get(self.policy.standards[node.id].unit, "")
            case n.Aggregate(fn="count" | "count_distinct"):
                return "条"
            case n.Aggregate(element=element) if element is not None:
                return self.unit(element)
        return "元" if node.type.kind == "money" else ""

    def name(self, node: n.Node) -> str:
        """What a node is called, without its value."""
        match node:
            case n.FieldRef():
                return self.owner(node) + self.field_label(node)
            case n.RunConstant():
                return _RUN[node.name]
            case n.Literal(value=str() as text) if text in self.policy.programmes:
                return self.policy.programmes[text].name
            case n.Literal():
                return shown(node.value, node.kind.kind, self.unit(node), exact=False)
            case n.Standard():
                return self.policy.standards[node.id].name
            case n.Call():
                return self.call_name(node)
            case n.Arith():
                signs = {"+": "+", "-": "-", "*": "×", "/": "÷"}
                return f"{self.operand(node.left)}{signs[node.op]}{self.operand(node.right)}"
            case n.Aggregate():
                return self.aggregate_name(node)
            case n.IfElse():
                return self.name(node.then)
        return self.condition(node)

    def limit(self, node: n.Compare) -> str:
        """The right side of a comparison; a bare number takes the unit of the left side."""
        right, unit = node.right, self.unit(node.left)
        if isinstance(right, n.Literal) and right.kind.is_numeric and unit and not self.unit(right):
            return f"{self.name(right)} {unit}"
        return self.name(right)

    def operand(self, node: n.Node) -> str:
        return f"({self.name(node)})" if isinstance(node, n.Arith) and node.op in "+-" else self.name(node)

    def call_name(self, node: n.Call) -> str:
        inner = self.name(node.args[0])
        match node.function:
            case "age":
                who = self.owner(node.args[0]) if isinstance(node.args[0], n.FieldRef) else ""
                return f"{who}年龄"
            case "default" | "month_of" | "abs":
                return inner
            case "years_between" | "months_between" | "days_between":
                return f"{inner}到{self.name(node.args[1])}的时间"
            case "add_months":
                months = node.args[1]
                if isinstance(months, n.Literal) and isinstance(months.value, int) and months.value < 0:
                    return f"{inner}前 {-months.value} 个月"
                return f"{inner}推后{self.name(months)}"
            case "least" | "greatest":
                return f"{inner}与{self.name(node.args[1])}的{FUNCTIONS[node.function].label}"
        return f"{inner}的{FUNCTIONS[node.function].label}"

    def owner(self, ref: n.FieldRef) -> str:
        """The relations a field is reached through, as in 户主的."""
        table, words = self._table_of(ref), []
        for name in ref.path:
            relation = self.policy.terms.table(table).relations[name]
            words.append(relation.label)
            table = relation.to
        if words:
            return f"{words[-1]}的"
        if self.inside and ref.var == n.SUBJECT:
            return _OWN.get(ref.table, "本行的")
        return ""

    def _table_of(self, ref: n.FieldRef) -> str:
        """The table the path starts from: the one table whose relations lead to where the field is."""
        for table in self.policy.terms.tables.values():
            current = table
            for name in ref.path:
                relation = current.relations.get(name)
                if relation is None:
                    break
                current = self.policy.terms.table(relation.to)
            else:
                if current.name == ref.table:
                    return table.name
        return ref.table

    def relation_label(self, node: n.Aggregate) -> str:
        return self.policy.terms.table(node.owner).relations[node.relation].label

    def aggregate_name(self, node: n.Aggregate) -> str:
        of = self.relation_label(node)
        told = (
            [part for part in _conjuncts(node.condition) if not _says_nothing(part)] if node.condition else []
        )
        with self.within():
            where = f"中{'且'.join(map(self.condition, told))}的" if told else ""
        match node.fn:
            case "count":
                return f"{of}{where}数量"
            case "count_distinct":
                return f"{of}{where}不同{self.name(node.element) if node.element else ''}的数量"
        title = {"sum": "合计", "min": "最小值", "max": "最大值"}.get(node.fn, "")
        return f"{of}{where}{self.name(node.element) if node.element else ''}{title}"

    # -- conditions -----------------------------------------------------------------------------

    def condition(self, node: n.Node) -> str:
        """A condition in words, without the values of a row."""
        match node:
            case n.Compare():
                words = _TIMED if node.left.type.kind in ("date", "month") else COMPARED
                return f"{self.name(node.left)}{words[node.op]}{self.limit(node)}"
            case n.InSet() | n.HasAny():
                word = ("为" if isinstance(node, n.InSet) else "含") if not node.negated else "不属于"
                labels = [self.name(value) for value in node.values]
                shown_labels = "、".join(labels[:MAX_LABELS]) + (
                    f"等 {len(labels)} 项" if labels[MAX_LABELS:] else ""
                )
                return f"{self.name(node.item)}{word}{shown_labels}"
            case n.IsMissing(item=n.FieldRef(field="row_key")):
                return "在册" if node.negated else "不在册"
            case n.IsMissing():
                return f"{self.name(node.item)}{'已填' if node.negated else '未填'}"
            case n.IsTruth():
                return f"{self.name(node.item)}{'不' if node.negated else ''}为{shown(node.value, 'bool')}"
            case n.Not(item=n.FieldRef() as item):
                return f"{self.name(item)}为否"
            case n.Not(item=item):
                return f"不符合“{self.condition(item)}”"
            case n.Logic():
                return ("且" if node.op == "and" else "或").join(self.condition(item) for item in node.items)
            case n.FieldRef():
                return f"{self.name(node)}为是"
            case n.Literal(value=bool() as value):
                return "总是" if value else "从不"
            case n.Call():
                return self.call_condition(node)
            case n.Aggregate():
                return self.exists(node, "有")
        return self.name(node)

    def call_condition(self, node: n.Call) -> str:
        args = [self.name(arg) for arg in node.args]
        match node.function:
            case "matches":
                return f"{args[0]}符合规定格式"
            case "starts_with" | "ends_with" | "contains":
                word = {"starts_with": "以“{}”开头", "ends_with": "以“{}”结尾", "contains": "含“{}”"}[
                    node.function
                ]
                return args[0] + word.format(args[1])
            case "in_codelist":
                return f"{args[0]}在代码表内"
            case "id_checksum_ok":
                return f"{args[0]}校验码正确"
        return self.name(node)

    def exists(self, node: n.Aggregate, word: str) -> str:
        """A comprehension's rows and what is asked of them."""
        with self.within():
            text = "且".join(self.condition(part) for part in self.asked_of_rows(node))
        if node.fn == "all":
            return f"{self.relation_label(node)}{'都' if word == '有' else '不都'}{text}"
        return f"{word}{text}的{self.relation_label(node)}" if text else f"{word}{self.relation_label(node)}"

    def asked_of_rows(self, node: n.Aggregate) -> Iterator[n.Node]:
        """The conditions of a comprehension's rows; that a value is there needs no words."""
        for whole in (node.condition, node.element):
            for part in () if whole is None else _conjuncts(whole):
                if not _says_nothing(part):
                    yield part

    @contextmanager
    def within(self) -> Iterator[None]:
        """Inside a comprehension the subject's own fields are named as such."""
        before, self.inside = self.inside, True
        try:
            yield
        finally:
            self.inside = before


def _conjuncts(node: n.Node) -> Iterator[n.Node]:
    if isinstance(node, n.Logic) and node.op == "and":
        for item in node.items:
            yield from _conjuncts(item)
    else:
        yield node


def _says_nothing(node: n.Node) -> bool:
    return isinstance(node, n.Literal) or (isinstance(node, n.IsMissing) and node.negated)
