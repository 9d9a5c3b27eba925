"""Doubts gathered once, and what of them a text is told."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.judging.doubts import Doubt, doubts_of, first_of_each, keys_of
from bangfu.documents.judging.evidence import evidence_of
from bangfu.documents.judging.infer import infer
from bangfu.documents.linking.network import network
from bangfu.documents.reading.read import read_text


def doubt(kind: str, members: tuple[int, ...], stated: int) -> Doubt:
    return Doubt(Relation(kind, members, stated, None, False, "error"), certain=True)  # type: ignore[arg-type]


def test_the_same_amounts_are_doubted_once_wherever_they_are_said() -> None:
    quantities = read_text("全镇交办46件。经查,46件中属实29件、部分属实11件、不属实9件。").quantities
    assert [one.text for one in quantities] == ["46件", "46件", "29件", "11件", "9件"]
    first, again = doubt("sum", (2, 3, 4), 0), doubt("sum", (2, 3, 4), 1)
    other = doubt("difference", (1, 2, 3), 4)
    left = first_of_each([(0.7, first), (0.9, again), (0.6, other)], lambda one: keys_of(one, quantities))
    assert left == [(0.9, again), (0.6, other)]


def test_of_a_figure_and_family_the_most_trusted_doubt_is_left() -> None:
    quantities = read_text("全镇120户,其中甲村70户、乙村40户、丙村30户。").quantities
    narrow, wide = doubt("sum", (1, 2), 0), doubt("sum", (1, 2, 3), 0)
    assert first_of_each([(0.5, narrow), (0.8, wide)], lambda one: keys_of(one, quantities)) == [(0.8, wide)]


TEXTS = (
    "全镇120户,其中甲村70户、乙村40户、丙村30户,户均补助500元,共补助8万元。",
    "到位资金320万元,支出264.8万元,结余52.5万元,支出率为92.8%。",
)


@pytest.mark.parametrize("text", TEXTS)
def test_a_wrong_figure_is_told_once(text: str) -> None:
    told = Counter(one.stated for one in infer(read_text(text)) if one.holds is False)
    assert told
    assert set(told.values()) == {1}


def test_what_the_words_claim_is_gathered_though_nothing_comes_out() -> None:
    reading = read_text("流转土地分三片。第一片120亩,第二片85亩,第三片60亩,三片合计256亩。")
    doubts = doubts_of(evidence_of(Scene(reading), (), network()))
    by_words = [one for one in doubts if one.worded is not None]
    assert [(one.relation.kind, one.relation.members, one.relation.computed) for one in by_words] == [
        ("sum", (1, 2, 3), Decimal(265))
    ]
    assert "worded" in by_words[0].sources


def test_a_remainder_below_nothing_is_doubted_where_it_is_likely_meant() -> None:
    reading = read_text("县级下达资金450万元,共兑付462.6万元,结余23.4万元。")
    found = [one.relation for one in doubts_of(evidence_of(Scene(reading), (), network()))]
    assert [one.computed for one in found if one.kind == "difference"] == [Decimal(-126000)]
