"""The town's own report, which lies beside the repository: every figure is found, and only what is wrong is doubted."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from bangfu.documents.files.opening import open_text
from bangfu.documents.limits import caps_in_force
from bangfu.documents.verification import Verification, verify
from bangfu.policy.root import default_root
from bangfu.policy.standards import load_standards

SEED = Path(__file__).resolve().parents[4] / "shared" / "seed"
pytestmark = pytest.mark.skipif(not SEED.is_dir(), reason="the town's report is not here")


@pytest.fixture(scope="module")
def found() -> Verification:
    standards = load_standards(default_root(), [])
    source = open_text(SEED / "town-report-2020.txt")
    return verify(source, caps_in_force(standards, day=20200422, place="421281102"))


def test_every_figure_is_found_and_nothing_else(found: Verification) -> None:
    figures = yaml.safe_load((SEED / "figures.yaml").read_text(encoding="utf-8"))["figures"]
    wanted = [(Decimal(str(figure["base"])), figure["base_unit"]) for figure in figures]
    assert [(one.base_value, one.base_unit) for one in found.reading.quantities] == wanted


def test_the_two_sums_that_fail_point_at_one_item(found: Verification) -> None:
    sums = [doubt for doubt in found.doubts if doubt.relation.kind == "sum"]
    assert [(doubt.quantity.text, doubt.relation.computed) for doubt in sums] == [
        ("766户次", Decimal(768)),
        ("65.05万元", Decimal("660480.5")),
    ]
    assert all("1户、0.5万元" in doubt.relation.cause for doubt in sums)


def test_classes_close_with_the_first_section(found: Verification) -> None:
    closed = {one.computed for one in found.relations if one.kind == "sum" and one.holds}
    assert {Decimal(824), Decimal(3299)} <= closed


def test_nothing_else_is_accused(found: Verification) -> None:
    others = [(doubt.relation.kind, doubt.severity) for doubt in found.doubts if doubt.relation.kind != "sum"]
    assert others == [("standard_cap", "suspicion"), ("counted_list", "reminder")]
