"""What the network is told before it looks a second time: how the claims come out that are likely so far."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from bangfu.documents.linking.likeliest.codes import (
    ALONE,
    LEVEL,
    LOOKED_AT,
    LOOKED_FOR,
    LOOKED_SIZES,
    OTHERWISE,
    STATED_SIZES,
    Likeliest,
)
from bangfu.documents.linking.likeliest.find import likeliest
from bangfu.documents.linking.values import EXACT, LEVELS, NOTHING, SLIP, Values
from bangfu.documents.reading.read import read_text

UNLIKELY = 0
Chances = Mapping[tuple[str, int, int], float]
RATE = "全村常住人口1200人,户籍人口1500人,其中参保1150人,参保率{}。"


def told(text: str, chances: Chances) -> Likeliest:
    values = Values.of(read_text(text).quantities)
    number = len(values.values)
    known = {arc: np.zeros((number, number), dtype=np.float32) for arc in LOOKED_FOR}
    for (arc, member, stated), chance in chances.items():
        known[arc][member, stated] = chance
    return likeliest(values, known)


def code(found: Likeliest, arc: str, member: int, stated: int) -> int:
    return int(found.pairs[member, stated, LOOKED_AT.index(arc)])


@pytest.mark.parametrize(("rate", "level"), [("95.8%", EXACT), ("98.5%", SLIP), ("31.2%", NOTHING)])
def test_a_share_is_told_how_it_comes_out_of_just_these_two(rate: str, level: int) -> None:
    found = told(RATE.format(rate), {("share.part", 2, 3): 0.9, ("share.whole", 0, 3): 0.8})
    assert code(found, "share.part", 2, 3) == code(found, "share.whole", 0, 3) == LEVEL + level
    assert found.figures[3, 0] == LEVEL + level
    assert found.figures[2, -1] == (1 if level == EXACT else 2)


def test_what_comes_out_of_the_second_likeliest_comes_out_otherwise() -> None:
    found = told(
        RATE.format("76.7%"),
        {("share.part", 2, 3): 0.9, ("share.whole", 0, 3): 0.8, ("share.whole", 1, 3): 0.2},
    )
    assert code(found, "share.part", 2, 3) == OTHERWISE
    assert code(found, "share.whole", 1, 3) == LEVEL + EXACT


def test_a_member_with_nothing_to_go_with_it_stands_alone() -> None:
    found = told(RATE.format("95.8%"), {("share.part", 2, 3): 0.9})
    assert code(found, "share.part", 2, 3) == ALONE
    assert code(found, "share.whole", 0, 3) == UNLIKELY


@pytest.mark.parametrize(("rate", "is_exact"), [("16%", True), ("13.8%", False)])
def test_growth_is_over_the_old_figure(rate: str, is_exact: bool) -> None:
    found = told(
        f"上年收入11200元,今年12992元,增长{rate}。", {("growth.old", 0, 2): 0.9, ("growth.new", 1, 2): 0.9}
    )
    assert (code(found, "growth.old", 0, 2) == LEVEL + EXACT) is is_exact


def test_a_product_is_taken_as_often_as_is_told_or_may_be() -> None:
    text = "岗位26个,每人每月500元,半年发放7.8万元。"
    chances = {("product.count", 0, 2): 0.9, ("product.rate", 1, 2): 0.9}
    assert code(told(text, chances), "product.rate", 1, 2) == OTHERWISE
    text = "岗位26个,每人每月500元,7个月发放9.1万元。"
    chances = {("product.count", 0, 3): 0.9, ("product.rate", 1, 3): 0.9, ("product.times", 2, 3): 0.9}
    assert code(told(text, chances), "product.rate", 1, 3) == LEVEL + EXACT


@pytest.mark.parametrize(
    ("text", "arcs"),
    [
        ("硬化道路23.6公里,投资1180万元,每公里50万元。", ("average.count", "average.sum")),
        ("硬化道路23.6公里,每公里50万元,投资1180万元。", ("product.count", "product.rate")),
        ("公益岗208人,分布在18个村,平均每村11.6人。", ("average.sum", "average.count")),
    ],
)
def test_what_is_said_of_a_kilometre_or_rounded_is_no_slip(text: str, arcs: tuple[str, str]) -> None:
    found = told(text, {(arcs[0], 0, 2): 0.9, (arcs[1], 1, 2): 0.9})
    assert code(found, arcs[0], 0, 2) == code(found, arcs[1], 1, 2) == LEVEL + EXACT


def set_code(*, is_in: bool, level: int, turned: bool) -> int:
    return 1 + (is_in * (LEVELS + 1) + level) * 2 + turned


def test_items_are_told_how_their_sum_comes_out_and_whether_one_of_them_is_too_many() -> None:
    text = "问卷共收回92份,其中满意72份、基本满意15份、不满意5份,补发3份。"
    items = {("item", at, 0): 0.9 for at in (1, 2, 3)}
    found = told(text, {**items, ("item", 4, 0): 0.1})
    assert code(found, "item", 1, 0) == set_code(is_in=True, level=EXACT, turned=False)
    assert code(found, "item", 4, 0) == set_code(is_in=False, level=EXACT, turned=False)
    found = told(text, {**items, ("item", 4, 0): 0.6})
    assert code(found, "item", 4, 0) == set_code(is_in=True, level=SLIP, turned=True)
    assert found.figures[0, 4] == SLIP + 1


def test_a_remainder_is_told_how_it_comes_out() -> None:
    chances = {("whole", 0, 2): 0.9, ("taken", 1, 2): 0.9}
    right = told("应缴136户,已缴118户,未缴18户。", chances)
    assert code(right, "whole", 0, 2) == set_code(is_in=True, level=EXACT, turned=True)
    assert right.figures[2, 5] == EXACT + 1
    wrong = told("应缴136户,已缴118户,未缴8户。", chances)
    assert wrong.figures[2, 5] < EXACT + 1
    assert wrong.figures[0, -1] == 2


def test_an_amount_is_held_against_its_limit() -> None:
    text = "奖补每户不超过5000元,共发放120户、66万元。"
    found = told(text, {("limit", 0, 2): 0.9, ("limited", 1, 2): 0.8})
    kept, exceeded, kept_alone, exceeded_alone = 1, 2, 3, 4
    assert code(found, "limit", 0, 2) == code(found, "limited", 1, 2) == exceeded
    assert code(told(text, {("limit", 0, 2): 0.9}), "limit", 0, 2) == exceeded_alone
    within = "奖补每户不超过5000元,共发放140户、66万元。"
    assert code(told(within, {("limit", 0, 2): 0.9, ("limited", 1, 2): 0.8}), "limit", 0, 2) == kept
    assert kept < kept_alone


def test_every_number_told_is_one_that_the_network_knows() -> None:
    text = "全镇824户3299人,其中贫困村4个,占33.3%;投入65.05万元,每户3000元,补助12个月,计0元。"
    number = len(read_text(text).quantities)
    chance = np.random.default_rng(3)
    for _ in range(40):
        found = told(
            text,
            {
                (arc, one, other): float(chance.random())
                for arc in LOOKED_FOR
                for one in range(number)
                for other in range(number)
            },
        )
        assert (found.pairs < np.array(LOOKED_SIZES)).all()
        assert (found.figures < np.array(STATED_SIZES)).all()
        assert not found.pairs[np.arange(number), np.arange(number)].any()


def test_nothing_is_told_of_a_text_with_one_figure() -> None:
    assert not told("全镇824户。", {}).pairs.any()
