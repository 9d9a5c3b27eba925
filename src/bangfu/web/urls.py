"""All addresses of the pages. Each must have a row in `access.ROUTES`."""

from __future__ import annotations

from bangfu.web.account import urls as account
from bangfu.web.desk import urls as desk
from bangfu.web.editing import urls as editing
from bangfu.web.findings import urls as findings
from bangfu.web.household import urls as household
from bangfu.web.imports import urls as imports
from bangfu.web.jobs import urls as jobs
from bangfu.web.ledger import urls as ledger
from bangfu.web.policy import urls as policy
from bangfu.web.reports import urls as reports
from bangfu.web.system import urls as system
from bangfu.web.tasks import urls as tasks

urlpatterns = [
    *account.urlpatterns,
    *desk.urlpatterns,
    *editing.urlpatterns,
    *household.urlpatterns,
    *ledger.urlpatterns,
    *tasks.urlpatterns,
    *findings.urlpatterns,
    *policy.urlpatterns,
    *tasks.urlpatterns,
    *imports.urlpatterns,
    *jobs.urlpatterns,
    *reports.urlpatterns,
    *system.urlpatterns,
]
