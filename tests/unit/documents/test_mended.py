"""What else would come out were a doubted figure what it ought to be, and what is thought of the doubts beside it."""

from __future__ import annotations

from decimal import Decimal
from math import log1p
from pathlib import Path

import numpy as np
import pytest

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.judging.beside import Beside
from bangfu.documents.judging.doubts import Doubt, doubts_of
from bangfu.documents.judging.evidence import evidence_of
from bangfu.documents.judging.mended import Mended, Mending
from bangfu.documents.judging.opinion import opinion
from bangfu.documents.judging.scorer import scorer_in
from bangfu.documents.judging.trust import BRIEF_WEIGHTS, WEIGHTS, trust_in, trust_of, trusted
from bangfu.documents.linking.network import network
from bangfu.documents.reading.read import read_text


def relation(kind: str, members: tuple[int, ...], stated: int, computed: str) -> Relation:
    return Relation(kind, members, stated, Decimal(computed), False, "error")  # type: ignore[arg-type]


def mending(text: str) -> tuple[Mending, list[str]]:
    reading = read_text(text)
    evidence = evidence_of(Scene(reading), (), network())
    return Mending.of(evidence.linked, reading.quantities), [one.text for one in reading.quantities]


def test_what_other_claims_come_out_with_is_hardly_wrong() -> None:
    of, figures = mending(
        "全镇共120户,其中甲村70户、乙村40户、丙村30户。甲村占全镇的58.3%,乙村占全镇的33.3%。"
    )
    assert figures == ["120户", "70户", "40户", "30户", "58.3%", "33.3%"]
    total = relation("sum", (1, 2, 3), 0, "140")
    as_stated, as_member = of.stated(total), of.member(total)
    assert as_stated is not None
    assert as_member is not None
    assert as_stated.broken > 0.5, "58.3 and 33.3 % are of 120"
    assert as_member.broken < as_stated.broken, "nothing else is claimed of the 30"


def test_what_would_come_out_too_speaks_for_another_value() -> None:
    of, figures = mending("全镇共120户,其中甲村70户、乙村40户、丙村30户。甲村占全镇的50%,乙村占全镇的28.6%。")
    assert figures[4:] == ["50%", "28.6%"]
    total = of.stated(relation("sum", (1, 2, 3), 0, "140"))
    assert total is not None
    assert total.fixed > 0.3, "both shares are of 140"
    assert total.broken < 0.1


@pytest.mark.parametrize(
    ("kind", "members", "stated", "computed"),
    [
        ("difference", (0, 1), 2, "80"),
        ("restated", (0,), 2, "120"),
        ("average", (0, 1), 2, "3"),
        ("share", (1, 0), 2, "0.33"),
    ],
)
def test_a_claim_is_not_weighed_against_itself(
    kind: str, members: tuple[int, ...], stated: int, computed: str
) -> None:
    quantities = read_text("甲村120户,乙村40户,丙村30户。").quantities
    of = Mending.of((), quantities)
    assert of.stated(relation(kind, members, stated, computed)) == Mended()
    assert of.member(relation(kind, members, stated, computed)) == Mended()


def test_what_is_not_computed_is_not_mended() -> None:
    quantities = read_text("甲村120户。").quantities
    unit = Relation("unit_slip", (), 0, None, False, "error")
    assert Mending.of((), quantities).stated(unit) is None
    assert Mending.of((), quantities).member(unit) is None


def doubt(kind: str, members: tuple[int, ...], stated: int, certain: bool = False) -> Doubt:
    return Doubt(relation(kind, members, stated, "1"), certain=certain)


def test_doubts_of_the_same_figure_of_its_members_and_with_the_same_member_are_told_apart() -> None:
    doubts = [
        doubt("sum", (1, 2), 0),
        doubt("share", (3, 4), 0, certain=True),
        doubt("difference", (5, 6), 1),
        doubt("sum", (2, 7), 8),
        doubt("share", (0, 9), 10),
        doubt("sum", (50, 51), 90),
    ]
    cues = dict(Beside.of(doubts, [0.5, 2.0, 1.0, -1.0, -2.0, 6.0]).cues(0))
    assert cues["same.most"] == 9.0
    assert cues["same.more"] == 1.5
    assert cues["same.certain.most"] == 9.0
    assert cues["member.most"] == 5.0
    assert cues["member.more"] == 0.0
    assert cues["of.members.most"] == 8.0
    assert cues["sharing.most"] == 6.0
    near = [2.0, 1.0, -1.0, -2.0]
    assert cues["near"] == pytest.approx(log1p(sum(1 / (1 + np.exp(-one)) for one in near)))


def test_a_doubt_alone_has_none_beside_it() -> None:
    cues = dict(Beside.of([doubt("sum", (1, 2), 0)], [3.0]).cues(0))
    assert cues == {
        f"{name}.none": 1.0 for name in ("same", "same.certain", "member", "of.members", "sharing")
    } | {"near": 0.0}


@pytest.mark.parametrize("weights", [WEIGHTS, BRIEF_WEIGHTS])
def test_what_trust_knows_are_numbers_and_cues_that_it_is_told(weights: Path) -> None:
    known = scorer_in(weights)
    assert all(np.isfinite(one).all() for one in known.weights.values())
    reading = read_text("全镇120户,其中甲村70户、乙村40户、丙村30户,户均补助500元,共补助8万元。")
    scene = Scene(reading)
    evidence = evidence_of(scene, (), network())
    told = trust_of(doubts_of(evidence), scene, evidence, opinion())
    cues = {name for one in told for name in one.cues}
    assert cues & set(known.names) >= {"opinion", "near", "same.none", "mended.stated.broken"}
    assert max(trusted(told, known)) > 0.9
    assert trusted([], known) == []


def test_a_sentence_is_trusted_otherwise_than_a_text() -> None:
    brief = Scene(read_text("全镇120户,其中甲村70户。"))
    whole = Scene(
        read_text("、".join(f"{name}村{at}户" for at, name in enumerate("甲乙丙丁戊己庚辛壬癸子丑寅", 20)))
    )
    assert trust_in(brief) is not trust_in(whole)
    assert trust_in(brief) is trust_in(brief)
