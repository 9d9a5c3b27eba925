"""Invented people: says so when every certificate number of a set of files carries the unassigned prefix."""

from __future__ import annotations

from collections.abc import Iterator

from bangfu.screening.facts import Facts

PREFIX = "429999"  # no division has it


def demo_notice(facts: Facts) -> Iterator[str]:
    if "person" not in facts.dataset.relations or "id_no" not in facts.dataset.fields["person"]:
        return
    row = facts.dataset.connection.execute(
        "SELECT count(*) FILTER (starts_with(id_no, ?)), count(*) FILTER (regexp_matches(id_no, '^[1-9][0-9]{5}') "
        "AND NOT starts_with(id_no, '999999')) FROM person",
        [PREFIX],
    ).fetchone()
    if row is not None and row[0] and row[0] == row[1]:
        yield f"证件号码都以 {PREFIX} 开头(未分配的区划),是虚构的演示数据,已按 demo 规则把这个前缀当作有效"
