"""Text of an expression -> typed nodes, or an ExpressionError that says what was expected."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from bangfu.policy.language import nodes as n
from bangfu.policy.language.errors import ExpressionError, did_you_mean
from bangfu.policy.language.functions import FUNCTIONS
from bangfu.policy.language.types import (
    BOOL,
    DATE,
    INTEGER,
    MONTH,
    NULL,
    NUMBER,
    TEXT,
    TEXTUAL,
    Type,
    of_field,
    scaled,
)
from bangfu.policy.language.vocabulary import Vocabulary
from bangfu.terms.model import Relation, Table

AGGREGATES = frozenset({"any", "all", "count", "count_distinct", "sum", "min", "max"})
_COMPARE: dict[type[ast.cmpop], n.CompareOp] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
_ARITH: dict[type[ast.operator], n.ArithOp] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_NOT_REGULAR = re.compile(r"\(\?(?:<?[=!]|P=|>|\()|\\[1-9Z]|[*+?}]\+")  # what the SQL engines' matchers lack
ROW_KEY = "row_key"  # the number of a row in its table: readable by rules that need an order


def parse(text: str, table: str, vocabulary: Vocabulary, expected: Type | None = BOOL) -> n.Node:
    """The tree of `text` for a row of `table`; its type must be `expected` (None: any)."""
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except SyntaxError as error:
        raise ExpressionError(f"表达式写法不对:{error.msg}", error.offset or 0) from error
    node = _Parser(vocabulary, {n.SUBJECT: table}).visit(tree.body)
    if expected is not None:
        node = _as_type(node, expected, tree.body)
    return node


@dataclass(frozen=True)
class _Parser:
    vocabulary: Vocabulary
    tables: Mapping[str, str]  # variable -> table

    def visit(self, node: ast.expr) -> n.Node:
        match node:
            case ast.Constant(value=value):
                return _literal(value, node)
            case ast.Name() | ast.Attribute():
                return self.reference(node)
            case ast.BoolOp(op=op, values=values):
                items = tuple(_as_type(self.visit(value), BOOL, value) for value in values)
                return n.Logic("and" if isinstance(op, ast.And) else "or", items)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return n.Not(_as_type(self.visit(operand), BOOL, operand))
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)):
                return n.Literal(str(-Decimal(str(value))), NUMBER)
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _ARITH:
                return _arith(_ARITH[type(op)], self.visit(left), self.visit(right), node)
            case ast.Compare():
                return self.compare(node)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                then, otherwise = _unify(self.visit(body), self.visit(orelse), node)
                kind = otherwise.type if then.type == NULL else then.type
                return n.IfElse(_as_type(self.visit(test), BOOL, test), then, otherwise, kind)
            case ast.Call(func=ast.Name(id=name)):
                return self.call(name, node)
        raise ExpressionError(f"不允许这样写:{ast.unparse(node)}", node.col_offset)

    # -- names ----------------------------------------------------------------------------------

    def reference(self, node: ast.Name | ast.Attribute) -> n.Node:
        names = _chain(node)
        if len(names) == 1 and names[0] in self.vocabulary.constants:
            return n.RunConstant(names[0])
        var, rest = self.base(names, node)
        if not rest:
            raise ExpressionError(f"{var} 是一行记录,要写明它的字段,如 {var}.xxx", node.col_offset)
        path, table = self.follow(self.tables[var], rest[:-1], node)
        if rest[-1] == ROW_KEY:
            return n.FieldRef(var, path, table.name, ROW_KEY, INTEGER)
        field = table.fields.get(rest[-1])
        if field is None:
            hint = did_you_mean(rest[-1], [*table.fields, *table.relations])
            raise ExpressionError(f"{table.name} 没有字段 {rest[-1]}{hint}", node.col_offset)
        return n.FieldRef(var, path, table.name, field.name, of_field(field.type, field.codes))

    def base(self, names: list[str], node: ast.expr) -> tuple[str, list[str]]:
        """The variable a chain of names starts from, and what follows it."""
        if names[0] in self.tables and names[0] != n.SUBJECT:
            return names[0], names[1:]
        return n.SUBJECT, names

    def follow(self, table: str, path: list[str], node: ast.expr) -> tuple[tuple[str, ...], Table]:
        current = self.vocabulary.terms.table(table)
        for name in path:
            relation = self.relation(current, name, node)
            if relation.kind != "one":
                raise ExpressionError(f"{name} 有多行,要写成 any(... for x in {name}) 等", node.col_offset)
            current = self.vocabulary.terms.table(relation.to)
        return tuple(path), current

    def relation(self, table: Table, name: str, node: ast.expr) -> Relation:
        if name not in table.relations:
            known = table.relations if name not in table.fields else [f"{name}(是字段,不是关联)"]
            raise ExpressionError(f"{table.name} 没有关联 {name}{did_you_mean(name, known)}", node.col_offset)
        return table.relations[name]

    # -- comparisons ----------------------------------------------------------------------------

    def compare(self, node: ast.Compare) -> n.Node:
        parts: list[n.Node] = []
        left = node.left
        for op, right in zip(node.ops, node.comparators, strict=True):
            parts.append(self.compare_one(left, op, right))
            left = right
        return parts[0] if len(parts) == 1 else n.Logic("and", tuple(parts))

    def compare_one(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> n.Node:
        match op, right:
            case ast.Is() | ast.IsNot(), ast.Constant(value=None):
                return n.IsMissing(self.visit(left), isinstance(op, ast.IsNot))
            case ast.Is() | ast.IsNot(), ast.Constant(value=bool() as value):
                item = _as_type(self.visit(left), BOOL, left)
                return n.IsTruth(item, value, isinstance(op, ast.IsNot))
            case ast.In() | ast.NotIn(), _:
                return self.membership(left, isinstance(op, ast.NotIn), right)
        if type(op) not in _COMPARE:
            raise ExpressionError(f"不能这样比较:{ast.unparse(right)}", right.col_offset)
        first, second = _unify(self.visit(left), self.visit(right), right)
        for literal, other in ((first, second), (second, first)):
            self.check_label(literal, other, right)
        if _COMPARE[type(op)] not in ("==", "!=") and first.type.kind in ("bool", "codes", *TEXTUAL):
            raise ExpressionError(f"{first.type.kind} 不能比大小:{ast.unparse(left)}", left.col_offset)
        return n.Compare(_COMPARE[type(op)], first, second)

    def membership(self, left: ast.expr, negated: bool, right: ast.expr) -> n.Node:
        item = self.visit(left)
        if isinstance(right, ast.Set | ast.Tuple | ast.List | ast.Call):
            values, group = self.members(right)
            values = (
                tuple(_unify(item, value, right)[1] for value in values)
                if item.type.kind != "codes"
                else values
            )
            for value in values:
                self.check_label(value, item, right)
            if item.type.kind == "codes":
                raise ExpressionError(
                    f"{ast.unparse(left)} 一格可有几个选项,请用 has_any(...)", left.col_offset
                )
            return n.InSet(item, values, negated, group)
        holder = self.visit(right)
        if holder.type.kind != "codes" or not isinstance(item, n.Literal) or item.type != TEXT:
            raise ExpressionError(f"in 右边要是集合或多选字段:{ast.unparse(right)}", right.col_offset)
        self.check_label(item, holder, right)
        return n.HasAny(holder, (item,), negated)

    def members(self, node: ast.expr) -> tuple[tuple[n.Node, ...], str | None]:
        match node:
            case ast.Set(elts=elements) | ast.Tuple(elts=elements) | ast.List(elts=elements):
                values = tuple(self.visit(element) for element in elements)
                if not values or not all(isinstance(value, n.Literal) for value in values):
                    raise ExpressionError("集合里只能写常数,且不能空", node.col_offset)
                return values, None
            case ast.Call(func=ast.Name(id="group"), args=[ast.Constant(value=str() as name)]):
                if name not in self.vocabulary.groups:
                    hint = did_you_mean(name, self.vocabulary.groups)
                    raise ExpressionError(f"代码表里没有分组 {name}{hint}", node.col_offset)
                return tuple(n.Literal(label, TEXT) for label in self.vocabulary.groups[name]), name
        raise ExpressionError(f"in 右边要是集合 {{...}} 或 group(...):{ast.unparse(node)}", node.col_offset)

    def check_label(self, literal: n.Node, other: n.Node, node: ast.expr) -> None:
        """A text compared with a coded field must be a label of its code list."""
        codes = other.type.codes
        if not isinstance(literal, n.Literal) or not isinstance(literal.value, str) or codes is None:
            return
        known = self.vocabulary.programmes if codes == "programme" else self.vocabulary.labels.get(codes)
        if known is not None and literal.value not in known:
            hint = did_you_mean(literal.value, known)
            raise ExpressionError(f"代码表 {codes} 没有 {literal.value}{hint}", node.col_offset)

    # -- calls ----------------------------------------------------------------------------------

    def call(self, name: str, node: ast.Call) -> n.Node:
        if node.keywords:
            raise ExpressionError(f"{name} 的参数不要写名字", node.col_offset)
        if name in AGGREGATES:
            return self.aggregate(name, node)
        if name in ("date", "month"):
            return _time_literal(name, node)
        if name == "standard":
            return self.standard(node)
        if name == "has_any":
            return self.has_any(node)
        if name not in FUNCTIONS:
            hint = did_you_mean(
                name, [*FUNCTIONS, *AGGREGATES, "standard", "date", "month", "group", "has_any"]
            )
            raise ExpressionError(f"没有函数 {name}{hint}", node.col_offset)
        return self.function(name, node)

    def function(self, name: str, node: ast.Call) -> n.Node:
        function = FUNCTIONS[name]
        most = len(function.parameters)
        if not most - function.optional <= len(node.args) <= most:
            raise ExpressionError(f"{name} 要 {most} 个参数,写了 {len(node.args)} 个", node.col_offset)
        args = tuple(self.visit(arg) for arg in node.args)
        for arg, kinds, source in zip(args, function.parameters, node.args, strict=False):
            if arg.type.kind not in kinds:
                wanted = "、".join(sorted(kinds))
                raise ExpressionError(
                    f"{name} 这里要 {wanted},{ast.unparse(source)} 是 {arg.type.kind}", source.col_offset
                )
        if name in ("default", "least", "greatest"):
            args = _unify(args[0], args[1], node)
            self.check_label(args[1], args[0], node)
        args = tuple(_settle(arg) for arg in args)
        if name == "matches":
            _check_pattern(args[1], node)
        if name == "in_codelist" and not isinstance(args[0], n.FieldRef):
            raise ExpressionError("in_codelist 只能用于字段", node.col_offset)
        return n.Call(name, args, function.result(tuple(arg.type for arg in args)))

    def has_any(self, node: ast.Call) -> n.Node:
        if len(node.args) != 2:
            raise ExpressionError("has_any 要两个参数:多选字段和选项集合", node.col_offset)
        holder = self.visit(node.args[0])
        if holder.type.kind != "codes":
            raise ExpressionError(f"{ast.unparse(node.args[0])} 不是多选字段", node.col_offset)
        values, group = self.members(node.args[1])
        for value in values:
            self.check_label(value, holder, node)
        return n.HasAny(holder, values, False, group)

    def standard(self, node: ast.Call) -> n.Node:
        match node.args:
            case [ast.Constant(value=str() as name), *rest] if len(rest) <= 1:
                pass
            case _:
                raise ExpressionError('要写成 standard("名") 或 standard("名", 日期)', node.col_offset)
        if name not in self.vocabulary.standards:
            hint = did_you_mean(name, self.vocabulary.standards)
            raise ExpressionError(f"没有标准 {name}{hint}", node.col_offset)
        on = _settle(self.visit(rest[0])) if rest else None
        if on is not None and on.type.kind not in ("date", "month", "integer"):
            raise ExpressionError("standard 的第二个参数要是日期、月份或年份", node.col_offset)
        return n.Standard(name, on, self.vocabulary.standards[name])

    def aggregate(self, name: str, node: ast.Call) -> n.Node:
        match node.args:
            case [ast.GeneratorExp(elt=element, generators=[ast.comprehension() as clause])]:
                pass
            case _:
                raise ExpressionError(f"要写成 {name}(... for x in 关联)", node.col_offset)
        if not isinstance(clause.target, ast.Name) or not isinstance(clause.iter, ast.Name | ast.Attribute):
            raise ExpressionError("for 后面要写一个名字,in 后面要写关联", node.col_offset)
        var, path = self.base(_chain(clause.iter), node)
        before, owner = self.follow(self.tables[var], path[:-1], node)
        relation = self.relation(owner, path[-1], node)
        if relation.kind != "many":
            raise ExpressionError(f"{path[-1]} 只有一行,直接写 {path[-1]}.字段", node.col_offset)
        inner = self.bind(clause.target.id, relation.to, node)
        condition = inner.conjunction(clause.ifs)
        value = inner.element(name, element, clause.target.id)
        kind = _aggregate_type(name, value, node)
        _check_reach(value, condition, {var, clause.target.id}, node)
        return n.Aggregate(
            name,  # type: ignore[arg-type]
            var,
            before,
            owner.name,
            relation.name,
            relation.to,
            clause.target.id,
            value,
            condition,
            kind,
        )

    def bind(self, var: str, table: str, node: ast.expr) -> _Parser:
        if var in self.tables or var in self.vocabulary.terms.table(self.tables[n.SUBJECT]).fields:
            raise ExpressionError(f"名字 {var} 已经用过,换一个", node.col_offset)
        return replace(self, tables={**self.tables, var: table})

    def conjunction(self, conditions: list[ast.expr]) -> n.Node | None:
        parts = tuple(_as_type(self.visit(part), BOOL, part) for part in conditions)
        if not parts:
            return None
        return parts[0] if len(parts) == 1 else n.Logic("and", parts)

    def element(self, name: str, element: ast.expr, var: str) -> n.Node | None:
        if name == "count":
            if not (isinstance(element, ast.Name) and element.id == var):
                raise ExpressionError(f"count 要写成 count({var} for {var} in ...)", element.col_offset)
            return None
        node = self.visit(element)
        return _as_type(node, BOOL, element) if name in ("any", "all") else _settle(node)


def _check_reach(value: n.Node | None, condition: n.Node | None, allowed: set[str], node: ast.expr) -> None:
    """A comprehension may read its own rows and the row it starts from, no row further out."""
    for part in (value, condition):
        beyond = sorted(n.free_variables(part) - allowed) if part is not None else []
        if beyond:
            raise ExpressionError(
                f"这里只能读本行和出发那一行的字段,不能读 {beyond[0] or '外层对象'} 的", node.col_offset
            )


def _aggregate_type(name: str, value: n.Node | None, node: ast.expr) -> Type:
    if name in ("any", "all"):
        return BOOL
    if value is None or name == "count_distinct":
        return INTEGER
    if name == "sum" and not value.type.is_numeric:
        raise ExpressionError("sum 只能加数字", node.col_offset)
    if value.type.kind in ("bool", "codes", *TEXTUAL):
        raise ExpressionError(f"{name} 不能用于 {value.type.kind}", node.col_offset)
    return value.type


def _chain(node: ast.expr) -> list[str]:
    match node:
        case ast.Name(id=name):
            return [name]
        case ast.Attribute(value=value, attr=name):
            return [*_chain(value), name]
    raise ExpressionError(f"点号前只能是关联名:{ast.unparse(node)}", node.col_offset)


def _literal(value: object, node: ast.expr) -> n.Node:
    match value:
        case bool():
            return n.Literal(value, BOOL)
        case int() | float():
            return n.Literal(str(value), NUMBER)
        case str():
            return n.Literal(value, TEXT)
        case None:
            return n.Literal(None, NULL)
    raise ExpressionError(f"不认识的常数 {value!r}", node.col_offset)


def _time_literal(name: str, node: ast.Call) -> n.Node:
    shape = r"(\d{4})-(\d\d)-(\d\d)" if name == "date" else r"(\d{4})-(\d\d)"
    match node.args:
        case [ast.Constant(value=str() as text)] if found := re.fullmatch(shape, text):
            return n.Literal(int("".join(found.groups())), DATE if name == "date" else MONTH)
    example = "2023-12-18" if name == "date" else "2023-12"
    raise ExpressionError(f'要写成 {name}("{example}")', node.col_offset)


def _check_pattern(pattern: n.Node, node: ast.expr) -> None:
    if not isinstance(pattern, n.Literal):
        raise ExpressionError("matches 的格式要是常数", node.col_offset)
    try:
        re.compile(str(pattern.value))
    except re.error as error:
        raise ExpressionError(f"matches 的格式写错了:{error}", node.col_offset) from error
    if found := _NOT_REGULAR.search(str(pattern.value)):
        raise ExpressionError(f"matches 的格式里不能用 {found[0]}(前后查看、回引)", node.col_offset)


def _settle(node: n.Node) -> n.Node:
    """A bare number that met no typed partner: an integer where it is whole, else a decimal."""
    if isinstance(node, n.Literal) and node.type == NUMBER:
        whole = Decimal(str(node.value)) == Decimal(str(node.value)).to_integral_value()
        return _coerced(node, Type("integer" if whole else "decimal"))
    return node


def _coerced(node: n.Literal, kind: Type) -> n.Literal:
    return n.Literal(scaled(str(node.value), kind.kind), Type(kind.kind))


def _unify(left: n.Node, right: n.Node, node: ast.expr) -> tuple[n.Node, n.Node]:
    """Both sides in comparable types; a bare number takes the other's unit."""
    if left.type == NUMBER and right.type == NUMBER:
        return _settle(left), _settle(right)
    if isinstance(left, n.Literal) and left.type == NUMBER and right.type.is_numeric:
        return _fit(left, right.type), right
    if isinstance(right, n.Literal) and right.type == NUMBER and left.type.is_numeric:
        return left, _fit(right, left.type)
    if not comparable(left.type, right.type):
        raise ExpressionError(
            f"类型不同,不能相比:{left.type.kind} 和 {right.type.kind}({ast.unparse(node)})", node.col_offset
        )
    return left, right


def _fit(literal: n.Literal, kind: Type) -> n.Literal:
    exact = Decimal(str(literal.value))
    if kind.kind == "integer" and exact != exact.to_integral_value():
        return _coerced(literal, Type("decimal"))
    return _coerced(literal, kind)


def comparable(left: Type, right: Type) -> bool:
    if "null" in (left.kind, right.kind):
        return True
    if left.is_numeric and right.is_numeric:
        return (left.kind == "money") == (right.kind == "money")
    if left.kind in TEXTUAL and right.kind in TEXTUAL:
        return True
    return left.kind == right.kind and left.kind != "codes"


def _as_type(node: n.Node, expected: Type, source: ast.expr) -> n.Node:
    if isinstance(node, n.Literal) and node.type == NUMBER and expected.is_numeric:
        return _coerced(node, expected)
    if node.type.kind != expected.kind and node.type != NULL:
        raise ExpressionError(
            f"这里要 {expected.kind},{ast.unparse(source)} 是 {node.type.kind}", source.col_offset
        )
    return node


def _arith(op: n.ArithOp, left: n.Node, right: n.Node, node: ast.expr) -> n.Node:
    for side in (left, right):
        if not side.type.is_numeric:
            raise ExpressionError(f"{op} 只能用于数字,这里是 {side.type.kind}", node.col_offset)
    if op in "+-":
        left, right = _unify(left, right, node)
        wide = "decimal" if "decimal" in (left.type.kind, right.type.kind) else left.type.kind
        return n.Arith(op, left, right, Type(wide))
    left, right = _settle(left), _settle(right)
    money = (left.type.kind == "money", right.type.kind == "money")
    if (op == "*" and all(money)) or (op == "/" and money == (False, True)):
        raise ExpressionError("金额不能这样相乘除", node.col_offset)
    if any(money):
        kind = "decimal" if all(money) else "money"
    elif op == "*" and left.type.kind == right.type.kind == "integer":
        kind = "integer"
    else:
        kind = "decimal"
    return n.Arith(op, left, right, Type(kind))  # type: ignore[arg-type]
