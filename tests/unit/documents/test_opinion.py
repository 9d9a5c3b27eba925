"""What an opinion of a doubt is made of: the slip, one figure more, and what the network saw of its figures."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.judging.cues import of_network, of_slip
from bangfu.documents.judging.doubts import Doubt, doubts_of
from bangfu.documents.judging.evidence import evidence_of
from bangfu.documents.judging.links import LinkedView
from bangfu.documents.judging.one_more import with_one_more
from bangfu.documents.judging.opinion import opinion, thoughts, told_of
from bangfu.documents.judging.scorer import Scorer, Told
from bangfu.documents.linking.network import network
from bangfu.documents.reading.read import read_text


def relation(kind: str, members: tuple[int, ...], stated: int, computed: str = "0") -> Relation:
    return Relation(kind, members, stated, Decimal(computed), False, "error")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "kind", "members", "stated", "expected"),
    [
        ("共抽查150户,满意141户,基本满意9户,满意率100%。", "share", (1, 0), 3, "near"),
        ("共抽查150户,满意141户,基本满意6户,满意率100%。", "share", (1, 0), 3, ""),
        ("年初低保41户,新增8户,退出5户,现有44户。", "sum", (0, 1), 3, "near"),
        ("年初低保41户,新增8户,退出5户,现有49户。", "sum", (0, 1), 3, ""),
        ("到位100万元,支出60万元,结余25万元,另有质保金15万元。", "difference", (0, 1), 2, "near"),
        ("发放1200元,其中管理费200元,惠及10户,户均100元。", "average", (0, 2), 3, "near"),
    ],
)
def test_a_claim_may_come_out_with_one_figure_more_or_less(
    text: str, kind: str, members: tuple[int, ...], stated: int, expected: str
) -> None:
    quantities = read_text(text).quantities
    computed = str(quantities[members[0]].base_value / quantities[members[1]].base_value)
    assert with_one_more(relation(kind, members, stated, computed), quantities) == expected


def test_what_stands_far_away_is_told_apart_and_what_is_further_is_not_tried() -> None:
    between = "".join(f"第{at}项{at}处、" for at in range(2, 9))
    text = f"满意141户,占抽查150户的100%。{between}基本满意9户。"
    quantities = read_text(text).quantities
    assert with_one_more(relation("share", (0, 1), 2), quantities) == "far"
    text = f"满意141户,占抽查150户的100%。{between}{between}{between}基本满意9户。"
    assert with_one_more(relation("share", (0, 1), 2), read_text(text).quantities) == ""


def of(text: str) -> tuple[list[Doubt], list[Told]]:
    reading = read_text(text)
    evidence = evidence_of(Scene(reading), (), network())
    doubts = doubts_of(evidence)
    return doubts, told_of(
        doubts, reading.quantities, LinkedView.of(evidence.linked, reading.quantities), evidence.links
    )


def test_the_opinion_knows_nothing_of_who_doubts() -> None:
    text = "到位资金320万元,支出264.8万元,结余52.5万元,支出率为92.8%。"
    doubts, known = of(text)
    reading = read_text(text)
    assert {one.family for one in doubts} >= {"rest", "percent"}
    evidence = evidence_of(Scene(reading), (), network())
    view = LinkedView.of(evidence.linked, reading.quantities)
    for one, other in zip(doubts, known, strict=True):
        alone = Doubt(one.relation, linked=one.linked, slipped=one.slipped)
        cues = [
            *of_slip(alone, reading.quantities),
            *of_network(alone, view, evidence.links, reading.quantities),
        ]
        assert not any("certain" in name for name in other.cues)
        assert {name for name, _ in cues} == set(other.cues)


def test_a_plain_fault_is_thought_right_and_a_strange_pairing_is_not() -> None:
    reading = read_text("全镇120户,其中甲村70户、乙村40户、丙村30户。")
    evidence = evidence_of(Scene(reading), (), network())
    several = [Doubt(relation("sum", (1, 2, 3), 0, "140")), Doubt(relation("share", (3, 1), 2, "0.43"))]
    view = LinkedView.of(evidence.linked, reading.quantities)
    fault, strange = thoughts(opinion(), told_of(several, reading.quantities, view, evidence.links))
    assert fault > 0 > strange


def test_figures_that_were_never_seen_together_and_unknown_cues_say_nothing() -> None:
    known = Scorer(["link"], {"middle": np.zeros(4, dtype=np.float32)})
    inputs = known.inputs([Told({"link": 2.0, "other": 9.0}, None)], 4)
    assert inputs.tolist() == [[2.0, 0.0, 0.0, 0.0]]
    assert thoughts(opinion(), []) == []
