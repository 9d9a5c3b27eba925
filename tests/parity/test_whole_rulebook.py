"""All checks of the rulebook on a hundred thousand persons with wild values: no failure, and a sample is answered alike."""

from __future__ import annotations

from random import Random

from tests.parity.answers import compiled, judged
from tests.parity.loaded import policy
from tests.parity.rows_to_tables import dataset_of
from tests.parity.wild_register import WildRegister

AS_OF, PLACE = 20231218, "421281102"
PERSONS = 100_000
SAMPLE = 200
FEWER = {"village": 10}  # a village's rules read a thousand persons each


def test_wild_register_runs_through_every_check_and_a_sample_agrees_with_the_reference() -> None:
    register = WildRegister(policy(), PERSONS)
    dataset = register.dataset(dataset_of(policy().terms, {}))
    checks = list(policy().checks.values())
    graph, random, wrong = register.graph(AS_OF), Random(5), []
    sample = {
        name: random.sample(range(len(rows)), min(FEWER.get(name, SAMPLE), len(rows)))
        for name, rows in graph.rows.items()
    }
    answers = compiled(dataset, policy(), AS_OF, PLACE, checks, sample)
    for check in checks:
        for key in sample[check.subject]:
            row = graph.row(check.subject, graph.rows[check.subject][key])
            expected, got = judged(check, row, policy(), AS_OF, PLACE), answers.get((check.id, key), "pass")
            if got != expected:
                wrong.append(f"{check.id} row {key}: reference {expected}, DuckDB {got}")
    assert not wrong, f"{len(wrong)}\n" + "\n".join(wrong[:20])
    assert set(answers.values()) == {"finding", "unknown"}
