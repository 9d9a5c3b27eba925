"""What was counted, scoped to the reader's villages. Figures are read as they were stored; nothing is counted here."""

from bangfu.reporting.queries.figures import answer, answers, days_needed, figure
from bangfu.reporting.queries.runs import latest_run, run_of_day, runs
from bangfu.reporting.queries.series import series
from bangfu.reporting.queries.statistics import statistic, statistic_table
from bangfu.reporting.queries.tables import table
from bangfu.reporting.queries.texts import figures_for

__all__ = [
    "answer",
    "answers",
    "days_needed",
    "figure",
    "figures_for",
    "latest_run",
    "run_of_day",
    "runs",
    "series",
    "statistic",
    "statistic_table",
    "table",
]
