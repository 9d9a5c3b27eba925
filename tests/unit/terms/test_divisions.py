"""Places: names as people type them, and the table that is shipped."""

from __future__ import annotations

from pathlib import Path

import pytest

from bangfu.terms.divisions import Divisions, DivisionsError, area_prefix, read_divisions, split_village

TABLES = Path(__file__).parents[3] / "rulebook" / "divisions"
TOWN = "421281102"
NEIGHBOUR = "421281101"


@pytest.fixture(scope="module")
def divisions() -> Divisions:
    return read_divisions(TABLES)


@pytest.mark.parametrize(
    ("name", "code", "how"),
    [
        ("罗峰村", "421281102200", "exact"),
        ("罗峰村委会", "421281102200", "exact"),
        ("罗峰", "421281102200", "exact"),
        (" 罗 峰\u3000村 ", "421281102200", "exact"),
        ("罗峰村(合并村)", "421281102200", "exact"),
        ("茶庵岭镇罗峰村", "421281102200", "exact"),
        ("湖北省咸宁市赤壁市茶庵岭镇罗峰村民委员会", "421281102200", "exact"),
        ("421281102200", "421281102200", "code"),
        ("金锋村", "421281102206", "exact"),
        ("金峰村", "421281102206", "alias"),
        ("金峰", "421281102206", "alias"),
        ("青石桥村", "421281102001", "ending"),
        ("小湖领村", "421281102207", "homophone"),
        ("中心评", "421281102209", "homophone"),
        ("八王店村", "421281102204", "one_character"),
        ("白泉村", None, "unknown"),
        ("营里社区", None, "unknown"),
        ("421281101200", None, "unknown"),
        ("", None, "empty"),
        ("\u3000", None, "empty"),
    ],
)
def test_village_of_the_town(divisions: Divisions, name: str, code: str | None, how: str) -> None:
    found, way, _ = divisions.resolve_village(name, TOWN)
    assert (found, way) == (code, how)


def test_village_and_community_of_one_name_are_kept_apart(divisions: Divisions) -> None:
    assert divisions.resolve_village("羊楼洞村", NEIGHBOUR).code == "421281101204"
    assert divisions.resolve_village("羊楼洞社区", NEIGHBOUR).code == "421281101002"
    both = divisions.resolve_village("羊楼洞", NEIGHBOUR)
    assert (both.code, both.how) == (None, "ambiguous")
    assert "羊楼洞村委会" in both.message


def test_name_of_two_towns_needs_its_town(divisions: Divisions) -> None:
    assert divisions.resolve_village("十八里畈村", "421281").how == "ambiguous"
    assert divisions.resolve_village("官塘驿镇十八里畈村", "421281108").code is not None


def test_doubtful_name_says_what_it_may_be(divisions: Divisions) -> None:
    assert divisions.resolve_village("小湖领村", TOWN).message == "疑为小湖岭村委会(同音字)"
    assert divisions.resolve_village("罗峰村", TOWN).message == ""


def test_town_by_name(divisions: Divisions) -> None:
    assert divisions.resolve("茶庵岭", "421281", "town").code == "421281102000"
    assert divisions.resolve("茶庵领镇", "421281", "town").how == "homophone"


def test_areas(divisions: Divisions) -> None:
    assert len(divisions.within(TOWN, "village")) == 10
    assert [d.name for d in divisions.parents_of("421281102200")] == [
        "湖北省",
        "咸宁市",
        "赤壁市",
        "茶庵岭镇",
    ]
    assert divisions.name_of("421281") == "赤壁市"
    assert divisions.name_of("999999999999") == "999999999999"


@pytest.mark.parametrize(
    ("code", "prefix"),
    [
        ("421281102200", "421281102200"),
        ("421281102000", "421281102"),
        ("421281200000", "421281200"),
        ("421281", "421281"),
        ("420000000000", "42"),
        ("", ""),
    ],
)
def test_area_prefix(code: str, prefix: str) -> None:
    assert area_prefix(code) == prefix


def test_a_village_whose_name_ends_in_village() -> None:
    assert split_village("罗县村村委会") == split_village("罗县村") == ("罗县", "村")
    assert split_village("村") == ("村", "")


def test_every_village_is_found_by_its_own_name(divisions: Divisions) -> None:
    for town in divisions.within("421281", "town"):
        for village in divisions.within(town.code, "village"):
            assert divisions.resolve_village(village.name, town.code).code == village.code


def test_all_problems_of_a_table_are_listed(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "code,name,level,aliases\n4212,短,village,\n421281102200,罗峰村,town,\n421281102201,,village,\n"
        "421281102201,云台山村,hamlet,\n",
        encoding="utf-8",
    )
    (tmp_path / "b.csv").write_text("代码,名称\n1,2\n", encoding="utf-8")
    with pytest.raises(DivisionsError) as raised:
        read_divisions(tmp_path)
    message = str(raised.value)
    for part in ("第2行", "第3行", "没有名称", "hamlet", "出现2次", "b.csv:缺少列"):
        assert part in message
