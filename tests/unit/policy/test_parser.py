"""Texts that do not compile: the message names the trouble, the nearest valid name and the place."""

from __future__ import annotations

import pytest
from tests.parity.small import vocabulary

from bangfu.policy.language import nodes as n
from bangfu.policy.language.errors import ExpressionError
from bangfu.policy.language.parser import parse
from bangfu.policy.language.types import BOOL, DATE, DECIMAL, INTEGER, MONEY, MONTH, TEXT, Type


def error(text: str, table: str = "household") -> ExpressionError:
    with pytest.raises(ExpressionError) as caught:
        parse(text, table, vocabulary())
    return caught.value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("wage_incme > 1", "household 没有字段 wage_incme,是不是 wage_income"),
        ("head.birth_dat > as_of", "person 没有字段 birth_dat,是不是 birth_date"),
        ("heed.birth_date > as_of", "household 没有关联 heed,是不是 head"),
        ("any(m.work_months > 1 for m in membrs)", "household 没有关联 membrs,是不是 members"),
        ("aage(cancelled_on) > 1", "没有函数 aage,是不是 age"),
        ('wage_income > standard("monitorin_line")', "没有标准 monitorin_line,是不是 monitoring_line"),
        ('household_type == "脱贫人"', "代码表 household_type 没有 脱贫人,是不是 脱贫户"),
        ('household_type in {"脱贫户", "脱贫人"}', "代码表 household_type 没有 脱贫人"),
        ('"因疾" in poverty_causes_other', "代码表 poverty_cause 没有 因疾"),
        ('any(b.programme == "diabo" for b in benefits)', "代码表 programme 没有 diabo,是不是 dibao"),
        ('household_type in group("household_type.nobody")', "代码表里没有分组 household_type.nobody"),
    ],
)
def test_unknown_name_is_answered_with_the_nearest(text: str, message: str) -> None:
    assert error(text).message.startswith(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("wage_income > cancelled_on", "类型不同,不能相比:money 和 date"),
        ("wage_income > household_size", "类型不同,不能相比:money 和 integer"),
        ("monitored_from > cancelled_on", "类型不同,不能相比:month 和 date"),
        ('wage_income == "1"', "类型不同,不能相比:money 和 text"),
        ("household_type < household_phone", "code 不能比大小"),
        ("wage_income", "这里要 bool,wage_income 是 money"),
        ("not wage_income", "这里要 bool,wage_income 是 money"),
        ("is_absent_long and wage_income", "这里要 bool,wage_income 是 money"),
        ("wage_income is True", "这里要 bool"),
        ("household_phone + 1 > 1", "+ 只能用于数字,这里是 text"),
        ("wage_income * wage_income > 1", "金额不能这样相乘除"),
        ("household_size / wage_income > 1", "金额不能这样相乘除"),
        ("age(monitored_from) > 1", "age 这里要 date,monitored_from 是 month"),
        ("age(cancelled_on, as_of, as_of) > 1", "age 要 2 个参数,写了 3 个"),
        ("length() > 1", "length 要 1 个参数,写了 0 个"),
        ("age(d=cancelled_on) > 1", "age 的参数不要写名字"),
        ("sum(m.full_name for m in members) > 1", "sum 只能加数字"),
        ('max(m.full_name for m in members) == "甲"', "max 不能用于 text"),
        ("any(m.work_months for m in members)", "这里要 bool,m.work_months 是 integer"),
        ("count(m.work_months for m in members) > 1", "count 要写成 count(m for m in ...)"),
        ("members.full_name is None", "members 有多行,要写成 any(... for x in members) 等"),
        ("any(h.birth_date is None for h in head)", "head 只有一行,直接写 head.字段"),
        ("any(members)", "要写成 any(... for x in 关联)"),
        ("any(m is None for m in members)", "m 是一行记录,要写明它的字段"),
        ("any(wage_income.work_months > 1 for wage_income in members)", "名字 wage_income 已经用过"),
        ("any(any(m.work_months > 1 for m in m.same_id) for m in members)", "名字 m 已经用过"),
        ("any(any(b.amount > wage_income for b in m.benefits) for m in members)", "这里只能读本行和出发那一行的字段"),
        ("poverty_causes_other in {\"因病\"}", "poverty_causes_other 一格可有几个选项,请用 has_any(...)"),
        ("household_size in {}", "不允许这样写"),
        ("household_size in {household_size}", "集合里只能写常数,且不能空"),
        ("has_any(household_type, {\"脱贫户\"})", "household_type 不是多选字段"),
        ('cancelled_on > date("2023-1-1")', '要写成 date("2023-12-18")'),
        ('monitored_from > month("2023-12-18")', '要写成 month("2023-12")'),
        ("standard(\"monitoring_line\", household_phone) > 1", "standard 的第二个参数要是日期、月份或年份"),
        ("standard(household_phone) > 1", "要写成 standard"),
        ("in_codelist(default(household_type, household_type))", "in_codelist 只能用于字段"),
        ('matches(household_phone, "[0-9")', "matches 的格式写错了"),
        ("matches(household_phone, head_name)", "matches 的格式要是常数"),
        ('matches(household_phone, "(?!19)[0-9]+")', "matches 的格式里不能用 (?!"),
        ('matches(household_phone, "(.)\\\\1")', "matches 的格式里不能用 \\1"),
        ("household_size ** 2 > 1", "不允许这样写"),
        ("[m for m in members]", "不允许这样写"),
        ("(lambda: True)()", "不允许这样写"),
        ("__import__('os') is None", "没有函数 __import__"),
        ("head.__class__ is None", "person 没有字段 __class__"),
        ("household_size is 3", "不能这样比较"),
        ("household_size >", "表达式写法不对"),
        ("", "表达式写法不对"),
    ],
)  # fmt: skip
def test_what_does_not_compile_says_why(text: str, message: str) -> None:
    assert message in error(text).message


def test_offset_points_at_the_trouble() -> None:
    text = "is_absent_long and wage_incme > 1"
    assert text[error(text).offset :].startswith("wage_incme")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("wage_income + 1", MONEY),
        ("wage_income * 0.5", MONEY),
        ("wage_income / household_size", MONEY),
        ("wage_income / wage_income", DECIMAL),
        ("household_size * 2", INTEGER),
        ("household_size / 2", DECIMAL),
        ("household_size + farmland_mu", DECIMAL),
        ("add_months(cancelled_on, 1)", DATE),
        ("add_months(monitored_from, 1)", MONTH),
        ("month_of(cancelled_on)", MONTH),
        ("max(m.birth_date for m in members)", DATE),
        ("count(m for m in members)", INTEGER),
        ("substr(household_phone, 1, 2)", TEXT),
        ("wage_income > 1", BOOL),
        ('standard("monitoring_line")', MONEY),
        ("wage_income if is_absent_long else 0", MONEY),
    ],
)
def test_every_expression_has_the_type_of_what_it_gives(text: str, kind: Type) -> None:
    assert parse(text, "household", vocabulary(), None).type == kind


def test_bare_number_takes_the_unit_of_what_it_meets() -> None:
    money = parse("wage_income > 0.5", "household", vocabulary())
    land = parse("farmland_mu > 0.5", "household", vocabulary())
    heads = parse("household_size > 0.5", "household", vocabulary())
    assert isinstance(money, n.Compare)
    assert isinstance(land, n.Compare)
    assert isinstance(heads, n.Compare)
    assert money.right == n.Literal(50, MONEY)
    assert land.right == n.Literal(5000, DECIMAL)
    assert heads.right == n.Literal(5000, DECIMAL)


def test_chained_comparison_is_a_conjunction() -> None:
    node = parse("1 < household_size <= 9", "household", vocabulary())
    assert isinstance(node, n.Logic)
    assert [item.op for item in node.items if isinstance(item, n.Compare)] == ["<", "<="]


def test_path_through_relations_ends_at_the_table_of_the_field() -> None:
    node = parse("household.head.birth_date", "person", vocabulary(), DATE)
    assert node == n.FieldRef("", ("household", "head"), "person", "birth_date", DATE)


def test_equal_texts_give_equal_trees() -> None:
    text = "any(m.work_months > 6 for m in members if m.speaks_mandarin)"
    assert parse(text, "household", vocabulary()) == parse(f"  {text} ", "household", vocabulary())
