"""Texts beside the ledgers: each number is matched with the figure it is, wrong ones are found, and nobody is accused wrongly."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document

from bangfu.cli.main import main
from bangfu.documents.files.source import pasted
from bangfu.documents.reading.read import read_text
from bangfu.documents.verification import verify
from bangfu.intake.rulebook import home_rulebook
from bangfu.registry.scope import EVERYTHING, Part, Scope
from bangfu.reporting.counterparts.beside import Compared, Ledgers, beside_ledgers, run_for
from bangfu.reporting.counterparts.days import day_of
from bangfu.reporting.counterparts.told import as_json, as_text
from bangfu.reporting.queries import answers
from bangfu.terms.errors import UserError
from tests.home.told import FOLDER, Text, Told, filled
from tests.home.towns import DAY, YEAR_END, inside

OF_2020 = {"brief", "county_news", "inspection", "speech"}
"""Texts written in April 2020; the others are of the end of 2019."""
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))


@pytest.fixture(scope="module")
def office(counted_town: Path) -> Iterator[Path]:
    with inside(counted_town):
        yield counted_town


def text(name: str) -> Text:
    day = DAY if name in OF_2020 else YEAR_END

    def value_of(reference: str) -> Decimal:
        [figure] = answers([reference], day, EVERYTHING, home_rulebook())
        return figure.value or Decimal(0)

    return filled(name, value_of)


def beside(words: str) -> Ledgers:
    found = verify(pasted(words))
    run = run_for(found.reading)
    assert run is not None
    return beside_ledgers(found, run, EVERYTHING)


def said(words: str) -> list[tuple[str, str, str]]:
    """What was found: the number, the verdict and the figure."""
    return [(one.quantity.text, one.verdict, one.figure.reference) for one in beside(words).compared]


def judged(name: str) -> Counter[str]:
    """How the numbers of a text were matched; `false` are accusations of what is right, or by another figure."""
    written = text(name)
    found = {one.quantity.start: one for one in beside(written.words).compared}
    known = {one.start: one for one in written.told}
    counts = Counter(told=len(known), matched=len(found), wrong=sum(one.is_wrong for one in written.told))
    for start, one in found.items():
        counts.update(_of_match(one, known.get(start)))
    return counts


def _of_match(one: Compared, told: Told | None) -> Iterator[str]:
    is_right = told is not None and one.figure.reference in told.references
    if is_right:
        yield "right"
    if one.verdict == "differ":
        yield "caught" if told is not None and is_right and told.is_wrong else "false"


@pytest.fixture(scope="module")
def total(office: Path) -> Counter[str]:
    return sum((judged(name) for name in NAMES), Counter[str]())


def test_the_texts_have_enough_to_measure_by(total: Counter[str]) -> None:
    assert total["told"] >= 190
    assert total["wrong"] >= 20


def test_numbers_are_matched_with_the_figures_that_they_are(total: Counter[str]) -> None:
    assert total["right"] / total["matched"] >= 0.97, total
    assert total["right"] / total["told"] >= 0.90, (
        total
    )  # a small town has small numbers, which agree by chance


def test_wrong_numbers_are_told_and_right_ones_never(total: Counter[str]) -> None:
    assert total["false"] == 0, total
    assert total["caught"] / total["wrong"] >= 0.6, total


def test_a_village_is_compared_with_itself_and_another_town_with_nothing(office: Path) -> None:
    told = said("2020年4月22日,云台山村有建档立卡户1户。通山县有建档立卡户1户。邻镇有建档立卡户1户。")
    assert [reference for _, _, reference in told] in ([], ["poor_households[村=云台山村]"])
    assert said("官塘驿镇2019年工作总结\n全镇建档立卡户120户,2019年危房改造32户。") == []


def test_a_year_is_compared_with_that_year(office: Path) -> None:
    amounts = text_amounts(2018), text_amounts(2019)
    assert amounts[0] != amounts[1]
    words = "2018年住院报销{}元,2019年住院报销{}元。".format(*amounts)
    assert [verdict for _, verdict, _ in said(words)] == ["agree", "agree"]


def text_amounts(year: int) -> Decimal:
    [figure] = answers([f"inpatient_reimbursed@{year}"], YEAR_END, EVERYTHING, home_rulebook())
    return figure.value or Decimal(0)


@pytest.mark.parametrize(
    "words",
    [
        "力争家庭医生签约{}人。",  # an aim
        "产业奖补惠及贫困户{}户。",  # some of them
        "每户发放低保金{}元。",  # so much for each
        "春季学前教育资助{}人次。",  # one term
        "家庭医生签约儿童{}人。",  # a narrower group
    ],
)
def test_what_speaks_of_something_else_is_not_accused(office: Path, words: str) -> None:
    for number in (7, 113, 121, 457, 999):
        told = said(f"截至2019年12月31日,全镇情况。\n2019年{words.format(number)}")
        assert [verdict for _, verdict, _ in told if verdict == "differ"] == []


def test_a_number_that_may_be_another_is_asked_about(office: Path) -> None:
    [figure] = answers(["award_crop_amount@2019"], YEAR_END, EVERYTHING, home_rulebook())
    assert figure.value is not None
    [(_, verdict, reference)] = said(f"2019年兑现产业奖补,种植业{figure.value + 301}元。")
    assert (verdict, reference) == ("ask", "award_crop_amount@2019")


def test_a_reader_of_villages_is_not_compared(office: Path) -> None:
    found = verify(pasted("全镇建档立卡户1户。"))
    run = run_for(found.reading)
    assert run is not None
    with pytest.raises(UserError, match="只管其中几个村"):
        beside_ledgers(found, run, Scope((Part(frozenset({1})),)))


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("茶庵岭镇2019年总结\n2020年计划新建3个。", 20191231),
        ("讲话\n(2020年4月20日)\n去年的工作。", 20200420),
        ("通报\n2019年12月底\n数据如下。", 20191231),
        ("没有写时间的材料", None),
    ],
)
def test_a_text_is_of_the_day_that_its_title_says(words: str, day: int | None) -> None:
    assert day_of(read_text(words)) == day


def test_the_forms_of_the_answer_say_the_same(office: Path) -> None:
    found = verify(pasted("2019年12月31日,全镇建档立卡户121户,有牛马36头。"))
    run = run_for(found.reading)
    assert run is not None
    ledgers = beside_ledgers(found, run, EVERYTHING)
    told = as_json(ledgers)
    assert told["as_of"] == "2019-12-31"
    assert told["without_counterpart"] == [1]
    [one] = told["compared"]
    assert (one["quantity"], one["verdict"], one["indicator"]) == (0, "differ", "poor_households")
    assert (one["value"], one["unit"], one["time"]) == ("120", "户", "截至 2019-12-31")
    shown = as_text(ledgers, found)
    assert "【台账不同】第 1 行" in shown
    assert "台账:建档立卡户数,截至 2019-12-31,120 户;文中写的是121户" in shown
    assert "没有对应的:36头" in shown


def test_the_command_compares_and_marks(
    office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = tmp_path / "材料.txt", tmp_path / "批注.docx"
    path.write_text("2019年12月31日,全镇建档立卡户121户。", encoding="utf-8")
    home = ["--home", str(office), "--as-of", "2019-12-31"]
    assert main(["verify", str(path), *home, "--json", "--marked", str(out), "--fail-on", "suspicion"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert [one["verdict"] for one in told["compared"]] == ["differ"]
    assert [one.text for one in Document(str(out)).comments] == [
        "【台账不同】台账:建档立卡户数,截至 2019-12-31,120 户;文中写的是121户"
    ]
    assert main(["verify", str(path), "--as-of", "2019-12-31"]) == 2
    assert "--as-of 要和 --home 一起用" in capsys.readouterr().err
