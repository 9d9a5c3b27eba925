"""Whether anything in a register is half-done: its journal, its batches, its runs, its jobs. Each breach in a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.db.models import Sum

from bangfu.findings.models import Finding, Run, Tally
from bangfu.intake.batches import fact_models
from bangfu.intake.models import Batch
from bangfu.jobs.models import Job
from bangfu.office.journal.derived import all_derived
from bangfu.office.journal.verifying import broken_facts, broken_links
from bangfu.office.models import Entry, Transaction


def half_done() -> list[str]:
    """Needs Django on a home whose worker is idle."""
    return [
        *broken_links(),
        *broken_facts(fact_models().values()),
        *(f"{one.name}: {line}" for one in all_derived() for line in one.drift()),
        *_batches(),
        *_runs(),
        *_jobs(),
    ]


def _batches() -> Iterator[str]:
    """An applied batch is in the journal once and whole, any other not at all or undone."""
    for batch in Batch.objects.order_by("pk"):
        kinds = Counter(
            Transaction.objects.filter(source=str(batch.pk), kind__in=("batch", "undo")).values_list(
                "kind", flat=True
            )
        )
        balance = kinds["batch"] - kinds["undo"]
        if balance != (batch.state == "applied"):
            yield f"batch {batch.pk} is {batch.state}, the journal has {dict(kinds)}"
        added = Entry.objects.filter(
            transaction__kind="batch", transaction__source=str(batch.pk), before__isnull=True
        )
        for table in ("household", "person") if batch.state == "applied" else ():
            told, found = batch.counts["added"].get(table, 0), added.filter(table=table).count()
            if told != found:
                yield f"batch {batch.pk} says that it added {told} of {table}, the journal has {found}"


def _runs() -> Iterator[str]:
    """The figures of the last run, its findings and the sums that pages show tell the same; a job has one run."""
    present = Finding.objects.filter(gone_run__isnull=True)
    sums = Tally.objects.aggregate(open=Sum("open"), silent=Sum("silent"))
    counted = (present.filter(is_silent=False).count(), present.filter(is_silent=True).count())
    if counted != (sums["open"] or 0, sums["silent"] or 0):
        yield f"{counted} findings, the sums say {sums}"
    for run in Run.objects.all():
        if sum(counts.get("new", 0) for counts in run.by_check.values()) != run.counts.get("new"):
            yield f"run {run.pk} says {run.counts}, its checks something else"
    for job in Job.objects.filter(kind="check", state="done"):
        if Run.objects.filter(job=job.pk, pk=job.result["run"]).count() != 1:
            yield f"job {job.pk} is done and its run is not there"


def _jobs() -> Iterator[str]:
    for job in Job.objects.exclude(state__in=("done", "cancelled")):
        yield f"job {job.pk} ({job.kind}) is {job.state}: {job.error}"
