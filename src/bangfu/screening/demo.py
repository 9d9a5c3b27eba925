"""Invented people: the demo overlay goes on, and says so, when every certificate number carries its prefix."""

from __future__ import annotations

from collections.abc import Iterator

from bangfu.policy.overlays import load_overlay
from bangfu.policy.root import default_root
from bangfu.screening.facts import Facts

NAME = "demo"
TEMPORARY = "999999"  # stands for a missing number, whoever the person is


def demo_notice(facts: Facts) -> Iterator[str]:
    """What the user is told when these files hold invented people only."""
    if "person" not in facts.dataset.relations or "id_no" not in facts.dataset.fields["person"]:
        return
    overlay = load_overlay(default_root(), NAME)
    row = facts.dataset.connection.execute(
        "SELECT count(*) FILTER (left(id_no, 6) IN (SELECT unnest(?))), count(*) FROM person "
        "WHERE regexp_matches(id_no, '^[1-9][0-9]{5}') AND left(id_no, 6) <> ?",
        [list(overlay.id_prefixes), TEMPORARY],
    ).fetchone()
    if row is not None and row[0] and row[0] == row[1]:
        prefixes = "、".join(overlay.id_prefixes)
        yield f"证件号码都以 {prefixes} 开头(未分配的区划),是虚构的{overlay.name},已启用叠加规则 {overlay.id}"
