from __future__ import annotations

from pathlib import Path

import pytest

from bangfu.policy.families import FAMILIES
from bangfu.terms.glossary import glossary
from bangfu.terms.loader import TermsError, codelist_folder, load_terms, read_terms
from bangfu.terms.model import Table

CODELISTS = frozenset({"sex"})
ROOT = Path(__file__).parents[3]

PERSON = """\
table: person
label: 成员
definition: 一人一行
links: [household]
fields:
  - {name: full_name, label: 姓名, type: text, sensitivity: personal}
  - {name: sex, label: 性别, type: code, codes: sex}
relations:
  - {name: household, label: 所在户, to: household, kind: one, on: {household_key: row_key}}
"""
HOUSEHOLD = """\
table: household
label: 户
definition: 一户一行
includes: [annual_record]
fields:
  - {name: nat_household_no, label: 户编号, type: text}
relations:
  - {name: members, label: 成员, to: person, kind: many, on: {row_key: household_key}}
  - {name: past, label: 去年, to: annual_record, kind: one, year_offset: -1, on: {row_key: household_key}}
"""
ANNUAL = """\
table: annual_record
label: 年度记录
definition: 一户一年一行
links: [household]
fields:
  - {name: data_year, label: 年度, type: integer, unit: year}
  - {name: net_income, label: 纯收入, type: money, unit: yuan}
"""


def write(folder: Path, **changes: tuple[str, str]) -> Path:
    """The three small tables, each with one text replaced by another."""
    for name, text in {"person": PERSON, "household": HOUSEHOLD, "annual_record": ANNUAL}.items():
        old, new = changes.get(name, ("", ""))
        assert old in text
        (folder / f"{name}.yaml").write_text(text.replace(old, new) if old else text, encoding="utf-8")
    return folder


def complaints(folder: Path) -> list[str]:
    with pytest.raises(TermsError) as caught:
        read_terms(folder, CODELISTS)
    return [str(problem) for problem in caught.value.problems]


def test_household_shows_the_fields_of_the_tables_it_includes(tmp_path: Path) -> None:
    household = read_terms(write(tmp_path), CODELISTS).table("household")
    assert list(household.fields) == ["nat_household_no", "data_year", "net_income"]
    assert household.fields["net_income"].home == "annual_record"
    assert [field.name for field in household.own_fields] == ["nat_household_no"]


def test_relation_names_its_columns_and_year(tmp_path: Path) -> None:
    relation = read_terms(write(tmp_path), CODELISTS).table("household").relations["past"]
    assert (relation.to, relation.kind, relation.on) == (
        "annual_record",
        "one",
        (("row_key", "household_key"),),
    )
    assert relation.year_offset == -1


def test_hidden_columns_follow_the_links(tmp_path: Path) -> None:
    person = read_terms(write(tmp_path), CODELISTS).table("person")
    assert person.hidden_columns == ("row_key", "household_key", "src", "src_row")


@pytest.mark.parametrize(
    ("table", "old", "new", "expected"),
    [
        ("person", "type: text", "type: string", "person.yaml:6: type 写的是 string"),
        (
            "person",
            "sensitivity: personal",
            "sensitivity: secret",
            "person.yaml:6: sensitivity 写的是",
        ),
        ("person", "codes: sex", "codes: sexes", "person.yaml:7: sex 的代码表 sexes 不存在"),
        ("person", ", codes: sex", "", "person.yaml:7: sex:类型 code、codes 要写 codes"),
        ("person", "sensitivity: personal", "secret: yes", "person.yaml:6: 不认识 secret"),
        ("person", "label: 姓名, ", "", "person.yaml:6: 缺少 label"),
        ("person", "to: household,", "to: family,", "person.yaml:9: household 指向的表 family 不存在"),
        ("person", "kind: one", "kind: two", "person.yaml:9: kind 写的是 two"),
        (
            "person",
            "{household_key:",
            "{village_key:",
            "person.yaml:9: 表 person 没有可用来连接的列",
        ),
        ("person", "links: [household]", "links: [house]", "person.yaml:4: links 里的 house"),
        ("person", "links: [household]", "kept_by: us", "person.yaml:4: kept_by 写的是 us,应是 office"),
        ("person", "name: sex", "name: full_name", "person.yaml:7: full_name 与第 6 行重名"),
        ("person", "name: full_name", "name: Full-Name", "person.yaml:6: Full-Name 不是合格的标识"),
        ("person", "table: person", "table: people", "person.yaml:1: table 应与文件名相同:person"),
        ("person", "label: 成员", "label: [成员]", "person.yaml:2: label 应是文字,写的是 列表"),
        ("person", "fields:", "fields: [", "person.yaml:"),
        ("household", "[annual_record]", "[year]", "household.yaml:4: includes 里的表 year 不存在"),
        (
            "household",
            "nat_household_no",
            "net_income",
            "annual_record.yaml:7: net_income 与表",
        ),
        (
            "household",
            "-1, on: {row_key",
            "-1, on: {net_income",
            "household.yaml:9: 表 household 没有",
        ),
        ("household", "to: annual_record", "to: person", "household.yaml:9: past 写了 year_offset"),
        ("annual_record", "unit: yuan", "unit: dollar", "annual_record.yaml:7: unit 写的是 dollar"),
    ],
)
def test_a_mistake_is_told_with_file_and_line(
    tmp_path: Path, table: str, old: str, new: str, expected: str
) -> None:
    found = complaints(write(tmp_path, **{table: (old, new)}))
    assert any(item.startswith(expected) for item in found), found


def test_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    folder = write(
        tmp_path, person=("codes: sex", "codes: sexes"), annual_record=("unit: yuan", "unit: dollar")
    )
    assert [item.split(":")[0] for item in complaints(folder)] == ["annual_record.yaml", "person.yaml"]


def test_empty_file_is_told(tmp_path: Path) -> None:
    (write(tmp_path) / "loan.yaml").write_text("", encoding="utf-8")
    assert complaints(tmp_path) == ["loan.yaml:1: 文件应是“名称: 值”的形式"]


def test_the_declared_tables_load() -> None:
    terms = load_terms()
    assert {"household", "person", "benefit", "loan", "village"} <= terms.tables.keys()
    assert terms.table("household").includes == ("annual_record", "monitoring_episode")
    assert load_terms() is terms


def test_every_money_field_is_in_yuan_and_every_code_list_is_used() -> None:
    fields = list(load_terms().all_fields())
    assert {field.unit for field in fields if field.type == "money"} == {"yuan"}
    of_fields = {field.codes for field in fields if field.codes}
    assert of_fields | {FAMILIES} == {p.stem for p in codelist_folder().glob("*.yaml")}


@pytest.mark.parametrize("table", load_terms().tables.values(), ids=lambda table: table.name)
def test_rows_of_a_person_carry_who_they_are_about(table: Table) -> None:
    if "full_name" in table.fields and "person" in table.links and "relation_to_head" not in table.fields:
        assert {"id_no", "id18", "beneficiary"} <= table.fields.keys()
        assert {"person", "household", "village"} <= table.relations.keys()


def test_certificate_numbers_phones_and_accounts_are_never_open() -> None:
    guarded = ("id_no", "id18", "account_no", "phone")
    leaks = [
        f"{field.home}.{field.name}"
        for field in load_terms().all_fields()
        if field.name.endswith(guarded) and field.type == "text" and field.sensitivity == "open"
    ]
    assert leaks == []


def test_the_glossary_is_up_to_date() -> None:
    written = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    assert written == glossary(load_terms()), "字段改过了:运行 python -m bangfu.terms.glossary"
