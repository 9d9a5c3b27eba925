"""All addresses of the pages. Each must have a row in `access.ROUTES`."""

from __future__ import annotations

from bangfu.web.account import urls as account
from bangfu.web.desk import urls as desk

urlpatterns = [*account.urlpatterns, *desk.urlpatterns]
