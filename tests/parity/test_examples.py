"""Every example of the rulebook: the compiled SQL answers as the example expects and as the reference says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from bangfu.policy.language import nodes as n
from bangfu.policy.model import Check, Example
from bangfu.terms.model import Relation
from tests.parity.answers import compiled, judged
from tests.parity.graph import Graph
from tests.parity.loaded import policy
from tests.parity.rows_to_tables import Tables

Case = tuple[Check, Example]
SharedValue = tuple[str, tuple[str, ...], tuple[Any, ...]]


def test_every_example_gives_its_expected_answer_from_the_compiled_sql() -> None:
    wrong = []
    asked = 0
    for (as_of, place), cases in by_time_and_place().items():
        for batch in apart(cases):
            tables = Tables(policy().terms)
            keys = [
                tables.add_subject(check.subject, example.given, i)
                for i, (check, example) in enumerate(batch)
            ]
            answers = compiled(
                tables.dataset(as_of),
                policy(),
                as_of,
                place,
                {check.id: check for check, _ in batch}.values(),
            )
            for (check, example), key in zip(batch, keys, strict=True):
                asked += 1
                got = answers.get((check.id, key), "pass")
                if got != example.expect:
                    wrong.append(f"{check.file}:{example.line}: expected {example.expect}, DuckDB says {got}")
    assert asked == sum(len(check.examples) for check in policy().checks.values())
    assert not wrong, "\n".join(wrong)


def test_every_check_answers_alike_on_the_rows_of_all_examples() -> None:
    """The examples of other checks are rows too: each check is asked of all rows of its table."""
    wrong = []
    as_of, place = 20231218, "421281102"
    tables = Tables(policy().terms)
    cases = by_time_and_place()[as_of, place]
    for number, (check, example) in enumerate(cases):
        tables.add_subject(check.subject, example.given, number)
    checks = list(policy().checks.values())
    answers = compiled(tables.dataset(as_of), policy(), as_of, place, checks)
    graph = Graph(policy().terms, tables.rows, as_of)
    for check in checks:
        for flat in tables.rows.get(check.subject, ())[:: max(1, len(tables.rows[check.subject]) // 60)]:
            expected = judged(check, graph.row(check.subject, flat), policy(), as_of, place)
            got = answers.get((check.id, flat["row_key"]), "pass")
            if got != expected:
                wrong.append(f"{check.id} on {flat}: reference {expected}, DuckDB {got}")
    assert not wrong, "\n".join(wrong[:20])


def by_time_and_place() -> dict[tuple[int, str], list[Case]]:
    groups: dict[tuple[int, str], list[Case]] = defaultdict(list)
    for check in policy().checks.values():
        for example in check.examples:
            groups[example.as_of, example.place].append((check, example))
    return groups


def apart(cases: Iterable[Case]) -> list[list[Case]]:
    """Batches in which no example's check would find rows of another one (by the same certificate, account)."""
    batches: list[_Batch] = []
    for check, example in cases:
        held, sought = meetings(check, example)
        batch = next((batch for batch in batches if batch.takes(held, sought)), None)
        if batch is None:
            batch = _Batch()
            batches.append(batch)
        batch.held |= held
        batch.sought |= sought
        batch.cases.append((check, example))
    return [batch.cases for batch in batches]


@dataclass
class _Batch:
    held: set[SharedValue] = field(default_factory=set)
    sought: set[SharedValue] = field(default_factory=set)
    cases: list[Case] = field(default_factory=list)

    def takes(self, held: set[SharedValue], sought: set[SharedValue]) -> bool:
        return not (held & self.sought or sought & self.held)


def meetings(check: Check, example: Example) -> tuple[set[SharedValue], set[SharedValue]]:
    """The values that the example's rows could be found by, and those that the check looks for rows with."""
    tables = Tables(policy().terms)
    tables.add_subject(check.subject, example.given, 0)
    names = set(relations_read(check))
    held, sought = set(), set()
    for table, rows in tables.rows.items():
        for row in rows:
            held.update(_values(row, columns, columns, table) for columns in found_by()[table])
            for relation in policy().terms.table(table).relations.values():
                if relation.name in names and is_shared(relation):
                    own, columns = zip(*relation.on, strict=True)
                    sought.add(_values(row, own, columns, relation.to))
    return {value for value in held if None not in value[2]}, {
        value for value in sought if None not in value[2]
    }


def relations_read(check: Check) -> Iterator[str]:
    for node in n.walk(check.when):
        if isinstance(node, n.FieldRef | n.Aggregate):
            yield from node.path
        if isinstance(node, n.Aggregate):
            yield node.relation


def _values(
    row: Mapping[str, Any], read: tuple[str, ...], columns: tuple[str, ...], target: str
) -> SharedValue:
    return target, columns, tuple(row.get(column) for column in read)


def is_shared(relation: Relation) -> bool:
    """Whether it joins on values that people wrote, not on the keys of rows."""
    return not any(column.endswith("_key") for pair in relation.on for column in pair)


@cache
def found_by() -> dict[str, set[tuple[str, ...]]]:
    """By table, the groups of columns by which relations find its rows."""
    found: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for owner in policy().terms.tables.values():
        for relation in owner.relations.values():
            if is_shared(relation):
                found[relation.to].add(tuple(target for _, target in relation.on))
    return found
