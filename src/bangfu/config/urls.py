"""All addresses; those of a station are in its folder of `web`."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("", include("bangfu.web.urls"))]
handler400 = "bangfu.web.trouble.bad_request"
handler403 = "bangfu.web.trouble.forbidden"
handler404 = "bangfu.web.trouble.not_found"
handler500 = "bangfu.web.trouble.failed"
