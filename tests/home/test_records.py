"""Records of a year: written once, changed while the year is open, frozen when it is closed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bangfu.office.journal.writing import Source, transaction
from bangfu.registry import actions, queries
from bangfu.registry.actions import Refused


def test_a_year_is_written_changed_and_frozen(any_home: Path) -> None:
    with transaction(actor="张三", source=Source("form")) as change:
        [home] = actions.add_households(change, [{}])
        first = actions.put_annual_records(
            change, [{"household_key": home, "data_year": 2019, "net_income": 1_234_500}]
        )
        again = actions.put_annual_records(
            change, [{"household_key": home, "data_year": 2019, "house_area_sqm": 1_000_000}]
        )
        assert first == again
    assert queries.figures_of(2019, [home])[home]["net_income"] == 1_234_500
    with transaction(actor="张三", source=Source("form")) as change:
        actions.freeze_year(change, 2019)
    with (
        pytest.raises(Refused, match="2019 年度已经封存"),
        transaction(actor="张三", source=Source("form")) as change,
    ):
        actions.put_annual_records(change, [{"household_key": home, "data_year": 2019, "net_income": 1}])
    assert queries.figures_of(2019, [home])[home]["net_income"] == 1_234_500
    assert queries.figures_of(2018, [home]) == {}
