"""The demo town, built once: its figures, its planted faults, and that nothing else is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from bangfu.cli.main import main
from bangfu.demo.blueprint import SEED
from bangfu.demo.faults import Planted, write_list
from bangfu.demo.published import computed, days, published
from bangfu.demo.town import Made, fill_home
from bangfu.intake import batches
from bangfu.intake.batches import fact_models
from bangfu.intake.exports.national import export_national
from bangfu.intake.snapshots.writing import write_snapshot
from bangfu.office.home import this_home
from bangfu.office.journal.rows import all_rows
from bangfu.office.journal.verifying import broken_facts, broken_links
from bangfu.registry import queries
from bangfu.screening.findings import Finding
from bangfu.screening.job import Job, check_snapshot
from tests.home.databases import Databases, use
from tests.home.hashes import facts_hash
from tests.house.tree import ROOT

HOUSEHOLDS = 824
REPORT = ROOT.parent / "shared" / "seed" / "figures.yaml"
DAY, YEAR_END, YEAR_BEFORE = 20200422, 20191231, 20181231


@dataclass(frozen=True)
class Town:
    folder: Path
    made: Made

    def snapshot(self, day: int) -> Path:
        path = self.folder / f"snapshot-{day}"
        if not path.exists():
            write_snapshot(day, path)
        return path


@pytest.fixture(scope="module")
def town(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("town")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BANGFU_HOME", str(folder))
        patch.setenv("BANGFU_DATABASE", "")
        with use(databases.sqlite(folder)):
            yield Town(folder, fill_home(SEED, HOUSEHOLDS))


@pytest.fixture(scope="module")
def values(town: Town) -> dict[str, Decimal]:
    """The carried figures, each of its own day."""
    return {ref: value for day in days() for ref, value in computed(town.snapshot(day)).items()}


def found_in(town: Town, out: Path) -> list[Finding]:
    found: list[Finding] = []
    job = Job(paths=(), out=out, workbooks=False, quiet=True)
    check_snapshot(job, town.snapshot(DAY), found.append)
    return [one for one in found if one.is_finding]


def test_every_carried_figure_holds(values: dict[str, Decimal]) -> None:
    assert [f for f in published() if f.is_carried and not f.holds(values[f.ref])] == []
    assert len(values) == sum(figure.is_carried for figure in published())


def test_what_is_not_carried_says_why() -> None:
    assert [f.ref for f in published() if not f.is_carried and not f.reason] == []
    assert [f.ref for f in published() if f.reported is not None and not f.why] == []


def test_the_sums_that_the_report_got_wrong_come_out_right(values: dict[str, Decimal]) -> None:
    doubts = {f.ref: (values[f.ref], f.reported) for f in published() if f.reported is not None}
    assert doubts == {"q056": (768, 766), "q057": (Decimal("660480.5"), 650500)}


@pytest.mark.skipif(not REPORT.exists(), reason="the report's figures are not kept with the code")
def test_declared_figures_are_the_reports() -> None:
    told = {item["ref"]: item for item in yaml.safe_load(REPORT.read_text("utf-8"))["figures"]}
    declared = {figure.ref: figure for figure in published()}
    assert list(declared) == list(told)
    for ref, figure in declared.items():
        report = figure.value if figure.reported is None else figure.reported
        assert report == Decimal(str(told[ref]["base"])), ref
        assert figure.at_least == ("approx" in told[ref]), ref
        assert (figure.subject, figure.unit) == (told[ref]["subject"], told[ref]["base_unit"]), ref


def test_checks_find_the_planted_faults_and_nothing_else(town: Town, tmp_path: Path) -> None:
    found = found_in(town, tmp_path)
    planted = Counter((item.check, item.subject) for item in town.made.planted)
    assert Counter((item.check.id, item.subject.id) for item in found) == planted
    assert sum(item.cause == "" for item in town.made.planted) >= 25


def test_the_list_of_known_faults_names_check_subject_and_reason(tmp_path: Path) -> None:
    path = write_list(tmp_path, [Planted("loan.overdue", "42102000000101", "罗峰村", "到期未还")])
    assert path.name == "已知问题.tsv"
    assert path.read_text("utf-8-sig").splitlines() == [
        "规则\t对象\t村\t原因\t来由",
        "loan.overdue\t42102000000101\t罗峰村\t到期未还\t",
    ]


def test_members_come_and_go_by_their_events(town: Town) -> None:
    sizes = [queries.memberships_on(day).count() for day in (YEAR_BEFORE, YEAR_END, DAY)]
    assert sizes == [3326, 3299, 3299]  # 41 joined and 68 left in 2019
    assert town.made.persons == 3299


def test_incomes_of_every_year_add_up(town: Town) -> None:
    planted = {item.subject for item in town.made.planted}
    numbers = {row["id"]: row["nat_household_no"] for row in all_rows(fact_models()["household"])}
    plus = ("wage_income", "operating_income", "property_income", "transfer_income")
    years = Counter[int]()
    for row in all_rows(fact_models()["annual_record"]):
        years[row["data_year"]] += 1
        if numbers[row["household_key"]] not in planted:
            net = sum(row[name] for name in plus) - row["operating_cost"]
            assert row["net_income"] == net
            assert abs(row["per_capita_net_income"] * row["household_size"] - net) <= row["household_size"]
    assert list(years) == sorted(years)
    assert years[2019] == HOUSEHOLDS


def test_people_are_invented(town: Town) -> None:
    persons = list(all_rows(fact_models()["person"]))
    assert {row["id_no"][:6] for row in persons} == {"429999"}
    assert [row for row in persons if "某" in row["full_name"]] == []
    monitored = [row["household_key"] for row in all_rows(fact_models()["monitoring_episode"])]
    heads = queries.person_rows(row["head_key"] for row in queries.household_rows(monitored).values())
    assert len(heads) == 2
    assert [head["full_name"] for head in heads.values() if head["full_name"].startswith("李")] == []


EXPORTED = (
    "village",
    "household",
    "person",
    "membership",
    "status_event",
    "annual_record",
    "monitoring_episode",
)
KEYS = {"id", "src", "src_row", "village_key", "head_key", "person_key", "household_key"}
NOT_CARRIED = {"period_from", "period_to", "village_attribute"}
"""No national export has the months of a year's reckoning, or which villages are deeply poor."""


def register() -> dict[str, dict[object, object]]:
    """What the register says of the exported year, by the national system's own numbers."""
    rows = {name: list(all_rows(fact_models()[name])) for name in EXPORTED}
    homes = {row["id"]: row["nat_household_no"] for row in rows["household"]}
    people = {row["id"]: row["nat_person_no"] for row in rows["person"]}
    places = {row["id"]: row["village_code"] for row in rows["village"]}
    told: dict[str, dict[object, object]] = {}
    for name, listed in rows.items():
        told[name] = {}
        for row in listed:
            if row.get("data_year", 2019) < 2019 and name == "annual_record":
                continue
            number = row.get("nat_household_no") or row.get("nat_person_no") or row.get("village_code")
            who = (
                number,
                homes.get(row.get("household_key")),
                people.get(row.get("person_key") or row.get("head_key")),
                places.get(row.get("village_key")),
            )
            values = {column: value for column, value in row.items() if column not in KEYS | NOT_CARRIED}
            told[name][*who, row.get("event"), row.get("joined_on")] = values
    return told


def test_national_exports_load_back_as_the_same_register(
    town: Town, databases: Databases, tmp_path: Path
) -> None:
    files = export_national(tmp_path / "exports", DAY)
    told = register()
    other = tmp_path / "other"
    other.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BANGFU_HOME", str(other))
        with use(databases.sqlite(other)):
            for path in files:
                batch = batches.stage(path, actor="测试", as_of=DAY).batch.pk
                batches.apply(batch, actor="测试")
            again = register()
    for name in EXPORTED:
        assert again[name] == told[name], name


def test_journal_holds(town: Town) -> None:
    assert [*broken_links(), *broken_facts(fact_models().values())] == []


def filled(databases: Databases, folder: Path, seed: int, households: int) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BANGFU_HOME", str(folder))
        patch.setenv("BANGFU_DATABASE", "")
        with use(databases.sqlite(folder)):
            made = fill_home(seed, households)
            assert (made.households, made.planted) == (households, [])
            return facts_hash()


def test_same_seed_same_facts(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> None:
    first, second, other = (
        filled(databases, tmp_path_factory.mktemp("small"), seed, 60) for seed in (1, 1, 2)
    )
    assert first == second != other


def test_both_databases_hold_the_same_town(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder, address = tmp_path_factory.mktemp("server"), databases.postgresql()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BANGFU_HOME", str(folder))
        patch.setenv("BANGFU_DATABASE", address)
        with use(address):
            fill_home(1, 60)
            there = facts_hash()
    assert there == filled(databases, tmp_path_factory.mktemp("file"), 1, 60)


def test_more_households_than_the_town_has(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("larger")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BANGFU_HOME", str(folder))
        with use(databases.sqlite(folder)):
            made = fill_home(3, HOUSEHOLDS + 30)
            numbers = Counter(row["nat_household_no"] for row in all_rows(fact_models()["household"]))
            assert made.households == len(numbers) == HOUSEHOLDS + 30
            ids = Counter(row["id_no"][:18] for row in all_rows(fact_models()["person"]))
            assert [number for number, count in ids.items() if count > 1] == []


def test_the_command_says_what_was_made_and_what_to_try(
    databases: Databases, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BANGFU_HOME", str(tmp_path / "new"))
        patch.setenv("BANGFU_DATABASE", "")
        with use(""):
            assert main(["demo", "--home", str(tmp_path / "new"), "--households", "30"]) == 0
            assert this_home().business_on == DAY
            assert this_home().overlays == "demo"
    told = capsys.readouterr().out
    assert "在册 30 户" in told
    assert "与公开的汇报不一致" in told
    assert "bangfu check" in told
    assert not (tmp_path / "new" / "已知问题.tsv").exists()


def test_a_home_that_is_there_is_not_built_over(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--home", str(home)]) == 2
    assert "已经有台账" in capsys.readouterr().err


@pytest.mark.parametrize("households", ["0", "-3", "1000001"])
def test_number_of_households_has_limits(households: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--households", households]) == 2
    assert "户数" in capsys.readouterr().err
