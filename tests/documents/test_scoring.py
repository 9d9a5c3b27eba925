"""The scoring itself, on readings made by hand from the annotations: what is known must score as known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from tests.documents.corpus import Quantity, Text, load_corpus, read_marks, read_relations
from tests.documents.scoring import score_text

ANNOTATED = (
    "全镇[a:12户][b:30人]，种植[c:5户]、养殖[d:6户]，共[e:12户]，占[?一半]，发放[f:3.5元]，户均[g:2917元]。"
)
RELATIONS = """
households_persons a ≤ b
sum c d ≠ e | 漏1户
unit_slip g a ≠ f | 漏“万”
restated a ? e | 口径不明
"""


@pytest.fixture
def text() -> Text:
    plain, quantities = read_marks("x", ANNOTATED)
    return Text("x", "例", "seen", plain, quantities, tuple(read_relations("x", RELATIONS)))


def perfect(text: Text) -> dict[str, Any]:
    """The reading that says what the annotation says."""
    return reading_of(text, [quantity for quantity in text.quantities if not quantity.optional])


def perfect_with_labels(text: Text) -> dict[str, Any]:
    """The same, with those that need not be read, on which relations of the corpus may rest."""
    return reading_of(text, text.quantities)


def reading_of(text: Text, quantities: Sequence[Quantity]) -> dict[str, Any]:
    index = {quantity.key: place for place, quantity in enumerate(quantities)}
    return {
        "quantities": [
            {
                "text": quantity.text,
                "start": quantity.start,
                "end": quantity.end,
                "base_value": str(quantity.amount.value),
                "base_unit": quantity.amount.unit,
                "approx": quantity.amount.approx,
            }
            for quantity in quantities
        ],
        "relations": [
            {
                "kind": relation.kind,
                "members": [index[key] for key in relation.members],
                "stated": index[relation.stated],
                "holds": relation.holds,
            }
            for relation in text.relations
        ],
    }


def test_a_perfect_reading_scores_everything(text: Text) -> None:
    score = score_text(text, perfect(text))
    assert [score.recall, score.precision, score.violation_recall] == [1, 1, 1]
    assert (score.false_accusations, score.implied, score.misses) == (0, 0, [])
    assert (score.holding_seen, score.questions_asked, score.approx_agreed) == (1, 1, 7)


@pytest.mark.xdist_group("reader")
def test_a_perfect_reading_of_the_whole_corpus_scores_everything() -> None:
    scores = [score_text(text, perfect_with_labels(text)) for text in load_corpus()]
    assert [line for score in scores for line in score.misses] == []
    assert sum(score.false_accusations for score in scores) == 0
    assert all(score.holding_seen == score.holding for score in scores)


def test_an_empty_reading_finds_nothing(text: Text) -> None:
    score = score_text(text, {"quantities": [], "relations": []})
    assert (score.found, score.quantities, score.violations_found, score.violations) == (0, 7, 0, 2)
    assert len(score.misses) == 9


def test_a_wrong_value_is_missed_and_imprecise(text: Text) -> None:
    reading = perfect(text)
    reading["quantities"][1]["base_value"] = "31"
    score = score_text(text, reading)
    assert (score.recall, score.precision) == (Fraction(6, 7), Fraction(6, 7))


def test_a_wrong_unit_is_missed(text: Text) -> None:
    reading = perfect(text)
    reading["quantities"][0]["base_unit"] = "户次"
    assert score_text(text, reading).recall == Fraction(6, 7)


def test_what_is_no_quantity_counts_against_precision_only(text: Text) -> None:
    reading = perfect(text)
    reading["quantities"].append({"text": "全", "start": 0, "end": 1, "base_value": "1", "base_unit": "个"})
    score = score_text(text, reading)
    assert [score.recall, score.precision] == [1, Fraction(7, 8)]


def test_an_optional_quantity_counts_neither_way(text: Text) -> None:
    reading = perfect(text)
    half = next(quantity for quantity in text.quantities if quantity.optional)
    entry = {
        "text": "一半",
        "start": half.start,
        "end": half.end,
        "base_value": "0.5",
        "base_unit": "比例",
    }
    reading["quantities"].append(entry)
    score = score_text(text, reading)
    assert [score.recall, score.precision, score.reported] == [1, 1, 7]


def test_a_violation_is_found_by_another_kind_that_covers_it(text: Text) -> None:
    reading = perfect(text)
    reading["relations"][1] |= {"kind": "part", "members": [2, 4], "stated": 3}
    assert score_text(text, reading).violations_found == 2


def test_a_violation_that_is_only_asked_about_is_not_found(text: Text) -> None:
    reading = perfect(text)
    reading["relations"][1]["holds"] = None
    score = score_text(text, reading)
    assert (score.violations_found, score.violations_asked, score.needless) == (1, 2, 0)


def test_a_question_about_what_holds_is_needless(text: Text) -> None:
    reading = perfect(text)
    reading["relations"][0]["holds"] = None
    score = score_text(text, reading)
    assert (score.needless, score.false_accusations) == (1, 0)


def test_a_slipped_unit_is_found_at_either_place(text: Text) -> None:
    reading = perfect(text)
    reading["relations"][2] |= {"kind": "average", "members": [0], "stated": 6}
    score = score_text(text, reading)
    assert (score.violations_found, score.false_accusations) == (2, 0)


def test_an_accusation_of_what_holds_is_false(text: Text) -> None:
    reading = perfect(text)
    reading["relations"][1]["holds"] = None
    reading["relations"][2]["holds"] = None
    reading["relations"][0]["holds"] = False
    score = score_text(text, reading)
    assert (score.false_accusations, score.implied) == (1, 0)
    assert "false accusation: households_persons 12户" in score.misses[-1]


def test_an_accusation_that_rests_on_a_wrong_figure_is_implied(text: Text) -> None:
    reading = perfect(text)
    reading["relations"].append({"kind": "average", "members": [4], "stated": 1, "holds": False})
    score = score_text(text, reading)
    assert (score.false_accusations, score.implied) == (0, 1)


def test_an_accusation_where_the_text_does_not_settle_it_is_false(text: Text) -> None:
    lone = replace(text, relations=tuple(r for r in text.relations if r.holds is None))
    reading = perfect(lone)
    reading["relations"][0]["holds"] = False
    assert score_text(lone, reading).false_accusations == 1
