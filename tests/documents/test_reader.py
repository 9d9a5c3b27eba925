"""The reader on the corpus: every quantity, and what does not add up, in texts that it was and was not made with."""

from __future__ import annotations

import os
from collections.abc import Sequence
from fractions import Fraction

import pytest

from tests.documents.arithmetic import KINDS
from tests.documents.corpus import Text, load_corpus
from tests.documents.scoring import Score, describe, find_reader, score_corpus

pytestmark = [pytest.mark.repeats, pytest.mark.xdist_group("reader")]
EVERY = {} if os.environ.get("BANGFU_SOAK") else {"learned": 90, "judged": 20, "trusted": 10, "blind": 2}
"""Of the larger parts an ordinary run reads one text of so many; `make soak` reads all."""


@pytest.fixture(scope="module")
def texts() -> Sequence[Text]:
    return load_corpus()


@pytest.fixture(scope="module")
def scores(texts: Sequence[Text]) -> dict[str, Score]:
    parts = dict.fromkeys(text.part for text in texts)
    read = [[text for text in texts if text.part == part][:: EVERY.get(part, 1)] for part in parts]
    return score_corpus([text for part in read for text in part], find_reader())


def test_the_corpus_is_as_large_as_the_issue_asks(texts: Sequence[Text]) -> None:
    relations = [relation for text in texts for relation in text.relations]
    violated = [relation for relation in relations if relation.holds is False]
    assert len(texts) >= 6_300
    assert sum(not quantity.optional for text in texts for quantity in text.quantities) >= 275_000
    assert len(relations) >= 127_000
    assert len(violated) >= 20_000
    assert {relation.kind for relation in violated} == set(KINDS)
    assert sum(not text.violations() for text in texts) * 4 >= len(texts)


@pytest.mark.parametrize("part", ["seen", "learned", "judged", "trusted", "blind"])
def test_quantities_are_found_and_nothing_else(scores: dict[str, Score], part: str) -> None:
    score = scores[part]
    report = describe(score)
    assert score.recall >= Fraction(98, 100), report
    assert score.precision >= Fraction(97, 100), report


@pytest.mark.parametrize(
    ("part", "found", "false"),
    [("seen", 95, 10), ("learned", 85, 15), ("judged", 75, 20), ("trusted", 80, 15)],
)
def test_faults_in_texts_that_something_was_learned_from(
    scores: dict[str, Score], part: str, found: int, false: int
) -> None:
    assert_found(scores[part], found, false)


def test_faults_in_texts_that_nothing_was_learned_from(scores: dict[str, Score]) -> None:
    """Short of what is wanted (95 of 100 found): this holds what was reached."""
    assert_found(scores["blind"], 84, 15)


def assert_found(score: Score, found: int, false: int) -> None:
    """Says scores only: who mends the reader shall not see the texts by which it is judged."""
    report = describe(score)
    assert score.violation_recall >= Fraction(found, 100), report
    assert score.false_per_text <= Fraction(false, 100), report
