"""What people type is read strictly, compared with what others did meanwhile, checked, and written once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from bangfu.findings.edits import Blocked, Edit, ReasonWanted, Ticket, Unchecked, save, ticket
from bangfu.ledger.editing import named, stored_row
from bangfu.ledger.queries import rows_of_household
from bangfu.office.journal.verifying import broken_facts, broken_links
from bangfu.office.journal.versions import versions_of
from bangfu.office.journal.writing import Source, transaction
from bangfu.office.masking import number_kind
from bangfu.office.models import Transaction
from bangfu.policy.examples import join_labels
from bangfu.policy.loader import load_policy
from bangfu.registry import actions, queries
from bangfu.registry.actions import Happened, Join, Refused
from bangfu.registry.canonical import canonical_text
from bangfu.registry.editing.choices import NONE, choices_of
from bangfu.registry.editing.conflicts import Changed
from bangfu.registry.editing.entry import BadEntry, read_entry, texts_of
from bangfu.registry.editing.typed import read_fields
from bangfu.registry.proposals import NEW, ProposedRow
from bangfu.terms.errors import UserError
from bangfu.terms.forms import load_forms, read_forms
from bangfu.terms.loader import load_terms
from bangfu.terms.model import Field
from tests.home.desks import desk_here
from tests.home.hashes import facts_hash, models

DAY = 20231218
POLICY = load_policy()
FIELDS = [(form, field) for form in load_forms().values() for field in form.fields.values()]


# -- reading and showing -----------------------------------------------------------------------------


def field(name: str) -> Field:
    return next(one for _, one in FIELDS if one.name == name)


def labels(of: Field) -> list[str]:
    return sorted(choices_of(of, POLICY, DAY).labels)


def values_of(of: Field) -> st.SearchStrategy[Any]:
    match of.type:
        case "yes_no":
            return st.booleans()
        case "integer" if of.unit == "year":
            return st.integers(1900, 2100)
        case "integer" | "money" | "decimal":
            return st.integers(-(10**14) + 1, 10**14 - 1)
        case "date":
            return st.dates(min_value=_day(1900), max_value=_day(2100)).map(
                lambda x: int(x.strftime("%Y%m%d"))
            )
        case "month":
            return st.tuples(st.integers(1900, 2100), st.integers(1, 12)).map(lambda x: x[0] * 100 + x[1])
        case "code":
            return st.sampled_from(labels(of))
        case "codes":
            chosen = st.lists(st.sampled_from(labels(of)), min_size=1, unique=True)
            return chosen.map(join_labels)
    return st.from_regex(r"[一-龥A-Z0-9][一-龥A-Z0-9·]{0,20}", fullmatch=True)


def _day(year: int) -> Any:
    from datetime import date

    return date(year, 1, 1)


@given(st.data())
def test_what_a_form_shows_reads_back_to_the_value(data: st.DataObject) -> None:
    _, one = data.draw(st.sampled_from(FIELDS))
    value = data.draw(st.none() | values_of(one))
    shown = texts_of(one, value) if number_kind(one) is None else [canonical_text(one, value) or ""]
    assert read_entry(one, shown, choices_of(one, POLICY, DAY)) == value
    assert read_entry(one, texts_of(one, value), NONE, held=value) == value


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("birth_date", "2020-04-22", 20200422),
        ("birth_date", " 2020年4月22日", 20200422),
        ("birth_date", "20200422", 20200422),
        ("birth_date", "2020/4/2", 20200402),
        ("person_identified_on", "2020年4月", 202004),
        ("wage_income", "1,234.5", 123_450),
        ("wage_income", "¥15000元", 1_500_000),
        ("wage_income", "-0.01", -1),
        ("farmland_mu", "2.5亩", 25_000),
        ("household_size", "4", 4),
        ("is_alive", "是", True),
        ("is_alive", "否", False),
        ("sex", "1", "男"),
        ("id_no", "42999919850612959x", "42999919850612959X"),
        ("full_name", " 王  小明 ", "王 小明"),
        ("full_name", "", None),
        ("programme", "雨露计划", "yulu"),
        ("change_note", "第一行\r\n第二行,备注", "第一行\n第二行,备注"),
    ],
)
def test_what_people_type_is_read(name: str, text: str, value: object) -> None:
    assert read_entry(field(name), [text], choices_of(field(name), POLICY, DAY)) == value


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("birth_date", "2020-13-01", "日历上有的日期"),
        ("birth_date", "去年", "日期,如 2023-03-01"),
        ("birth_date", "0019-01-01", "1900 年到 2100 年"),
        ("person_identified_on", "2020-13", "年月"),
        ("wage_income", "1.234", "最多两位小数"),
        ("wage_income", "1.5万", "以元为单位"),
        ("wage_income", "1,2,3", "以元为单位"),
        ("wage_income", "9" * 14, "合理范围"),
        ("farmland_mu", "三亩", "数字(亩)"),
        ("household_size", "2.5", "整数(人)"),
        ("exit_year", "18", "四位数的年份"),
        ("is_alive", "不知道", "是 或 否"),
        ("is_alive", "无数据", "不知道就留空"),
        ("sex", "中", "下列之一:男、女"),
        ("id_no", "4299991985****9595", "完整的号码"),
        ("member_phone", "139****0000", "完整的号码"),
        ("address", "长" * 3_000, "不超过 2000 个字"),
    ],
)
def test_what_cannot_be_read_is_told_with_what_is_expected(name: str, text: str, expected: str) -> None:
    with pytest.raises(BadEntry) as told:
        read_entry(field(name), [text], choices_of(field(name), POLICY, DAY), held=None)
    assert expected in told.value.expected
    assert field(name).label in str(told.value)
    assert text[:20] in str(told.value)


def test_a_label_that_is_no_longer_in_force_may_stay_and_not_be_chosen_anew() -> None:
    relation = load_terms().table("membership").fields["leave_reason"]
    choices = choices_of(relation, POLICY, 20180101)
    assert read_entry(relation, ["失踪"], choices, held="失踪") == "失踪"
    with pytest.raises(BadEntry, match="死亡、婚出"):
        read_entry(relation, ["失踪"], choices, held=None)


def test_a_masked_number_stays_unless_it_is_typed_anew() -> None:
    form, seen = load_forms()["person"], {"id_no": "42999919850612959X", "member_phone": "13900001234"}
    shown = {name: texts_of(form.fields[name], value) for name, value in seen.items()}
    assert shown == {"id_no": ("429999********959X",), "member_phone": ("139****1234",)}
    assert read_fields(form, shown, seen, POLICY, DAY).values == {}
    typed = read_fields(form, {**shown, "member_phone": ["13900005678"]}, seen, POLICY, DAY)
    assert typed.values == {"member_phone": "13900005678"}
    assert read_fields(form, {**shown, "id_no": [""]}, seen, POLICY, DAY).values == {"id_no": None}


def test_what_was_not_shown_stays() -> None:
    form = load_forms()["person"]
    typed = read_fields(form, {"full_name": ["乙"]}, {"full_name": "甲", "sex": "男"}, POLICY, DAY)
    assert (typed.values, typed.wrong) == ({"full_name": "乙"}, {})


def test_a_number_of_the_national_system_is_typed_once() -> None:
    form = load_forms()["person"]
    given = {"nat_person_no": ["61000000000101"]}
    assert read_fields(form, given, {}, POLICY, DAY).values == {"nat_person_no": "61000000000101"}
    assert read_fields(form, given, {"nat_person_no": "61000000000102"}, POLICY, DAY).values == {}


def test_a_form_that_does_not_fit_its_table_is_refused_whole(tmp_path: Path) -> None:
    (tmp_path / "visit.yaml").write_text(
        "table: visit\ngroups:\n  - label: 走访\n    fields: [helper_name, helper_name, sex]\nfixed: []\n",
        "utf-8",
    )
    with pytest.raises(UserError) as told:
        read_forms(tmp_path, load_terms())
    for said in (
        "visit.yaml:4: helper_name 重复",
        "sex 不是这张表自己的字段",
        "没有写明 visited_on 在哪一组",
    ):
        assert said in str(told.value)


# -- saving ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Family:
    household: int
    woman: int
    record: int

    def edit(self, *rows: ProposedRow, **more: Any) -> Edit:
        """As somebody sees it now who opens the form."""
        seen = versions_of((row.table, row.row) for row in rows if not row.is_new)
        return replace(Edit(self.household, rows, seen, ticket()), **more)

    def person(self, **values: Any) -> ProposedRow:
        return ProposedRow("person", self.woman, values)


@pytest.fixture
def family(any_home: Path) -> Family:
    with transaction(actor="demo", source=Source("demo")) as change:
        [home] = actions.add_households(
            change, [{"nat_household_no": "610000000001", "village_name": "罗峰村"}]
        )
        woman = {
            "nat_person_no": "61000000000101",
            "full_name": "甲",
            "id_no": "429999198506129587",
            "birth_date": 19850612,
            "sex": "女",
            "relation_to_head": "户主",
            "labor_ability": "普通劳动力",
        }
        [person] = actions.add_persons(change, [woman])
        actions.join(change, [Join(person, home, 20140101)])
        actions.record_statuses(change, [Happened(home, "识别", 20131231)])
        actions.set_heads(change, {home: person}, 20140101)
        [record] = actions.put_annual_records(
            change, [{"household_key": home, "data_year": 2022, "wage_income": 100}]
        )
    return Family(home, person, record)


@pytest.fixture
def desk(family: Family) -> Iterator[None]:
    with desk_here():
        yield


def last_transaction() -> Transaction:
    return Transaction.objects.order_by("-position")[0]


def test_an_error_that_the_edit_brings_in_blocks_it(family: Family, desk: None) -> None:
    before = facts_hash()
    with pytest.raises(Blocked, match="性别与身份证不符") as told:
        save(family.edit(family.person(sex="男")), actor="cadre", reason="没有别的办法")
    assert [fault.standing for fault in told.value.examined.errors] == ["introduced"]
    assert facts_hash() == before


def test_an_error_that_was_there_does_not_block_other_edits(family: Family, desk: None) -> None:
    with transaction(actor="张三", source=Source("batch", "1")) as change:
        actions.change_persons(change, {family.woman: {"sex": "男"}})
    save(family.edit(family.person(full_name="乙")), actor="cadre")
    assert stored_row("person", family.woman)["full_name"] == "乙"  # type: ignore[index]
    head = last_transaction()
    assert (head.actor, head.kind, head.reason) == ("cadre", "form", "")
    assert (broken_links(), broken_facts(models())) == ([], [])


def test_a_suspicion_wants_a_reason_and_the_journal_keeps_it(family: Family, desk: None) -> None:
    save(family.edit(family.person(full_name="甲乙")), actor="cadre")
    odd = family.person(full_name="甲2")
    with pytest.raises(ReasonWanted, match="请写明理由") as told:
        save(family.edit(odd), actor="cadre", reason=" ")
    names = {fault.name for fault in told.value.examined.suspicions}
    save(family.edit(odd), actor="cadre", reason="本人确认")
    assert last_transaction().reason.startswith("带来疑点(")
    assert last_transaction().reason.endswith("理由:本人确认")
    assert all(name in last_transaction().reason for name in names)


def test_without_a_desk_saving_is_asked_for_and_the_journal_says_so(family: Family) -> None:
    edit = family.edit(family.person(sex="男"))
    with pytest.raises(Unchecked, match="还没有校验,没有保存"):
        save(edit, actor="cadre")
    save(edit, actor="cadre", is_unchecked_accepted=True)
    assert last_transaction().reason == "未经校验"
    assert stored_row("person", family.woman)["sex"] == "男"  # type: ignore[index]


def test_the_second_editor_sees_both_versions(family: Family, desk: None) -> None:
    mine = family.edit(family.person(full_name="丙", ethnicity="土家族"))
    save(family.edit(family.person(full_name="乙", political_status="群众")), actor="clerk")
    before = facts_hash()
    with pytest.raises(Changed) as told:
        save(mine, actor="cadre")
    found = {
        one.field.name: (one.seen, one.now, one.mine, one.is_mine, one.by) for one in told.value.conflicts
    }
    assert found == {
        "full_name": ("甲", "乙", "丙", True, "clerk"),
        "political_status": (None, "群众", None, False, "clerk"),
        "ethnicity": (None, None, "土家族", True, ""),
    }
    assert all(one.at for one in told.value.conflicts if one.by)
    assert facts_hash() == before
    save(replace(mine, seen=versions_of([("person", family.woman)])), actor="cadre")
    row = stored_row("person", family.woman)
    assert row is not None
    assert (row["full_name"], row["political_status"], row["ethnicity"]) == ("丙", "群众", "土家族")


def test_fields_that_nobody_else_touched_are_not_merged_unseen(family: Family, desk: None) -> None:
    mine = family.edit(family.person(ethnicity="土家族"))
    save(family.edit(family.person(political_status="群众")), actor="clerk")
    with pytest.raises(Changed):
        save(mine, actor="cadre")


def test_the_same_change_by_both_is_no_conflict(family: Family, desk: None) -> None:
    mine = family.edit(family.person(full_name="乙"))
    save(family.edit(family.person(full_name="乙")), actor="clerk")
    count = Transaction.objects.count()
    save(mine, actor="cadre")
    assert Transaction.objects.count() == count


def test_a_list_that_brought_the_same_again_is_no_conflict(family: Family, desk: None) -> None:
    mine = family.edit(family.person(full_name="乙"))
    with transaction(actor="clerk", source=Source("batch", "1")) as change:
        actions.change_persons(change, {family.woman: {"src": 1, "src_row": 7}})
    save(mine, actor="cadre")
    assert stored_row("person", family.woman)["full_name"] == "乙"  # type: ignore[index]


def test_a_row_that_is_gone_is_told(family: Family, desk: None) -> None:
    edit = family.edit(family.person(full_name="乙"))
    gone = replace(edit, rows=(ProposedRow("person", 999, {"full_name": "乙"}),), seen={("person", 999): 1})
    with pytest.raises(UserError, match="已经不在台账里"):
        save(gone, actor="cadre")


def test_a_form_that_comes_twice_is_written_once(family: Family, desk: None) -> None:
    child = {"full_name": "丁", "birth_date": 20231101, "sex": "女", "relation_to_head": "之女"}
    born = ProposedRow("person", NEW, {**child, "labor_ability": "无劳动力"})
    joined = {"person_key": NEW, "household_key": family.household, "joined_on": 20231105}
    edit = family.edit(born, ProposedRow("membership", NEW + 1, joined))
    made = save(edit, actor="cadre", reason="出生医学证明")
    assert set(made) == {NEW, NEW + 1}
    assert save(edit, actor="cadre", reason="出生医学证明") == {}
    assert len(queries.members_on(DAY, [family.household])[family.household]) == 2


def test_a_frozen_year_changes_only_by_a_correction_with_a_reason(family: Family, desk: None) -> None:
    with transaction(actor="张三", source=Source("form")) as change:
        actions.freeze_year(change, 2022)
    change_of_record = family.edit(ProposedRow("annual_record", family.record, {"wage_income": 200}))
    with pytest.raises(Refused, match="2022 年度已经封存,只能作为更正来改"):
        save(change_of_record, actor="cadre")
    save(change_of_record, actor="clerk", corrects="原始表抄错")
    assert queries.figures_of(2022, [family.household])[family.household]["wage_income"] == 200
    head = last_transaction()
    assert (head.kind, head.reason) == ("correction", "更正封存年度:原始表抄错")


def test_a_second_record_of_a_year_is_refused_not_merged(family: Family, desk: None) -> None:
    row = {"household_key": family.household, "data_year": 2022, "wage_income": 5}
    with pytest.raises(Refused, match="已经有 2022 年度的记录"):
        save(family.edit(ProposedRow("annual_record", NEW, row)), actor="cadre", reason="核对过")
    assert queries.figures_of(2022, [family.household])[family.household]["wage_income"] == 100


def test_a_whole_new_household_is_one_edit(family: Family, desk: None) -> None:
    man = {"full_name": "戊", "birth_date": 19700101, "sex": "男", "relation_to_head": "户主"}
    man["labor_ability"] = "普通劳动力"
    rows = (
        ProposedRow("household", NEW, {"nat_household_no": "610000000002", "head_key": NEW + 1}),
        ProposedRow("person", NEW + 1, man),
        ProposedRow(
            "membership", NEW + 2, {"person_key": NEW + 1, "household_key": NEW, "joined_on": 20231201}
        ),
        ProposedRow(
            "status_event", NEW + 3, {"household_key": NEW, "event": "纳入监测", "happened_on": 20231201}
        ),
    )
    made = save(family.edit(*rows, household=NEW), actor="clerk", reason="新纳入")
    home, person = made[NEW], made[NEW + 1]
    assert queries.members_on(DAY, [home]) == {home: [person]}
    assert stored_row("household", home)["head_key"] == person  # type: ignore[index]
    assert queries.statuses_on(DAY, [home])[home].is_monitored


def test_ledger_rows_are_added_and_corrected(family: Family, desk: None) -> None:
    keys = named("visit", family.household, None)
    row = {**keys, "helper_name": "己", "visited_on": 20231101, "content": "核对收入"}
    made = save(family.edit(ProposedRow("visit", NEW, row)), actor="cadre", reason="补录")
    [visit] = rows_of_household("visit", family.household, [family.woman])
    assert (visit["id"], visit["helper_name"]) == (made[NEW], "己")
    change = ProposedRow("visit", made[NEW], {"content": "核对收入和住房"})
    save(family.edit(change), actor="cadre", reason="补录")
    [visit] = rows_of_household("visit", family.household, [family.woman])
    assert visit["content"] == "核对收入和住房"
    assert named("post", family.household, family.woman)["full_name"] == "甲"


def test_an_edit_takes_few_queries_however_often_the_row_was_written(family: Family, desk: None) -> None:
    def queries_of_a_save(name: str) -> int:
        edit = family.edit(family.person(full_name=name))
        with CaptureQueriesContext(connection) as asked:
            save(edit, actor="cadre")
        return len(asked)

    queries_of_a_save("乙")
    first = queries_of_a_save("辛")
    for name in "丙丁戊己":
        save(family.edit(family.person(full_name=name)), actor="cadre")
    assert queries_of_a_save("庚") == first
    assert first < 45


def test_an_edit_without_changes_writes_nothing(any_home: Path) -> None:
    assert save(Edit(1, (), {}, Ticket("", 0)), actor="cadre") == {}
    assert Transaction.objects.count() == 0
