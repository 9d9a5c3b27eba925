"""Short passages, each with a claim or two, by writers who did not see the reader: sound ones that look wrong, and wrong ones."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.documents.arithmetic import KINDS, agrees
from tests.documents.corpus import load_passages
from tests.documents.scoring import Score, describe, find_reader, score_corpus

PASSAGES = load_passages()


@pytest.fixture(scope="module")
def score() -> Score:
    return score_corpus(PASSAGES, find_reader())["all"]


def test_every_relation_holds_exactly_where_it_says_so() -> None:
    wrong = []
    for text in PASSAGES:
        for relation in text.relations:
            assert relation.kind in KINDS
            assert relation.cause or relation.holds
            computed = agrees(text, relation) if relation.holds is not None else None
            if computed is not None and computed is not relation.holds:
                wrong.append(f"{text.name}: {relation}")
    assert wrong == []


def test_faults_are_told_and_sound_passages_let_be(score: Score) -> None:
    report = "\n".join([describe(score), *score.misses])
    assert score.violation_recall >= Fraction(85, 100), report
    assert score.false_per_text <= Fraction(2, 100), report
