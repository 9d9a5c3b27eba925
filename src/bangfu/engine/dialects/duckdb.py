"""What each node of an expression is in DuckDB's SQL.

Everything is integers, texts and booleans: no engine date functions, no decimals, no floats, so that what
DuckDB computes is what the reference evaluator computes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import Protocol

from sqlglot import exp

from bangfu.engine.dialects import sql as s
from bangfu.engine.dialects.sql import Expr
from bangfu.policy.language import nodes as n
from bangfu.policy.language.types import SCALE
from bangfu.policy.model import Policy
from bangfu.policy.standard import StandardValue

_COMPARE: dict[str, type[exp.Binary]] = {
    "==": exp.EQ,
    "!=": exp.NEQ,
    "<": exp.LT,
    "<=": exp.LTE,
    ">": exp.GT,
    ">=": exp.GTE,
}
_LONGEST = 10**6  # DuckDB refuses positions beyond 32 bits; no cell is that long
_MOST_MONTHS = 12 * 10**4  # leads beyond the year 9999 from any date
_TURNED: dict[str, type[exp.Binary]] = {
    "==": exp.EQ,
    "!=": exp.NEQ,
    "<": exp.GT,
    "<=": exp.GTE,
    ">": exp.LT,
    ">=": exp.LTE,
}
_DAYS = 200_000  # far enough from the calendar's ends
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


class Columns(Protocol):
    """Where the values of fields and features stand in the statement that is being built."""

    def field(self, ref: n.FieldRef) -> Expr: ...

    def feature(self, node: n.Aggregate) -> Expr: ...

    def is_repeated(self, node: n.Node) -> bool: ...

    def shared(
        self, key: object, refs: Iterable[n.FieldRef], level: int, build: Callable[[], Expr]
    ) -> Expr: ...


class Emitter:
    """Nodes -> DuckDB expressions, for one policy, date and place."""

    def __init__(self, policy: Policy, as_of: int, place: str, period: tuple[int, int] | None = None) -> None:
        self.policy = policy
        self.as_of = as_of
        self.place = place
        self.period = period

    def emit(self, node: n.Node, columns: Columns) -> Expr:
        match node:
            case n.Literal():
                return literal(node)
            case n.RunConstant():
                return s.num(self.run_constant(node.name))
            case n.FieldRef():
                return columns.field(node)
            case n.Aggregate():
                return columns.feature(node)
            case n.Compare(left=n.Call(function="days_between") as call, right=right) if (
                limit := self.day_limit(call, right)
            ) is not None:
                return s.binary(_TURNED[node.op], self.emit(call.args[0], columns), s.num(limit))
            case n.Compare():
                return s.binary(_COMPARE[node.op], *self.aligned(node.left, node.right, columns))
            case n.InSet():
                return self.in_set(node, columns)
            case n.HasAny():
                return self.has_any(node, columns)
            case n.IsMissing():
                return s.is_null(self.emit(node.item, columns), node.negated)
            case n.IsTruth():
                same = exp.NullSafeEQ if not node.negated else exp.NullSafeNEQ
                return s.binary(same, self.emit(node.item, columns), s.boolean(node.value))
            case n.Logic(op="or"):
                return s.any_of(self.emit(item, columns) for item in node.items)
            case n.Logic():
                return self.both(node, columns)
            case n.Not():
                return s.negate(self.emit(node.item, columns))
            case n.IfElse():
                then = self.scaled(node.then, node.kind.kind, columns)
                otherwise = self.scaled(node.otherwise, node.kind.kind, columns)
                return s.case((self.emit(node.condition, columns), then), default=otherwise)
            case n.Arith():
                return self.arith(node, columns)
            case n.Standard():
                return self.standard(node, columns)
            case n.Call():
                return self.call(node, columns)
        raise TypeError(node)

    def run_constant(self, name: str) -> int:
        if name in ("period_start", "period_end"):
            assert self.period is not None
            return self.period[name == "period_end"]
        return self.as_of if name == "as_of" else self.as_of // 10000

    def day_limit(self, call: n.Call, right: n.Node) -> int | None:
        """For days_between(x, as_of) against a constant: the day that x is to be compared with instead."""
        start, end = call.args
        value = self.constant(right)
        if end != n.RunConstant("as_of") or start.type.kind != "date" or value is None or abs(value) > _DAYS:
            return None
        day = date(self.as_of // 10000, self.as_of // 100 % 100, self.as_of % 100) - timedelta(days=value)
        return day.year * 10000 + day.month * 100 + day.day

    def constant(self, node: n.Node) -> int | None:
        """The whole number of days that a node is on every row, if it is one."""
        if node.type.kind != "integer":
            return None
        if isinstance(node, n.Literal) and isinstance(node.value, int):
            return node.value
        if isinstance(node, n.Standard) and node.on is None:
            found = self.policy.standards[node.id].at(self.as_of, self.place)
            return None if found is None else found.value
        return None

    def both(self, node: n.Logic, columns: Columns) -> Expr:
        """`and`; where cheap items stand beside a costly one, the costly is asked only of rows they leave open.

        DuckDB evaluates every side of AND for every row; CASE alone asks fewer.
        """
        cheap = [item for item in node.items if _is_cheap(item)]
        costly = [item for item in node.items if not _is_cheap(item)]
        if not cheap or sum(_cost(item, columns) for item in costly) < _WORTH_ASKING_FIRST:
            return s.all_of(self.emit(item, columns) for item in node.items)
        rest = s.all_of(self.emit(item, columns) for item in costly)
        present = {item.item for item in cheap if isinstance(item, n.IsMissing) and item.negated}
        compared = {_compared(item) for item in cheap} - {None}
        if compared <= present:  # never unknown; and what is compared with success is not missing
            needed = [item for item in cheap if not (isinstance(item, n.IsMissing) and item.item in compared)]
            return s.case(
                (s.all_of(self.emit(item, columns) for item in needed), rest), default=s.boolean(False)
            )
        first = s.all_of(self.emit(item, columns) for item in cheap)
        return s.case((s.negate(first), s.boolean(False)), default=s.all_of([first.copy(), rest]))

    # -- numbers --------------------------------------------------------------------------------

    def scaled(self, node: n.Node, kind: str, columns: Columns) -> Expr:
        """The value in the scale of `kind`."""
        source = node.type.kind
        if source == kind or source not in SCALE or kind not in SCALE:
            return self.emit(node, columns)
        shift = SCALE[kind] - SCALE[source]
        if isinstance(node, n.Literal) and isinstance(node.value, int) and shift > 0:
            return s.num(node.value * 10**shift)
        value = self.emit(node, columns)
        if shift < 0:
            return round_div(value, s.num(10**-shift))
        if not isinstance(node, n.FieldRef):
            value = s.cast(value, "HUGEINT")
        return s.mul(value, s.num(10**shift))

    def aligned(self, left: n.Node, right: n.Node, columns: Columns) -> tuple[Expr, Expr]:
        kinds = left.type.kind, right.type.kind
        if kinds[0] == kinds[1] or not all(kind in SCALE for kind in kinds):
            return self.emit(left, columns), self.emit(right, columns)
        finest = max(kinds, key=lambda kind: SCALE[kind])
        return self.scaled(left, finest, columns), self.scaled(right, finest, columns)

    def arith(self, node: n.Arith, columns: Columns) -> Expr:
        """In 64 bits; where that overflows, again in 128 bits (five to eighty times slower)."""
        kind, kinds = node.kind.kind, (node.left.type.kind, node.right.type.kind)
        if node.op in "+-":
            left, right = self.scaled(node.left, kind, columns), self.scaled(node.right, kind, columns)
            total = s.add(left, right) if node.op == "+" else s.sub(left, right)
            if s.constant(total) is not None:
                return total
            return _tried(total) if kinds == (kind, kind) else _to_bigint(total)
        sides = [self.emit(side, columns) for side in (node.left, node.right)]
        wide = [s.cast(side.copy(), "HUGEINT") for side in sides]
        scale = SCALE[kind]
        if node.op == "*":
            over = s.num(10 ** (SCALE[kinds[0]] + SCALE[kinds[1]] - scale))
            return s.fn(
                "coalesce", round_div(_tried(s.mul(*sides)), over), _to_bigint(round_div(s.mul(*wide), over))
            )
        shift = s.num(10 ** (scale - SCALE[kinds[0]] + SCALE[kinds[1]]))
        if s.constant(shift) == 1:
            narrow, broad = sides[0], wide[0]
        else:
            narrow, broad = _tried(s.mul(sides[0], shift)), s.mul(wide[0], shift.copy())
        zero = s.num(0)
        return s.fn(
            "coalesce",
            round_div(narrow, s.fn("nullif", sides[1], zero)),
            _to_bigint(round_div(broad, s.fn("nullif", wide[1], zero.copy()))),
        )

    # -- sets -----------------------------------------------------------------------------------

    def in_set(self, node: n.InSet, columns: Columns) -> Expr:
        item = self.emit(node.item, columns)
        values = [self.scaled(value, node.item.type.kind, columns) for value in node.values]
        test = exp.In(this=s.paren(item), expressions=values)
        return s.negate(test) if node.negated else test

    def has_any(self, node: n.HasAny, columns: Columns) -> Expr:
        held = self.emit(node.item, columns)
        labels = [value.value for value in node.values if isinstance(value, n.Literal)]
        test = s.any_of(s.fn("contains", held.copy(), s.text(f",{label},")) for label in labels)
        return s.negate(test) if node.negated else test

    # -- standards ------------------------------------------------------------------------------

    def standard(self, node: n.Standard, columns: Columns) -> Expr:
        standard = self.policy.standards[node.id]
        if node.on is None:
            found = standard.at(self.as_of, self.place)
            return s.null() if found is None else s.num(found.value)
        day = self.day_asked(node.on, columns)
        fitting = [value for value in standard.values if self.place.startswith(value.place)]
        fitting.sort(key=lambda value: (-len(value.place), -(value.since or 0)))
        if not fitting:
            return s.null()
        return s.case(*((_covers(day, value), s.num(value.value)) for value in fitting))

    def day_asked(self, on: n.Node, columns: Columns) -> Expr:
        value = self.emit(on, columns)
        if on.type.kind == "month":
            return s.add(s.mul(value, s.num(100)), s.num(28))
        if on.type.kind == "integer":
            return s.add(s.mul(s.cast(value, "HUGEINT"), s.num(10000)), s.num(1231))
        return value

    # -- functions ------------------------------------------------------------------------------

    def call(self, node: n.Call, columns: Columns) -> Expr:
        if node.function in ("default", "least", "greatest"):
            sides = [self.scaled(arg, node.kind.kind, columns) for arg in _flat(node)]
            if node.function == "default":
                return s.fn("coalesce", *sides)
            one_missing = s.any_of(s.is_null(side.copy()) for side in sides)
            return s.case((one_missing, s.null()), default=s.fn(node.function, *sides))
        if columns.is_repeated(node) and all(isinstance(x, _SHAREABLE) for x in n.walk(node)):
            refs = [x for x in n.walk(node) if isinstance(x, n.FieldRef)]
            # above the digits and the birth part that certificate functions share
            return columns.shared(node, refs, _nesting(node) + 1, lambda: self.plain_call(node, columns))
        return self.plain_call(node, columns)

    def plain_call(self, node: n.Call, columns: Columns) -> Expr:
        if node.function == "in_codelist":
            return self.in_codelist(node, columns)
        if node.function in _ID_FUNCTIONS and isinstance(node.args[0], n.FieldRef):
            ref = node.args[0]
            value = columns.field(ref)
            digits = columns.shared(("digits", ref), [ref], 0, lambda: _digits17(columns.field(ref)))
            if node.function != "id_birth":
                return _ID_FUNCTIONS[node.function](value, digits)
            born = columns.shared(("born", ref), [ref], 1, lambda: _born(columns.field(ref), digits))
            return _id_birth(value, born)
        if node.function == "year" and (moved := _unshared_move(node.args[0], columns)):
            # the day of the month does not matter to the year
            unknown, year, _ = _moved(
                [self.emit(arg, columns) for arg in moved.args], moved.args[0].type.kind
            )
            return s.case((unknown, s.null()), default=year)
        args = [self.emit(arg, columns) for arg in node.args]
        kinds = [arg.type.kind for arg in node.args]
        if node.function in _ID_FUNCTIONS:
            digits = _digits17(args[0].copy())
            if node.function == "id_birth":
                return _id_birth(args[0], _born(args[0].copy(), digits))
            return _ID_FUNCTIONS[node.function](args[0], digits)
        if node.function == "age":
            end = args[1] if len(args) > 1 else s.num(self.as_of)
            return years_between(args[0], end)
        if node.function in ("years_between", "months_between"):
            days = [as_day(arg, kind) for arg, kind in zip(args, kinds, strict=True)]
            return (years_between if node.function == "years_between" else months_between)(*days)
        if node.function in _BY_KIND:
            return _BY_KIND[node.function](args, kinds[0])
        return _FUNCTIONS[node.function](*args)

    def in_codelist(self, node: n.Call, columns: Columns) -> Expr:
        codelist = self.policy.codelists.get(node.args[0].type.codes or "")
        if codelist is None:
            return s.null()
        value = self.emit(node.args[0], columns)
        labels = [label.label for label in codelist.version(self.as_of).labels]
        if node.args[0].type.kind == "code":
            return exp.In(this=s.paren(value), expressions=[s.text(label) for label in labels])
        one = "|".join(_escaped(label) for label in labels)
        return s.fn("regexp_full_match", value, s.text(f",(?:(?:{one}),)+"))


def _flat(node: n.Call) -> Iterator[n.Node]:
    """The arguments of nested calls of the same function: greatest(greatest(a, b), c) asks each side once."""
    for arg in node.args:
        if isinstance(arg, n.Call) and arg.function == node.function:
            yield from _flat(arg)
        else:
            yield arg


def literal(node: n.Literal) -> Expr:
    if node.value is None:
        return s.null()
    if isinstance(node.value, bool):
        return s.boolean(node.value)
    return s.num(node.value) if isinstance(node.value, int) else s.text(node.value)


_WORTH_ASKING_FIRST = 4


def _is_cheap(node: n.Node) -> bool:
    """A test of one field against constants."""
    match node:
        case n.IsMissing(item=n.FieldRef()) | n.IsTruth(item=n.FieldRef()) | n.InSet(item=n.FieldRef()):
            return True
        case n.Compare(left=n.FieldRef(), right=right):
            return isinstance(right, n.Literal | n.RunConstant)
    return False


def _compared(node: n.Node) -> n.Node | None:
    """The field whose absence makes a cheap test unknown."""
    if isinstance(node, n.Compare):
        return node.left
    return node.item if isinstance(node, n.InSet) else None


def _cost(node: n.Node, columns: Columns) -> int:
    """Roughly how many operations a node takes."""
    if isinstance(node, n.Literal | n.FieldRef) or columns.is_repeated(node):
        return 0
    if isinstance(node, n.Aggregate):
        return 2
    own = 3 if isinstance(node, n.Arith | n.Call) else 1
    return own + sum(_cost(child, columns) for child in n.children(node))


def _tried(value: Expr) -> Expr:
    """The value of one operation, missing where it overflows.

    One only: DuckDB computes what two expressions share before either TRY, so an operation within is not guarded.
    """
    return s.fn("TRY", value)


def _nesting(node: n.Node) -> int:
    inner = max((_nesting(child) for child in n.children(node)), default=0)
    return inner + 1 if isinstance(node, n.Call) else inner


def _to_bigint(value: Expr) -> Expr:
    return s.try_cast(value, "BIGINT")


def _escaped(label: str) -> str:
    return "".join(f"\\{c}" if c in r".^$*+?()[]{}|\/-" else c for c in label)


def _covers(day: Expr, value: StandardValue) -> Expr:
    limits = []
    if value.since is not None:
        limits.append(s.ge(day.copy(), s.num(value.since)))
    if value.until is not None:
        limits.append(s.le(day.copy(), s.num(value.until)))
    return s.all_of(limits) if limits else s.is_null(day.copy(), negated=True)


def round_div(numerator: Expr, divisor: Expr) -> Expr:
    """Integer division rounded half away from zero (DuckDB's // cuts toward zero); it never fails by overflow."""
    by = s.constant(divisor)
    if by == 1:
        return numerator
    if by is not None and by > 0 and by % 2 == 0:
        half = s.mul(s.fn("sign", numerator.copy()), s.num(by // 2))
        return s.int_div(_tried(s.add(numerator, half)), divisor)
    whole = s.int_div(numerator, divisor)
    rest = s.fn("abs", s.mod(numerator.copy(), divisor.copy()))
    beyond = s.ge(rest, s.sub(s.fn("abs", divisor.copy()), rest.copy()))  # not 2 * rest: that may overflow
    negative = s.ne(s.lt(numerator.copy(), s.num(0)), s.lt(divisor.copy(), s.num(0)))
    step = s.case((negative, s.num(-1)), default=s.num(1))
    return s.add(whole, s.case((beyond, step), default=s.num(0)))


# -- dates as integers ------------------------------------------------------------------------------


def as_day(value: Expr, kind: str) -> Expr:
    return s.add(s.mul(value, s.num(100)), s.num(1)) if kind == "month" else value


def years_between(start: Expr, end: Expr) -> Expr:
    """yyyymmdd differences cut at 10000 are complete years."""
    return s.int_div(s.sub(end, start), s.num(10000))


def month_index(day: Expr) -> Expr:
    year = s.int_div(day.copy(), s.num(10000))
    month = s.mod(s.int_div(day.copy(), s.num(100)), s.num(100))
    return s.add(s.mul(year, s.num(12)), month)


def months_between(start: Expr, end: Expr) -> Expr:
    months = s.sub(month_index(end), month_index(start))
    first, last = s.mod(start.copy(), s.num(100)), s.mod(end.copy(), s.num(100))
    short = s.all_of([s.gt(months.copy(), s.num(0)), s.lt(last, first)])
    over = s.all_of([s.lt(months.copy(), s.num(0)), s.gt(last.copy(), first.copy())])
    return s.case(
        (short, s.sub(months, s.num(1))), (over, s.add(months.copy(), s.num(1))), default=months.copy()
    )


def day_number(day: Expr) -> Expr:
    """Days since a fixed day, by the civil calendar (years counted from March)."""
    year, month = s.int_div(day.copy(), s.num(10000)), s.mod(s.int_div(day.copy(), s.num(100)), s.num(100))
    early = s.le(month.copy(), s.num(2))
    y = s.case((early, s.sub(year, s.num(1))), default=year.copy())
    m = s.case((early.copy(), s.add(month, s.num(9))), default=s.sub(month.copy(), s.num(3)))
    leap_days = s.add(
        s.sub(s.int_div(y, s.num(4)), s.int_div(y.copy(), s.num(100))), s.int_div(y.copy(), s.num(400))
    )
    in_year = s.int_div(s.add(s.mul(m, s.num(153)), s.num(2)), s.num(5))
    return s.add(s.add(s.mul(y.copy(), s.num(365)), leap_days), s.add(in_year, s.mod(day.copy(), s.num(100))))


def _unshared_move(node: n.Node, columns: Columns) -> n.Call | None:
    """The node where it is an `add_months` that no other place computes as well."""
    if isinstance(node, n.Call) and node.function == "add_months" and not columns.is_repeated(node):
        return node
    return None


def _moved(args: list[Expr], kind: str) -> tuple[Expr, Expr, Expr]:
    """A day or month some months on: whether there is none, its year and its month."""
    value, months = args
    moved = s.fn("least", s.fn("greatest", months, s.num(-_MOST_MONTHS)), s.num(_MOST_MONTHS))
    if kind == "month":
        start = s.add(s.mul(s.int_div(value, s.num(100)), s.num(12)), s.mod(value.copy(), s.num(100)))
    else:
        start = month_index(value)
    index = s.add(s.sub(start, s.num(1)), moved)
    year = s.int_div(index, s.num(12))
    unknown = s.any_of(
        [
            s.is_null(value.copy()),
            s.is_null(months.copy()),
            s.lt(index.copy(), s.num(12)),
            s.ge(index.copy(), s.num(120_000)),  # the year 10000
        ]
    )
    return unknown, year, s.add(s.mod(index.copy(), s.num(12)), s.num(1))


def _add_months(args: list[Expr], kind: str) -> Expr:
    unknown, year, month = _moved(args, kind)
    if kind == "month":
        return s.case((unknown, s.null()), default=s.add(s.mul(year, s.num(100)), month))
    first = s.add(s.mul(year, s.num(10000)), s.mul(month, s.num(100)))
    day = s.fn("least", s.mod(args[0].copy(), s.num(100)), last_day(year.copy(), month.copy()))
    return s.case((unknown, s.null()), default=s.add(first, day))


def last_day(year: Expr, month: Expr) -> Expr:
    leap = s.all_of(
        [
            s.eq(s.mod(year.copy(), s.num(4)), s.num(0)),
            s.any_of(
                [
                    s.ne(s.mod(year.copy(), s.num(100)), s.num(0)),
                    s.eq(s.mod(year.copy(), s.num(400)), s.num(0)),
                ]
            ),
        ]
    )
    february = s.case((leap, s.num(29)), default=s.num(28))
    short = s.is_in(month.copy(), (4, 6, 9, 11))
    return s.case((s.eq(month, s.num(2)), february), (short, s.num(30)), default=s.num(31))


# -- certificate numbers ----------------------------------------------------------------------------


def _substring(value: Expr, start: Expr, count: Expr) -> Expr:
    first = s.fn("least", s.fn("greatest", start, s.num(1)), s.num(_LONGEST))
    places = s.fn("least", s.fn("greatest", count, s.num(0)), s.num(_LONGEST))
    missing = s.any_of([s.is_null(start.copy()), s.is_null(count.copy())])  # least and greatest skip NULL
    return s.case((missing, s.null()), default=s.fn("substr", value, first, places))


def _substr(value: Expr, start: int, count: int) -> Expr:
    return s.fn("substr", value, s.num(start), s.num(count))


def _digits17(value: Expr) -> Expr:
    """The first 17 characters as a number where they are 17 digits; the pattern is tried only on odd ones."""
    text = _substr(value, 1, 17)
    number = s.try_cast(text, "BIGINT")
    exponents = [s.negate(s.fn("contains", text.copy(), s.text(letter))) for letter in "eE"]
    plain = s.all_of([s.ge(number, s.num(10**16)), *exponents])
    odd = s.fn("regexp_full_match", text.copy(), s.text("[0-9]{17}"))
    return s.case((plain, number.copy()), (odd, number.copy()))


def _id_checksum_ok(value: Expr, digits: Expr) -> Expr:
    last = _substr(value, 18, 1)
    shaped = exp.In(this=last, expressions=[s.text(c) for c in "0123456789X"])
    total: Expr | None = None
    for power, factor in _check_factors():
        shifted = s.int_div(digits.copy(), s.num(10**power)) if power else digits.copy()
        term = s.mul(shifted, s.num(factor))
        total = term if total is None else s.add(total, term)
    assert total is not None
    rest = s.mod(s.add(s.mod(total, s.num(11)), s.num(11)), s.num(11))
    wanted = s.fn("substr", s.text("10X98765432"), s.add(rest, s.num(1)), s.num(1))
    return s.case((s.all_of([s.is_null(digits.copy(), negated=True), shaped]), s.eq(wanted, last.copy())))


def _check_factors() -> Iterator[tuple[int, int]]:
    """The weighted sum of the digits, modulo 11, as factors of n // 10**power.

    A digit is n // 10**k - 10 * (n // 10**(k + 1)); collecting terms halves the divisions.
    """
    before = 0
    for power, weight in enumerate(reversed(_WEIGHTS)):
        factor = (weight - 10 * before) % 11
        before = weight
        yield power, factor if factor <= 5 else factor - 11


def _born(value: Expr, digits: Expr) -> Expr:
    """Digits 7-14 of a number of 18 or more characters whose first 17 are digits."""
    known = s.all_of([s.is_null(digits.copy(), negated=True), s.ge(s.fn("length", value.copy()), s.num(18))])
    return s.case((known, s.cast(s.mod(s.int_div(digits.copy(), s.num(1000)), s.num(10**8)), "INTEGER")))


def _id_birth(value: Expr, born: Expr) -> Expr:
    """Digits 7-14 (of 18 or more characters) or 19 and digits 7-12 (of 15) where they are a calendar day."""
    length = s.fn("length", value.copy())
    partly = s.all_of(
        [
            s.ge(length, s.num(18)),
            s.fn("regexp_full_match", _substr(value.copy(), 7, 8), s.text("[0-9]{8}")),
        ]
    )
    old = s.all_of(
        [s.eq(length.copy(), s.num(15)), s.fn("regexp_full_match", value.copy(), s.text("[0-9]{15}"))]
    )
    return s.case(
        (
            s.is_null(born.copy(), negated=True),
            s.case((_is_plain_day(born), born.copy()), default=_valid_day(born)),
        ),
        (partly, _valid_day(s.try_cast(_substr(value.copy(), 7, 8), "INTEGER"))),
        (old, _valid_day(s.add(s.try_cast(_substr(value.copy(), 7, 6), "INTEGER"), s.num(19000000)))),
    )


def _is_plain_day(day: Expr) -> Expr:
    """A day that every month has: decides most rows without asking the calendar."""
    date, month = s.mod(day.copy(), s.num(100)), s.mod(s.int_div(day.copy(), s.num(100)), s.num(100))
    return s.all_of(
        [
            s.ge(day.copy(), s.num(10000)),
            s.ge(date, s.num(1)),
            s.le(date.copy(), s.num(28)),
            s.ge(month, s.num(1)),
            s.le(month.copy(), s.num(12)),
        ]
    )


def _valid_day(day: Expr) -> Expr:
    return s.case((_is_calendar_day(day), day.copy()))


def _is_calendar_day(day: Expr) -> Expr:
    year, month = s.int_div(day.copy(), s.num(10000)), s.mod(s.int_div(day.copy(), s.num(100)), s.num(100))
    date = s.mod(day.copy(), s.num(100))
    return s.all_of(
        [
            s.ge(year, s.num(1)),
            s.ge(month, s.num(1)),
            s.le(month.copy(), s.num(12)),
            s.ge(date, s.num(1)),
            s.le(date.copy(), last_day(year.copy(), month.copy())),
        ]
    )


def _id_sex(value: Expr, digits: Expr) -> Expr:
    length = s.fn("length", value.copy())
    digit = s.case(
        (s.ge(length, s.num(18)), _substr(value.copy(), 17, 1)),
        (s.eq(length.copy(), s.num(15)), _substr(value.copy(), 15, 1)),
    )
    odd = exp.In(this=digit, expressions=[s.text(c) for c in "13579"])
    even = exp.In(this=digit.copy(), expressions=[s.text(c) for c in "02468"])
    return s.case((odd, s.text("男")), (even, s.text("女")))


def _disability(position: int) -> Callable[[Expr], Expr]:
    def emit(value: Expr) -> Expr:
        fits = exp.In(this=s.fn("length", value.copy()), expressions=[s.num(20), s.num(22)])
        digit = _substr(value.copy(), position, 1)
        is_digit = exp.Between(this=digit, low=s.text("0"), high=s.text("9"))
        return s.case((s.all_of([fits, is_digit]), s.try_cast(digit.copy(), "INTEGER")))

    return emit


def _year(args: list[Expr], kind: str) -> Expr:
    return s.int_div(args[0], s.num(100 if kind == "month" else 10000))


def _month_of(args: list[Expr], kind: str) -> Expr:
    return args[0] if kind == "month" else s.int_div(args[0], s.num(100))


_BY_KIND: dict[str, Callable[[list[Expr], str], Expr]] = {
    "year": _year,
    "month_of": _month_of,
    "add_months": _add_months,
}
_FUNCTIONS: dict[str, Callable[..., Expr]] = {
    "days_between": lambda start, end: s.sub(day_number(end), day_number(start)),
    "abs": lambda value: s.fn("abs", value),
    "length": lambda value: s.fn("length", value),
    "matches": lambda value, pattern: s.fn("regexp_full_match", value, pattern),
    "starts_with": lambda value, part: s.fn("starts_with", value, part),
    "ends_with": lambda value, part: s.fn("suffix", value, part),
    "contains": lambda value, part: s.fn("contains", value, part),
    "substr": _substring,
    "size": lambda held: s.sub(
        s.sub(s.fn("strlen", held), s.fn("strlen", s.fn("replace", held.copy(), s.text(","), s.text("")))),
        s.num(1),
    ),
    "id_length": lambda value: s.fn("length", value),
    "disability_digit": _disability(19),
    "disability_level_digit": _disability(20),
}
_ID_FUNCTIONS: dict[str, Callable[[Expr, Expr], Expr]] = {
    "id_checksum_ok": _id_checksum_ok,
    "id_birth": _id_birth,
    "id_sex": _id_sex,
}
_SHAREABLE = (n.Call, n.FieldRef, n.Literal, n.RunConstant)
