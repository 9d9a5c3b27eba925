"""Rows of lists against a small register: who is linked, on what ground, and who is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bangfu.linkage import Link, Person, Register, Unmatched, link, link_all
from bangfu.terms.divisions import read_divisions
from bangfu.terms.id_number import check_character

TABLES = Path(__file__).parents[3] / "rulebook" / "divisions"


def number(born: int, sequence: int) -> str:
    first17 = f"429999{born}{sequence:03d}"
    return first17 + check_character(first17)


HOU = number(20050330, 605)
ZHANG_LIN = number(19880101, 11)
TWIN = number(20100505, 101)
PEOPLE = [
    Person(1, "侯峰杰", HOU, "青石桥社区", 10, "侯文明"),
    Person(2, "曹志", number(20030731, 303) + "24", "温泉村", 20),
    Person(3, "张海琳", ZHANG_LIN, "金锋村", 30),
    Person(4, "张海林", number(19900202, 12), "金锋村", 30),
    Person(5, "李伟", number(19700101, 1), "罗峰村", 50, "李大山"),
    Person(6, "李伟", number(19710101, 1), "罗峰村", 51, "李小河"),
    Person(7, "李伟", number(19720101, 1), "白石村", 52),
    Person(8, "雷良毅", number(19600702, 277)[:17], "八王庙村", 60),
    Person(9, "赵双", TWIN, "峡山村", 70),
    Person(10, "赵双", TWIN, "白石村", 71),
    Person(11, "钱单", number(19650505, 55), "峡山村", 72),
    Person(12, "孙新生", "", "峡山村", 73, birth=20230101),
    Person(13, "周临时", "999999" + number(20230202, 21)[6:], "峡山村", 74),
    Person(14, "吴建国", number(19820303, 771), "罗峰村", 75),
    Person(15, "吴建军", number(19820303, 779), "罗峰村", 75),
    Person(16, "郑老", "429999500101123", "白石村", 76),
]


@pytest.fixture(scope="module", params=["with divisions", "without divisions"])
def register(request: pytest.FixtureRequest) -> Register:
    divisions = read_divisions(TABLES) if request.param == "with divisions" else None
    return Register.of(PEOPLE, divisions, "421281102")


def slip(text: str, place: int) -> str:
    return text[:place] + str((int(text[place]) + 1) % 10) + text[place + 1 :]


LI = number(19700101, 1)
QIAN = number(19650505, 55)


@pytest.mark.parametrize(
    ("name", "id_number", "village", "person", "how"),
    [
        ("侯峰杰", HOU, "青石桥社区", 1, "number"),
        (" 侯 峰杰", f"{HOU[:6]} {HOU[6:14]} {HOU[14:]}", None, 1, "number"),
        ("侯峰洁", HOU, "青石桥社区", 1, "number_similar_name"),
        ("侯大春", HOU, None, None, "号码相同姓名不同"),
        ("侯峰", HOU, None, 1, "number_similar_name"),
        ("曹志", number(20030731, 303), "温泉村", 2, "number"),
        ("曹志", slip(number(20030731, 303), 14), "温泉村", 2, "number_repaired"),
        ("张海琳", ZHANG_LIN, "金锋村", 3, "number"),
        ("张海林", ZHANG_LIN, "金锋村", None, "号码相同姓名不同"),
        ("王瑶琳", ZHANG_LIN, "金锋村", None, "号码相同姓名不同"),
        ("郑老", "42999919500101123" + check_character("42999919500101123"), None, 16, "number"),
        ("郑老", "429999500101123", None, 16, "number"),
        ("雷良毅", number(19600702, 277), "八王庙村", 8, "number_repaired"),
        ("雷良毅", number(19600702, 277), "白石村", None, "号码不在册"),
        ("张海琳", slip(ZHANG_LIN, 12), "金峰村", 3, "number_repaired"),
        ("张海琳", slip(ZHANG_LIN, 12), "金锋村 ", 3, "number_repaired"),
        ("张海琳", slip(ZHANG_LIN, 12), None, 3, "number_repaired"),
        ("张海琳", slip(slip(ZHANG_LIN, 12), 3), "金锋村", None, "号码不在册"),
        ("李伟", slip(LI, 16), "罗峰村", 5, "number_repaired"),
        ("赵双", TWIN, "峡山村", 9, "number"),
        ("赵双", TWIN, "白石村", 10, "number"),
        ("赵双", TWIN, None, None, "分不清"),
        ("赵双", TWIN, "罗峰村", None, "分不清"),
        ("侯峰杰", HOU[:6] + "********" + HOU[-4:], "青石桥社区", 1, "number_masked"),
        ("侯峰洁", HOU[:6] + "********" + HOU[-4:], None, 1, "number_masked"),
        ("侯峰杰", HOU[:6] + "********" + HOU[-4:], "白石村", None, "在别的村"),
        ("侯峰杰", HOU[:6] + "********0000", "青石桥社区", None, "不在册"),
        ("侯峰杰", float(HOU), "青石桥社区", 1, "number_truncated"),
        ("侯峰杰", HOU[:15] + "000", "青石桥", 1, "number_truncated"),
        ("侯峰杰", f"{int(HOU):.14E}", None, 1, "number_truncated"),
        ("侯峰杰", HOU[:15], None, 1, "number_truncated"),
        ("侯峰杰", "4.29999E+17", "青石桥社区", 1, "name_village"),
        ("吴建国", float(number(19820303, 771)), "罗峰村", 14, "number_truncated"),
        ("吴建军", float(number(19820303, 771)), "罗峰村", 15, "number_truncated"),
        ("吴建伟", float(number(19820303, 771)), "罗峰村", None, "2人"),
        ("钱单", "", "峡山村", 11, "name_village"),
        ("钱单", "无", "罗峰村", None, "在别的村"),
        ("钱单", None, None, None, "没有写村"),
        ("李伟", "", "罗峰村", None, "3人"),
        ("李伟", "", "白石村", None, "3人"),
        ("冯外人", "", "白石村", None, "没有叫"),
        ("冯外人", number(19650505, 999), "白石村", None, "号码不在册"),
        ("钱单", number(19750505, 999), "峡山村", None, "同村有同名人员"),
        ("孙新生", number(20230101, 5), "峡山村", 12, "name_birth"),
        ("孙新生", number(20230102, 5), "峡山村", None, "号码不在册"),
        ("周临时", number(20230202, 27), "峡山村", 13, "name_birth"),
        ("某某合作社", "93429999MA45707742", "白石村", None, "不是个人"),
        ("", HOU, None, None, "没有填写姓名"),
    ],
)
def test_rows(
    register: Register, name: str, id_number: Any, village: str | None, person: int | None, how: str
) -> None:
    found = link(register, name, id_number, village)
    if person is None:
        assert isinstance(found, Unmatched)
        assert how in found.reason
    else:
        assert isinstance(found, Link), found
        assert (found.person_key, found.how) == (person, how)


def test_birth_date_tells_namesakes_apart(register: Register) -> None:
    found = link(register, "李伟", "", None, birth=19710101)
    assert isinstance(found, Link)
    assert (found.person_key, found.how) == (6, "name_birth")
    assert isinstance(link(register, "李伟", "", "罗峰村", birth=19990101), Unmatched)


def test_head_tells_namesakes_apart(register: Register) -> None:
    found = link(register, "李伟", "", "罗峰村", head="李小河")
    assert isinstance(found, Link)
    assert (found.person_key, found.how) == (6, "name_village")
    assert "户主" in found.reason


def test_unmatched_counts_candidates(register: Register) -> None:
    found = link(register, "李伟", "", "罗峰村")
    assert isinstance(found, Unmatched)
    assert found.candidates == 3


def test_whole_columns_give_the_same_as_rows(register: Register) -> None:
    names = [p.name for p in PEOPLE]
    ids = [p.id18 for p in PEOPLE]
    villages = [p.village for p in PEOPLE]
    found = link_all(register, names, ids, villages)
    assert found == [link(register, *row) for row in zip(names, ids, villages, strict=True)]
    linked = {outcome.person_key for outcome in found if isinstance(outcome, Link)}
    assert linked == {p.key for p in PEOPLE}


def test_columns_of_unequal_length_are_refused(register: Register) -> None:
    with pytest.raises(ValueError, match="shorter"):
        link_all(register, ["侯峰杰", "曹志"], [HOU])
