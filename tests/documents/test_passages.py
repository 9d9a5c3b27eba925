"""Short passages and reports, each with a claim or some, by writers who did not see the reader: sound ones that look wrong, and
wrong ones. From those in `held` nothing was learned."""

from __future__ import annotations

import os
from fractions import Fraction

import pytest

from tests.documents.arithmetic import KINDS, agrees
from tests.documents.corpus import HELD, WIDE, Text, load_passages
from tests.documents.scoring import Score, describe, find_reader, score_corpus

NARROW, LATER, UNSEEN = load_passages(), load_passages(WIDE), load_passages(HELD)
SOAK = bool(os.environ.get("BANGFU_SOAK"))
EVERY, EVERY_LATER, EVERY_UNSEEN = (1, 1, 1) if SOAK else (2, 10, 2)
"""An ordinary run reads one of so many; `make soak` reads all."""


def score_of(several: list[Text]) -> Score:
    return score_corpus(several, find_reader())["all"]


def test_every_relation_holds_exactly_where_it_says_so() -> None:
    wrong = []
    for text in (*NARROW, *LATER, *UNSEEN):
        for relation in text.relations:
            assert relation.kind in KINDS
            assert relation.cause or relation.holds
            computed = agrees(text, relation) if relation.holds is not None else None
            if computed is not None and computed is not relation.holds:
                wrong.append(f"{text.name}: {relation}")
    assert wrong == []


def test_faults_are_told_and_sound_passages_let_be() -> None:
    score = score_of(NARROW[::EVERY])
    report = "\n".join([describe(score), *score.misses])
    assert score.violation_recall >= Fraction(85, 100), report
    assert score.false_per_text <= Fraction(2, 100), report


@pytest.mark.parametrize(
    ("several", "told", "asked", "false"),
    [(LATER[::EVERY_LATER], 52, 60, 6), (UNSEEN[::EVERY_UNSEEN], 75, 82, 12)],
    ids=["wide", "held"],
)
def test_faults_among_figures_that_have_nothing_to_do_with_them(
    several: list[Text], told: int, asked: int, false: int
) -> None:
    """Far short of what is wanted: this holds what was reached, in hundredths. Says scores only, since nothing was learned from
    `held`: who mends the reader shall not see what it is judged by."""
    score = score_of(several)
    report = describe(score)
    assert score.violation_recall >= Fraction(told, 100), report
    assert score.asked_recall >= Fraction(asked, 100), report
    assert score.false_per_text <= Fraction(false, 100), report
