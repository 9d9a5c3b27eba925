"""What applying a file would do to the register and its ledgers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from bangfu.intake.comparing import Asked, Change, Comparison
from bangfu.intake.lists.comparing import ComparedList
from bangfu.intake.removals import Removals
from bangfu.intake.villages import ComparedVillage

EXAMPLES = 3
"""Changes of each column that a difference shows in words."""
SHOWN = 20
"""Problems, changes and questions that are listed at most."""


@dataclass
class Difference:
    """Rows by table; `strangers` are rows of lists that mean nobody on file and need not."""

    added: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    joined: int = 0
    left: int = 0
    events: Counter[str] = field(default_factory=Counter)
    strangers: Counter[str] = field(default_factory=Counter)
    examples: list[Change] = field(default_factory=list)
    questions: list[Asked] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.joined or self.left or self.events)

    def take(self, compared: Comparison) -> None:
        """Adds a chunk's difference."""
        rows = {(change.table, change.row) for change in compared.changes}
        self.changed.update(table for table, _ in rows)
        self.unchanged.update(compared.unchanged)
        self.added.update(compared.added)
        for home in compared.households:
            self.added["household"] += home.household is None
            self.added["annual_record"] += home.record is not None and not home.record_changes
            self.added["monitoring_episode"] += home.episode is not None and "id" not in home.episode
            self.added["person"] += sum(member.person is None for member in home.members)
            self.joined += sum(member.joins for member in home.members)
            self.events.update(event.event for event in home.events)
        self.added += Counter()  # drops zeros
        shown = Counter((change.table, change.column) for change in self.examples)
        for change in compared.changes:
            if shown[change.table, change.column] < EXAMPLES:
                self.examples.append(change)
                shown[change.table, change.column] += 1
        self.questions.extend(compared.questions)

    def take_villages(self, villages: list[ComparedVillage], compared: Comparison) -> None:
        self.added["village"] += sum(item.village is None for item in villages)
        self.take(compared)

    def take_removals(self, removals: Removals, compared: Comparison) -> None:
        self.added["former_person"] += len(removals.past)
        self.left += len(removals.past) + len(removals.leaving)
        self.take(compared)

    def take_lists(self, lists: list[ComparedList], compared: Comparison) -> None:
        for item in lists:
            self.added[item.table] += sum(row.row is None for row in item.rows)
            self.strangers[item.table] += item.strangers
        self.strangers += Counter()
        self.take(compared)

    def as_json(self) -> dict[str, Any]:
        return {
            "added": dict(self.added),
            "changed": dict(self.changed),
            "unchanged": dict(self.unchanged),
            "joined": self.joined,
            "left": self.left,
            "events": dict(self.events),
            "strangers": dict(self.strangers),
            "questions": len(self.questions),
        }
