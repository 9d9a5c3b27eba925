"""Papers asked for, on both databases: asked twice it is one, and whom they are shown to."""

from __future__ import annotations

from pathlib import Path

import pytest

from bangfu.jobs.models import Job
from bangfu.office.journal.writing import Source, transaction
from bangfu.office.readers import Holding, Reader
from bangfu.registry import actions
from bangfu.reporting.papers.orders import order_cards, order_report, remove_paper
from bangfu.reporting.papers.shelf import last_words, paper, papers
from bangfu.reporting.papers.templates import template_named
from bangfu.terms.errors import UserError

TOWN, VILLAGE, OTHER = "421281102000", "421281102200", "421281102201"
DAY = 20200422


def reader(role: str, area: str) -> Reader:
    return Reader(0, f"{role}{area}", "甲", holdings=(Holding(role, area),))


def test_what_is_asked_for_twice_is_one_paper_seen_by_who_reaches_all_of_it(any_home: Path) -> None:
    with transaction(actor="测试", source=Source("form")) as change:
        coded = [(VILLAGE, "罗峰村"), (OTHER, "云台山村")]
        villages = actions.add_villages(
            change, [{"village_code": code, "village_name": name} for code, name in coded]
        )
    lists = template_named("three_lists")
    assert lists is not None
    clerk, cadre, leader = reader("clerk", TOWN), reader("village_cadre", VILLAGE), reader("leader", TOWN)
    asked = {"as_of": DAY, "village": None, "reason": "报市里", "words": {}, "with_annex": False}
    whole = [order_report(clerk, lists, **asked) for _ in range(2)]
    own = order_report(cadre, lists, **asked)
    words = {"phone": "0715-5550123"}
    cards = order_cards(cadre, as_of=DAY, village=villages[0], household=None, reason="入户", words=words)
    assert whole[0] == whole[1]
    assert Job.objects.count() == 3
    assert [one.number for one in papers(clerk, ("report",))] == [own, whole[0]]
    assert [one.number for one in papers(clerk, ("report",), before=own)] == [whole[0]]
    assert [one.area for one in papers(cadre, ("report",))] == ["罗峰村"]
    assert paper(reader("village_cadre", OTHER), own, ("report",)) is None
    assert paper(clerk, cards, ("cards",)) is not None
    assert paper(leader, cards, ("cards",)) is None, "cards need the right to see numbers in full"
    assert last_words() == words
    with pytest.raises(UserError, match="不在您的范围里"):
        order_report(cadre, lists, **{**asked, "village": villages[1]})
    remove_paper(own)
    assert papers(cadre, ("report",)) == []
