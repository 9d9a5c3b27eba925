"""Many people edit and work on tasks while a file is imported: nothing that was acknowledged is lost, nothing fails."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.web.crowd_import import measure
from bench.web.told import EDIT

from tests.home.towns import write_export

pytestmark = pytest.mark.xdist_group("browser")


def test_ten_people_at_work_while_a_thousand_persons_are_imported(town: Path, tmp_path: Path) -> None:
    outcome = measure(town, write_export(tmp_path / "export", 300, 7), clients=10, least=8)
    assert outcome.breaches == []
    assert outcome.told.lost == 0
    assert outcome.persons > 1_000
    assert len(outcome.told.of(EDIT)) > 10
    assert len(outcome.told.of("close")) > 10
