"""Whatever happens in whatever order: what the register says of a day is what a plain replay of it says."""

from __future__ import annotations

import itertools
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bangfu.intake.batches import fact_models
from bangfu.intake.snapshots.writing import write_snapshot
from bangfu.office.journal.undoing import undo
from bangfu.office.journal.writing import Source, Writing, transaction
from bangfu.office.refusal import Refused
from bangfu.registry import actions, queries
from bangfu.registry.actions import Classed, Happened, Join, Leave

DAYS = (20140101, 20161231, 20170601, 20180305, 20191201)
ASKED = (20131231, 20170601, 20181231, 20200422)
EVENTS = ("识别", "脱贫", "返贫", "纳入监测", "风险消除", "清退")
CLASSES = ("一类", "二类", "三类")
HOMES, PEOPLE = 2, 3


@dataclass
class Replay:
    """Plain lists of what was accepted."""

    events: list[tuple[int, int, str]] = field(default_factory=list)  # household, day, event
    classes: list[tuple[int, int, str]] = field(default_factory=list)
    records: dict[tuple[int, int], int] = field(default_factory=dict)
    spells: list[list[int]] = field(default_factory=list)  # person, household, since, until

    def members(self, household: int, day: int) -> list[int]:
        return sorted(
            p for p, home, since, until in self.spells if home == household and since <= day < until
        )

    def local_class(self, household: int, day: int) -> str | None:
        told = [(on, label) for home, on, label in self.classes if home == household and on <= day]
        return max(told, key=lambda one: one[0])[1] if told else None

    def income(self, household: int, day: int) -> int | None:
        told = {year: value for (home, year), value in self.records.items() if home == household}
        years = [year for year in told if year <= day // 10000]
        return told[max(years)] if years else None

    def is_poor(self, household: int, day: int) -> bool:
        """The last of the events that change it."""
        told = sorted(
            (on, EVENTS.index(event)) for home, on, event in self.events if home == household and on <= day
        )
        poor = False
        for _, event in told:
            poor = {"识别": True, "返贫": True, "脱贫": False, "清退": False}.get(EVENTS[event], poor)
        return poor

    def is_on_file(self, household: int, day: int) -> bool:
        return any(home == household and on <= day for home, on, _ in self.events) or any(
            home == household and since <= day for _, home, since, _ in self.spells
        )


steps = st.lists(
    st.one_of(
        st.tuples(st.just("event"), st.integers(0, 1), st.sampled_from(EVENTS), st.sampled_from(DAYS)),
        st.tuples(st.just("class"), st.integers(0, 1), st.sampled_from(CLASSES), st.sampled_from(DAYS)),
        st.tuples(st.just("record"), st.integers(0, 1), st.integers(0, 9), st.sampled_from(DAYS)),
        st.tuples(st.just("join"), st.integers(0, 1), st.integers(0, 2), st.sampled_from(DAYS)),
        st.tuples(st.just("leave"), st.integers(0, 1), st.integers(0, 2), st.sampled_from(DAYS)),
    ),
    min_size=6,
    max_size=24,
)


@settings(
    max_examples=100 if os.environ.get("BANGFU_SOAK") else 3,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(steps=steps)
def test_a_day_is_what_a_replay_says(home: Path, steps: list[tuple[str, int, object, int]]) -> None:
    replay, source = Replay(), Source("form", "replay")
    with transaction(actor="张三", source=source) as change:
        homes = actions.add_households(
            change, [{"nat_household_no": f"61000000000{i}"} for i in range(HOMES)]
        )
        people = actions.add_persons(change, [{"full_name": "甲"} for _ in range(PEOPLE)])
        for step in steps:
            with suppress(Refused):
                take(change, replay, homes, people, *step)
    try:
        compare(replay, homes)
    finally:
        undo(source, fact_models(), actor="张三")


def compare(replay: Replay, homes: list[int]) -> None:
    for day, household in itertools.product(ASKED, homes):
        assert sorted(queries.members_on(day, [household]).get(household, [])) == replay.members(
            household, day
        )
        assert queries.statuses_on(day, [household])[household].is_poor == replay.is_poor(household, day)
        assert queries.classes_on(day, [household]).get(household) == replay.local_class(household, day)
    for day in ASKED:
        assert snapshot_of(day) == sorted(
            (one, len(replay.members(one, day)), replay.local_class(one, day), replay.income(one, day))
            for one in homes
            if replay.is_on_file(one, day)
        )


def take(
    change: Writing,
    replay: Replay,
    homes: list[int],
    people: list[int],
    kind: str,
    where: int,
    what: object,
    day: int,
) -> None:
    household = homes[where]
    if kind == "event":
        actions.record_statuses(change, [Happened(household, str(what), day)])
        replay.events.append((household, day, str(what)))
    elif kind == "class":
        actions.classify(change, [Classed(household, str(what), day)])
        replay.classes.append((household, day, str(what)))
    elif kind == "record":
        year = day // 10000
        actions.put_annual_records(
            change, [{"household_key": household, "data_year": year, "net_income": what}]
        )
        replay.records[household, year] = int(str(what))
    elif kind == "join":
        actions.join(change, [Join(people[int(str(what))], household, day)])
        replay.spells.append([people[int(str(what))], household, day, 99991231])
    else:
        person = people[int(str(what))]
        actions.leave(change, [Leave(person, day)])
        next(spell for spell in replay.spells if spell[0] == person and spell[3] == 99991231)[3] = day


def snapshot_of(day: int) -> list[tuple[object, ...]]:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "s"
        write_snapshot(day, out)
        query = (
            f"SELECT row_key, current_household_size, local_class, net_income FROM '{out}/household.parquet'"
        )
        return sorted(duckdb.connect().execute(query).fetchall())
