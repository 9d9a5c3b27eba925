"""The invented town: same seed same bytes, sheets as offices send them, only invented numbers, faults listed."""

import csv
import hashlib
from collections import Counter
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from bangfu.cli.main import main
from bangfu.samples import write_town
from bangfu.samples.national_columns import EXITED, MONITORING
from bangfu.terms.id_number import checksum_ok

HOUSEHOLDS, SEED = 160, 20231218


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clean")
    write_town(folder, HOUSEHOLDS, SEED, faults=False)
    return folder


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("faulty")
    write_town(folder, HOUSEHOLDS, SEED, faults=True)
    return folder


def rows_of(folder: Path, file: str, sheet: str = "Sheet1") -> list[list[object]]:
    return CalamineWorkbook.from_path(folder / file).get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def persons(folder: Path) -> list[dict[str, str]]:
    rows = rows_of(folder, "（自定义）监测对象信息.xlsx")
    return [dict(zip(MONITORING, map(str, row), strict=True)) for row in rows[3:]]


def digests(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_same_seed_same_bytes(clean: Path, tmp_path: Path) -> None:
    write_town(tmp_path, HOUSEHOLDS, SEED, faults=False)
    assert digests(tmp_path) == digests(clean)


def test_other_seed_other_people(clean: Path, tmp_path: Path) -> None:
    write_town(tmp_path, HOUSEHOLDS, SEED + 1, faults=False, national_only=True)
    assert {row["姓名"] for row in persons(tmp_path)} != {row["姓名"] for row in persons(clean)}


def test_export_has_two_titles_and_text_cells(clean: Path) -> None:
    rows = rows_of(clean, "（自定义）监测对象信息.xlsx")
    assert rows[0][0] == "（自定义）监测对象信息"
    assert str(rows[1][0]).startswith("导出时间：2023年12月18日")
    assert tuple(rows[2]) == MONITORING
    assert all(isinstance(cell, str) for row in rows for cell in row)


def test_all_numbers_are_invented_and_right(clean: Path) -> None:
    numbers = [row["证件号码"][:18] for row in persons(clean)]
    assert all(number.startswith("429999") and checksum_ok(number) for number in numbers)
    assert max(Counter(numbers).values()) == 1
    assert all(row["户联系电话"].startswith("199") for row in persons(clean))


def test_incomes_add_up(clean: Path) -> None:
    for row in persons(clean):
        parts = ("工资性收入", "财产性收入", "转移性收入", "生产经营性收入")
        net = sum(int(row[part]) for part in parts) - int(row["生产经营性支出"])
        assert net == int(row["纯收入"])
        assert row["人均纯收入（元）"] == f"{net / int(row['家庭人口数']):.2f}"


def test_every_household_has_one_head_and_its_size(clean: Path) -> None:
    rows = persons(clean)
    sizes = Counter(row["户编号"] for row in rows)
    heads = Counter(row["户编号"] for row in rows if row["与户主关系"] == "户主")
    assert len(sizes) == HOUSEHOLDS
    assert set(heads.values()) == {1}
    assert len(heads) == HOUSEHOLDS
    assert all(sizes[row["户编号"]] == int(row["家庭人口数"]) for row in rows)


def test_exited_csv_is_gbk_with_wrapped_numbers(clean: Path) -> None:
    text = (clean / "脱贫人口名单.csv").read_bytes().decode("gbk")
    header, first, *_ = text.split("\r\n")
    assert tuple(header.split(",")) == EXITED
    assert first.split(",")[6].startswith('="6100')


def test_list_has_title_total_and_signature(clean: Path) -> None:
    rows = rows_of(clean, "民政/特困供养人员名册.xlsx")
    amounts = [row[7] for row in rows if isinstance(row[0], float)]
    total = next(row for row in rows if row[0] == "合  计")
    assert total[7] == sum(amount for amount in amounts if isinstance(amount, float))
    assert rows[-1][0] == "制表人：张干事"


def test_two_row_header_is_kept(clean: Path) -> None:
    rows = rows_of(clean, "医保/住院报销明细(1-11月).xlsx")
    assert rows[2][9] == "报销情况"
    assert rows[3][9] == "基本医疗"
    assert rows[3][0] == ""


def test_one_sheet_a_village(clean: Path) -> None:
    names = CalamineWorkbook.from_path(clean / "医保/2023年城乡居民医保参保名单.xlsx").sheet_names
    assert len(names) == 10
    assert names[0] == "青石桥社区"


def test_faults_of_sixty_rules_are_listed_where_they_are(faulty: Path) -> None:
    with open(faulty / "已知问题.tsv", encoding="utf-8-sig", newline="") as lines:
        notes = list(csv.DictReader(lines, dialect="excel-tab"))
    assert len({note["规则编号"] for note in notes}) >= 60
    note = next(note for note in notes if note["规则编号"] == "ID-002")
    row = rows_of(faulty, note["文件"])[int(note["行"]) - 1]
    assert row[MONITORING.index("证件号码")] == note["值"]
    assert len(note["值"]) == 17


def test_clean_town_lists_no_faults(clean: Path) -> None:
    assert not (clean / "已知问题.tsv").exists()


def test_national_only_has_the_exports(tmp_path: Path) -> None:
    write_town(tmp_path, 20, SEED, faults=False, national_only=True)
    assert len(list(tmp_path.iterdir())) == 6


def test_command_writes_and_refuses_a_full_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(tmp_path / "样表")
    assert main(["sample", folder, "--households", "12"]) == 0
    assert "已生成 12 户" in capsys.readouterr().out
    assert main(["sample", folder]) == 2
    assert "已经有东西" in capsys.readouterr().err


def test_command_refuses_no_households(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sample", str(tmp_path / "a"), "--households", "0"]) == 2
    assert "应在 1 到" in capsys.readouterr().err
