"""What runs found, as pages show it, each narrowed to a reader's scope (`ledger.scope.scope_of`)."""

from bangfu.findings.queries.decisions import Alarm, Alarms, alarms
from bangfu.findings.queries.listing import (
    all_findings,
    count,
    findings,
    findings_of_household,
    numbers,
)
from bangfu.findings.queries.one import CellRead, Decision, Detail, Event, StandardRead, finding
from bangfu.findings.queries.runs import (
    KINDS,
    RunDetail,
    RunLine,
    counts_of,
    found_by,
    last_run,
    run,
    run_of_job,
    runs,
)
from bangfu.findings.queries.standing import STATES
from bangfu.findings.queries.summary import Figures, summary
from bangfu.findings.queries.wanted import Count, FindingFilter, Line, Page

__all__ = [
    "KINDS",
    "STATES",
    "Alarm",
    "Alarms",
    "CellRead",
    "Count",
    "Decision",
    "Detail",
    "Event",
    "Figures",
    "FindingFilter",
    "Line",
    "Page",
    "RunDetail",
    "RunLine",
    "StandardRead",
    "alarms",
    "all_findings",
    "count",
    "counts_of",
    "finding",
    "findings",
    "findings_of_household",
    "found_by",
    "last_run",
    "numbers",
    "run",
    "run_of_job",
    "runs",
    "summary",
]
