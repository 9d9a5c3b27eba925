"""Faults planted while the network learns: what is broken is marked, and nothing else is."""

from __future__ import annotations

import random

from bangfu.documents.linking.closings import CLOSINGS, EXACT
from bangfu.documents.linking.links import ARCS
from tests.documents.arithmetic import agrees
from tests.documents.corpus import Text, read_entry
from tests.documents.learning.links.labelled import labels, source_of
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


def test_the_network_is_told_that_it_does_not_come_out() -> None:
    broken = source_of(next(one for one in several() if one.relations[1].holds is False)).labelled
    members, stated = next((members, stated) for kind, members, stated, _ in broken.links if kind == "share")
    assert (members, stated, True) in [link[1:] for link in broken.links]
    assert broken.closings[members[0], stated, CLOSINGS.index("share.part")] < EXACT


def test_a_wrong_unit_breaks_all_that_is_claimed_with_it() -> None:
    written = {"text": "投入[a:65.5万元],其中县级[b:20.5万元]、镇级[c:45万元]。", "relations": "sum b c = a"}
    money, chance = read_entry("2", "简报", "seen", written), random.Random(3)
    slipped = [one for one in (planted(money, chance) for _ in range(200)) if len(one.relations) > 1]
    assert 20 < len(slipped) < 80
    for one in slipped:
        assert [relation.holds for relation in one.relations] == [False, False]
        labelled = source_of(one).labelled
        assert [link[3] for link in labelled.links] == [True, True]
        at = labelled.links[1][2]
        arc = ARCS.index("unit")
        assert labels(labelled)[at, at, [arc, len(ARCS) + arc]].tolist() == [1, 1]
