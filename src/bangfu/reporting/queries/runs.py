"""The counts that there are."""

from __future__ import annotations

from django.utils import timezone

from bangfu.reporting.folders import folder_of
from bangfu.reporting.models import FigureRun
from bangfu.reporting.shown import RunShown
from bangfu.terms.errors import UserError


def latest_run() -> FigureRun | None:
    """The newest count; None before the first."""
    return FigureRun.objects.order_by("-pk").first()


def run_of_day(as_of: int) -> FigureRun:
    """The newest count of a day (yyyymmdd). UserError where the day was not counted yet."""
    run = FigureRun.objects.filter(as_of=as_of).order_by("-pk").first()
    if run is None:
        shown = f"{as_of // 10000}-{as_of // 100 % 100:02}-{as_of % 100:02}"
        raise UserError(f"还没有计算过 {shown} 的指标,请先计算:bangfu indicators --as-of {shown}")
    return run


def runs(size: int = 50) -> list[RunShown]:
    """The newest first."""
    return [_shown(run) for run in FigureRun.objects.order_by("-pk")[:size]]


def _shown(run: FigureRun) -> RunShown:
    at = f"{timezone.localtime(run.at):%Y-%m-%d %H:%M}"
    has_rows = folder_of(run.pk).is_dir()
    return RunShown(run.pk, run.as_of, at, run.actor, len(run.counted), len(run.not_counted), has_rows)
