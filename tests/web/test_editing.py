"""Forms of a household: what they refuse, what they keep, whom they let in, and what two editors see."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bangfu.ledger.queries import rows_of_household
from bangfu.office.journal.verifying import broken_facts, broken_links
from bangfu.office.journal.writing import Source, transaction
from bangfu.office.models import Transaction
from bangfu.registry import actions, queries
from bangfu.registry.actions import Join
from bangfu.terms.id_number import check_character
from tests.home.desks import desk_here
from tests.home.hashes import facts_hash, models
from tests.web.conftest import TOWN, LoggedIn
from tests.web.walk import OTHER_VILLAGE, VILLAGE

NUMBER = "429999198506129587"
DAY = 20231218
SON_NUMBER = "42999920080105123" + check_character("42999920080105123")
SEX = "性别与身份证不符"
INPUT = re.compile(
    r"<(input|select|textarea)\b([^>]*)>(.*?)(?=<(?:input|select|textarea|button)\b|\Z)", re.DOTALL
)


@dataclass
class Family:
    """A household of VILLAGE: a woman at its head, her son, a year's record; another household with one man."""

    household: int
    woman: int
    son: int
    record: int
    other: int
    man: int


@pytest.fixture
def family(home: object) -> Family:
    with transaction(actor="测试", source=Source("demo")) as change:
        villages = actions.add_villages(
            change,
            [
                {"village_code": VILLAGE, "village_name": "罗峰村"},
                {"village_code": OTHER_VILLAGE, "village_name": "云台山村"},
            ],
        )
        homes = actions.add_households(
            change,
            [
                {
                    "nat_household_no": f"61000000000{n}",
                    "village_key": village,
                    "household_phone": "13900001111",
                }
                for n, village in enumerate(villages)
            ],
        )
        person = {
            "full_name": "田甲乙",
            "labor_ability": "普通劳动力",
            "ethnicity": "汉族",
            "health_status": ",健康,",
        }
        people = actions.add_persons(
            change,
            [
                person | {"id_no": NUMBER, "birth_date": 19850612, "sex": "女", "relation_to_head": "户主"},
                person
                | {"full_name": "田丙丁", "birth_date": 20080105, "sex": "男", "relation_to_head": "之子"},
                person
                | {"full_name": "田戊己", "birth_date": 19700101, "sex": "男", "relation_to_head": "户主"},
            ],
        )
        actions.join(change, [Join(one, homes[n == 2], 20140101) for n, one in enumerate(people)])
        actions.set_heads(change, {homes[0]: people[0], homes[1]: people[2]}, 20140101)
        year = {
            "data_year": 2022,
            "household_size": 2,
            "net_income": 2_000_000,
            "per_capita_net_income": 1_000_000,
        }
        [record] = actions.put_annual_records(change, [{"household_key": homes[0], **year}])
    return Family(homes[0], people[0], people[1], record, homes[1], people[2])


@pytest.fixture
def desk(family: Family) -> Iterator[None]:
    with desk_here():
        yield


@dataclass
class Sheet:
    """A form as a browser has it: every input with its value, to be typed into and sent."""

    client: Client
    address: str
    page: str = ""
    values: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.take(self.client.get(self.address).content.decode())

    def take(self, page: str) -> None:
        self.page, self.values = page, {}
        for tag in re.finditer(
            r"<(input|select|textarea)\b([^>]*)>(.*?)(?=<(?:input|select|textarea|button)\b|\Z)",
            page,
            re.DOTALL,
        ):
            name = _attribute(tag[2], "name")
            if name and name != "csrfmiddlewaretoken":
                self.values.setdefault(name, []).extend(_held(*tag.groups()))

    def named(self, name: str) -> str:
        """The one input whose name ends so."""
        [found] = [one for one in self.values if one.endswith(f"-{name}") and not one.startswith("seen-")]
        return found

    def send(self, query: str = "", **typed: Any) -> tuple[int, str]:
        """Types and sends; names are those of fields, other values are sent as they are given."""
        more = typed.pop("more", {})
        given = {self.named(name): value for name, value in typed.items()}
        answer = self.client.post(self.address + query, {**self.values, **given, **more})
        page = html.unescape(answer.content.decode())
        if not query and answer.status_code in (409, 422):
            self.take(page)
        return answer.status_code, page


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return html.unescape(found[1]) if found else ""


def _held(kind: str, tag: str, inner: str) -> list[str]:
    if kind == "textarea":
        return [html.unescape(inner.partition("</textarea>")[0])]
    if kind == "select":
        chosen = re.findall(r'<option value="([^"]*)" selected>', inner.partition("</select>")[0])
        return [html.unescape(value) for value in chosen] or [""]
    if 'type="checkbox"' in tag or 'type="radio"' in tag:
        return [_attribute(tag, "value")] if " checked" in tag else []
    return [_attribute(tag, "value")]


def faults(page: str) -> list[str]:
    """What a page says is the matter."""
    return re.findall(r'<b>(.*?)</b>|<div class="note error"[^>]*>([^<]*)', page)  # type: ignore[no-any-return]


def person_sheet(client: Client, family: Family, person: int | None = None) -> Sheet:
    return Sheet(client, f"/households/{family.household}/edit/person/{person or family.woman}")


def stored(person: int) -> dict[str, Any]:
    return queries.person_rows([person])[person]


def last() -> Transaction:
    return Transaction.objects.order_by("-position")[0]


# -- checked while typing and when saved -------------------------------------------------------------


def test_an_error_that_the_edit_brings_in_blocks_it_beside_its_field(
    family: Family, desk: None, logged_in: LoggedIn
) -> None:
    sheet, before = person_sheet(logged_in("clerk"), family), facts_hash()
    status, page = sheet.send(sex="男", ethnicity="土家族", more={"reason": "没有办法"})
    assert (status, facts_hash()) == (422, before)
    assert f"没有保存：{SEX}" in page
    assert re.search(rf'id="at-{sheet.named("sex")}">\s*<p class="error">{SEX}', page)
    assert sheet.values[sheet.named("sex")] == ["男"]
    assert sheet.values[sheet.named("ethnicity")] == ["土家族"]
    assert sheet.values["reason"] == ["没有办法"]


def test_an_error_that_was_there_is_shown_and_does_not_block(
    family: Family, desk: None, logged_in: LoggedIn
) -> None:
    with transaction(actor="测试", source=Source("batch", "1")) as change:
        actions.change_persons(change, {family.woman: {"sex": "男"}})
    sheet = person_sheet(logged_in("clerk"), family)
    _, told = sheet.send("?live=1")
    assert "原有" in told
    assert f"{SEX}（原有）" in told
    status, _ = sheet.send(ethnicity="土家族")
    assert status == 302
    assert stored(family.woman)["ethnicity"] == "土家族"
    assert (broken_links(), broken_facts(models())) == ([], [])


def test_a_suspicion_wants_a_reason(family: Family, desk: None, logged_in: LoggedIn) -> None:
    sheet = person_sheet(logged_in("clerk"), family)
    status, page = sheet.send(full_name="田甲2")
    assert status == 422
    assert "请写明理由" in page
    assert stored(family.woman)["full_name"] == "田甲乙"
    status, _ = sheet.send(more={"reason": "户口簿如此"})
    assert status == 302
    assert stored(family.woman)["full_name"] == "田甲2"
    assert last().reason.endswith("理由:户口簿如此")
    assert last().actor.startswith("clerk")


def test_typing_is_checked_and_nothing_is_written(family: Family, desk: None, logged_in: LoggedIn) -> None:
    sheet, before = person_sheet(logged_in("clerk"), family), facts_hash()
    status, told = sheet.send("?live=1", sex="男")
    assert (status, facts_hash()) == (200, before)
    name = sheet.named("sex")
    assert re.search(rf'id="at-{name}" hx-swap-oob="true">\s*<p class="error">{SEX}', told)
    _, told = sheet.send("?live=1", more={"flagged": name})
    assert "还没有改动" in told
    assert re.search(rf'id="at-{name}" hx-swap-oob="true">\s*</div>', told)
    _, told = sheet.send("?live=1", ethnicity="土家族")
    assert "没有带来新的错误和疑点" in told


def test_numbers_of_persons_stay_hidden_in_what_is_told(
    family: Family, desk: None, logged_in: LoggedIn
) -> None:
    sheet = person_sheet(logged_in("clerk"), family)
    assert NUMBER not in sheet.page
    assert "429999********9587" in sheet.page
    for query in ("?live=1", ""):
        _, told = sheet.send(query, sex="男", birth_date="1985-06-13")
        assert "出生日期与身份证不符" in told
        assert NUMBER not in told


def test_a_masked_number_stays_until_it_is_typed_anew(
    family: Family, desk: None, logged_in: LoggedIn
) -> None:
    client = logged_in("village_cadre", VILLAGE)
    assert person_sheet(client, family).send(ethnicity="土家族")[0] == 302
    assert stored(family.woman)["id_no"] == NUMBER
    status, page = person_sheet(client, family).send(id_no="42999919850612****")
    assert status == 422
    assert "应填完整的号码" in page
    status, page = person_sheet(client, family).send(id_no="429999198506129595")
    assert (status, SEX in page) == (422, True)
    with transaction(actor="测试", source=Source("form", "h")) as change:
        actions.change_persons(change, {family.woman: {"hukou_book_no": "1234567890123"}})
    sheet = person_sheet(client, family)
    assert sheet.values[sheet.named("hukou_book_no")] == ["123456***0123"]
    assert sheet.send(hukou_book_no="")[0] == 302
    assert stored(family.woman)["hukou_book_no"] is None


def test_what_cannot_be_read_is_told_with_field_value_and_what_is_expected(
    family: Family, desk: None, logged_in: LoggedIn
) -> None:
    sheet, before = person_sheet(logged_in("clerk"), family), facts_hash()
    status, page = sheet.send(birth_date="去年春天", work_months="三", full_name="田庚")
    assert (status, facts_hash()) == (422, before)
    assert "出生日期填的是“去年春天”，应填日期，如 2023-03-01" in page
    assert "务工时间填的是“三”，应填整数（月）" in page
    assert 'aria-invalid="true"' in page
    assert sheet.values[sheet.named("birth_date")] == ["去年春天"]
    assert sheet.values[sheet.named("full_name")] == ["田庚"]


def test_nothing_typed_is_nothing_saved(family: Family, desk: None, logged_in: LoggedIn) -> None:
    sheet, before = person_sheet(logged_in("clerk"), family), Transaction.objects.count()
    status, page = sheet.send()
    assert (status, Transaction.objects.count()) == (422, before)
    assert "没有改动" in page


def test_without_the_desk_saving_says_so_and_wants_consent(family: Family, logged_in: LoggedIn) -> None:
    sheet = person_sheet(logged_in("clerk"), family)
    assert "校验服务正在准备" in sheet.send("?live=1", sex="男")[1]
    status, page = sheet.send(sex="男")
    assert status == 422
    assert "校验服务正在准备" in page
    assert 'name="unchecked"' in page
    assert stored(family.woman)["sex"] == "女"
    assert sheet.send(more={"unchecked": "yes"})[0] == 302
    assert stored(family.woman)["sex"] == "男"
    assert last().reason == "未经校验"


def test_a_form_that_is_sent_twice_is_saved_once(family: Family, desk: None, logged_in: LoggedIn) -> None:
    sheet = Sheet(logged_in("clerk"), f"/households/{family.household}/new/visit")
    typed = {
        "helper_name": "田辛",
        "visited_on": "2023-11-02",
        "content": "看房",
        "helper_phone": "13900001111",
    }
    for _ in range(2):
        status, _ = sheet.send(**typed, more={"reason": "补录"})
        assert status == 302
    assert len(rows_of_household("visit", family.household, [])) == 1


# -- two editors -------------------------------------------------------------------------------------


def both_changed(family: Family, logged_in: LoggedIn) -> Sheet:
    """The cadre's form after the clerk saved another name and political status."""
    first = person_sheet(logged_in("village_cadre", VILLAGE), family)
    second = person_sheet(logged_in("clerk", name="张专干"), family)
    assert second.send(full_name="田新一", political_status="群众")[0] == 302
    status, page = first.send(full_name="田新二", ethnicity="土家族")
    assert status == 409
    for told in (
        "两边都改了的",
        "田甲乙",
        "田新一",
        "田新二",
        "张专干",
        "只有对方改了的",
        "群众",
        "只有您改了的",
        "土家族",
    ):
        assert told in page
    return first


def test_the_second_editor_sees_both_versions_and_chooses_ones_own(
    family: Family, desk: None, logged_in: LoggedIn
) -> None:
    sheet = both_changed(family, logged_in)
    name = f"person-{family.woman}-full_name"
    status, _ = sheet.send(more={f"choose-{name}": ["now", "mine"]})
    assert status == 302
    row = stored(family.woman)
    assert (row["full_name"], row["political_status"], row["ethnicity"]) == ("田新二", "群众", "土家族")


def test_what_is_not_chosen_stays_as_the_other_left_it(
    family: Family, desk: None, logged_in: LoggedIn
) -> None:
    sheet = both_changed(family, logged_in)
    status, _ = sheet.send()
    assert status == 302
    row = stored(family.woman)
    assert (row["full_name"], row["political_status"], row["ethnicity"]) == ("田新一", "群众", "土家族")


def test_a_third_change_meanwhile_is_shown_again(family: Family, desk: None, logged_in: LoggedIn) -> None:
    sheet = both_changed(family, logged_in)
    assert person_sheet(logged_in("clerk"), family).send(ethnicity="苗族")[0] == 302
    status, page = sheet.send()
    assert status == 409
    assert "苗族" in page


def test_a_row_that_is_changed_along_is_compared_too(family: Family, desk: None, logged_in: LoggedIn) -> None:
    sheet = Sheet(logged_in("clerk"), f"/households/{family.household}/members/{family.son}/leave")
    with transaction(actor="li", source=Source("form", "w")) as change:
        row = {"household_key": family.household, "data_year": 2022, "house_area_sqm": 500_000}
        actions.put_annual_records(change, [row])
    typed = {"left_on": "2023-11-01", "leave_reason": "户籍迁出"}
    status, page = sheet.send(**typed, more={"reason": "户口已迁"})
    assert status == 409
    assert "2022 年度：住房面积" in page
    assert sheet.values["reason"] == ["户口已迁"]
    status, page = sheet.send()
    assert status == 302, faults(page)
    record = queries.figures_of(2022, [family.household])[family.household]
    assert (record["household_size"], record["house_area_sqm"]) == (1, 500_000)
    assert queries.members_on(DAY, [family.household])[family.household] == [family.woman]


def test_a_head_that_was_changed_meanwhile_is_not_changed_back_unseen(
    family: Family, desk: None, logged_in: LoggedIn
) -> None:
    sheet = Sheet(logged_in("clerk"), f"/households/{family.household}/head")
    with transaction(actor="li", source=Source("form", "x")) as change:
        actions.set_heads(change, {family.household: family.son}, DAY)
        actions.set_heads(change, {family.household: None}, DAY)
    status, page = sheet.send(more={"head": str(family.son), "reason": "核对"})
    assert status == 422
    assert "li 改过它" in page


# -- whose rows --------------------------------------------------------------------------------------


def test_a_village_cadre_changes_the_own_village_only(
    family: Family, desk: None, logged_in: LoggedIn
) -> None:
    cadre, before = logged_in("village_cadre", OTHER_VILLAGE), facts_hash()
    address = f"/households/{family.household}/edit/person/{family.woman}"
    assert cadre.get(address).status_code == 404
    for query in ("", "?live=1"):
        answer = cadre.post(address + query, {f"person-{family.woman}-full_name": "甲"})
        assert answer.status_code == 404
    assert facts_hash() == before


@pytest.mark.parametrize("role", ["helper", "leader", "county_reviewer", "auditor", "department_officer"])
def test_who_may_not_change_households_gets_no_form(family: Family, logged_in: LoggedIn, role: str) -> None:
    client = logged_in(role, departments=("民政",) if role == "department_officer" else ())
    assert client.get(f"/households/{family.household}/edit").status_code == 403


def test_another_households_row_is_not_found_under_ones_own(family: Family, logged_in: LoggedIn) -> None:
    clerk = logged_in("clerk")
    for address in (
        f"/households/{family.household}/edit/person/{family.man}",
        f"/households/{family.household}/edit/household/{family.other}",
        f"/households/{family.other}/edit/annual_record/{family.record}",
        f"/households/{family.household}/edit/membership/1",
        f"/households/{family.household}/edit/death/1",
        f"/households/{family.household}/edit/account/1",
        f"/households/{family.household}/members/{family.man}/leave",
        f"/households/{family.household}/edit/person/999999999999999",
        "/households/99999999999999999999/edit",
    ):
        assert clerk.get(address).status_code == 404, address


def test_a_field_of_another_household_is_not_taken_into_a_form(
    family: Family, desk: None, logged_in: LoggedIn
) -> None:
    sheet = person_sheet(logged_in("village_cadre", VILLAGE), family)
    foreign = f"person-{family.man}-full_name"
    more = {"with": [foreign], "also": foreign, foreign: "改了", f"seen-person-{family.man}": "0"}
    assert foreign not in sheet.send(more=more)[1]
    more.pop("also")
    assert sheet.send(ethnicity="土家族", more=more)[0] == 302
    assert stored(family.man)["full_name"] == "田戊己"


# -- years, members, heads, households ---------------------------------------------------------------


def test_a_frozen_year_is_refused_in_words_and_corrected_by_a_clerk_with_a_reason(
    family: Family, desk: None, logged_in: LoggedIn
) -> None:
    with transaction(actor="测试", source=Source("form")) as change:
        actions.freeze_year(change, 2022)
    address = f"/households/{family.household}/edit/annual_record/{family.record}"
    name = f"annual_record-{family.record}-house_area_sqm"
    cadre = logged_in("village_cadre", VILLAGE)
    assert "2022 年度已经封存" in cadre.get(address).content.decode()
    answer = cadre.post(address, {name: "80", "corrects": "我要改"})
    assert answer.status_code == 422
    assert "2022 年度已经封存" in answer.content.decode()
    sheet = Sheet(logged_in("clerk"), address)
    status, page = sheet.send(house_area_sqm="80")
    assert (status, "要写明更正的理由" in page) == (422, True)
    status, _ = sheet.send(more={"corrects": "房产证面积抄错"})
    assert status == 302
    assert queries.figures_of(2022, [family.household])[family.household]["house_area_sqm"] == 800_000
    assert (last().kind, "房产证面积抄错" in last().reason) == ("correction", True)


def test_a_new_year_is_added_once(family: Family, desk: None, logged_in: LoggedIn) -> None:
    clerk = logged_in("clerk")
    sheet = Sheet(clerk, f"/households/{family.household}/new/annual_record")
    year = int(sheet.values["year"][0])
    typed = {"household_size": "2", "net_income": "24000", "per_capita_net_income": "12000"}
    status, page = sheet.send(**typed, more={"reason": "入户采集"})
    assert status == 302, faults(page)
    assert queries.figures_of(year, [family.household])[family.household]["net_income"] == 2_400_000
    assert Sheet(clerk, sheet.address).values["year"] == [str(year - 1)]
    before = facts_hash()
    status, page = Sheet(clerk, sheet.address).send(**typed, more={"year": str(year), "reason": "入户采集"})
    assert (status, facts_hash()) == (422, before)
    assert f"{year} 年度的记录已经有了" in page


def test_a_member_leaves_with_day_and_reason_and_the_years_size_follows(
    family: Family, desk: None, logged_in: LoggedIn
) -> None:
    sheet = Sheet(logged_in("clerk"), f"/households/{family.household}/members/{family.son}/leave")
    assert sheet.values[sheet.named("household_size")] == ["1"]
    assert sheet.values[sheet.named("per_capita_net_income")] == ["20000.00"]
    status, page = sheet.send(left_on="2023-11-01")
    assert (status, "减少原因没有填" in page) == (422, True)
    status, page = sheet.send(left_on="2023-11-01", leave_reason="户籍迁出", more={"reason": "户口已迁"})
    assert status == 302, faults(page)
    assert queries.members_on(DAY, [family.household])[family.household] == [family.woman]
    assert queries.figures_of(2022, [family.household])[family.household]["household_size"] == 1


def test_a_head_does_not_leave_before_another_is_named(
    family: Family, desk: None, logged_in: LoggedIn
) -> None:
    clerk = logged_in("clerk")
    address = f"/households/{family.household}/members/{family.woman}/leave"
    assert "请先更换户主" in clerk.get(address).content.decode()
    assert clerk.post(address, {}).status_code == 422
    sheet = Sheet(clerk, f"/households/{family.household}/head")
    mother = f"person-{family.woman}-relation_to_head"
    assert sheet.send()[0] == 422
    status, page = sheet.send(more={"head": str(family.son), mother: "之母", "reason": "母亲外出"})
    assert status == 302, faults(page)
    home = queries.household_rows([family.household])[family.household]
    assert (home["head_key"], home["head_name"]) == (family.son, "田丙丁")
    assert [stored(one)["relation_to_head"] for one in (family.woman, family.son)] == ["之母", "户主"]


BORN = {
    "joined_on": "2023-11-20",
    "join_reason": "新生儿",
    "full_name": "田壬癸",
    "sex": "女",
    "birth_date": "2023-11-11",
    "relation_to_head": "之女",
    "labor_ability": "无劳动力",
    "ethnicity": "汉族",
    "health_status": "健康",
}


def test_somebody_is_born_into_a_household(family: Family, desk: None, logged_in: LoggedIn) -> None:
    sheet = Sheet(logged_in("village_cadre", VILLAGE), f"/households/{family.household}/members/new")
    assert "还有 3 项必填的没有填" in sheet.send("?live=1")[1]
    status, page = sheet.send(**BORN, more={"reason": "出生证"})
    assert status == 302, faults(page)
    *_, child = queries.members_on(DAY, [family.household])[family.household]
    row = stored(child)
    assert (row["full_name"], row["added_on"], row["added_reason"]) == ("田壬癸", 20231120, "新生儿")
    assert queries.figures_of(2022, [family.household])[family.household]["household_size"] == 3


def test_somebody_who_left_comes_back_as_the_same_person(
    family: Family, desk: None, logged_in: LoggedIn
) -> None:
    with transaction(actor="测试", source=Source("form", "y")) as change:
        actions.change_persons(change, {family.son: {"id_no": SON_NUMBER}})
        actions.leave(change, [actions.Leave(family.son, 20220101, "服兵役转干")])
    sheet = Sheet(logged_in("clerk"), f"/households/{family.household}/members/new")
    typed = BORN | {"id_no": SON_NUMBER, "full_name": "田丙丁", "join_reason": "其他", "sex": "男"}
    typed |= {"birth_date": "2008-01-05", "relation_to_head": "之子", "labor_ability": "普通劳动力"}
    status, page = sheet.send(**typed, more={"reason": "退役回来"})
    assert (status, "以前登记过" in page) == (422, True)
    status, page = sheet.send(more={"again": str(family.son)})
    assert status == 302, faults(page)
    assert queries.members_on(DAY, [family.household])[family.household] == [family.woman, family.son]


def test_a_number_of_another_households_member_is_refused(
    family: Family, desk: None, logged_in: LoggedIn
) -> None:
    sheet = Sheet(logged_in("clerk"), f"/households/{family.other}/members/new")
    status, page = sheet.send(**(BORN | {"id_no": NUMBER}))
    assert status == 422
    assert "现在是另一户的成员" in page
    assert "田甲乙" not in page


def test_a_household_is_registered_with_its_head(family: Family, desk: None, logged_in: LoggedIn) -> None:
    sheet = Sheet(logged_in("village_cadre", VILLAGE), "/households/new")
    assert "罗峰村" in sheet.page
    assert "云台山村" not in sheet.page
    typed = {
        "nat_household_no": "610000000009",
        "full_name": "田子丑",
        "sex": "男",
        "birth_date": "1970-01-01",
        "labor_ability": "普通劳动力",
        "ethnicity": "汉族",
        "health_status": "健康",
        "household_phone": "13900002222",
        "joined_on": "2023-12-01",
        "event": "纳入监测",
        "happened_on": "2023-12-01",
    }
    outside = queries.household_rows([family.other])[family.other]["village_key"]
    assert sheet.send(**typed, more={"village": str(outside), "reason": "新纳入"})[0] == 422
    inside = queries.household_rows([family.household])[family.household]["village_key"]
    status, page = sheet.send(more={"village": str(inside)})
    assert status == 302, faults(page)
    home = queries.households_by_number(["610000000009"])["610000000009"]
    row = queries.household_rows([home])[home]
    assert (row["village_name"], row["head_name"]) == ("罗峰村", "田子丑")
    assert queries.statuses_on(DAY, [home])[home].is_monitored


def test_a_number_that_is_taken_is_told(family: Family, logged_in: LoggedIn) -> None:
    sheet = Sheet(logged_in("clerk"), "/households/new")
    inside = queries.household_rows([family.household])[family.household]["village_key"]
    typed = {"nat_household_no": "610000000000", "full_name": "田子", "sex": "男", "birth_date": "1970-01-01"}
    typed |= {"joined_on": "2023-12-01", "event": "纳入监测", "happened_on": "2023-12-01"}
    status, page = sheet.send(**typed, more={"village": str(inside), "unchecked": "yes"})
    assert status == 422
    assert "户编号 610000000000 已经登记" in page


def test_an_error_between_rows_is_mended_by_taking_the_other_field_in(
    family: Family, desk: None, logged_in: LoggedIn
) -> None:
    with transaction(actor="测试", source=Source("form", "z")) as change:
        actions.change_persons(change, {family.son: {"birth_date": 20050105, "sex": None}})
    sheet = Sheet(logged_in("clerk"), f"/households/{family.household}/edit/annual_record/{family.record}")
    status, page = sheet.send(household_size="3")
    assert status == 422
    assert "填报人口数与成员数不一致" in page
    other = f"person-{family.son}-full_name"
    answer = sheet.client.post(sheet.address, {**sheet.values, "also": other})
    sheet.take(answer.content.decode())
    assert answer.status_code == 200
    assert sheet.values["with"] == [other]
    assert sheet.values[other] == ["田丙丁"]
    status, page = sheet.send(
        household_size="2", house_area_sqm="70", more={other: "田寅卯", "reason": "核对"}
    )
    assert status == 302, faults(page)
    assert stored(family.son)["full_name"] == "田寅卯"
    assert queries.figures_of(2022, [family.household])[family.household]["house_area_sqm"] == 700_000


def test_rows_of_a_ledger_are_listed_added_and_corrected(
    family: Family, desk: None, logged_in: LoggedIn
) -> None:
    cadre = logged_in("village_cadre", VILLAGE)
    listing = f"/households/{family.household}/edit/visit"
    assert "还没有走访" in cadre.get(listing).content.decode()
    sheet = Sheet(cadre, f"/households/{family.household}/new/visit")
    status, page = sheet.send(content="看房")
    assert (status, "走访人没有填" in page) == (422, True)
    typed = {"helper_name": "田辛", "visited_on": "2023-11-02", "helper_phone": "13900001111"}
    assert sheet.send(**typed, more={"reason": "补录"})[0] == 302
    [visit] = rows_of_household("visit", family.household, [])
    assert "看房" in cadre.get(listing).content.decode()
    again = Sheet(cadre, f"{listing}/{visit['id']}")
    assert again.send(content="看房和饮水", more={"reason": "补录"})[0] == 302
    [visit] = rows_of_household("visit", family.household, [])
    assert (visit["content"], visit["helper_phone"]) == ("看房和饮水", "13900001111")


@pytest.mark.parametrize(
    "path", ["edit", "edit/person/{woman}", "edit/annual_record/{record}", "members/new"]
)
def test_a_form_takes_as_few_queries_for_ten_members_as_for_two(
    family: Family, logged_in: LoggedIn, path: str
) -> None:
    clerk = logged_in("clerk")
    address = f"/households/{family.household}/{path.format(woman=family.woman, record=family.record)}"

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert clerk.get(address).status_code == 200
        return len(asked)

    count()
    few = count()
    with transaction(actor="测试", source=Source("form", "q")) as change:
        people = actions.add_persons(change, [{"full_name": f"田{n}"} for n in range(8)])
        actions.join(change, [Join(person, family.household, 20150101) for person in people])
    assert count() == few
    assert few <= 25


def test_the_draft_is_told_to_be_cleared_once_saved(family: Family, desk: None, logged_in: LoggedIn) -> None:
    clerk = logged_in("clerk", TOWN)
    sheet = person_sheet(clerk, family)
    draft = _attribute(re.search(r"<form class=\"edit\"[^>]*>", sheet.page)[0], "data-draft")  # type: ignore[index]
    answer = clerk.post(sheet.address, {**sheet.values, sheet.named("ethnicity"): "土家族"})
    assert answer.status_code == 302
    assert f'data-saved="{draft}"' in clerk.get(answer["Location"]).content.decode()
    boosted = {"HTTP_HX_REQUEST": "true", "HTTP_HX_BOOSTED": "true"}
    again = person_sheet(clerk, family)
    answer = clerk.post(again.address, {**again.values, again.named("ethnicity"): "苗族"}, **boosted)
    assert (answer.status_code, "saved=" in answer["HX-Redirect"]) == (200, True)
