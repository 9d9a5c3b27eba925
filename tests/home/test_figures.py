"""Figures of a demo town: counted, stored, narrowed to what a reader reaches, and opened to their rows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bangfu.cli.main import main
from bangfu.engine.indicators.cells import Period
from bangfu.intake.models import Batch
from bangfu.intake.rulebook import home_rulebook
from bangfu.jobs.alone import alone
from bangfu.jobs.kinds import kind_of
from bangfu.jobs.work import Work
from bangfu.ledger.scope import scope_of
from bangfu.office.access import record_export
from bangfu.office.journal.reading import shown as journal_lines
from bangfu.office.journal.writing import Source, transaction
from bangfu.office.readers import Holding, Reader
from bangfu.policy.model import Indicator
from bangfu.policy.references import Resolved, parse_reference
from bangfu.registry.actions import add_villages
from bangfu.registry.actions.correcting import correct
from bangfu.registry.queries import villages_by_name, villages_in
from bangfu.registry.scope import EVERYTHING, NOTHING, Part, Scope
from bangfu.reporting import queries
from bangfu.reporting.actions import order_count, pin_run
from bangfu.reporting.folders import COUNTED, folder_of, new_folder
from bangfu.reporting.jobs import FIGURES, SEE
from bangfu.reporting.models import Figure, FigureRun
from bangfu.reporting.rows import Opened, rows_of, rows_of_indicator
from bangfu.reporting.runs import count_days, count_figures
from bangfu.reporting.standing import standing_run
from bangfu.reporting.workbook import write_figure
from bangfu.spreadsheets.grid import open_file
from bangfu.terms.errors import UserError
from tests.home.towns import DAY, HOUSEHOLDS, YEAR_END, inside

TOWN = "421281102000"
YEAR = Period(20190101, YEAR_END)


@pytest.fixture(scope="module")
def run(counted_town: Path) -> Iterator[FigureRun]:
    """The figures of the end of 2019; tests of this module write nothing that changes them."""
    with inside(counted_town):
        yield queries.run_of_day(YEAR_END)


def indicator(name: str) -> Indicator:
    return home_rulebook().indicators[name]


def named(text: str, as_of: int = YEAR_END) -> Resolved:
    return parse_reference(text, home_rulebook()).on(as_of)


def value(run: FigureRun, text: str, scope: Scope = EVERYTHING) -> Decimal | None:
    return queries.answer(run, named(text, run.as_of), scope).value


def village(name: str) -> int:
    return villages_by_name()[name]


def test_figures_are_those_of_the_town(run: FigureRun) -> None:
    assert value(run, "poor_households") == HOUSEHOLDS
    assert value(run, "local_class_households") == HOUSEHOLDS
    parts = [value(run, f"local_class_households[local_class={label}]") for label in ("一类", "二类", "三类")]
    assert sum(part or 0 for part in parts) == HOUSEHOLDS
    assert value(run, "dibao_amount@2019") == value(run, "dibao_amount@2019-01..2019-12")


def test_figure_whose_period_is_not_stored_is_counted_from_the_same_rows(run: FigureRun) -> None:
    parts = [value(run, f"inpatient_reimbursed@{span}") for span in ("2019-01..2019-06", "2019-07..2019-12")]
    assert sum(part or 0 for part in parts) == value(run, "inpatient_reimbursed@2019")
    assert parts[0]
    assert parts[1]


def test_every_stored_figure_is_what_its_rows_come_to(run: FigureRun) -> None:
    stored = list(Figure.objects.filter(run=run).exclude(indicator__in=standards()).order_by("pk"))
    assert len(stored) > 5_000
    for figure in Random(3).sample(stored, 60):
        opened = opened_of(run, figure)
        assert come_to(indicator(opened.of), opened) == figure.total, (
            figure.indicator,
            figure.cut,
            figure.label,
        )


def standards() -> list[str]:
    return [one.id for one in home_rulebook().indicators.values() if one.measure == "standard"]


def opened_of(run: FigureRun, figure: Figure) -> Opened:
    period = Period(figure.period_start, figure.period_end)
    only = [(figure.cut, figure.label)] if figure.cut else []
    places = frozenset({figure.village_key}) if figure.is_of_village else None
    asked = indicator(figure.indicator)
    return rows_of_indicator(run, asked, period, only, villages=places, limit=100_000)


def come_to(asked: Indicator, opened: Opened) -> int:
    values: list[tuple[Any, ...]] = [row.values for row in opened.rows if None not in row.values]
    if asked.measure == "distinct":
        return len(set(values))
    return len(opened.rows) if asked.measure == "rows" else sum(value[0] for value in values)


def test_rows_name_village_household_and_person_and_mask_numbers(run: FigureRun) -> None:
    opened = rows_of(run, named("members_left"))
    labels = [column.label for column in opened.columns]
    assert labels[:3] == ["村", "户编号", "姓名(名称)"]
    assert {"减少日期", "减少原因"} <= set(labels)
    assert all(len(row.cells) == len(labels) and all(row.cells[:3]) for row in opened.rows)
    dibao = rows_of(run, named("dibao_families@2019"))
    account = [column.label for column in dibao.columns].index("银行账号")
    assert all(row.cells[account].startswith("****") for row in dibao.rows)


def test_rows_are_read_page_by_page(run: FigureRun) -> None:
    whole = rows_of(run, named("poor_persons"), limit=100_000)
    first = rows_of(run, named("poor_persons"), limit=50)
    second = rows_of(run, named("poor_persons"), limit=50, after=first.rows[-1].row_key)
    assert (first.has_more, whole.has_more) == (True, False)
    assert [row.row_key for row in (*first.rows, *second.rows)] == [row.row_key for row in whole.rows[:100]]


def test_a_reader_of_villages_sees_their_figures_and_rows_only(run: FigureRun) -> None:
    north, south = (village(name) for name in ("罗峰村", "温泉村"))
    one, both = Scope((Part(frozenset({north})),)), Scope((Part(frozenset({north, south})),))
    for text in ("poor_persons", "dibao_amount@2019", "poor_persons[sex=女]", "poor_households_size_mean"):
        figure, opened = queries.answer(run, named(text), one), rows_of(run, named(text), one, limit=100_000)
        assert figure.value == value(run, add(text, "村=罗峰村")), text
        assert {row.village for row in opened.rows} == {north}
        assert figure.count == len(opened.rows)
    persons = [value(run, f"poor_persons[村={name}]") for name in ("罗峰村", "温泉村")]
    assert value(run, "poor_persons", both) == sum(part or 0 for part in persons)
    assert queries.answer(run, named("dibao_persons@2019"), both).is_summed
    with pytest.raises(UserError, match="您不能看这个村的指标"):
        queries.answer(run, named("poor_persons[村=温泉村]"), one)


def add(text: str, part: str) -> str:
    return f"{text[:-1]},{part}]" if text.endswith("]") else f"{text}[{part}]"


def test_a_reader_of_households_sees_their_rows_and_no_figures(run: FigureRun) -> None:
    homes = frozenset(row.household or 0 for row in rows_of(run, named("poor_households"), limit=3).rows)
    paired = Scope((Part(None, None, homes),))
    assert {row.household for row in rows_of(run, named("poor_persons"), paired, limit=999).rows} == homes
    assert queries.answer(run, named("poor_persons"), paired).why_not == ("您的账号看不到整村的数",)
    assert rows_of(run, named("poor_persons"), NOTHING).rows == ()


def test_table_by_village_has_every_village_and_its_sum(run: FigureRun) -> None:
    asked = [indicator("poor_persons"), indicator("poor_households"), indicator("dibao_families")]
    table = queries.table(run, asked, "village", YEAR)
    assert [name for name, _ in table.lines] == list(villages_in(EVERYTHING).values())
    for place, total in enumerate(table.columns[:2]):
        assert sum(line[place].value or 0 for _, line in table.lines) == total.value


def test_table_by_a_dimension_follows_the_order_of_forms(run: FigureRun) -> None:
    table = queries.table(run, [indicator("poor_persons")], "age_group")
    assert [name for name, _ in table.lines] == [
        "16岁以下",
        "16-29岁",
        "30-39岁",
        "40-49岁",
        "50-59岁",
        "60岁以上",
    ]
    assert sum(line[0].value or 0 for _, line in table.lines) == table.columns[0].value
    programmes = queries.table(run, [indicator("award_times")], "programme", YEAR)
    assert "畜牧奖补" in "".join(name for name, _ in programmes.lines)
    with pytest.raises(UserError, match="没有按这个维度计算"):
        queries.table(run, [indicator("poor_persons")], "month")


def test_tables_take_as_many_queries_for_many_lines_as_for_few(run: FigureRun) -> None:
    persons = [indicator("poor_persons"), indicator("poor_persons_insured")]

    def asked(by: str, scope: Scope) -> int:
        with CaptureQueriesContext(connection) as captured:
            queries.table(run, persons, by, scope=scope)
        return len(captured)

    one = Scope((Part(frozenset({village("罗峰村")})),))
    assert asked("village", one) == asked("village", EVERYTHING) == 4


def test_series_has_a_number_for_every_month_and_village(run: FigureRun) -> None:
    months = queries.series(run, indicator("inpatient_reimbursed"), "month")
    assert months.points == tuple(f"2019-{month:02}" for month in range(1, 13))
    assert sum(months.lines["住院报销金额"]) == value(run, "inpatient_reimbursed@2019")
    asked = indicator("inpatient_reimbursed")
    with CaptureQueriesContext(connection) as captured:
        villages = queries.series(run, asked, "month", "village", last=6)
    assert len(captured) == 2
    assert set(villages.lines) == set(villages_in(EVERYTHING).values())
    halves = [sum(column) for column in zip(*villages.lines.values(), strict=True)]
    assert tuple(halves) == months.lines["住院报销金额"][6:]
    years = queries.series(run, indicator("members_joined"), "year", last=3)
    assert years.points == ("2017", "2018", "2019")


def test_every_figure_told_to_texts_is_named_so_that_it_is_found_again(run: FigureRun) -> None:
    told = list(queries.figures_for(run, villages=True))
    assert {"poor_households", "dibao_amount"} <= {figure.indicator for figure in told}
    for figure in Random(4).sample([one for one in told if one.label is not None or not one.cut], 120):
        if not (figure.label or "").startswith(("(",)) and "," not in figure.reference.partition("[")[2]:
            assert value(run, figure.reference) == figure.value, figure.reference
    with pytest.raises(UserError, match="您的账号只管其中几个村"):
        next(queries.figures_for(run, Scope((Part(frozenset({1})),))))


def test_figure_that_could_not_be_counted_says_why(run: FigureRun) -> None:
    figure = queries.answer(run, named("orphan_amount"))
    assert (figure.value, figure.text) == (None, "—")
    assert figure.why_not == ("没有“孤儿和事实无人抚养儿童保障”的名单",)


def test_figures_of_a_text_ask_for_the_days_they_need(run: FigureRun) -> None:
    texts = ["poor_households@2018", "poor_persons", "members_left@2018"]
    policy = home_rulebook()
    assert queries.days_needed(texts, YEAR_END, policy) == {20181231, YEAR_END}
    with pytest.raises(UserError, match="还没有计算过 2018-12-31 的指标"):
        queries.answers(texts, YEAR_END, EVERYTHING, policy)
    count_days([20181231], actor="测试")
    before, now, left = queries.answers(texts, YEAR_END, EVERYTHING, policy)
    assert (before.as_of, now.as_of, left.as_of) == (20181231, YEAR_END, YEAR_END)
    assert left.period == Period(20180101, 20181231)


def test_workbook_holds_every_row_and_is_journalled(run: FigureRun, tmp_path: Path) -> None:
    reader = Reader(1, "zhou", "周文书", "", (Holding("clerk", TOWN),))
    path, scope = tmp_path / "rows.xlsx", scope_of(reader, SEE)
    with pytest.raises(UserError, match="请写明导出的用途"):
        write_figure(path, run, named("members_left"), scope, reader=reader, reason=" ", at="2020-04-22")
    rows = write_figure(
        path, run, named("members_left"), scope, reader=reader, reason="核对", at="2020-04-22"
    )
    grids, problems = open_file(path, "rows.xlsx")
    texts = ["".join(str(cell or "") for cell in row) for row in grids[0].rows]
    assert problems == []
    assert "动态调整自然减少人数" in texts[0]
    assert any("周文书" in text and "核对" in text for text in texts)
    assert sum(row[0] is not None and str(row[0]).split(".")[0].isdigit() for row in grids[0].rows) == rows
    [entry] = journal_lines("access_record", None, 1)
    assert "导出" in entry
    assert f"{rows}" in entry


def test_counting_again_gives_the_same_run_until_something_is_written(town: Path) -> None:
    first = count_figures(DAY, actor="测试")
    assert count_figures(DAY, actor="别人") == first
    home = next(iter(rows_of(FigureRun.objects.get(pk=first), named("poor_households", DAY), limit=1).rows))
    with transaction(actor="测试", source=Source("form"), reason="改") as change:
        correct(change, "household", {home.row_key: {"archive_note": "补了材料"}})
    second = count_figures(DAY, actor="测试")
    assert second != first
    assert not FigureRun.objects.filter(pk=first).exists()
    assert not folder_of(first).exists()
    assert Figure.objects.filter(run=second).count() > 1_000


def test_taking_a_table_away_changes_no_figure_and_a_list_without_new_rows_may(run: FigureRun) -> None:
    record_export(Reader(1, "zhou", "周文书"), what="名单", reason="核对", rows=3)
    assert count_figures(YEAR_END, actor="测试") == run.pk
    at = datetime(2020, 4, 22, tzinfo=UTC)
    batch = Batch.objects.create(
        file_name="名单", sha256="", state="applied", actor="", received_at=at, applied_at=at
    )
    assert standing_run(YEAR_END) is None
    batch.delete()
    assert standing_run(YEAR_END) == run


def test_a_count_of_another_journal_does_not_stand(run: FigureRun) -> None:
    assert standing_run(YEAR_END) == run
    FigureRun.objects.filter(pk=run.pk).update(seal="of another register")
    assert standing_run(YEAR_END) is None
    FigureRun.objects.filter(pk=run.pk).update(seal=run.seal)


def test_rows_are_the_same_without_what_the_count_kept(run: FigureRun, tmp_path: Path) -> None:
    texts = [
        "poor_households",
        "paired_ratio[村=罗峰村]",
        "inpatient_reimbursed@2019-01..2019-06",
        "household_loan_mean@2019",
        "members_left@2019",
    ]
    kept = [rows_of(run, named(text), limit=5_000) for text in texts]
    counted = folder_of(run.pk) / COUNTED
    counted.rename(tmp_path / COUNTED)
    assert [rows_of(run, named(text), limit=5_000) for text in texts] == kept
    (tmp_path / COUNTED).rename(counted)
    assert [len(opened.rows) > 0 for opened in kept] == [True] * len(texts)


def test_a_pinned_run_stays(town: Path) -> None:
    first = count_figures(YEAR_END, actor="测试")
    pin_run(first)
    FigureRun.objects.filter(pk=first).update(position=0)
    assert count_figures(YEAR_END, actor="测试") != first
    assert Figure.objects.filter(run=first).exists()


def test_counting_ordered_twice_is_one_job(town: Path) -> None:
    first = order_count(DAY, actor="周文书")
    assert order_count(DAY, actor="吴文书") == first
    assert order_count(YEAR_END, actor="周文书") != first
    with pytest.raises(UserError, match="已经被更新的一次代替"):
        pin_run(9_999)


def test_forms_are_filled_by_village_with_shares(run: FigureRun) -> None:
    policy = home_rulebook()
    filled = queries.statistic(run, queries.statistic_table("1.1", policy))
    persons = [cells[0].value or 0 for _, cells in filled.lines]
    assert [name for name, _ in filled.lines] == list(villages_in(EVERYTHING).values())
    assert sum(persons) == filled.totals[0].value == value(run, "poor_persons")
    assert sum(cell.value or 0 for cell in filled.totals[1:]) == filled.totals[0].value
    assert abs(sum(cell.share or 0 for cell in filled.totals[1:]) - 100) < Decimal("0.05")
    with CaptureQueriesContext(connection) as captured:
        queries.statistic(run, policy.statistics["2.4"])
    assert len(captured) == 15  # villages, their cells, and a total for each column and the whole
    with pytest.raises(UserError, match=r"没有统计表 1\.99"):
        queries.statistic_table("1.99", policy)


def test_every_form_is_filled_as_far_as_there_is_data(run: FigureRun) -> None:
    for table in home_rulebook().statistics.values():
        filled = queries.statistic(run, table)
        for column, cell in zip(table.columns, filled.totals, strict=True):
            assert not (column.missing and cell.value is not None)
            assert bool(column.missing) <= bool(cell.why_not)


def test_a_job_that_is_delivered_twice_counts_once(run: FigureRun) -> None:
    kind = kind_of(FIGURES)
    assert kind is not None
    work = Work(7, "测试", {"as_of": 20190630})
    told = [kind.run(work) for _ in range(2)]
    assert told[0] == told[1]
    assert told[0]["as_of"] == 20190630


def test_the_daily_count_has_the_end_of_last_year_as_well(town: Path) -> None:
    kind = kind_of(FIGURES)
    assert kind is not None
    assert kind.run(Work(8, "测试", {}))["as_of"] == DAY
    assert [run.as_of for run in map(standing_run, (YEAR_END, DAY)) if run is not None] == [YEAR_END, DAY]


def test_rows_of_a_run_whose_snapshot_is_gone_are_asked_for_anew(run: FigureRun) -> None:
    other = FigureRun(pk=9_999, as_of=YEAR_END, policy_hash=run.policy_hash, place=TOWN)
    with pytest.raises(UserError, match="这次计算的明细已经清理,请重新计算 2019-12-31"):
        rows_of(other, named("poor_households"))
    changed = FigureRun.objects.get(pk=run.pk)
    changed.policy_hash = "other"
    with pytest.raises(UserError, match="计算以后规则库改过"):
        rows_of(changed, named("poor_households"))


def test_the_command_lists_figures_breaks_them_down_and_opens_them(
    run: FigureRun, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["indicators", "--as-of", "2019-12-31"]
    assert main(asked) == 0
    assert f"建档立卡户数  {HOUSEHOLDS} 户  [poor_households]" in capsys.readouterr().out
    assert main([*asked, "--name", "低保户数@2019[村=罗峰村]", "--name", "poor_households", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["indicator"] for one in told] == ["dibao_families", "poor_households"]
    assert told[1]["value"] == str(HOUSEHOLDS)
    assert main([*asked, "--name", "poor_households", "--by", "village"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "\t建档立卡户数(户)"
    assert lines[-1] == f"合计\t{HOUSEHOLDS}"
    assert main([*asked, "--rows", "poor_households"]) == 0
    assert "只列出前 50 行" in capsys.readouterr().out
    book = tmp_path / "rows.xlsx"
    assert main([*asked, "--rows", "poor_households", "--xlsx", str(book), "--reason", "核对"]) == 0
    assert book.is_file()
    assert f"{HOUSEHOLDS} 行已写到" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--name", "poor_house"], "没有指标 poor_house,是不是 poor_households"),
        (["--name", "poor_households[村=罗锋村]"], "没有村 罗锋村,是不是"),
        (["--by", "village"], "--by 要用 --name 写明看哪些指标"),
        (["--xlsx", "a.xlsx"], "--xlsx 要和 --rows 一起用"),
    ],
)
def test_what_is_asked_wrongly_is_told(
    run: FigureRun, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["indicators", "--as-of", "2019-12-31", *arguments]) == 2
    assert message in capsys.readouterr().err


def test_figures_are_kept_alike_in_both_databases(any_home: Path) -> None:
    with transaction(actor="测试", source=Source("form"), reason="新建") as change:
        add_villages(
            change, [{"village_code": "421281102201", "village_name": "甲村", "total_households": 3}]
        )
    run = count_figures(DAY, actor="测试")
    stored = Figure.objects.filter(run=run, cut="").order_by("indicator", "is_of_village")
    told = [(one.indicator, one.is_of_village, one.village_key, one.value) for one in stored]
    [key] = villages_by_name().values()
    assert ("village_households", False, None, 3) in told
    assert ("villages", True, key, 1) in told
    assert count_figures(DAY, actor="测试") == run


def test_what_a_killed_count_left_is_cleared_away(home: Path) -> None:
    dead, live = home / "figures" / ".dead", home / "figures" / ".live"
    for folder in (dead, live):
        folder.mkdir(parents=True)
        (folder / "person.parquet").touch()
    with alone(live.with_suffix(".lock")):
        with new_folder() as folder:
            folder.mkdir()
            assert not dead.exists()
            assert live.exists(), "another process counts into it"
        assert not folder.exists()
    with new_folder():
        pass
    assert [path.name for path in (home / "figures").iterdir()] == []
