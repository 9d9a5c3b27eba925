"""Every example of the rulebook: the compiled SQL answers as the example expects and as the reference says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from bangfu.policy.model import Check, Example
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
                tables.add_subject(check.subject, example.given, i) for i, (check, example) in enumerate(batch)
            ]
            answers = compiled(
                tables.dataset(as_of), policy(), as_of, place, {check.id: check for check, _ in batch}.values()
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
        for flat in tables.rows.get(check.subject, ())[:: max(1, len(tables.rows[check.subject]) // 150)]:
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
    """Batches in which no two examples share a value that rows are grouped by (the same certificate, account)."""
    batches: list[tuple[set[SharedValue], list[Case]]] = []
    for check, example in cases:
        values = set(shared_values(check.subject, example.given))
        for taken, batch in batches:
            if not taken & values:
                taken |= values
                batch.append((check, example))
                break
        else:
            batches.append((values, [(check, example)]))
    return [batch for _, batch in batches]


def shared_values(table: str, given: Mapping[str, Any]) -> Iterator[SharedValue]:
    """What rows of other examples could meet this example's rows by, on either side of a relation."""
    tables = Tables(policy().terms)
    tables.add_subject(table, given, 0)
    for name, rows in tables.rows.items():
        for row in rows:
            yield from _values_of(name, row)


def _values_of(table: str, row: Mapping[str, Any]) -> Iterator[SharedValue]:
    for target, columns, sought in meeting_points()[table]:
        values = tuple(row.get(column) for column in sought)
        if None not in values:
            yield target, columns, values


@cache
def meeting_points() -> dict[str, set[tuple[str, tuple[str, ...], tuple[str, ...]]]]:
    """By table: which of its columns must equal which columns of a target table for rows to meet."""
    points: dict[str, set[tuple[str, tuple[str, ...], tuple[str, ...]]]] = defaultdict(set)
    for owner in policy().terms.tables.values():
        for relation in owner.relations.values():
            if any(column.endswith("_key") for pair in relation.on for column in pair):
                continue
            columns = tuple(target for _, target in relation.on)
            points[owner.name].add((relation.to, columns, tuple(own for own, _ in relation.on)))
            points[relation.to].add((relation.to, columns, columns))
    return points
