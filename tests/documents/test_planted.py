"""Faults planted while the network learns: what is broken is marked, and nothing else is."""

from __future__ import annotations

import random

import pytest

from bangfu.documents.linking.arcs import ARCS
from bangfu.documents.linking.closings import CLOSINGS, EXACT
from tests.documents.arithmetic import agrees
from tests.documents.corpus import Text, read_entry
from tests.documents.learning.links.labelled import labels, source_of
from tests.documents.learning.links.misled import misled
from tests.documents.learning.links.planted import planted
from tests.documents.numerals import parse_amount

WRITTEN = """
问卷共收回[a:96份],其中满意[b:72份]、基本满意[c:15份]、不满意[d:9份],满意率[e:75%]。
另走访[f:约120户],发放资料[g:1,200份];综上,收回问卷[h:96份]。
"""
RELATIONS = "sum b c d = a\nshare b a = e\nrestated a = h\nrestated c ? g | 口径不明"


def text() -> Text:
    return read_entry("1", "简报", "seen", {"text": WRITTEN, "relations": RELATIONS})


def several() -> list[Text]:
    chance = random.Random(5)
    return [planted(text(), chance) for _ in range(200)]


def test_every_relation_then_says_what_its_numbers_say() -> None:
    for one in several():
        for relation in one.relations:
            assert relation.holds is None or agrees(one, relation) is relation.holds


def test_every_kind_of_claim_is_broken() -> None:
    broken = [{relation.kind for relation in one.violations()} for one in several()]
    assert sum(map(bool, broken)) > 150
    assert set.union(*broken) == {"sum", "share", "restated"}


def test_what_is_open_stays_open_and_what_cannot_be_mistyped_stays() -> None:
    for one in several():
        assert [relation.holds for relation in one.relations].count(None) == 1
        assert [one.quantity(key).text for key in "fg"] == ["约120户", "1,200份"]


def test_what_is_written_is_what_is_counted() -> None:
    for one in several():
        for quantity in one.quantities:
            assert one.plain[quantity.start : quantity.end] == quantity.text
            amount = parse_amount(quantity.text)
            assert amount is not None
            assert amount.value == quantity.amount.value


def test_the_network_is_told_what_does_not_come_out_and_what_comes_out_of_other_figures() -> None:
    levels = set()
    for one in several():
        if one.relations[1].holds is False:
            broken = source_of(one).labelled
            members, stated, is_wrong = next(link[1:] for link in broken.links if link[0] == "share")
            assert is_wrong
            levels.add(int(broken.closings[members[0], stated, CLOSINGS.index("share.part")]))
    assert EXACT in levels
    assert levels - {EXACT}


def test_a_wrong_unit_breaks_all_that_is_claimed_with_it() -> None:
    written = {"text": "投入[a:65.5万元],其中县级[b:20.5万元]、镇级[c:45万元]。", "relations": "sum b c = a"}
    money, chance = read_entry("2", "简报", "seen", written), random.Random(3)
    slipped = [one for one in (planted(money, chance) for _ in range(200)) if len(one.relations) > 1]
    assert 40 < len(slipped) < 120
    for one in slipped:
        assert [relation.holds for relation in one.relations] == [False, False]
        labelled = source_of(one).labelled
        assert [link[3] for link in labelled.links] == [True, True]
        at = labelled.links[1][2]
        arc = ARCS.index("unit")
        assert labels(labelled)[at, at, [arc, len(ARCS) + arc]].tolist() == [1, 1]


LIMITED = """
办法规定每户奖补不超过[l:5000元]。[a:16户]共领[b:64000元],其中赵某[c:4800元],林木管护费占[d:0.8%],不高于[1%]。
"""
KEPT = "standard_cap c ≤ c cap=5000\nstandard_cap b a ≤ b cap=5000\nstandard_cap d ≤ d cap=1/100"


def test_a_limit_is_exceeded_by_the_amount_and_not_by_the_limit() -> None:
    chance = random.Random(7)
    text = read_entry("2", "通知", "seen", {"text": LIMITED, "relations": KEPT})
    broken = [one for one in (planted(text, chance) for _ in range(200)) if one.violations()]
    assert len(broken) > 100
    stated = {relation.stated for one in broken for relation in one.violations()}
    assert stated >= {"b", "c", "d"}
    for one in broken:
        limits = [relation for relation in one.violations() if relation.kind == "standard_cap"]
        assert all(agrees(one, relation) is False for relation in limits)
    assert {one.quantity("l").amount.unit for one in broken} <= {"元", "万元"}


def test_the_network_is_told_which_figure_is_the_limit() -> None:
    source = source_of(read_entry("2", "通知", "seen", {"text": LIMITED, "relations": KEPT}))
    limit, count, amount, own, share, most = range(6)
    found = {(kind, members, stated) for kind, members, stated, _ in source.labelled.links}
    assert found == {
        ("standard_cap", (limit,), own),
        ("standard_cap", (limit, count), amount),
        ("standard_cap", (most,), share),
    }


COMPUTED = """
应到[w:150人],实到[p:120人],到会率[s:80%];其中党员[m:40人]、群众代表[n:50人]、列席[o:30人]。
上年[old:200万元],今年[new:250万元],增长[g:25.0%];共[f:48户],户均[av:5.21万元]。
"""
CLAIMS = "share p w = s\nsum m n o = p\ngrowth old new = g\naverage new f = av"


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("share", {"300", "240", "400", "33", "27", "20"}),
        ("sum", {"70", "90"}),
        ("growth", {"20.0", "97.4"}),
        ("average", {"5.20", "4.17"}),
    ],
)
def test_a_figure_may_be_computed_of_the_wrong_figures(kind: str, expected: set[str]) -> None:
    text, chance = read_entry("3", "简报", "seen", {"text": COMPUTED, "relations": CLAIMS}), random.Random(4)
    (relation,) = (one for one in text.relations if one.kind == kind)
    found = {misled(text, relation, chance) for _ in range(200)} - {""}
    assert found
    assert found <= expected


COMPARED = """
应参保[a:480人],已参保[b:471人],其中脱贫人口[c:96人];排查[h:120户]、[p:400人]。现场提出[n:四处]整改:围栏缺口、井盖松动、标识、路灯。
共[m:3个]村:东坪、沙河、古楼。
"""
KEPT_BELOW = """
order b ≤ a
part c ≤ b
households_persons h ≤ p
counted_list = n items=4
counted_list = m items=3
"""


def test_a_part_is_more_than_its_whole_and_a_list_has_another_number_of_items() -> None:
    text, chance = (
        read_entry("4", "简报", "seen", {"text": COMPARED, "relations": KEPT_BELOW}),
        random.Random(9),
    )
    several = [planted(text, chance) for _ in range(200)]
    broken = {(relation.kind, relation.stated) for one in several for relation in one.violations()}
    assert broken == {
        ("order", "a"),
        ("part", "b"),
        ("households_persons", "p"),
        ("counted_list", "n"),
        ("counted_list", "m"),
    }
    assert {one.quantity("n").text for one in several} == {"二处", "三处", "四处", "五处", "六处"}
    assert {one.quantity("m").text for one in several} == {"2个", "3个", "4个", "5个"}
    for one in several:
        assert one.plain[one.quantity("n").start :].startswith(one.quantity("n").text)
        for relation in one.relations:
            assert agrees(one, relation) is relation.holds
