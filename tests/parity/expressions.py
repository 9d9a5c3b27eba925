"""Hypothesis makes texts of rules: every node type and function, typed as the parser wants them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from hypothesis import strategies as st

Draw = Callable[[st.SearchStrategy[str]], str]

FIELDS: dict[str, dict[str, tuple[str, ...]]] = {
    "person": {
        "text": ("full_name", "id18", "member_phone", "disability_cert_no"),
        "code": ("labor_ability", "student_status"),
        "codes": ("health_status",),
        "date": ("birth_date",),
        "month": ("person_identified_on",),
        "integer": ("work_months", "row_key"),
        "bool": ("speaks_mandarin", "resident_medical_ins"),
    },
    "household": {
        "text": ("household_phone", "bank_account_no"),
        "code": ("poverty_cause_main",),
        "codes": ("poverty_causes_other",),
        "date": ("cancelled_on",),
        "month": ("monitored_from", "first_identified_on"),
        "integer": ("exit_year", "household_size"),
        "decimal": ("farmland_mu",),
        "money": ("per_capita_net_income", "wage_income"),
        "bool": ("risk_removed",),
    },
    "benefit": {
        "text": ("beneficiary",),
        "code": ("programme",),
        "date": ("paid_on",),
        "month": ("period_from", "period_to"),
        "integer": ("months", "row_key"),
        "decimal": ("quantity",),
        "money": ("amount", "self_paid"),
        "bool": ("is_disaster_caused",),
    },
    "annual_record": {
        "integer": ("data_year",),
        "decimal": ("farmland_mu",),
        "money": ("wage_income", "per_capita_net_income"),
    },
}
ONE: dict[str, dict[str, str]] = {
    "person": {"household": "household"},
    "household": {"head": "person", "last_year": "annual_record"},
    "benefit": {"person": "person", "household": "household"},
    "annual_record": {"household": "household"},
}
MANY: dict[str, dict[str, str]] = {
    "person": {"benefits": "benefit", "same_id": "person", "same_phone": "person"},
    "household": {
        "members": "person",
        "benefits": "benefit",
        "annual_records": "annual_record",
        "same_phone": "household",
    },
    "benefit": {"same_payment": "benefit", "same_beneficiary": "benefit"},
    "annual_record": {},
}
LABELS = {
    "labor_ability": ("普通劳动力", "无劳动力", "丧失劳动力"),
    "student_status": ("小学", "七年级", "学龄前儿童"),
    "health_status": ("健康", "残疾", "患有大病"),
    "poverty_cause_main": ("因病", "因学", "缺技术"),
    "poverty_causes_other": ("因病", "因学", "缺技术"),
    "programme": ("dibao", "yulu", "temp_aid"),
}
STANDARDS = {"money": "monitoring_line", "integer": "min_parent_gap", "decimal": "land_cap_farmland"}
PATTERNS = (
    "[0-9]{11}",
    "1[3-9][0-9]{9}",
    "[0-9]{17}[0-9X]",
    "[^0-9A-Za-z]{2,}",
    "a.*",
    r"\d+",
    r"\w*",
    "(a|甲)?",
)
COMPARES = ("==", "!=", "<", "<=", ">", ">=")


@dataclass(frozen=True)
class Maker:
    """Draws texts of one scope: `tables` are the variables that may be read ("" is the subject)."""

    draw: Draw
    tables: dict[str, str]
    depth: int
    taken: int = 0

    def of(self, *options: str) -> str:
        return self.draw(st.sampled_from(options))

    def deeper(self) -> Maker:
        return replace(self, depth=self.depth - 1)

    # -- fields ----------------------------------------------------------------------------------

    def fields(self, kind: str) -> list[str]:
        """Every way to read a field of the kind here: of a variable's row or through a to-one relation."""
        found = []
        for var, table in self.tables.items():
            before = f"{var}." if var else ""
            found += [f"{before}{name}" for name in FIELDS[table].get(kind, ())]
            for relation, target in ONE[table].items():
                found += [f"{before}{relation}.{name}" for name in FIELDS[target].get(kind, ())]
        return found

    def field(self, kind: str) -> str | None:
        found = self.fields(kind)
        return self.of(*found) if found else None

    # -- values ----------------------------------------------------------------------------------

    def value(self, kind: str) -> str:
        if kind in ("integer", "decimal", "money"):
            return self.number(kind)
        if kind in ("date", "month"):
            return self.time(kind)
        return self.text()

    def number(self, kind: str) -> str:
        choice = self.of("field", "field", "field", "compose", "compose", "aggregate")
        if choice == "field" or self.depth <= 0:
            return self.field(kind) or self.leaf_number(kind)
        if choice == "aggregate":
            return self.aggregate(kind) or self.leaf_number(kind)
        return self.composed_number(kind)

    def leaf_number(self, kind: str) -> str:
        if kind == "money":
            return 'standard("monitoring_line")'
        if kind == "decimal":
            return self.of('standard("land_cap_farmland")', "0.5")
        return self.of("data_year", "3", "-1", "16")

    def composed_number(self, kind: str) -> str:
        inner = self.deeper()
        a, b = inner.number(kind), inner.number(kind)
        made = [f"({a} + {b})", f"({a} - {b})", f"abs({a})", f"least({a}, {b})", f"greatest({a}, {b})"]
        made += [
            f"default({a}, {b})",
            f"default({a}, 7)",
            f"({a} if {inner.truth()} else {b})",
            f"({a} - 0.5)",
        ]
        if kind == "integer":
            made = [item for item in made if item != f"({a} - 0.5)"]
            made += [f"({a} * {b})", *inner.counted()]
        elif kind == "decimal":
            whole = inner.number("integer")
            made += [
                f"({a} * {whole})",
                f"({a} * {b})",
                f"({a} / {whole})",
                f"({whole} / {b})",
                f"({a} - {whole})",
            ]
            made += [f"({whole} / {whole})", f"({inner.number('money')} / {inner.number('money')})"]
        else:
            factor = self.of(inner.number("integer"), inner.number("decimal"), "0.35", "3")
            made += [f"({a} * {factor})", f"({factor} * {a})", f"({a} / {factor})"]
        on = inner.time(self.of("date", "month"))
        made += [
            f'standard("{STANDARDS[kind]}", {on})',
            f'standard("{STANDARDS[kind]}", {inner.number("integer")})',
        ]
        return self.of(*made)

    def counted(self) -> list[str]:
        start, end, month, text = self.time("date"), self.time("date"), self.time("month"), self.text()
        made = [f"age({start})", f"age({start}, {end})", f"days_between({start}, {end})", f"year({start})"]
        made += [f"years_between({start}, {month})", f"months_between({month}, {end})", f"year({month})"]
        made += [f"months_between({start}, {end})", f"length({text})", f"id_length({text})"]
        made += [f"disability_digit({text})", f"disability_level_digit({text})"]
        codes = self.field("codes")
        return made if codes is None else [*made, f"size({codes})"]

    def time(self, kind: str) -> str:
        field = self.field(kind)
        literal = self.of('date("2023-12-18")', 'date("2024-02-29")', "as_of")
        leaf = field or (literal if kind == "date" else 'month("2022-04")')
        if self.depth <= 0 or self.of("leaf", "leaf", "compose") == "leaf":
            return leaf
        inner = self.deeper()
        moved = self.of("-1", "1", "12", "-13", "0", inner.number("integer"))
        made = [f"add_months({inner.time(kind)}, {moved})", f"default({leaf}, {inner.time(kind)})"]
        made.append(f"id_birth({inner.text()})" if kind == "date" else f"month_of({inner.time('date')})")
        nested = self.aggregate(kind)
        return self.of(*made, *([nested] if nested else []))

    def text(self) -> str:
        leaf = self.of(*self.fields("text"), '"甲"', '""', '"429999196312180019"')
        if self.depth <= 0 or self.of("leaf", "leaf", "compose") == "leaf":
            return leaf
        inner = self.deeper()
        start, count = (self.of("0", "1", "-2", "17", inner.number("integer")) for _ in range(2))
        return self.of(
            f"substr({inner.text()}, {start}, {count})",
            f"id_sex({inner.text()})",
            f"default({leaf}, {inner.text()})",
            f"({leaf} if {inner.truth()} else {inner.text()})",
        )

    # -- truths ----------------------------------------------------------------------------------

    def truth(self) -> str:
        if self.depth <= 0:
            return self.leaf_truth()
        inner = self.deeper()
        match self.of("leaf", "compare", "compare", "logic", "logic", "not", "is", "aggregate", "aggregate"):
            case "compare":
                return inner.comparison()
            case "logic":
                return f"({inner.truth()} {self.of('and', 'or')} {inner.truth()})"
            case "not":
                return f"(not {inner.truth()})"
            case "is":
                return f"(({inner.truth()}) {self.of('is True', 'is False', 'is not True', 'is not False')})"
            case "aggregate":
                return self.quantified() or self.leaf_truth()
        return self.leaf_truth()

    def leaf_truth(self) -> str:
        match self.of("field", "in", "codes", "missing", "text", "label"):
            case "in":
                kind = self.of("integer", "date", "month")
                values = {"integer": "{3, 12, 2023}", "date": '{date("2024-02-29"), date("1963-12-18")}'}
                allowed = values.get(kind, '{month("2022-04"), month("2000-02")}')
                return f"({self.value(kind)} {self.of('in', 'not in')} {allowed})"
            case "codes" if codes := self.field("codes"):
                name = codes.split(".")[-1]
                one = f'"{self.of(*LABELS[name])}" {self.of("in", "not in")} {codes}'
                some = ", ".join(f'"{label}"' for label in LABELS[name][:2])
                return self.of(one, f"has_any({codes}, {{{some}}})", f"in_codelist({codes})")
            case "missing":
                return f"({self.value(self.of('integer', 'date', 'month', 'text'))} {self.of('is', 'is not')} None)"
            case "text":
                return self.text_truth()
            case "label" if code := self.field("code"):
                labels = LABELS[code.split(".")[-1]]
                some = ", ".join(f'"{label}"' for label in labels[:2])
                return self.of(
                    f'{code} == "{labels[0]}"', f"{code} not in {{{some}}}", f"in_codelist({code})"
                )
        return self.field("bool") or "(1 < data_year)"

    def text_truth(self) -> str:
        text, other = self.text(), self.text()
        pattern = self.of(*PATTERNS).replace("\\", "\\\\")
        return self.of(
            f'matches({text}, "{pattern}")',
            f"starts_with({text}, {other})",
            f"ends_with({text}, {other})",
            f"contains({text}, {other})",
            f"id_checksum_ok({text})",
            f"({text} == {other})",
            f"({text} != {other})",
        )

    def comparison(self) -> str:
        kind = self.of("integer", "integer", "decimal", "money", "money", "date", "month", "mixed")
        left, right = ("integer", "decimal") if kind == "mixed" else (kind, kind)
        a, b = self.value(left), self.value(right)
        if self.of("once", "once", "chain") == "chain":
            return f"({a} <= {b} {self.of('<', '>=', '!=')} {self.value(right)})"
        return f"({a} {self.of(*COMPARES)} {b})"

    # -- comprehensions ---------------------------------------------------------------------------

    def opened(self) -> tuple[Maker, str, str] | None:
        """A scope for the rows of a relation, their name, and the relation as written."""
        if self.depth <= 0:
            return None
        ways: list[tuple[str, str, str]] = []
        for var, table in self.tables.items():
            before = f"{var}." if var else ""
            ways += [(var, f"{before}{name}", target) for name, target in MANY[table].items()]
            for path, reached in ONE[table].items():
                ways += [(var, f"{before}{path}.{name}", target) for name, target in MANY[reached].items()]
        if not ways:
            return None
        written = self.of(*(way[1] for way in ways))
        var, _, target = next(way for way in ways if way[1] == written)
        name = f"x{self.taken}"
        correlated = self.of("plain", "plain", "correlated") == "correlated"
        tables = {name: target, **({var: self.tables[var]} if correlated else {})}
        return Maker(self.draw, tables, self.depth - 1, self.taken + 1), name, written

    def quantified(self) -> str | None:
        opened = self.opened()
        if opened is None:
            return None
        inner, name, written = opened
        return f"{self.of('any', 'all')}({inner.truth()} for {name} in {written}{inner.condition()})"

    def aggregate(self, kind: str) -> str | None:
        opened = self.opened()
        if opened is None:
            return None
        inner, name, written = opened
        tail = f"for {name} in {written}{inner.condition()}"
        if kind == "integer" and self.of("count", "other") == "count":
            element = inner.value(self.of("text", "date", "integer"))
            return self.of(f"count({name} {tail})", f"count_distinct({element} {tail})")
        functions = ("min", "max") if kind in ("date", "month") else ("sum", "min", "max")
        return f"{self.of(*functions)}({inner.value(kind)} {tail})"

    def condition(self) -> str:
        return f" if {self.truth()}" if self.of("all", "some") == "some" else ""


@st.composite
def rules(draw: Draw, table: str, depth: int = 3) -> str:
    return Maker(draw, {"": table}, depth).truth()
