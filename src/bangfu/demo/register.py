"""Writes a block by the register's and the ledgers' own actions, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bangfu.demo.blueprint import CLASSES
from bangfu.demo.homes import AS_OF, Block, Home, Line, Stay, Values
from bangfu.demo.rows import episode_row, household_row, person_row, record_rows
from bangfu.ledger import actions as ledgers
from bangfu.office.journal.writing import Writing
from bangfu.registry import actions
from bangfu.registry.actions import Classed, Happened, Join, Leave
from bangfu.samples.national_rows import id_no
from bangfu.terms.loader import load_terms

_CLASSED_ON = 20191120
_REASONS = {item.name: item.reason for item in CLASSES}


def write_people(change: Writing, block: Block, villages: Mapping[str, int]) -> None:
    """Households, everybody who ever belonged to them, and what happened to the households; `villages`: keys by code."""
    homes = block.homes
    rows = [household_row(home, villages[home.village.code]) for home in homes]
    for home, key in zip(homes, actions.add_households(change, rows), strict=True):
        home.key = key
    everyone = [(home, stay) for home in homes for stay in home.stays]
    keys = actions.add_persons(change, [person_row(home, stay) for home, stay in everyone])
    for (_, stay), key in zip(everyone, keys, strict=True):
        stay.key = key
    _write_stays(change, everyone)
    actions.set_heads(change, {home.key: home.head.key for home in homes}, AS_OF)
    _write_statuses(change, homes)
    actions.put_annual_records(change, [row for home in homes for row in record_rows(home)])


def _write_stays(change: Writing, everyone: Iterable[tuple[Home, Stay]]) -> None:
    listed = list(everyone)
    actions.join(change, [Join(stay.key, home.key, stay.joined, stay.join_reason) for home, stay in listed])
    gone = [Leave(stay.key, stay.left, stay.leave_reason) for _, stay in listed if stay.left is not None]
    actions.leave(change, gone)


def _write_statuses(change: Writing, homes: list[Home]) -> None:
    events = []
    for home in homes:
        events.append(Happened(home.key, "识别", home.identified * 100 + 1, precision="月"))
        events.append(Happened(home.key, "脱贫", home.exit_year * 10000 + 1231, precision="年"))
    monitored = [home for home in homes if home.is_monitored]
    events.extend(Happened(home.key, "纳入监测", 20191201, precision="月") for home in monitored)
    actions.record_statuses(change, events)
    actions.open_episodes(change, [episode_row(home) for home in monitored])
    classes = [Classed(home.key, home.local_class, _CLASSED_ON, _REASONS[home.local_class]) for home in homes]
    actions.classify(change, classes)


def write_ledgers(change: Writing, block: Block, villages: Mapping[str, int]) -> None:
    """Every line of the block in its table."""
    write_lines(change, block.lines, villages)


def write_lines(change: Writing, lines: Iterable[Line], villages: Mapping[str, int]) -> int:
    """Every line in its table, table by table; how many there were."""
    tables: dict[str, list[Values]] = {}
    for line in lines:
        tables.setdefault(line.table, []).append(ledger_row(line, villages))
    for table, rows in tables.items():
        ledgers.add(change, table, rows)
    return sum(map(len, tables.values()))


def ledger_row(line: Line, villages: Mapping[str, int]) -> Values:
    """Who is meant: by key where on file, and as the list writes it, as far as the table has the columns."""
    row, table = dict(line.values), load_terms().table(line.table)
    if line.village is not None:
        row["village_key"] = villages[line.village.code]
        if "village_name" in table.fields:
            row["village_name"] = line.village.name
    if line.home is not None:
        row["household_key"] = line.home.key
    if line.stay is not None and "person" in table.links:
        person = line.stay.person
        row |= {"person_key": line.stay.key, "full_name": person.name, "id_no": id_no(person)}
    return row
