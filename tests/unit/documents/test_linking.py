"""Figures that belong together: what the network sees, and the claims made of its links."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.linking.arcs import ARCS
from bangfu.documents.linking.closings import CLOSINGS, closings
from bangfu.documents.linking.figures import OWN_SIZES, PAIR_SIZES, figures_of, pairs_of
from bangfu.documents.linking.find import linked
from bangfu.documents.linking.linked import Linked
from bangfu.documents.linking.links import Links, links_of, windows
from bangfu.documents.linking.network import STEPS, Sight, network, packed, unpacked
from bangfu.documents.linking.telling import told_of
from bangfu.documents.linking.values import EXACT, NOTHING, SLIP, Values
from bangfu.documents.reading.read import read_text


def claims(text: str) -> list[Linked]:
    reading = read_text(text)
    return linked(Scene(reading), links_of(reading, network()))


def likeliest(text: str, kind: str) -> Linked:
    return max((one for one in claims(text) if one.kind == kind), key=lambda one: one.chance)


def texts_of(one: Linked) -> list[str]:
    return [mention.quantity.text for mention in (*one.claim.members, one.claim.stated)]


def test_the_digits_of_figures_are_hidden() -> None:
    alphabet = network().alphabet
    one, other = (
        read_text("全镇脱贫户712户,其中已就业694户。"),
        read_text("全镇脱贫户721户,其中已就业649户。"),
    )
    first, second = (figures_of(text.flat, text.quantities, alphabet) for text in (one, other))
    assert (first.signs == second.signs).all()
    assert (pairs_of(first) == pairs_of(second)).all()


def test_every_feature_is_one_that_the_network_knows() -> None:
    reading = read_text(
        "一、全镇有村(12个)、户824户3299人。\n其中贫困村4个,占33.3%;投入65.05万元,每户3000元。\n二、略。"
    )
    figures = figures_of(reading.flat, reading.quantities, network().alphabet)
    pairs = pairs_of(figures)
    assert pairs.shape == (len(figures), len(figures), len(PAIR_SIZES))
    assert (pairs >= 0).all()
    assert (pairs < np.array(PAIR_SIZES)).all()
    own = np.array([size or len(network().alphabet.units) + 2 for size in OWN_SIZES])
    assert (figures.own >= 0).all()
    assert (figures.own < own).all()


def test_a_figure_far_below_is_seen_as_further_than_its_neighbour() -> None:
    reading = read_text("安置28户、105人。\n\n另有7户。")
    pairs = pairs_of(figures_of(reading.flat, reading.quantities, network().alphabet))
    assert pairs[0, 1, 1] < pairs[0, 2, 1]
    assert pairs[0, 1, 0] + pairs[1, 0, 0] == PAIR_SIZES[0] - 1


@pytest.mark.parametrize("number", [2, 95, 96, 97, 144, 145, 300, 1000])
def test_each_figure_is_stated_in_one_window(number: int) -> None:
    taken = [at for _, _, first, last in windows(number) for at in range(first, last)]
    assert taken == list(range(number))
    assert all(start <= first <= last <= end for start, end, first, last in windows(number))


def test_a_sum_is_made_of_its_items_whether_it_comes_out_or_not() -> None:
    wrong = likeliest("问卷共收回96份,其中满意72份、基本满意15份、不满意5份。", "sum")
    assert texts_of(wrong) == ["72份", "15份", "5份", "96份"]
    assert not wrong.comes_out
    right = likeliest("问卷共收回92份,其中满意72份、基本满意15份、不满意5份。", "sum")
    assert texts_of(right) == ["72份", "15份", "5份", "92份"]
    assert right.comes_out


def test_what_is_told_shows_the_computation() -> None:
    told = told_of(likeliest("全村常住人口1200人,其中参保1150人,参保率89.5%。", "share"))
    assert told.holds is False
    assert "1150人÷1200人=95.83%" in told.explanation


def test_a_text_without_figures_has_no_claims() -> None:
    assert claims("本月无新增。") == []
    assert claims("共有1户。") == []


def test_packed_weights_are_almost_the_same() -> None:
    values = np.random.default_rng(1).normal(size=(7, 5, 3)).astype(np.float32)
    again = unpacked(packed({"a.weight": values, "a.bias": values[0, 0]}))
    assert np.abs(again["a.weight"] - values).max() <= np.abs(values).max() / STEPS
    assert np.abs(again["a.bias"] - values[0, 0]).max() < 0.01


def test_every_arc_has_a_score() -> None:
    reading = read_text("脱贫户824户3299人。")
    figures = figures_of(reading.flat, reading.quantities, network().alphabet)
    known = network()
    seen = known.look(known.read(figures), figures, Values.of(reading.quantities))
    assert seen.scores.shape == (2, 2, 2 * len(ARCS))


def test_what_the_words_claim_does_not_depend_on_what_comes_out() -> None:
    known = network()

    def seen(text: str) -> Sight:
        reading = read_text(text)
        figures = figures_of(reading.flat, reading.quantities, known.alphabet)
        return known.look(known.read(figures), figures, Values.of(reading.quantities))

    right = seen("问卷共收回92份,其中满意72份、基本满意15份、不满意5份。")
    wrong = seen("问卷共收回91份,其中满意72份、基本满意15份、不满意5份。")
    assert right.words.shape == (4, 4, len(ARCS))
    assert np.array_equal(right.words, wrong.words)
    assert not np.array_equal(right.scores, wrong.scores)


@pytest.mark.parametrize(
    ("text", "computed"),
    [
        ("人均收入由8000元增加到10000元,减少25%。", "-0.25"),
        ("抽检合格率90.1%,比春季的98.4%提高0.7个百分点。", "-0.083"),
        ("人均收入由8000元增加到10000元,增加2000元。", "2000"),
    ],
)
def test_a_change_goes_the_way_the_words_say(text: str, computed: str) -> None:
    found = likeliest(text, "growth")
    assert found.claim.computed == Decimal(computed)
    assert found.comes_out is (found.claim.computed > 0)


def test_an_average_of_a_quarter_is_tried_as_of_a_month() -> None:
    found = [
        one
        for one in claims("一季度96人领取工资72万元,月人均2500元。")
        if one.kind == "average" and one.comes_out
    ]
    assert found
    assert not any(one.is_told for one in found)


def level(text: str, member: int, stated: int, name: str) -> int:
    return int(closings(Values.of(read_text(text).quantities))[member, stated, CLOSINGS.index(name)])


@pytest.mark.parametrize(("rate", "expected"), [("95.8%", EXACT), ("98.5%", SLIP), ("71.2%", NOTHING)])
def test_a_share_is_told_how_it_comes_out(rate: str, expected: int) -> None:
    text = f"全村常住人口1200人,其中参保1150人,参保率{rate}。"
    assert level(text, 1, 2, "share.part") == expected
    assert level(text, 0, 2, "share.whole") == expected
    assert level(text, 0, 2, "share.part") == NOTHING


def test_what_numbers_can_be_to_each_other() -> None:
    sums = "问卷共收回96份,其中满意72份、基本满意19份、不满意5份。"
    assert [level(sums, at, 0, "run") for at in (1, 2, 3)] == [EXACT] * 3
    rest = "应缴136户,已缴118户,未缴18户。"
    assert (level(rest, 0, 2, "whole"), level(rest, 1, 2, "taken")) == (EXACT, EXACT)
    product = "岗位26个,每人每月500元,每月发放1.3万元。"
    assert (level(product, 0, 2, "product.count"), level(product, 1, 2, "product.rate")) == (EXACT, EXACT)
    mean = "公益岗208人,分布在18个村,平均每村11.6人。"
    assert (level(mean, 0, 2, "average.sum"), level(mean, 1, 2, "average.count")) == (EXACT, EXACT)
    road = "硬化道路23.6公里,每公里50万元,投资1180万元。"
    assert (level(road, 0, 2, "product.count"), level(road, 1, 2, "product.rate")) == (EXACT, EXACT)
    growth = "上年收入11200元,今年12992元,增长16%。"
    assert (level(growth, 0, 2, "growth.old"), level(growth, 1, 2, "growth.new")) == (EXACT, EXACT)
    points = "合格率90.1%,比春季的84.6%提高5.5个百分点。"
    assert (level(points, 0, 2, "growth.new"), level(points, 1, 2, "growth.old")) == (EXACT, EXACT)
    assert (level(points, 0, 2, "whole"), level(points, 1, 2, "taken")) == (EXACT, EXACT)
    interest = "本金1000万元,年利率3.2%,年利息32万元。"
    assert (level(interest, 0, 2, "product.count"), level(interest, 1, 2, "product.rate")) == (EXACT, EXACT)
    again = "参训312人。参训321人。"
    assert level(again, 0, 1, "same") == SLIP


def test_which_of_two_figures_is_greater() -> None:
    text = "培训57人,合格56人,约60人报名。"
    less, equal, greater = (
        level(text, 1, 0, "compared"),
        level(text, 0, 2, "compared"),
        level(text, 0, 1, "compared"),
    )
    assert (less, equal, greater) == (1, 2, 3)


def test_figures_far_apart_are_not_tried_as_three() -> None:
    between = "、".join(f"{at}个" for at in range(101, 141))
    text = f"应缴136户,已缴118户;{between};未缴18户。"
    last = len(read_text(text).quantities) - 1
    assert level(text, 0, last, "whole") == NOTHING


def test_an_amount_is_held_against_the_limit_that_the_text_names() -> None:
    told = told_of(likeliest("按规定小额信贷每户不超过5万元。检查发现赵某一户贷款6.5万元。", "standard_cap"))
    assert (told.holds, told.explanation) == (False, "6.5万元超出文中“不超过5万元”的限额")
    kept = likeliest("按规定小额信贷每户不超过5万元。检查发现赵某一户贷款4.5万元。", "standard_cap")
    assert kept.comes_out


def test_what_many_get_is_held_against_the_limit_for_each() -> None:
    reading = read_text("奖补每户不超过5000元,共发放120户、66万元。")
    limit, count, amount = range(3)
    links = Links({("limit", amount): [(limit, 0.9)], ("limited", amount): [(count, 0.8)]}, {}, {})
    both = [one for one in linked(Scene(reading), links) if one.members == (limit, count)]
    assert [told_of(one).explanation for one in both] == ["平均到120户,66万元超出文中“不超过5000元”的限额"]
