"""The demo town: a home made, and the blocks written into it one after another, each in transactions of its own."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from random import Random

from tqdm import tqdm

from bangfu.demo.block import make_block
from bangfu.demo.blueprint import HOUSEHOLDS
from bangfu.demo.faults import Planted, plant
from bangfu.demo.homes import AS_OF, TODAY, Block
from bangfu.demo.ledgers.activities import add_activities
from bangfu.demo.ledgers.help import secretaries, team_lines
from bangfu.demo.ledgers.villages import village_lines
from bangfu.demo.register import write_ledgers, write_lines, write_people
from bangfu.demo.villages import Tally, counted_rows, first_rows
from bangfu.office.home import make_home
from bangfu.office.journal.writing import Source, transaction
from bangfu.registry import actions
from bangfu.samples.people import Census
from bangfu.samples.places import Village
from bangfu.samples.places import villages as places
from bangfu.screening.place import read_default_divisions

PLACE = "421281102000"
ACTOR = "演示"
CLOSED = (2014, 2015, 2016, 2017, 2018)
"""Years whose records nobody changes any more but by a correction."""


@dataclass
class Made:
    """What was written."""

    households: int = 0
    persons: int = 0
    former: int = 0
    rows: int = 0  # of the ledgers
    planted: list[Planted] = field(default_factory=list)

    def take(self, block: Block) -> None:
        self.households += len(block.homes)
        self.persons += sum(len(home.members) for home in block.homes)
        self.former += sum(len(home.stays) - len(home.members) for home in block.homes)
        self.rows += len(block.lines)


def make_town(seed: int, households: int, *, quiet: bool = True) -> Made:
    """Makes the home of BANGFU_HOME and fills it. UserError where a home is there already.

    The same arguments give the same facts. Published figures hold for the town's own number of households.
    """
    make_home(PLACE, read_default_divisions(), business_on=AS_OF, overlays="demo")
    return fill_home(seed, households, quiet=quiet)


def fill_home(seed: int, households: int, *, quiet: bool = True) -> Made:
    """Fills an empty home."""
    rng, census = Random(seed), Census(TODAY)
    villages = {village.code: village for village in places()}
    keys = _add_villages(list(villages.values()))
    first = secretaries(rng, census, list(villages.values()))
    made, tally, opening = Made(), Tally(), Block(0)
    with tqdm(
        total=households, unit="户", desc="生成演示镇", disable=quiet, file=sys.stderr, leave=False
    ) as bar:
        for nth in range(-(-households // HOUSEHOLDS)):
            kept = min(HOUSEHOLDS, households - nth * HOUSEHOLDS)
            block = make_block(rng, census, villages, nth, kept)
            if nth == 0:
                block.lines.extend(team_lines(rng, census, list(villages.values()), first))
                add_activities(Random(str(seed)), block, list(villages.values()), first)
                opening = block
            if nth == 0 and kept == HOUSEHOLDS:
                made.planted.extend(plant(rng, block))
            _write(block, keys)
            made.take(block)
            tally.take(block)
            bar.update(kept)
    counted = counted_rows(rng, tally, keys, first)
    with transaction(actor=ACTOR, source=Source("demo"), reason="村情汇总和年度封存") as change:
        actions.change_villages(change, counted)
        of_villages = {code: counted[key] for code, key in keys.items()}
        made.rows += write_lines(
            change, village_lines(Random(str(seed)), of_villages, villages, opening), keys
        )
        for year in CLOSED:
            actions.freeze_year(change, year)
    return made


def _add_villages(villages: list[Village]) -> dict[str, int]:
    with transaction(actor=ACTOR, source=Source("demo"), reason="登记行政村") as change:
        keys = actions.add_villages(change, first_rows(villages))
    return dict(zip((village.code for village in villages), keys, strict=True))


def _write(block: Block, keys: dict[str, int]) -> None:
    source = Source("demo", str(block.nth + 1))
    with transaction(actor=ACTOR, source=source, reason="建档立卡户和家庭成员") as change:
        write_people(change, block, keys)
    with transaction(actor=ACTOR, source=source, reason="帮扶台账") as change:
        write_ledgers(change, block, keys)
