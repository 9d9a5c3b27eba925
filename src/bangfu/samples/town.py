"""The whole town: household after household into every file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

from bangfu.samples.builder import Builder
from bangfu.samples.comparisons import Comparisons
from bangfu.samples.education import Education
from bangfu.samples.finance import Finance
from bangfu.samples.household import Household
from bangfu.samples.jobs import Jobs
from bangfu.samples.medical import Medical
from bangfu.samples.national import NationalExports
from bangfu.samples.notes import FaultNotes
from bangfu.samples.people import Census, born
from bangfu.samples.places import Village, villages
from bangfu.samples.production import Production
from bangfu.samples.projects import Projects
from bangfu.samples.village_export import Counts, VillageExport
from bangfu.samples.welfare import Welfare


def write_town(folder: Path, households: int, seed: int, faults: bool, national_only: bool = False) -> None:
    """Writes the files of a town of so many households; the same arguments give the same files.

    With `faults`, some two households or rows in a hundred are faulty, but every kind of fault is planted once where
    the town has a place for it, so that a small town has more; 已知问题.tsv lists them. `national_only` leaves out the
    departments' lists.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rng, census = Random(seed), Census()
    notes = FaultNotes(folder, seed, faults)
    national = NationalExports(folder, notes, census, rng)
    village_export = VillageExport(folder, notes, census, rng)
    departments = None if national_only else _Departments(folder, notes, census, rng)
    builder, places = Builder(rng, census), villages()
    for nth, village in enumerate(places):
        counts = Counts()
        if departments:
            departments.begin_village(village)
        share = households * (nth + 1) // len(places) - households * nth // len(places)
        for household in builder.households(village, share):
            national.add(household)
            counts.add(household)
            if departments:
                departments.add(household)
        if departments:
            departments.end_village(village, share)
        village_export.add(village, counts)
    national.close()
    village_export.close()
    if departments:
        departments.close()
    notes.write()


class _Departments:
    """All departments' lists, and the ordinary villagers who stand in them too."""

    def __init__(self, folder: Path, notes: FaultNotes, census: Census, rng: Random) -> None:
        self._rng, self._census = rng, census
        self._welfare = Welfare(folder, notes, rng)
        self._jobs = Jobs(folder, notes, rng, self._welfare.add_death)
        self._education, self._medical = Education(folder, notes, rng), Medical(folder, notes, rng)
        self._production, self._finance = Production(folder, notes, rng), Finance(folder, notes, rng)
        self._projects, self._comparisons = Projects(folder, notes, rng), Comparisons(folder, notes, rng)
        self._of_households = (
            self._education,
            self._medical,
            self._welfare,
            self._production,
            self._jobs,
            self._finance,
            self._comparisons,
        )

    def begin_village(self, village: Village) -> None:
        for department in (*self._of_households, self._projects):
            department.begin_village(village.name)
        self._projects.add_village(village)

    def add(self, household: Household) -> None:
        for department in self._of_households:
            department.add(household)

    def end_village(self, village: Village, households: int) -> None:
        for _ in range(max(4, households // 8)):
            self._add_outsider(village)
        for department in (*self._of_households, self._projects):
            department.end_village()

    def _add_outsider(self, village: Village) -> None:
        rng, sex = self._rng, self._rng.choice("男女")
        person = self._census.person(rng, sex, born(rng, 28, 75))
        self._comparisons.add_outsider(person)
        chance = rng.random()
        if chance < 0.12:
            old = self._census.person(rng, sex, born(rng, 70, 92))
            self._welfare.add_death(village, old, date(2023, rng.randint(1, 10), rng.randint(1, 28)))
        self._medical.add_outsider(village, person)
        self._production.add_outsider(village, person)
        self._finance.add_outsider(village, person)
        self._jobs.add_outsider(village, person)

    def close(self) -> None:
        for department in (*self._of_households, self._projects):
            department.close()
