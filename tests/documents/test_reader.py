"""The reader on the corpus: every quantity, and on the texts that its author saw the arithmetic too."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.documents.arithmetic import KINDS
from tests.documents.corpus import Text, load_corpus
from tests.documents.scoring import Score, describe, find_reader, score_corpus


@pytest.fixture(scope="module")
def texts() -> list[Text]:
    return load_corpus()


@pytest.fixture(scope="module")
def scores(texts: list[Text]) -> dict[str, Score]:
    return score_corpus(texts, find_reader())


def test_the_corpus_is_as_large_as_the_issue_asks(texts: list[Text]) -> None:
    relations = [relation for text in texts for relation in text.relations]
    violated = [relation for relation in relations if relation.holds is False]
    assert len(texts) >= 44
    assert sum(not quantity.optional for text in texts for quantity in text.quantities) >= 1150
    assert len(relations) >= 340
    assert len(violated) >= 90
    assert {relation.kind for relation in violated} == set(KINDS)
    assert sum(not text.violations() for text in texts) * 3 >= len(texts)


@pytest.mark.parametrize("part", ["seen", "unseen"])
def test_quantities_are_found_and_nothing_else(scores: dict[str, Score], part: str) -> None:
    score = scores[part]
    report = "\n".join([describe(score), *score.misses])
    assert score.recall >= Fraction(98, 100), report
    assert score.precision >= Fraction(97, 100), report


def test_violations_are_found_and_hardly_anybody_is_accused_falsely(scores: dict[str, Score]) -> None:
    score = scores["seen"]
    report = "\n".join([describe(score), *score.misses])
    assert score.violation_recall >= Fraction(95, 100), report
    assert score.false_per_text <= Fraction(1, 10), report
