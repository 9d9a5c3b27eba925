"""Faults in the procedure of a project."""

from __future__ import annotations

from bangfu.demo.faults.planting import Faults
from bangfu.demo.homes import YEAR, Line
from bangfu.demo.ledgers.projects import FUND


def _started_too_early(faults: Faults) -> None:
    line = faults.line("project", _is_done)
    line.values |= {"started_on": line.values["publicised_from"] - 1, "pre_notice_on": None}
    why = "开工早于公示,实施前没有公示"
    faults.of_line(line, why, "project.started_before_publicity", "project.started_without_pre_notice")


def _short_notice(faults: Faults) -> None:
    line = faults.line("project", lambda line: _is_done(line) and line.values["data_year"] == YEAR)
    line.values["publicised_until"] = line.values["publicised_from"] + 5
    faults.of_line(line, "项目公示只有5天", "project.publicity_too_short")


def _retention_too_high(faults: Faults) -> None:
    line = faults.line("project", lambda line: _is_done(line) and line.values["data_year"] == YEAR)
    line.values["retention"] = line.values["total_investment"] * 5 // 100
    faults.of_line(line, "质保金留了5%", "project.retention_above_cap")


def _is_done(line: Line) -> bool:
    return bool(line.values["state"] == "已完成" and line.values["fund_nature"] == FUND)


OF_PROJECTS = (_started_too_early, _short_notice, _retention_too_high)
