"""When a count still stands: its figures are used again as long as nothing has changed that they are counted from.

Taking a table away writes that down in the journal. It changes no figure, and so no count.
"""

from __future__ import annotations

import importlib.metadata

from bangfu.intake.batches import lists_loaded
from bangfu.intake.rulebook import home_rulebook
from bangfu.office.home import this_home
from bangfu.office.journal.reading import changed_since
from bangfu.policy.model import Policy
from bangfu.reporting.folders import folder_of
from bangfu.reporting.models import FigureRun

_ACCESS = "access_record"


def standing_run(as_of: int) -> FigureRun | None:
    """The run of a day that a new one would only repeat, rows and all."""
    policy, home = home_rulebook(), this_home()
    alike = FigureRun.objects.filter(
        as_of=as_of,
        policy_hash=policy.hash,
        overlays=home.overlays,
        place=home.place,
        engine=engine_version(),
        lists=lists_told(),
    )
    for run in alike.order_by("-pk"):
        if folder_of(run.pk).is_dir() and not changed_since(run.position, run.seal, _uncounted(policy)):
            return run
    return None


def newest_run(as_of: int) -> FigureRun | None:
    """The last count of a day by the rules of today whose rows can be opened, whatever was written since."""
    alike = FigureRun.objects.filter(as_of=as_of, policy_hash=home_rulebook().hash).order_by("-pk")
    return next((run for run in alike if folder_of(run.pk).is_dir()), None)


def lists_told() -> str:
    """Which lists are loaded. Applying one that brings no new row writes nothing into the journal."""
    return " ".join(map(str, lists_loaded()))


def engine_version() -> str:
    return importlib.metadata.version("bangfu")


def _uncounted(policy: Policy) -> tuple[str, ...]:
    """The tables whose rows are no part of any figure: who saw and took what, unless somebody wants that counted."""
    counts_access = any(one.table == _ACCESS for one in policy.indicators.values())
    return () if counts_access else (_ACCESS,)
